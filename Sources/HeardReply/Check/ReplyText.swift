import HeardLexicon
import HeardMail
import HeardText

/// A sign of the wording lexicons in a reply.
struct ReplyMark: Hashable {
  var theme: ReplyTheme
  /// Number of the entry.
  var entry: Int
  /// Tokens from the first to the last.
  var tokens: Range<Int>
  /// Index of the sentence.
  var sentence: Int
  /// Where it stands.
  var range: ByteRange
  /// Whether a longer phrase says better what its words mean.
  var isCovered: Bool
}

/// The body of a reply as the rules see it: which tokens are the writer's own, and what was found.
struct ReplyText {
  /// Tokens of a salutation at most.
  private static let longestSalutation = 6

  /// Index of the part in the message.
  let part: Int
  let document: Document
  /// For each token its zone.
  let zones: [Zone]
  /// For each token whether it stands between quotation marks.
  let isQuoted: [Bool]
  /// Signs in the writer's own words and in the signature, without those that a trap covers.
  var marks: [ReplyMark] = []
  /// Numbers at the start of list items count as no word.
  let isNumber: [Bool]
  /// Ranges of tokens between empty lines, of the writer's own words only.
  let paragraphs: [Range<Int>]

  init(part: Int, zones spans: [ZoneSpan], document: Document, isNumber: [Bool]) {
    self.part = part
    self.document = document
    self.isNumber = isNumber
    var zones: [Zone] = []
    var place = 0
    for token in document.tokens {
      while place < spans.count, spans[place].range.end <= token.start { place += 1 }
      zones.append(place < spans.count ? spans[place].zone : .own)
    }
    self.zones = zones
    isQuoted = ReplyQuotations.find(in: document)
    var paragraphs: [Range<Int>] = []
    var start: Int?
    for token in document.tokens.indices {
      let isOwn = zones[token] == .own
      if let begun = start, !isOwn || document.tokens[token].gap.contains(.paragraphBreak) {
        paragraphs.append(begun..<token)
        start = nil
      }
      if isOwn, start == nil { start = token }
    }
    if let start { paragraphs.append(start..<document.tokens.count) }
    self.paragraphs = paragraphs
  }

  /// Whether a token is the writer's own and no quotation.
  func isChecked(_ token: Int) -> Bool { zones[token] == .own && !isQuoted[token] }

  /// Whether a sign is the writer's own from its first token to its last.
  func isChecked(_ mark: ReplyMark) -> Bool { mark.tokens.allSatisfy(isChecked) }

  /// Signs of some themes in the writer's own words, in order.
  func marks(_ themes: ReplyTheme...) -> [ReplyMark] {
    marks.filter { themes.contains($0.theme) && isChecked($0) }
  }

  /// Indices of the sentences that begin with the writer's own words.
  var ownSentences: [Int] {
    document.sentences.indices.filter { isChecked(document.sentences[$0].tokens.lowerBound) }
  }

  /// Whether a token opens a sentence: also behind a salutation's line, and behind a list's number.
  func opensSentence(_ token: Int, _ sentence: Int) -> Bool {
    if begins(token, sentence) { return true }
    let gap = document.tokens[token].gap
    return isNumber[token - 1] && begins(token - 1, sentence)
      && !gap.isDisjoint(with: [.period, .closeParenthesis, .dash, .semicolon])
  }

  private func begins(_ token: Int, _ sentence: Int) -> Bool {
    let first = document.sentences[sentence].tokens.lowerBound
    let gap = document.tokens[token].gap
    return token <= first || gap.contains(.paragraphBreak)
      || (gap.contains(.lineBreak) && gap.contains(.comma)
        && token - first <= Self.longestSalutation)
  }

  /// The first paragraph that says something: a salutation does not.
  var firstParagraph: Range<Int>? {
    guard let first = paragraphs.first else { return nil }
    let ending =
      first.upperBound < document.tokens.count
      ? document.tokens[first.upperBound].gap : document.ending
    let isSalutation =
      first.count <= Self.longestSalutation && ending.isDisjoint(with: [.period, .question])
      && paragraphs.count > 1
    return isSalutation ? paragraphs[1] : first
  }

  /// The sentence that holds an offset, or the one before it.
  func sentence(at offset: Int) -> Int {
    var low = 0
    var high = document.sentences.count
    while low < high {
      let middle = (low + high) / 2
      if Int(document.sentences[middle].bytes.start) <= offset {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return max(0, low - 1)
  }

  /// What a sentence has of some tokens, as far as it is the writer's own: a sentence without a full
  /// stop may run on into a signature, or come out of a quotation.
  func ownRange(of sentence: Int, in tokens: Range<Int>? = nil) -> ByteRange {
    let all = document.sentences[sentence].tokens
    let first = max(all.lowerBound, tokens?.lowerBound ?? 0)
    let end = min(all.upperBound, tokens?.upperBound ?? all.upperBound)
    let last = (first..<end).first { zones[$0] != .own } ?? end
    return range(first..<max(last, first + 1))
  }

  /// The bytes from the first token to the last.
  func range(_ tokens: Range<Int>) -> ByteRange {
    ByteRange(document.tokens[tokens.lowerBound].start, document.tokens[tokens.upperBound - 1].end)
  }
}

/// What stands between quotation marks, paired inside a paragraph.
///
/// A mark that is not closed in its paragraph quotes nothing: a lonely apostrophe must not keep the
/// rest of a reply from being read.
enum ReplyQuotations {
  private static let marks: Gap = [.openQuote, .closeQuote, .straightQuote]

  /// For each token whether it is quoted.
  static func find(in document: Document) -> [Bool] {
    var quoted = [Bool](repeating: false, count: document.tokens.count)
    var opened: Int?
    for index in 0...document.tokens.count {
      let gap = index < document.tokens.count ? document.tokens[index].gap : document.ending
      if !gap.isDisjoint(with: marks) {
        let closes = gap.contains(.closeQuote) || gap.contains(.straightQuote)
        if let start = opened, closes, start < index {
          for token in start..<index { quoted[token] = true }
          opened = gap.contains(.openQuote) ? index : nil
        } else {
          opened = gap.contains(.openQuote) || gap.contains(.straightQuote) ? index : opened
        }
      } else if gap.contains(.paragraphBreak) {
        opened = nil
      }
    }
    return quoted
  }
}
