import Foundation

@testable import HeardText

/// A plain way from text to evidence, for tests of the model alone: letters with apostrophes
/// between them are words, lower case is the normal form.
struct PlainEvidence {
  var sum = SIMD16<Int32>.zero
  var letters = 0

  init(_ text: some StringProtocol, model: LanguageModel = .shared) {
    for word in Self.words(text) {
      let bytes = Array(Self.normal(word).utf8)
      sum &+= SIMD16<Int32>(truncatingIfNeeded: model.evidence(normal: bytes.span))
      letters += word.count(where: \.isLetter)
    }
  }

  static func normal(_ word: some StringProtocol) -> String {
    word.precomposedStringWithCompatibilityMapping.lowercased().replacing("ß", with: "ss")
  }

  static func words(_ text: some StringProtocol) -> [Substring] {
    var words: [Substring] = []
    for run in String(text).split(whereSeparator: { !($0.isLetter || $0 == "'" || $0 == "’") }) {
      let first = run.firstIndex(where: \.isLetter)
      guard let first, let last = run.lastIndex(where: \.isLetter) else { continue }
      words.append(run[first...last])
    }
    return words
  }

  /// The segments of sentences given one by one.
  static func segments(_ sentences: [String]) -> ContiguousArray<LanguageSegment> {
    ContiguousArray(
      sentences.map { sentence in
        let evidence = PlainEvidence(sentence)
        return LanguageSegment(sum: evidence.sum, letters: evidence.letters)
      })
  }
}

/// Rows of the measuring sets beside the package; empty, and said so, where they are missing.
struct MeasuringSet {
  struct Row: Decodable {
    struct Labels: Decodable { var language: String? }
    var id: String
    var lang: String
    var text: String
    var labels: Labels
    var kind: String?
  }

  static func rows(_ name: String) -> [Row] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["HEARD_SHARED"].map { URL(filePath: $0) }
      ?? root.appending(path: "../shared")
    guard let data = try? Data(contentsOf: shared.appending(path: "data/\(name).jsonl")) else {
      print("SKIPPED: no data/\(name).jsonl in \(shared.path) (set HEARD_SHARED to its folder)")
      return []
    }
    return data.split(separator: UInt8(ascii: "\n")).compactMap {
      try? JSONDecoder().decode(Row.self, from: $0)
    }
  }
}
