internal import HeardSources
import HeardText

/// Rules on phrases that are findings by themselves.
extension ReplyFindings {
  /// Tokens of the next sentence in which a *but* still takes back what the one before said.
  private static let contrastReach = 5
  /// Tokens between *we* and what we do.
  private static let subjectReach = 6

  /// Commands, *but*, challenging and defensive phrases, passing on, admissions.
  mutating func addWording() {
    let signs = text.marks(.apology, .acknowledgement, .thanks)
    let subjects = text.marks(.we, .you)
    let offers = Set(text.marks(.invitation).map(\.sentence))
    // Both lists ascend, as the marks do: these are the first that do not begin before the mark.
    var sign = 0
    var subject = 0
    for mark in text.marks {
      guard let rule = mark.theme.rule, !mark.isCovered, text.isChecked(mark)
      else { continue }
      let first = mark.tokens.lowerBound
      while sign < signs.count, signs[sign].tokens.lowerBound < first { sign += 1 }
      while subject < subjects.count, subjects[subject].tokens.lowerBound < first { subject += 1 }
      switch rule {
      case .command: addCommand(mark, isOffer: offers.contains(mark.sentence))
      case .adversative: addAdversative(mark, behind: signs[..<sign])
      case .challenge: add(rule, mark, "challenges the customer")
      case .defensive: add(rule, mark, "defends us, where the customer wants to be heard")
      case .noPassOn:
        if !isOurs(mark, subjects, subject) {
          add(rule, mark, "sends the customer to another desk")
        }
      case .admission: add(rule, mark, "concedes liability; have the lawyers look at it")
      default: break
      }
    }
  }

  /// A command, unless it asks, offers or supposes.
  ///
  /// A verb alone commands only where it opens its sentence, and *moet u* only where it does not:
  /// there it is a condition. *Bel gerust* is an offer.
  private mutating func addCommand(_ mark: ReplyMark, isOffer: Bool) {
    let sentence = text.document.sentences[mark.sentence]
    guard !sentence.ending.contains(.question) else { return }
    let opens = text.opensSentence(mark.tokens.lowerBound, mark.sentence)
    switch mark.theme {
    case .imperative:
      guard opens, !isOffer else { return }
      let level = wording.settings.levels[.command] ?? ReplyRule.command.defaultLevel
      add(.command, mark, "a bare imperative", level: Self.below(level))
    case .inverted:
      if !opens { add(.command, mark, "sounds like an order") }
    default:
      add(.command, mark, "sounds like an order")
    }
  }

  /// Whether it is us who call the other desk: *we* stands before it and the customer not between.
  private func isOurs(_ mark: ReplyMark, _ subjects: [ReplyMark], _ next: Int) -> Bool {
    guard next > 0 else { return false }
    let last = subjects[next - 1]
    guard last.theme == .we, last.sentence == mark.sentence,
      mark.tokens.lowerBound - last.tokens.lowerBound <= Self.subjectReach
    else { return false }
    return !subjects[next...].prefix { $0.tokens.lowerBound < mark.tokens.upperBound }
      .contains { $0.theme == .you }
  }

  /// Behind an apology, an acknowledgement or thanks a *but* takes them back; elsewhere it is worth
  /// knowing and no more.
  private mutating func addAdversative(_ mark: ReplyMark, behind signs: ArraySlice<ReplyMark>) {
    guard mark.theme == .adversative else {
      add(.adversative, mark, "takes back what it concedes")
      return
    }
    let first = mark.tokens.lowerBound
    let start = text.document.sentences[mark.sentence].tokens.lowerBound
    // Lazily: a text without full stops has all its signs in one sentence.
    let near = signs.lazy.reversed().prefix { $0.sentence >= mark.sentence - 1 }
    let sign = near.first { sign in
      if sign.sentence == mark.sentence { return sign.tokens.upperBound <= first }
      return sign.theme != .thanks && first - start < Self.contrastReach
    }
    switch sign?.theme {
    case .apology: add(.adversative, mark, "takes back the apology before it")
    case .thanks: add(.adversative, mark, "takes back the thanks before it")
    case .acknowledgement: add(.adversative, mark, "takes back the acknowledgement before it")
    default: add(.adversative, mark, "customers hear only what follows it", level: .note)
    }
  }
}
