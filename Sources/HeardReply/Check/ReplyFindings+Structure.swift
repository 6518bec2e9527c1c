internal import HeardRedaction
internal import HeardSources
import HeardText

/// Rules on what belongs together in a reply, and in which order.
extension ReplyFindings {
  /// A refusal: regret no later than its sentence, then the reason, then an alternative.
  ///
  /// Order is told by sentences: a reason may open the sentence that regrets.
  mutating func addRefusal() {
    guard let refusal = text.marks(.refusal).first(where: { !isAsked($0) }) else { return }
    let regrets = text.marks(.apology, .regret, .acknowledgement)
    let reasons = text.marks(.reason)
    let alternatives = text.marks(.alternative)
    var missing: [String] = []
    if regrets.isEmpty { missing.append("regret") }
    if reasons.isEmpty { missing.append("reason") }
    if alternatives.isEmpty { missing.append("alternative") }
    guard missing.isEmpty else {
      let words = missing.map { $0 == "reason" ? "a reason" : $0 == "regret" ? $0 : "an \($0)" }
      add(
        .refusalStructure, at: refusal.range, "refuses without \(Spelling.list(words))",
        suggestions: missing.map { "refusal-\($0)" }, entry: refusal.entry)
      return
    }
    let regret = regrets[0]
    let last = alternatives[alternatives.count - 1]
    let isInOrder =
      regret.sentence <= refusal.sentence
      && reasons.contains { reason in
        reason.sentence >= regret.sentence && reason.tokens.lowerBound < last.tokens.lowerBound
      }
    if !isInOrder {
      add(
        .refusalStructure, at: refusal.range,
        "refuses in another order than regret, reason, alternative",
        suggestions: ["refusal-order"], entry: refusal.entry)
    }
  }

  /// Who takes the case over, and under which number.
  mutating func addHandover() {
    guard let transfer = text.marks(.transfer).first(where: { !$0.isCovered && !isAsked($0) })
    else { return }
    let near = transfer.sentence...transfer.sentence + 1
    let pieces = Redactor(key: Self.key).redact(text.document.bytes).replacements
    let isNamed =
      text.marks(.contact).contains { near.contains($0.sentence) }
      || pieces.contains { $0.kind == .person && near.contains(sentence(at: $0.original)) }
    let hasNumber =
      !text.marks(.number).isEmpty
      || pieces.contains { piece in
        piece.kind == .phone && isOwn(sentence(at: piece.original))
      }
    let missing = [isNamed ? nil : "a name or role", hasNumber ? nil : "a number"]
      .compactMap(\.self)
    guard !missing.isEmpty else { return }
    add(
      .handoverContact, at: transfer.range, "passes the case on without \(Spelling.list(missing))",
      suggestions: [isNamed ? "handover-number" : "handover-name"], entry: transfer.entry)
  }

  /// Whether anything is said of doing it together.
  mutating func addPartnership() {
    let sentences = text.ownSentences
    guard text.marks(.together).isEmpty, sentences.count >= 3 else { return }
    add(
      .partnership, at: text.ownRange(of: sentences[0]),
      "says nothing of solving it together")
  }

  /// Whether it stands in a question.
  private func isAsked(_ mark: ReplyMark) -> Bool {
    text.document.sentences[mark.sentence].ending.contains(.question)
  }

  private func isOwn(_ sentence: Int) -> Bool {
    text.isChecked(text.document.sentences[sentence].tokens.lowerBound)
  }

  /// The sentence that holds the first byte of a range.
  private func sentence(at range: Range<Int>) -> Int { text.sentence(at: range.lowerBound) }

  /// Tokens are thrown away here; only where names and numbers stand is wanted.
  private static let key = RedactionKey.random()
}
