extension Phrasebook {
  static let french = Phrasebook(
    attributionStarts: ["le ", "en date du "],
    attributionVerbs: ["a ecrit", "ecrit", "ont ecrit", "a envoye"],
    firstPerson: ["j'ai", "moi"],
    firstPersonPlural: ["nous", "notre"],
    secondPerson: ["vous", "votre"],
    fromFields: ["de", "expediteur"],
    otherFields: [
      "envoye", "date", "a", "objet", "cc", "cci", "envoye le", "copie a", "sujet", "message du",
      "repondre a", "pour",
    ],
    originalMarks: [
      "message d'origine", "message original", "message initial", "e-mail d'origine",
      "courriel original",
    ],
    forwardMarks: [
      "message transfere", "message transmis", "debut du message transfere",
      "debut du message reexpedie", "courriel transfere",
    ],
    closings: [
      "cordialement", "bien cordialement", "bien a vous", "salutations distinguees",
      "sinceres salutations",
      "cdlt", "cdt", "salutations", "tres cordialement", "meilleures salutations",
    ],
    sentFrom: [
      "envoye de mon", "envoye depuis", "envoye a partir", "telecharger outlook",
      "obtenez outlook pour", "envoye par", "provenance :", "envoye avec",
    ],
    disclaimerNames: ["ce message", "ce courriel", "cet e-mail"],
    disclaimerRecipients: ["destinataire", "usage exclusif"],
    disclaimerCues: [
      "confidentiel", "confidentielles", "par erreur", "toute diffusion", "pieces jointes",
      "detruire",
    ],
    disclaimers: ["pensez a l'environnement"],
    boilerplate: [
      "se desinscrire", "pour vous desabonner", "vous recevez cet e-mail", "tous droits reserves",
      "ce site utilise des cookies",
    ],
    replyPrefixes: ["rep", "ref"],
    forwardPrefixes: ["tr", "transf"],
    automaticSubjects: ["reponse automatique", "absence du bureau", "absent du bureau"],
    automaticBodies: [
      "je suis absent", "je suis actuellement absent", "ceci est une reponse automatique",
    ],
    pointers: [
      "voir ci-dessous", "pour info", "pour information",
    ],
    stubs: ["afficher"])
}
