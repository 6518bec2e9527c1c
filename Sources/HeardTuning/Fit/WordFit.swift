public import Heard
internal import HeardClassifier
public import HeardLexicon
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
  public private(set) var files: [(path: String, text: String)]
  /// Paths of the files that are new or have changed.
  public private(set) var changedPaths: [String] = []

  private struct Row {
    var message: LabelledMessage
    var words: Set<String>
  }

  /// Fits.
  ///
  /// - Parameters:
  ///   - messages: all that may be learnt from.
  ///   - pipeline: made of the lexicon that the files give.
  ///   - files: paths and texts of the lexicon folder, locks included.
  ///   - settings: nil: no words, which is what to compare with.
  public init(
    _ messages: [LabelledMessage], pipeline: Pipeline, files: [(path: String, text: String)],
    settings: Settings? = Settings()
  ) {
    let rows = Self.rows(messages, pipeline)
    let finder = NumberFinder(files: files)
    let present = Self.present(pipeline.lexicon)
    var edits: [(place: NumberPlace, text: String)] = []
    var texts: [(path: String, text: String)] = []
    for language in Language.read {
      let own = rows[language] ?? []
      let swapped = Self.swapped(own, settings?.swaps[language.code])
      var weights: [String: [Evidence]] = [:]
      for kind in EvidenceKind.scores {
        let isFitted = settings?.kinds.contains(kind) ?? false
        let fitted = isFitted ? settings.map { Self.fit(kind, own, swapped, $0) } ?? [:] : [:]
        for (word, milli) in fitted {
          weights[word, default: []].append(Evidence(kind, milli: milli))
        }
        let labels = own.compactMap { FitRows.label(kind, $0.message) }
        outcomes.append(
          Outcome(
            language: language.code, kind: kind.rawValue, rows: labels.count,
            positives: labels.count { $0 }, words: fitted.count))
        let old = (present[language] ?? [:]).compactMapValues { weights in
          weights.first { $0.kind == kind }?.milli
        }
        let shift = Self.mean(kind, own, old) - Self.mean(kind, own, fitted)
        if let place = finder.places[.bias(kind, language)], let bias = Double(place.text) {
          let text = LexiconFit.text(bias + shift, step: 100, like: place.text)
          if text != place.text { edits.append((place, text)) }
        }
      }
      // A lexicon need not have all languages.
      if weights.isEmpty, present[language] == nil { continue }
      texts.append((language.code + "/" + LexiconSource.wordsFile, Self.text(weights, language)))
    }
    self.files = SourcePatch(files: files, edits).patched
    for (path, text) in texts {
      if let place = self.files.firstIndex(where: { $0.path == path }) {
        self.files[place].text = text
      } else {
        self.files.append((path, text))
      }
    }
    let before = Dictionary(files.map { ($0.path, $0.text) }) { first, _ in first }
    changedPaths = self.files.filter { before[$0.path] != $0.text }.map(\.path)
  }

  /// Compiles the folder with the new words, in memory.
  ///
  /// - Throws: ``LexiconError`` or ``CompiledLexiconError``, as the folder itself would.
  public func lexicon() throws -> CompiledLexicon {
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

  /// Thousandths by word.
  private static func fit(
    _ kind: EvidenceKind, _ all: [Row], _ swapped: Set<String>, _ settings: Settings
  ) -> [String: Int32] {
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
    var fitted: [String: Int32] = [:]
    for (word, weight) in zip(words, solution.weights) {
      let milli = Int32((weight * settings.share * 100).rounded()) * 10
      if abs(milli) < Int32((settings.smallest * 1000).rounded()) { continue }
      fitted[word] = min(max(milli, -WordWeight.limit), WordWeight.limit)
    }
    return fitted
  }

  /// What words add to a message on average, in logits; every set counts the same.
  private static func mean(
    _ kind: EvidenceKind, _ rows: [Row], _ weights: [String: Int32]
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
    guard let table = swaps?.folded(TextAnalyzer()) else { return [] }
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

  /// The words that a lexicon has.
  private static func present(_ lexicon: CompiledLexicon) -> [Language: [String: [Evidence]]] {
    var words: [Language: [String: [Evidence]]] = [:]
    for number in 0..<lexicon.words.count {
      let number = UInt16(number + 1)
      for language in Language.read {
        let weights = lexicon.words.weights(at: WordTable.place(number, language))
        let evidence = EvidenceKind.scores.enumerated().compactMap { place, kind in
          weights[place] == 0 ? nil : Evidence(kind, milli: Int32(weights[place]))
        }
        if !evidence.isEmpty {
          words[language, default: [:]][lexicon.words.word(number)] = evidence
        }
      }
    }
    return words
  }

  // MARK: Writing

  private static func text(_ weights: [String: [Evidence]], _ language: Language) -> String {
    var text = """
      # Single words as weak evidence, logits: the second layer beside entries. Fitted, not written:
      # `heard fit corpus ../shared/data --words --write` makes this file. A word counts once a message.
      words: \(SourceSchema.version)
      language: \(language.code)
      weights:\(weights.isEmpty ? " {}" : "")

      """
    for (word, evidence) in weights.sorted(by: { $0.key < $1.key }) {
      let list = evidence.map { "\($0.kind.rawValue): \(Self.decimal($0.milli))" }
      text += "  \(word): {\(list.joined(separator: ", "))}\n"
    }
    return text
  }

  private static func decimal(_ milli: Int32) -> String {
    FitReport.decimal(Double(milli) / 1000, milli % 100 == 0 ? 1 : 2)
  }
}
