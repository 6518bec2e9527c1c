extension Phrasebook {
  static let spanish = Phrasebook(
    attributionStarts: ["el "],
    attributionVerbs: ["escribio", "escribio lo siguiente", "ha escrito"],
    firstPerson: ["yo"],
    fromFields: ["de", "remitente"],
    otherFields: ["enviado", "enviado el", "fecha", "para", "asunto", "cc", "cco"],
    originalMarks: ["mensaje original", "mensaje anterior"],
    forwardMarks: ["mensaje reenviado", "mensaje enviado por", "inicio del mensaje reenviado"],
    closings: [
      "saludos", "un saludo", "saludos cordiales", "atentamente", "cordialmente",
      "un cordial saludo",
      "muchas gracias y un saludo",
    ],
    sentFrom: ["enviado desde", "obtener outlook para", "enviado por", "descargar outlook para"],
    disclaimerNames: ["este mensaje", "este correo"],
    disclaimerRecipients: ["destinatario", "uso exclusivo"],
    disclaimerCues: ["confidencial", "por error", "queda prohibida"],
    disclaimers: ["antes de imprimir este"],
    boilerplate: [
      "darse de baja", "cancelar suscripcion", "todos los derechos reservados",
      "este sitio utiliza cookies",
    ],
    replyPrefixes: ["resp"],
    forwardPrefixes: ["rv", "renv"],
    automaticSubjects: ["respuesta automatica", "fuera de la oficina"],
    automaticBodies: ["estoy fuera de la oficina", "esta es una respuesta automatica"],
    pointers: [
      "ver abajo", "ver mas abajo", "para su informacion",
    ],
    stubs: ["visualizar"])
}
