extension Phrasebook {
  static let dutch = Phrasebook(
    attributionStarts: ["op ", "van: ", "bericht van "],
    attributionVerbs: ["schreef", "geschreven", "schreven", "schrijft"],
    firstPerson: ["ik", "ikzelf", "mij", "mijn", "mijne", "me", "m'n"],
    firstPersonPlural: ["wij", "we", "onze"],
    secondPerson: ["u", "uw", "jij", "je", "jou", "jouw", "jullie"],
    sentenceWords: [
      "niet", "geen", "nooit", "niemand", "niets", "niks", "nog", "steeds", "alweer", "opnieuw",
      "is", "ben", "bent", "was", "waren", "wordt", "worden", "werd", "werden", "heb", "hebt",
      "heeft", "hebben", "had", "hadden", "kan", "kunt", "kunnen", "kon", "wil", "wilt", "willen",
      "moet", "moeten", "zal", "zult", "zou", "zouden", "doet", "doen", "deed", "gaat", "ging",
      "krijg", "krijgt", "kreeg", "komt", "kwam", "dit", "dat", "deze", "een", "het", "ons", "maar",
      "want", "omdat", "terwijl", "ook", "er", "hij", "zij", "graag", "dus",
    ],
    fromFields: ["van", "afzender"],
    otherFields: [
      "verzonden", "verstuurd", "datum", "aan", "cc", "bcc", "onderwerp", "beantwoorden",
      "antwoord aan", "prioriteit", "bijlagen", "bijlage",
    ],
    originalMarks: [
      "oorspronkelijk bericht", "origineel bericht", "oorspronkelijke bericht", "originele bericht",
      "oorspronkelijke e-mail", "origineel", "bericht van",
    ],
    forwardMarks: [
      "doorgestuurd bericht", "begin doorgestuurd bericht", "doorgezonden bericht",
      "begin van doorgestuurd bericht",
    ],
    closings: [
      "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet",
      "vriendelijke groeten", "met hartelijke groet", "met hartelijke groeten", "hartelijke groet",
      "hartelijke groeten", "hoogachtend", "met de meeste hoogachting", "groet", "groeten",
      "groetjes", "mvg", "m.v.g", "m.vr.gr", "vr.gr", "vr. gr", "met vr. gr", "met vr. groet", "gr",
      "met groet", "met groeten", "beste groet", "beste groeten", "met beste groeten", "hgr",
      "met sportieve groet", "met zonnige groet", "bij voorbaat dank", "alvast bedankt",
      "alvast dank", "mvrgr", "met vriendelijke groetjes", "vriendelijk groetend",
    ],
    sentFrom: [
      "verstuurd vanaf", "verzonden vanaf", "verzonden met", "verstuurd met", "verstuurd via",
      "verzonden via", "outlook voor ios downloaden", "outlook voor android downloaden",
      "download outlook voor", "verzonden vanuit", "verstuurd vanuit", "van mijn iphone verzonden",
    ],
    disclaimerNames: [
      "dit e-mailbericht", "deze e-mail", "deze email", "deze mail", "dit bericht",
    ],
    disclaimerRecipients: [
      "uitsluitend bestemd", "geadresseerde", "bestemd voor de ontvanger", "beoogde ontvanger",
      "onjuiste overkomst",
    ],
    disclaimerCues: [
      "vertrouwelijk", "geen rechten", "aansprakelijk", "niet toegestaan", "ten onrechte",
      "afzender", "vernietigen", "te verwijderen", "openbaarmaking", "vermenigvuldiging",
      "verspreiding",
    ],
    disclaimers: [
      "is uitsluitend bestemd voor de geadresseerde", "denk aan het milieu voordat",
      "denk aan het milieu voor", "disclaimer:",
    ],
    boilerplate: [
      "wilt u deze e-mail niet meer", "wilt u geen e-mail", "wil je geen e-mails", "afmelden",
      "uitschrijven", "u ontvangt deze e-mail omdat", "u ontvangt dit bericht omdat",
      "je ontvangt deze e-mail omdat", "klik hier om u af te melden",
      "klik hier om je af te melden",
      "deze website gebruikt cookies", "wij gebruiken cookies", "we gebruiken cookies",
      "alle rechten voorbehouden", "volg ons op", "bekijk deze e-mail in uw browser",
      "bekijk deze e-mail in je browser", "bekijk de online versie", "bekijk de webversie",
      "dit is een automatisch gegenereerd", "dit bericht is automatisch",
      "uw e-mailadres wordt niet gepubliceerd", "je e-mailadres wordt niet gepubliceerd",
      "verplichte velden zijn gemarkeerd", "vereiste velden zijn gemarkeerd", "lees ook:",
      "gesponsorde inhoud", "advertentie", "virusvrij", "gecontroleerd op virussen",
      "deze e-mail is verzonden via het contactformulier",
      "dit bericht is verzonden via het contactformulier",
    ],
    boilerplateLines: [
      "geef een reactie", "laat een reactie achter", "plaats een reactie", "reageer", "delen",
      "reacties", "beste antwoord", "deel dit artikel", "meer lezen", "lees meer", "naar boven",
    ],
    pageFooters: [
      "u moet javascript hebben ingeschakeld", "je moet javascript", "javascript is uitgeschakeld",
      "gesponsorde inhoud is", "alle gesponsorde inhoud", "geinteresseerd om deel te nemen",
      "alle rechten voorbehouden", "neem contact op met uw lokale vertegenwoordiger",
      "deze website maakt gebruik van cookies",
    ],
    formLabels: [
      "bericht", "uw bericht", "je bericht", "vraag", "uw vraag", "je vraag", "opmerking",
      "opmerkingen", "toelichting", "omschrijving", "klacht", "uw klacht", "inhoud",
    ],
    formNames: ["formulier"],
    replyPrefixes: ["antw", "betr", "antwoord"],
    forwardPrefixes: ["doorst", "dst", "doorgest", "doorgestuurd"],
    automaticSubjects: [
      "automatisch antwoord", "automatische reactie", "automatisch bericht", "afwezig",
      "afwezigheid", "niet aanwezig", "ontvangstbevestiging", "niet afgeleverd", "onbestelbaar",
      "kan niet worden bezorgd", "vakantiebericht", "afwezigheidsbericht", "afwezigheidsassistent",
    ],
    automaticBodies: [
      "ik ben afwezig tot", "ik ben niet aanwezig tot", "wegens vakantie ben ik",
      "ik ben met vakantie tot", "ik ben momenteel afwezig", "ik ben momenteel niet bereikbaar",
      "dit is een automatisch antwoord", "dit is een automatisch gegenereerd bericht",
      "dit is een automatische reactie",
    ],
    pointers: [
      "zie onder", "zie hieronder", "zie onderstaand", "zie onderstaande mail", "zie bijgaand",
      "zie bericht hieronder", "zie mail hieronder", "ter info", "ter informatie", "tki", "fyi",
    ],
    stubs: ["bekijk", "weergeven", "ondersteunt geen", "lezen"])
}
