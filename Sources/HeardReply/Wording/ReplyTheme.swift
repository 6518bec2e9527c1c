/// What an entry of the wording lexicons is a sign of: the theme of its file.
enum ReplyTheme: String, CaseIterable, Sendable {
  // Wording that is a finding by itself.
  case command
  /// Verbs that give an order at the start of a sentence and nowhere else.
  case imperative
  /// *moet u*: an order inside a sentence, a condition or a question at its start.
  case inverted
  case adversative
  /// *while we understand*: subordinate, so it stands before what it takes back.
  case concessive
  case challenge
  case defensive
  case passOn = "pass-on"
  case admission

  // Signs that rules look for.
  case apology
  case acknowledgement
  case regret
  case refusal
  case reason
  case alternative
  case solution
  case thanks
  case transfer
  /// A person or the role of one.
  case contact
  /// An extension; whole telephone numbers are found by their digits.
  case number
  case together
  /// *gerust*, *if you like*: what makes an imperative an offer.
  case invitation
  /// *we*, as the subject of a clause.
  case we
  /// The customer, in any role of a clause.
  case you

  /// Phrases that look like one of the above and are none.
  case traps

  /// The rule that a match breaks by itself; nil for signs.
  var rule: ReplyRule? {
    switch self {
    case .command, .imperative, .inverted: .command
    case .adversative, .concessive: .adversative
    case .challenge: .challenge
    case .defensive: .defensive
    case .passOn: .noPassOn
    case .admission: .admission
    default: nil
    }
  }
}
