/// The phrases by which one language's mail programs and letters show what a line is.
///
/// All phrases are written folded: small letters, no diacritics, plain quotes and dashes, one space.
/// A line is folded in the same way before it is compared (see `Fold`).
///
/// To add a language, copy `Phrases/Spanish.swift`, fill the fields in (an empty list is fine), and
/// add the new book to `PhraseTables.books`. To add a phrase, add it to its list, with a test case in
/// `ZoneTests` that is wrong without it.
struct Phrasebook: Sendable {
  /// Beginnings of the line that says who wrote what is quoted: `op `, `on `.
  var attributionStarts: [String] = []
  /// Verbs of that line: `schreef`, `wrote`.
  var attributionVerbs: [String] = []
  /// Words by which one person speaks of himself: `ik`, `mijn`.
  ///
  /// Footers, disclaimers and the lines of mail programs have none.
  var firstPerson: [String] = []
  /// Words by which several do: `wij`, `onze`.
  var firstPersonPlural: [String] = []
  /// Words by which the reader is spoken to: `uw`, `jullie`.
  var secondPerson: [String] = []
  /// Other words of sentences that are in no name and no address: `niet`, `was`, `maar`.
  var sentenceWords: [String] = []
  /// Names of the header field of the sender in a quoted header block, without colon: `van`.
  var fromFields: [String] = []
  /// Names of its other fields: `verzonden`, `aan`, `onderwerp`.
  var otherFields: [String] = []
  /// What stands between dashes above a quoted message: `oorspronkelijk bericht`.
  var originalMarks: [String] = []
  /// What stands above a forwarded message: `doorgestuurd bericht`.
  var forwardMarks: [String] = []
  /// Complimentary closes: `met vriendelijke groet`.
  var closings: [String] = []
  /// Beginnings of the line of phones and programs: `verstuurd vanaf mijn`.
  var sentFrom: [String] = []
  /// Names of the mail itself in disclaimers: `dit bericht`.
  var disclaimerNames: [String] = []
  /// For whom it is, in disclaimers: `geadresseerde`.
  var disclaimerRecipients: [String] = []
  /// Other pieces of disclaimers.
  ///
  /// With a name and a recipient, three pieces make one; under a
  /// signature a name or a recipient is enough, and two pieces.
  var disclaimerCues: [String] = []
  /// Beginnings of lines that make a paragraph a disclaimer on their own.
  var disclaimers: [String] = []
  /// Pieces of what companies must say of themselves: `registered office`.
  ///
  /// They count under a signature only.
  var registers: [String] = []
  /// Beginnings of lines of footers, forms and cookie bars.
  var boilerplate: [String] = []
  /// Whole lines of forms and pages: `dodaj komentarz`.
  var boilerplateLines: [String] = []
  /// Beginnings of sentences of page footers, looked for inside long lines too.
  var pageFooters: [String] = []
  /// Labels of the message in what a form sends, without colon: `bericht`.
  var formLabels: [String] = []
  /// Words of the line above such a form: `formulier`.
  var formNames: [String] = []
  /// Subject prefixes of answers and of forwarded mail, without colon: `antw`, `doorst`.
  var replyPrefixes: [String] = []
  var forwardPrefixes: [String] = []
  /// Beginnings of subjects of automatic answers, and pieces of their bodies.
  var automaticSubjects: [String] = []
  var automaticBodies: [String] = []
  /// Whole lines that only point at what is passed on, without the point at their end: `zie onder`.
  var pointers: [String] = []
  /// Pieces of a plain text that only points at the HTML one.
  var stubs: [String] = []
}
