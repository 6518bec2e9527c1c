public import HeardInput
internal import HeardLexicon
public import HeardText

/// Words that may change places without changing what a message is: names, genders, regions.
///
/// A line of `swaps.tsv` is `kind ⇥ one ⇥ other`, in lower case; the two change places in both
/// directions, or only from left to right when a fourth field says `one-way`. `*łem ⇥ *łam` changes
/// the ends of words. Whole words win over ends, and earlier lines over later ones.
public struct FairnessSwaps: Sendable {
  /// The name of the files, one a language in the lexicon folder.
  public static let fileName = "swaps.tsv"

  /// A word that was put in place of another.
  public struct Swap: Hashable, Sendable {
    /// As the message has it.
    public var from: String
    /// As the variant has it.
    public var to: String
  }

  /// Kinds in the order of the file.
  public private(set) var kinds: [String] = []
  private var words: [String: [String: String]] = [:]
  private var endings: [String: [(from: String, to: String)]] = [:]

  /// Reads a table.
  ///
  /// - Parameter file: names it in errors.
  /// - Throws: the first line that cannot be read.
  public init(_ text: String, file: String) throws(InputError) {
    for (number, line) in text.utf8.split(
      separator: 0x0A, omittingEmptySubsequences: false
    ).enumerated() {
      let line = String(Substring(line)).filter { $0 != "\r" }
      if line.isEmpty || line.hasPrefix("#") { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let isOneWay = fields.count == 4 && fields[3] == "one-way"
      guard fields.count == 3 || isOneWay, fields.allSatisfy({ !$0.isEmpty }),
        fields[1].hasPrefix("*") == fields[2].hasPrefix("*"), fields[1] != "*",
        !fields[1].contains(" "), fields[1] == fields[1].lowercased()
      else {
        throw InputError(
          .unknownForm,
          "\(file):\(number + 1): a line is kind, one word and another in lower case with tabs "
            + "between, or two endings that begin with *; a fourth field may be one-way")
      }
      add(fields[0], fields[1], fields[2])
      if !isOneWay { add(fields[0], fields[2], fields[1]) }
    }
  }

  private mutating func add(_ kind: String, _ from: String, _ to: String) {
    if !kinds.contains(kind) { kinds.append(kind) }
    if from.hasPrefix("*") {
      endings[kind, default: []].append((String(from.dropFirst()), String(to.dropFirst())))
    } else if words[kind]?[from] == nil {
      words[kind, default: [:]][from] = to
    }
  }

  /// The text with every word of a kind swapped, and what was; nil when there is none.
  ///
  /// Capitals stay as they were: `Pan` becomes `Pani`, `PAN` becomes `PANI`.
  public func variant(
    of text: String, kind: String, analyzer: TextAnalyzer
  ) -> (text: String, swaps: [Swap])? {
    var document = Document()
    var bytes = Array(text.utf8)
    analyzer.analyze(bytes, into: &document)
    var swaps: [Swap] = []
    for token in document.tokens.reversed() {
      let range = token.range.range
      let spelling = String(decoding: bytes[range], as: UTF8.self)
      guard let word = replacement(analyzer.memory.normal(token.form), kind) else { continue }
      let flags = analyzer.memory.flags(token.form)
      let cased =
        flags.contains(.capitals) && spelling.count > 1
        ? word.uppercased()
        : flags.contains(.capitalised) || spelling.first?.isUppercase == true
          ? word.prefix(1).uppercased() + word.dropFirst() : word
      guard cased != spelling else { continue }
      bytes.replaceSubrange(range, with: Array(cased.utf8))
      swaps.append(Swap(from: spelling, to: cased))
    }
    if swaps.isEmpty { return nil }
    return (String(decoding: bytes, as: UTF8.self), swaps.reversed())
  }

  /// The words, and the ends of words, that change places with others in some kind, without
  /// diacritics.
  func folded() -> (words: Set<String>, endings: [String]) {
    let normaliser = WordNormaliser.analyzer()
    func folded(_ text: String) -> String {
      let words = normaliser.words(text)
      return words.count == 1 ? words[0].folded : text
    }
    return (
      Set(words.values.joined().flatMap { [$0.key, $0.value] }.map(folded)),
      endings.values.joined().flatMap { [$0.from, $0.to] }.map(folded)
    )
  }

  private func replacement(_ normal: String, _ kind: String) -> String? {
    if let word = words[kind]?[normal] { return word }
    for (from, to) in endings[kind] ?? [] where normal.hasSuffix(from) {
      // An ending needs a stem of two letters at least.
      guard normal.count >= from.count + 2 else { continue }
      return normal.dropLast(from.count) + to
    }
    return nil
  }
}
