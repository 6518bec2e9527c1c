import HeardMail
internal import HeardSources
import HeardText

/// Rules that look at what the customer wrote.
extension ReplyFindings {
  /// Anger from which a reply has to acknowledge first.
  private static let heated = 2
  /// A language counts as used in a reply from this share of its letters: one in so many bytes.
  private static let leastShare = 4

  /// The first paragraph acknowledges an angry customer before it solves anything.
  mutating func addAcknowledgement(_ incoming: IncomingMessage) {
    guard incoming.anger >= Self.heated, let paragraph = text.firstParagraph else { return }
    let signs = text.marks(.apology, .acknowledgement)
      .filter { paragraph.contains($0.tokens.lowerBound) }
    guard let sign = signs.first else {
      let place = text.document.sentences.firstIndex {
        $0.tokens.upperBound > paragraph.lowerBound
      }
      add(
        .acknowledgeFirst,
        at: place.map { text.ownRange(of: $0, in: paragraph) } ?? text.range(paragraph),
        "the customer is angry, and the first paragraph does not acknowledge it")
      return
    }
    let solution = text.marks(.solution).first { paragraph.contains($0.tokens.lowerBound) }
    if let solution, solution.sentence < sign.sentence {
      add(
        .acknowledgeFirst, at: solution.range,
        "solves before it acknowledges that the customer is angry", entry: solution.entry)
    }
  }

  /// A complaint or praise is thanked for; the signature may do it.
  mutating func addThanks(_ incoming: IncomingMessage?) {
    let isThanked = text.marks.contains { mark in
      mark.theme == .thanks && !text.isQuoted[mark.tokens.lowerBound]
    }
    if isThanked { return }
    if let incoming, !incoming.deservesThanks { return }
    add(
      .thanks, at: text.ownRange(of: text.ownSentences[0]),
      incoming == nil ? "thanks nobody" : "does not thank the customer for telling us",
      level: incoming == nil ? .note : nil)
  }

  /// The reply, or a fair share of it, is in the customer's language.
  mutating func addLanguage(_ incoming: IncomingMessage) {
    let known = [Language.undetermined, .other]
    guard !known.contains(incoming.language), language != .undetermined,
      language != incoming.language
    else { return }
    var total = 0
    var shared = 0
    for index in text.ownSentences {
      let sentence = text.document.sentences[index]
      total += sentence.bytes.count
      if sentence.language == incoming.language { shared += sentence.bytes.count }
    }
    guard shared * Self.leastShare < total else { return }
    let first = text.ownSentences.first { text.document.sentences[$0].language == language }
    add(
      .language, at: text.ownRange(of: first ?? text.ownSentences[0]),
      "the reply is in '\(language.code)', the customer wrote in '\(incoming.language.code)'")
  }
}
