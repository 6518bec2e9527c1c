extension Phrasebook {
  static let german = Phrasebook(
    attributionStarts: ["am ", "von: "],
    attributionVerbs: ["schrieb", "schrieben", "geschrieben", "schreibt"],
    firstPerson: ["ich", "mein", "meine", "mir", "mich"],
    firstPersonPlural: ["wir", "uns", "unser", "unsere"],
    secondPerson: ["ihr", "ihre", "ihnen"],
    sentenceWords: [
      "nicht", "kein", "keine", "nie", "niemand", "nichts", "ist", "sind", "habe", "haben", "wurde",
      "aber",
    ],
    fromFields: ["von", "absender"],
    otherFields: [
      "gesendet", "datum", "an", "kopie", "betreff", "gesendet am", "antwort an", "cc",
      "prioritat", "anlagen",
    ],
    originalMarks: [
      "ursprungliche nachricht", "originalnachricht", "urspruengliche nachricht",
      "original nachricht", "urspr. nachricht", "original-nachricht",
    ],
    forwardMarks: [
      "weitergeleitete nachricht", "anfang der weitergeleiteten nachricht",
      "weitergeleitete mail", "forwarded nachricht",
    ],
    closings: [
      "mit freundlichen grussen", "mit freundlichen gruessen", "freundliche grusse",
      "mit freundlichem gruss", "mit freundlichem grus", "viele grusse", "liebe grusse",
      "beste grusse", "herzliche grusse", "schone grusse", "mfg", "hochachtungsvoll", "gruss",
      "vielen dank und freundliche grusse", "lg", "vg", "viele gruesse", "freundliche gruesse",
      "beste gruesse", "liebe gruesse", "mit freundlichen grusen", "viele gruse", "liebe gruse",
      "beste gruse", "freundliche gruse",
    ],
    sentFrom: [
      "von meinem iphone gesendet", "gesendet von", "gesendet mit", "von meinem ipad gesendet",
      "gesendet von meinem", "diese nachricht wurde von meinem", "holen sie sich outlook",
      "outlook fur ios", "von meinem samsung", "gesendet uber",
    ],
    disclaimerNames: ["diese e-mail", "diese nachricht"],
    disclaimerRecipients: [
      "bestimmungsgemasse", "nicht der richtige adressat", "adressat", "empfanger",
    ],
    disclaimerCues: [
      "vertraulich", "vertrauliche", "irrtumlich erhalten", "unerlaubte", "nicht gestattet",
      "weitergabe", "rechtlich geschutzte", "vernichten", "informieren sie bitte", "absender",
    ],
    disclaimers: ["bitte denken sie an die umwelt"],
    registers: ["amtsgericht", "sitz der gesellschaft"],
    boilerplate: [
      "abmelden", "newsletter abbestellen", "sie erhalten diese e-mail", "alle rechte vorbehalten",
      "diese website verwendet cookies", "wir verwenden cookies",
      "diese nachricht wurde automatisch",
    ],
    replyPrefixes: ["aw", "antwort"],
    forwardPrefixes: ["wg", "wtr"],
    automaticSubjects: [
      "automatische antwort", "abwesenheit", "abwesend", "abwesenheitsnotiz", "nicht im buro",
      "unzustellbar",
    ],
    automaticBodies: [
      "ich bin abwesend", "ich bin bis zum", "dies ist eine automatische antwort",
      "ich bin derzeit nicht im buro",
    ],
    pointers: [
      "siehe unten", "zur info", "zur kenntnis",
    ],
    stubs: ["anzeigen", "unterstutzt"])
}
