extension Phrasebook {
  /// Italian, Portuguese, Danish, Norwegian, Swedish, Finnish and Russian: what their mail programs
  /// write above a quotation.
  ///
  /// Their letters are not for heard; their quotations are.
  static let neighbours = Phrasebook(
    attributionStarts: [
      "il ", "il giorno ", "da: ", "em ", "no dia ", "a ", "den ", "pa ", "on ", "kl. ",
      "вт,", "пн,", "ср,", "чт,", "пт,", "сб,", "вс,",
    ],
    attributionVerbs: [
      "ha scritto", "escreveu", "skrev", "har skrevet", "kirjoitti", "написал", "написала", "пишет",
      "написал(а)", "пише", "napsal", "napsal(a)", "irta", "a scris", "yazdi",
    ],
    fromFields: ["da", "de", "fra", "fran", "lahettaja", "от", "od", "kimden"],
    otherFields: [
      "inviato", "a", "data", "oggetto", "enviado", "enviada em", "para", "assunto", "enviada",
      "sendt", "dato", "til", "emne", "skickat", "datum", "till", "amne", "lahetetty", "paivays",
      "pvm", "vastaanottaja", "aihe", "отправлено", "дата", "кому", "тема", "copia",
      "odeslano", "komu", "predmet",
    ],
    originalMarks: [
      "messaggio originale", "messaggio originario", "mensagem original", "oprindelig meddelelse",
      "opprinnelig melding", "originalmeddelande", "ursprungligt meddelande",
      "alkuperainen viesti", "исходное сообщение", "oprindelig besked", "original besked",
      "original meddelelse", "ursprungligt mail", "puvodni zprava",
    ],
    forwardMarks: [
      "messaggio inoltrato", "mensagem encaminhada", "videresendt meddelelse",
      "videresendt melding", "vidarebefordrat meddelande", "valitetty viesti",
      "пересылаемое сообщение", "inizio messaggio inoltrato", "mensagem reencaminhada",
    ],
    sentFrom: [
      "inviato da", "enviado do meu", "enviado de", "sendt fra", "skickat fran", "lahetetty",
      "отправлено с", "enviada do meu", "skickades fran",
    ],
    replyPrefixes: ["sv", "vs", "rif", "отв"],
    forwardPrefixes: ["i", "enc", "vb", "vl", "vidarebefordrat"])
}
