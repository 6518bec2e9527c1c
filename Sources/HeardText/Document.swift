/// A text taken apart: tokens over the original bytes, sentences, and languages.
///
/// A worker makes one and fills it again and again (``TextAnalyzer/analyze(_:into:)``), so that its
/// arrays are allocated once. Form ids are those of the analyzer that filled it.
public struct Document: Sendable {
  /// The text as it came, valid UTF-8.
  public var bytes: [UInt8] = []
  /// Tokens, ascending.
  public var tokens: ContiguousArray<Token> = []
  /// What stands after the last token.
  public var ending: Gap = []
  /// Sentences, ascending; every token is in exactly one.
  public var sentences: ContiguousArray<Sentence> = []
  /// The language of most of the text.
  public var language: Language = .undetermined
  /// Bytes of sentences per language, indexed by `Language.rawValue`.
  public var languageBytes: [Int] = Array(repeating: 0, count: Language.allCases.count)

  /// Makes an empty document.
  public init() {}

  /// Ends sentences also where something else begins that the words do not tell of, as quoted lines.
  ///
  /// - Parameter borders: offsets into `bytes`, ascending; a token belongs to the side it begins on.
  public mutating func endSentences(at borders: [UInt32]) {
    // Nearly all borders are ends already: nothing is copied before the first that is none.
    var divided: ContiguousArray<Sentence> = []
    var copied = 0
    var next = 0
    for border in borders {
      while next < sentences.count, sentences[next].bytes.end <= border { next += 1 }
      guard next < sentences.count else { break }
      let sentence = sentences[next]
      let stop = firstToken(in: sentence.tokens, from: border)
      guard sentence.tokens.dropFirst().contains(stop) else { continue }
      var first = sentence
      first.endToken = Int32(stop)
      first.bytes.end = tokens[stop - 1].end
      first.ending = tokens[stop].gap
      divided.append(contentsOf: sentences[copied..<next])
      divided.append(first)
      copied = next
      sentences[next].firstToken = Int32(stop)
      sentences[next].bytes.start = tokens[stop].start
    }
    if divided.isEmpty { return }
    divided.append(contentsOf: sentences[copied...])
    sentences = divided
  }

  /// The first of some tokens that begins at an offset or behind it; the end of them without one.
  private func firstToken(in range: Range<Int>, from offset: UInt32) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].start < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
