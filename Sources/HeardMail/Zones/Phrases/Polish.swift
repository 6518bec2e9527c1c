extension Phrasebook {
  static let polish = Phrasebook(
    attributionStarts: ["w dniu ", "dnia ", "dn. ", "wiadomosc napisana przez ", "uzytkownik "],
    attributionVerbs: [
      "napisal", "napisala", "napisal(a)", "napisali", "pisze", "pisal", "pisala", "pisali",
      "napisane", "napisano", "napisal/a", "wiadomosc napisana przez",
    ],
    firstPerson: ["ja", "napisalem", "napisalam", "pisalem", "pisalam"],
    fromFields: ["od", "nadawca"],
    otherFields: [
      "wyslano", "wyslane", "data", "do", "dw", "udw", "temat", "odpowiedz do", "dnia", "kopia",
      "zalaczniki", "cc",
    ],
    originalMarks: [
      "wiadomosc oryginalna", "oryginalna wiadomosc", "wiadomosc pierwotna", "tresc oryginalna",
      "pierwotna wiadomosc", "wiadomosc zrodlowa",
    ],
    forwardMarks: [
      "wiadomosc przekazana", "przekazana wiadomosc", "przekazany list", "przeslana wiadomosc",
      "poczatek przekazanej wiadomosci",
      "poczatek przekazywanej wiadomosci", "tresc przekazanej wiadomosci",
      "wiadomosc przeslana dalej",
    ],
    closings: [
      "pozdrawiam", "pozdrawiamy", "pozdrawiam serdecznie", "serdecznie pozdrawiam",
      "z powazaniem", "z wyrazami szacunku", "z wyrazami powazania", "pozdrowienia", "pzdr",
      "pozdr",
      "z pozdrowieniami", "z szacunkiem", "lacze wyrazy szacunku", "z gory dziekuje",
      "lacze pozdrowienia", "klaniam sie", "z powazaniem i pozdrowieniami", "pozdrawia",
      "milego dnia", "dziekuje i pozdrawiam", "uklony",
    ],
    sentFrom: [
      "wyslano z", "wyslane z", "wyslane przez", "pobierz aplikacje outlook", "wyslano przez",
      "pobierz outlook dla", "uzyskaj aplikacje outlook", "wyslano za pomoca",
    ],
    disclaimerCues: [
      "poufne", "poufna", "poufnosci", "wylacznie do adresata", "adresatem", "adresata",
      "zawarte w niej informacje", "niniejsza wiadomosc", "ta wiadomosc", "tajemnica prawnie",
      "rozpowszechnianie", "kopiowanie", "zabronione", "nadawce", "usuniecie", "usunac",
      "trwale usun", "przez pomylke", "omylkowo", "wiadomosc ta",
    ],
    disclaimers: [
      "pomysl o srodowisku zanim", "zanim wydrukujesz", "administratorem panstwa danych osobowych",
      "klauzula poufnosci", "sad rejonowy dla", "wysokosc kapitalu zakladowego",
      "wpisana do rejestru",
    ],
    boilerplate: [
      "aby wypisac sie", "aby zrezygnowac z", "wypisz sie", "zrezygnuj z subskrypcji",
      "otrzymujesz te wiadomosc", "otrzymales te wiadomosc", "otrzymali panstwo te wiadomosc",
      "ta strona uzywa plikow cookie", "strona korzysta z plikow cookies", "uzywamy plikow cookie",
      "wszelkie prawa zastrzezone", "wszystkie prawa zastrzezone",
      "wiadomosc wygenerowana automatycznie",
      "ta wiadomosc zostala wygenerowana automatycznie", "prosimy nie odpowiadac na te",
      "twoj adres email nie zostanie", "twoj adres e-mail nie zostanie",
      "pola, ktorych wypelnienie",
      "wymagane pola sa oznaczone", "zobacz te wiadomosc w przegladarce",
      "wyswietl te wiadomosc w przegladarce", "czytaj takze", "czytaj tez", "zobacz tez:",
      "material sponsorowany", "tresc sponsorowana", "wolne od wirusow", "reklama:",
    ],
    boilerplateLines: [
      "dodaj komentarz", "najlepsza odpowiedz", "odpowiedz", "odpowiedzi", "komentarze",
      "zostaw komentarz", "udostepnij", "czytaj wiecej", "czytaj dalej",
      "anuluj pisanie odpowiedzi",
    ],
    pageFooters: [
      "musisz miec wlaczona obsluge javascript", "wlacz obsluge javascript", "tresci sponsorowane",
      "wszelkie prawa zastrzezone", "ta strona korzysta z plikow cookie",
    ],
    replyPrefixes: ["odp", "odpowiedz"],
    forwardPrefixes: ["pd", "przekaz", "przek"],
    automaticSubjects: [
      "autoodpowiedz", "odpowiedz automatyczna", "automatyczna odpowiedz", "poza biurem",
      "nieobecnosc", "nieobecny", "nieobecna", "niedostarczona wiadomosc", "nie mozna dostarczyc",
      "potwierdzenie otrzymania", "niedostarczone",
    ],
    automaticBodies: [
      "jestem nieobecny do", "jestem nieobecna do", "przebywam na urlopie", "jestem na urlopie do",
      "to jest automatyczna odpowiedz", "to jest odpowiedz automatyczna",
      "ta wiadomosc zostala wygenerowana automatycznie", "w biurze bede ponownie",
    ],
    pointers: [
      "patrz nizej", "patrz ponizej", "jak nizej", "jak ponizej", "w zalaczeniu", "przekazuje",
      "przesylam dalej", "do wiadomosci", "zob. nizej", "prosze zobaczyc nizej", "fyi",
    ],
    stubs: ["wyswietl", "zobacz", "obsluguje", "odczytac"])
}
