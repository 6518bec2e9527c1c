import HeardLexicon
import HeardText

/// Rules on phrases that are findings by themselves.
extension ReplyFindings {
  /// Tokens of the next sentence in which a *but* still takes back what the one before said.
  private static let contrastReach = 5
  /// Tokens between *we* and what we do.
  private static let subjectReach = 6

  /// Commands, *but*, challenging and defensive phrases, passing on, admissions.
  mutating func addWording() {
    for mark in text.marks {
      guard let rule = mark.theme.rule, !mark.isCovered, text.isChecked(mark)
      else { continue }
      switch rule {
      case .command: addCommand(mark)
      case .adversative: addAdversative(mark)
      case .challenge: add(rule, mark, "challenges the customer")
      case .defensive: add(rule, mark, "defends us, where the customer wants to be heard")
      case .noPassOn:
        if !isOurs(mark) { add(rule, mark, "sends the customer to another desk") }
      case .admission: add(rule, mark, "concedes liability; have the lawyers look at it")
      default: break
      }
    }
  }

  /// A question is none; a verb alone is one only where it opens its sentence, and *moet u* only
  /// where it does not: there it is a condition.
  private mutating func addCommand(_ mark: ReplyMark) {
    let sentence = text.document.sentences[mark.sentence]
    guard !sentence.ending.contains(.question) else { return }
    let opens = text.opensSentence(mark.tokens.lowerBound, mark.sentence)
    switch mark.theme {
    case .imperative:
      guard opens else { return }
      let level = wording.settings.levels[.command] ?? ReplyRule.command.defaultLevel
      add(.command, mark, "a bare imperative", level: Self.below(level))
    case .inverted:
      if !opens { add(.command, mark, "sounds like an order") }
    default:
      add(.command, mark, "sounds like an order")
    }
  }

  /// Whether it is us who call the other desk: *we* stands before it and the customer not between.
  private func isOurs(_ mark: ReplyMark) -> Bool {
    let first = mark.tokens.lowerBound
    let signs = text.marks(.we, .you).filter { $0.sentence == mark.sentence }
    let last = signs.last { $0.tokens.lowerBound < first }
    return last?.theme == .we && first - (last?.tokens.lowerBound ?? 0) <= Self.subjectReach
      && !signs.contains { mark.tokens.contains($0.tokens.lowerBound) && $0.theme == .you }
  }

  /// Behind an apology, an acknowledgement or thanks a *but* takes them back; elsewhere it is worth
  /// knowing and no more.
  private mutating func addAdversative(_ mark: ReplyMark) {
    guard mark.theme == .adversative else {
      add(.adversative, mark, "takes back what it concedes")
      return
    }
    let first = mark.tokens.lowerBound
    let sign = text.marks(.apology, .acknowledgement, .thanks).last { sign in
      guard sign.tokens.lowerBound < first else { return false }
      if sign.sentence == mark.sentence { return sign.tokens.upperBound <= first }
      let start = text.document.sentences[mark.sentence].tokens.lowerBound
      return sign.theme != .thanks && sign.sentence == mark.sentence - 1
        && first - start < Self.contrastReach
    }
    guard let sign else {
      add(.adversative, mark, "customers hear only what follows it", level: .note)
      return
    }
    switch sign.theme {
    case .apology: add(.adversative, mark, "takes back the apology before it")
    case .thanks: add(.adversative, mark, "takes back the thanks before it")
    default: add(.adversative, mark, "takes back the acknowledgement before it")
    }
  }
}
