internal import HeardLexicon
internal import HeardSources
import HeardText
import Yams

/// Reads `<language>/words.yaml`: single words and their weights.
struct WordsReader {
  private var reader: SourceReader
  private let normaliser: WordNormaliser

  /// The words of a file whose YAML could be read, and what is wrong with it.
  static func read(
    file: String, text: String, root: Node
  ) -> (words: [WordWeight], diagnostics: [Diagnostic]) {
    var reading = WordsReader(
      reader: SourceReader(file: file, text: text), normaliser: .analyzer())
    let words = reading.file(root)
    return (words, reading.reader.diagnostics)
  }

  private init(reader: SourceReader, normaliser: WordNormaliser) {
    self.reader = reader
    self.normaliser = normaliser
  }

  private mutating func file(_ root: Node) -> [WordWeight] {
    guard let keys = reader.mapping(root, SourceSchema.words) else { return [] }
    reader.checkVersion(keys["words"], "words")
    guard let node = keys["language"], let language = reader.language(node) else { return [] }
    reader.checkFolder(language, at: node)
    guard let weights = keys["weights"] else { return [] }
    guard case .mapping(let mapping) = weights else {
      reader.report(
        .wrongType, at: weights, "'weights' must be a mapping",
        hint: "write 'word: {complaint: 0.2}' lines")
      return []
    }
    return mapping.compactMap { word($0.key, $0.value, language) }
  }

  private mutating func word(_ key: Node, _ value: Node, _ language: Language) -> WordWeight? {
    guard let word = reader.text(key, "a word") else { return nil }
    let found = normaliser.words(word)
    guard found.count == 1, found[0].folded == word else {
      reader.report(
        .badValue, at: key, "'\(word)' is no single word as it is compared",
        hint: found.count == 1
          ? "write '\(found[0].folded)': small letters, no diacritics"
          : "phrases belong to the entries of a theme")
      return nil
    }
    let evidence = reader.evidence(value, "the weights of \(word)")
    for item in evidence {
      if !EvidenceKind.scores.contains(item.kind) {
        reader.report(
          .badValue, at: value, "'\(item.kind.rawValue)' from a single word",
          hint: "words count for \(Spelling.list(EvidenceKind.scores.map(\.rawValue)))")
      } else if abs(item.milli) > WordWeight.limit {
        reader.report(
          .outOfRange, at: value, "\(item.kind.rawValue) is \(Milli.text(item.milli))",
          hint: "write -1 to 1; what is stronger deserves an entry with examples")
      }
    }
    return evidence.isEmpty ? nil : WordWeight(word: word, language: language, evidence: evidence)
  }
}
