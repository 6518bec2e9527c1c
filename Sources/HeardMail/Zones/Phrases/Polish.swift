extension Phrasebook {
  static let polish = Phrasebook(
    attributionStarts: ["w dniu ", "dnia ", "dn. ", "wiadomosc napisana przez ", "uzytkownik "],
    attributionVerbs: [
      "napisal", "napisala", "napisal(a)", "napisali", "pisze", "pisal", "pisala", "pisali",
      "napisane", "napisano", "napisal/a", "wiadomosc napisana przez",
    ],
    firstPerson: [
      "mnie", "mi", "moj", "moja", "moje", "mojego", "mojej", "moich", "moim", "mojemu",
      "jestem", "mam", "chce", "czekam", "zadam", "oczekuje", "reklamuje", "skladam", "zglaszam",
      "wnosze",
    ],
    firstPersonPlural: [
      "nas", "nam", "nasz", "nasza", "nasze", "naszego", "naszej", "naszych", "mamy", "jestesmy",
      "chcemy", "czekamy", "zadamy",
    ],
    secondPerson: [
      "panstwo", "panstwa", "panstwu", "panstwem", "wy", "was", "wam", "wami", "wasz", "wasza",
      "wasze", "wasi", "waszego", "waszej", "waszych", "waszemu", "ci", "ciebie", "tobie", "twoj",
      "twoja", "twoje",
    ],
    sentenceWords: [
      "nie", "nikt", "nic", "nigdy", "nadal", "wciaz", "znowu", "znow", "ciagle", "jeszcze", "jest",
      "byl", "byla", "bylo", "byly", "bedzie", "to", "tego", "tej", "ze", "zeby", "ale", "bo",
      "juz", "czy", "jak", "mial", "miala", "zostal", "zostala", "maja", "dosc", "sie",
      "tylko",
    ],
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
    disclaimerNames: [
      "niniejsza wiadomosc", "niniejszej wiadomosci", "niniejszy e-mail", "ta wiadomosc",
      "tej wiadomosci", "te wiadomosc", "wiadomosc ta",
    ],
    disclaimerRecipients: [
      "adresat", "wylacznie do adresata", "przeznaczona dla", "przeznaczone dla",
    ],
    disclaimerCues: [
      "poufne", "poufna", "poufny", "poufnosci", "zawarte w niej informacje", "tajemnica prawnie",
      "rozpowszechnianie", "kopiowanie", "zabronione", "nadawce", "nadawcy", "usuniecie", "usunac",
      "trwale usun", "przez pomylke", "omylkowo",
    ],
    disclaimers: [
      "pomysl o srodowisku zanim", "zanim wydrukujesz", "administratorem panstwa danych osobowych",
      "klauzula poufnosci",
    ],
    registers: [
      "sad rejonowy dla", "wysokosc kapitalu zakladowego", "wpisana do rejestru",
    ],
    boilerplate: [
      "aby wypisac sie", "aby zrezygnowac z", "wypisz sie", "zrezygnuj z subskrypcji",
      "otrzymujesz te wiadomosc", "otrzymales te wiadomosc", "otrzymali panstwo te wiadomosc",
      "ta strona uzywa plikow cookie", "strona korzysta z plikow cookies", "uzywamy plikow cookie",
      "wszelkie prawa zastrzezone", "wszystkie prawa zastrzezone",
      "wiadomosc wygenerowana automatycznie",
      "ta wiadomosc zostala wygenerowana automatycznie", "prosimy nie odpowiadac na te",
      "twoj adres email nie zostanie", "twoj adres e-mail nie zostanie",
      "twoj adres email nie zostanie opublikowany. pola, ktorych wypelnienie jest wymagane",
      "twoj adres e-mail nie zostanie opublikowany. pola, ktorych wypelnienie jest wymagane",
      "ta wiadomosc zostala wyslana przez formularz",
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
    formLabels: [
      "wiadomosc", "twoja wiadomosc", "tresc", "tresc wiadomosci", "pytanie", "opis", "komentarz",
      "reklamacja",
    ],
    formNames: ["formularz"],
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
