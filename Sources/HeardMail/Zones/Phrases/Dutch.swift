extension Phrasebook {
  static let dutch = Phrasebook(
    attributionStarts: ["op ", "van: ", "bericht van "],
    attributionVerbs: ["schreef", "geschreven", "schreven", "schrijft"],
    firstPerson: ["ik", "wij", "we"],
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
    disclaimerCues: [
      "vertrouwelijk", "uitsluitend bestemd", "geadresseerde", "onjuiste overkomst",
      "geen rechten", "aansprakelijk", "niet toegestaan", "ten onrechte", "dit e-mailbericht",
      "deze e-mail", "dit bericht", "afzender", "vernietigen", "te verwijderen", "openbaarmaking",
      "vermenigvuldiging", "verspreiding",
    ],
    disclaimers: [
      "is uitsluitend bestemd voor de geadresseerde", "denk aan het milieu voordat",
      "denk aan het milieu voor", "disclaimer",
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
