public import Heard
internal import HeardAuthoring
internal import HeardClassifier
public import HeardCorpus
public import HeardLexicon
internal import HeardStatistics
internal import HeardText

/// Fits the weights of single words: the files `<language>/words.yaml`.
///
/// For each language and each score but anger a logistic regression over which words a message
/// has, with a ridge (`strength`) and an intercept for each set of messages, so that no word stands
/// for the set that it is frequent in. Of what comes out a part is taken (`share`), for entries hear
/// most of the same; what is left small is dropped. Biases move by what the words add on average, so that
/// scores stay calibrated. The fit does not depend on the words that the lexicon has now.
public struct WordFit {
  /// How it fits.
  public struct Settings: Sendable {
    /// What words are fitted for.
    ///
    /// Not anger: it is an act of its words, and everyday ones brought none on messages never seen.
    public var kinds: [EvidenceKind] = EvidenceKind.scores.filter { $0 != .anger }
    /// A word in fewer messages of its language is left out, 1 or more.
    public var least = 8
    /// Of the ridge, above 0.
    public var strength = 10.0
    /// Share of a fitted weight that is taken, 0 to 1.
    public var share = 0.5
    /// Weights nearer to 0 than this are dropped, logits.
    public var smallest = 0.05
    /// A kind with fewer positive messages in a language gets no words.
    public var minimumPositives = 12

    /// Words that may change places without changing a verdict (genders, names, regions), by language
    /// as `nl`: they get no weight.
    public var swaps: [String: FairnessSwaps] = [:]

    /// The usual settings.
    public init() {}
  }

  /// What was fitted of one score in one language.
  public struct Outcome: Sendable {
    /// As `nl`.
    public var language: String
    /// As `complaint`.
    public var kind: String
    /// Labelled messages.
    public var rows: Int
    /// Those that have it.
    public var positives: Int
    /// Words with a weight.
    public var words: Int
  }

  /// In the order of languages and scores.
  public private(set) var outcomes: [Outcome] = []
  /// All files of the folder, with the words and biases that were fitted.
  public private(set) var files: [(path: String, text: String)] = []
  /// The same without any words, their average taken back from the biases: what to compare with.
  public private(set) var filesWithoutWords: [(path: String, text: String)] = []
  /// Paths of the files that are new or have changed.
  public private(set) var changedPaths: [String] = []

  private struct Row {
    var message: LabelledMessage
    var words: Set<String>
  }

  /// Thousandths by word, of one score in one language.
  private typealias Weights = [String: Int32]

  /// Fits.
  ///
  /// - Parameters:
  ///   - messages: all that may be learnt from.
  ///   - pipeline: made of the lexicon that the files give.
  ///   - files: paths and texts of the lexicon folder, locks included.
  public init(
    _ messages: [LabelledMessage], pipeline: Pipeline, files: [(path: String, text: String)],
    settings: Settings = Settings()
  ) {
    let rows = Self.rows(messages, pipeline)
    let present = pipeline.lexicon.words.all
    var words: [Language: [EvidenceKind: Weights]] = [:]
    var shifts: [LexiconNumber: Double] = [:]
    var shiftsWithoutWords: [LexiconNumber: Double] = [:]
    for language in Language.read {
      let own = rows[language] ?? []
      let swapped = Self.swapped(own, settings.swaps[language.code])
      for kind in EvidenceKind.scores {
        let fitted =
          settings.kinds.contains(kind) ? Self.fit(kind, own, swapped, settings) : [:]
        words[language, default: [:]][kind] = fitted
        let labels = own.compactMap { FitRows.label(kind, $0.message) }
        outcomes.append(
          Outcome(
            language: language.code, kind: kind.rawValue, rows: labels.count,
            positives: labels.count { $0 }, words: fitted.count))
        let old = Self.mean(kind, own, Self.weights(kind, language, of: present))
        shifts[.bias(kind, language)] = old - Self.mean(kind, own, fitted)
        shiftsWithoutWords[.bias(kind, language)] = old
      }
    }
    // A lexicon need not have all languages.
    let known = Set(present.map(\.language))
    let written = Language.read.filter {
      known.contains($0) || words[$0]?.values.contains { !$0.isEmpty } ?? false
    }
    let finder = NumberFinder(files: files)
    func changed(
      _ words: [Language: [EvidenceKind: Weights]], _ shifts: [LexiconNumber: Double]
    ) -> [(path: String, text: String)] {
      var changed = SourcePatch(files: files, Self.edits(shifts, finder)).patched
      for language in written {
        let path = language.code + "/" + LexiconSource.wordsFile
        let text = Self.text(words[language] ?? [:], language)
        if let place = changed.firstIndex(where: { $0.path == path }) {
          changed[place].text = text
        } else {
          changed.append((path, text))
        }
      }
      return changed
    }
    self.files = changed(words, shifts)
    filesWithoutWords = changed([:], shiftsWithoutWords)
    let before = Dictionary(files.map { ($0.path, $0.text) }) { first, _ in first }
    changedPaths = self.files.filter { before[$0.path] != $0.text }.map(\.path)
  }

  /// Compiles the folder with the new words, in memory.
  ///
  /// - Throws: ``LexiconError`` or ``CompiledLexiconError``, as the folder itself would.
  public func lexicon() throws -> CompiledLexicon { try Self.compile(files) }

  /// Compiles the folder without any words, in memory.
  ///
  /// - Throws: ``LexiconError`` or ``CompiledLexiconError``, as the folder itself would.
  public func lexiconWithoutWords() throws -> CompiledLexicon {
    try Self.compile(filesWithoutWords)
  }

  private static func compile(_ files: [(path: String, text: String)]) throws -> CompiledLexicon {
    try CompiledLexicon(bytes: LexiconCompiler.compile(LexiconSource(files: files)))
  }

  // MARK: Fitting

  /// Messages by language with their words; automatic mail and other languages are not judged by
  /// evidence.
  private static func rows(
    _ messages: [LabelledMessage], _ pipeline: Pipeline
  ) -> [Language: [Row]] {
    let judge = CorpusJudge(pipeline)
    var reader = MessageWords(pipeline.lexicon)
    var rows: [Language: [Row]] = [:]
    for one in messages {
      guard let (message, assessment) = judge.judge(one, explain: false),
        assessment.messageClass != .auto, Language.read.contains(assessment.language)
      else { continue }
      rows[assessment.language, default: []].append(
        Row(message: one, words: reader.words(of: message, assessment.language)))
    }
    return rows
  }

  private static func fit(
    _ kind: EvidenceKind, _ all: [Row], _ swapped: Set<String>, _ settings: Settings
  ) -> Weights {
    let rows = all.compactMap { row in FitRows.label(kind, row.message).map { (row, $0) } }
    guard rows.count(where: { $0.1 }) >= settings.minimumPositives else { return [:] }
    var counts: [String: Int] = [:]
    for (row, _) in rows { for word in row.words { counts[word, default: 0] += 1 } }
    let words = counts.filter { word, count in
      count >= settings.least && isPlain(word) && !swapped.contains(word)
    }.keys.sorted()
    let sets = Set(rows.map(\.0.message.set)).sorted()
    var columns: [String: Int] = [:]
    for (column, word) in words.enumerated() { columns[word] = column }
    var places: [String: Int] = [:]
    for (place, set) in sets.enumerated() { places[set] = words.count + place }
    // A set's own level is no news of a word: it is held loosely.
    var problem = LogisticProblem(
      priors: Array(repeating: 0, count: words.count + sets.count),
      holds: Array(repeating: 1, count: words.count) + Array(repeating: 0.25, count: sets.count))
    for (row, label) in rows {
      let own = row.words.compactMap { columns[$0] }.sorted() + [places[row.message.set] ?? 0]
      problem.add(own.map { ($0, 1) }, label: label)
    }
    let solution = problem.solve(strength: settings.strength, tolerance: 1e-4)
    var fitted: Weights = [:]
    for (word, weight) in zip(words, solution.weights) {
      let milli = Int32((weight * settings.share * 100).rounded()) * 10
      if abs(milli) < Int32((settings.smallest * 1000).rounded()) { continue }
      fitted[word] = min(max(milli, -WordWeight.limit), WordWeight.limit)
    }
    return fitted
  }

  /// What words add to a message on average, in logits; every set counts the same.
  private static func mean(
    _ kind: EvidenceKind, _ rows: [Row], _ weights: Weights
  ) -> Double {
    var sums: [String: (sum: Int, count: Int)] = [:]
    for row in rows where FitRows.label(kind, row.message) != nil {
      let sum = row.words.reduce(0) { $0 + Int(weights[$1] ?? 0) }
      let known = sums[row.message.set] ?? (0, 0)
      sums[row.message.set] = (known.sum + sum, known.count + 1)
    }
    guard !sums.isEmpty else { return 0 }
    let means = sums.sorted { $0.key < $1.key }.map {
      Double($0.value.sum) / Double($0.value.count)
    }
    return means.reduce(0, +) / Double(means.count) / 1000
  }

  /// Those of the words that stand in a table of swaps.
  private static func swapped(_ rows: [Row], _ swaps: FairnessSwaps?) -> Set<String> {
    guard let table = swaps?.folded() else { return [] }
    return rows.reduce(into: Set<String>()) { $0.formUnion($1.words) }
      .filter { word in
        table.words.contains(word) || table.endings.contains { word.hasSuffix($0) }
      }
  }

  /// Letters, and apostrophes between them: what is written the same way everywhere.
  private static func isPlain(_ word: String) -> Bool {
    let ends = [word.first, word.last]
    return ends.allSatisfy { $0?.isLetter ?? false }
      && word.allSatisfy { $0.isLetter || $0 == "'" }
  }

  private static func weights(
    _ kind: EvidenceKind, _ language: Language, of words: [WordWeight]
  ) -> Weights {
    var weights: Weights = [:]
    for word in words where word.language == language {
      weights[word.word] = word.evidence.first { $0.kind == kind }?.milli
    }
    return weights
  }

  // MARK: Writing

  private static func edits(
    _ shifts: [LexiconNumber: Double], _ finder: NumberFinder
  ) -> [(place: NumberPlace, text: String)] {
    shifts.compactMap { number, shift in
      guard let place = finder.places[number], let bias = Double(place.text) else { return nil }
      let text = LexiconFit.text(bias + shift, step: 100, like: place.text)
      return text == place.text ? nil : (place, text)
    }
  }

  private static func text(_ weights: [EvidenceKind: Weights], _ language: Language) -> String {
    let words = Set(weights.values.flatMap(\.keys)).sorted()
    var text = """
      # Single words as weak evidence, logits: the second layer beside entries. Fitted, not written:
      # `heard fit corpus ../shared/data --words --write` makes this file. A word counts once a message.
      words: \(SourceSchema.version)
      language: \(language.code)
      weights:\(words.isEmpty ? " {}" : "")

      """
    for word in words {
      let list = EvidenceKind.scores.compactMap { kind in
        weights[kind]?[word].map { "\(kind.rawValue): \(Milli.text($0))" }
      }
      text += "  \(word): {\(list.joined(separator: ", "))}\n"
    }
    return text
  }
}
