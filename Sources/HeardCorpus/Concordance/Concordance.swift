public import Heard
public import HeardAuthoring
internal import HeardClassifier
public import HeardLexicon
internal import HeardMail
public import HeardRedaction
internal import HeardSources
public import HeardText

/// A place of a corpus and the words around it.
public struct ConcordanceLine: Hashable, Sendable {
  /// The message.
  public var id: String
  /// Its set.
  public var set: String
  /// Its language, as the source says.
  public var language: String
  /// What stands in front, white space as single spaces.
  public var left: String
  /// What was found.
  public var match: String
  /// What stands behind.
  public var right: String
  /// The entry or frame that was found; empty for a pattern.
  public var source: String

  package init(
    id: String, set: String, language: String, left: String, match: String, right: String,
    source: String
  ) {
    self.id = id
    self.set = set
    self.language = language
    self.left = left
    self.match = match
    self.right = right
    self.source = source
  }
}

/// What a concordance looks for.
public enum ConcordanceQuery: Sendable {
  /// Places of one entry, counted or not.
  case entry(String)
  /// Evidence of one kind that counted.
  case kind(EvidenceKind)
  /// A pattern as lexicons write it; `~word` is any form of a lemma.
  case pattern(String)
}

/// Finds places in labelled messages: key words in context.
public struct Concordance: Sendable {
  /// The order of lines.
  public enum Order: String, CaseIterable, Sendable {
    /// As the corpus has them.
    case corpus
    /// By the words in front, the nearest first.
    case left
    /// By what was found and the words behind.
    case right
  }

  /// The lines found.
  public private(set) var lines: [ConcordanceLine] = []

  /// Looks through messages.
  ///
  /// - Parameters:
  ///   - lexicon: has the query's pattern as its only entries, see ``lexicon(for:source:forms:)``,
  ///     or is the pipeline's own.
  ///   - width: characters on each side at most.
  ///   - redactor: when given, pseudonymises every message before it is cut.
  public init(
    _ query: ConcordanceQuery, in messages: [LabelledMessage], pipeline: Pipeline,
    lexicon: CompiledLexicon, width: Int, redactor: Redactor? = nil
  ) {
    let judge = CorpusJudge(pipeline)
    var finder = PlaceFinder(lexicon: lexicon)
    for labelled in messages {
      var explains = false
      if case .kind = query { explains = true }
      guard let (message, assessment) = judge.judge(labelled, explain: explains) else { continue }
      for (number, part) in message.parts.enumerated() {
        var places: [(range: Range<Int>, source: String)] = []
        switch query {
        case .entry(let id):
          places = finder.places(in: part.bytes) { $0 == id }
        case .pattern:
          places = finder.places(in: part.bytes) { _ in true }.map { ($0.range, "") }
        case .kind(let kind):
          for one in assessment.contributions
          where one.kind == kind && one.part == number && one.milli != 0 && !one.range.isEmpty {
            places.append((one.range.range, Concordance.name(one.source, lexicon)))
          }
        }
        if places.isEmpty { continue }
        let context = KeyWordContext(part.bytes, width: width, redactor: redactor)
        for (range, source) in places {
          let (left, match, right) = context.cut(range)
          lines.append(
            ConcordanceLine(
              id: labelled.id, set: labelled.set, language: labelled.language, left: left,
              match: match, right: right, source: source))
        }
      }
    }
  }

  /// Sorts the lines; equal ones stay in the order of the corpus.
  public mutating func sort(_ order: Order) {
    func words(_ text: String) -> [String] {
      text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
    func key(_ line: ConcordanceLine) -> [String] {
      switch order {
      case .corpus: []
      case .left: words(line.left).reversed() + words(line.match)
      case .right: words(line.match) + words(line.right)
      }
    }
    guard order != .corpus else { return }
    lines = lines.enumerated().map { (key($1), $0, $1) }
      .sorted { $0.0 == $1.0 ? $0.1 < $1.1 : $0.0.lexicographicallyPrecedes($1.0) }
      .map(\.2)
  }

  /// A lexicon that finds a pattern in every language, and nothing else.
  ///
  /// - Parameters:
  ///   - source: its locks give the forms of lemmas.
  ///   - forms: forms of lemmas that no lock has; none when they are not known.
  /// - Throws: ``LexiconError`` for a pattern that cannot be read, ``CompiledLexiconError`` for one
  ///   that is too large.
  public static func lexicon(
    for pattern: String, source: LexiconSource, forms: (Language, String) -> [InflectedForm]
  ) throws -> CompiledLexicon {
    let quoted = "'" + pattern.replacing(scalar: "'", with: "''") + "'"
    let files = Language.read.map { language in
      (
        path: "\(language.code)/query.yaml",
        text: """
        lexicon: \(SourceSchema.version)
        language: \(language.code)
        theme: query
        entries:
        - {id: \(language.code).query.pattern, phrase: \(quoted), evidence: {complaint: 1}}

        """
      )
    }
    let query = try LexiconSource(files: files)
    let image = try LexiconCompiler.compile(entries: query.entries, scoring: .neutral) {
      language, lemma, part in
      let lock = source.locks[language]
      let parts = SourceSchema.partsOfSpeech + [FormsLock.anyPart]
      let known = lock.map { lock in
        parts.compactMap { lock.lookup(lemma: lemma, partOfSpeech: $0) }.flatMap { $0 }
      }
      if let known, !known.isEmpty { return Array(Set(known)).sorted { $0.text < $1.text } }
      return forms(language, lemma)
    }
    return try CompiledLexicon(bytes: image)
  }

  private static func name(_ source: Contribution.Source, _ lexicon: CompiledLexicon) -> String {
    switch source {
    case .entry(let index): lexicon.entryID(index)
    case .frame(let index): lexicon.frames[index].id
    case .style(let name): name
    case .words: "words"
    case .bias: "bias"
    }
  }
}

/// Finds entries in texts.
struct PlaceFinder: ~Copyable {
  private let analyzer = TextAnalyzer()
  private var matcher: Matcher
  private var document = Document()
  private var matches: ContiguousArray<Match> = []

  init(lexicon: CompiledLexicon) { matcher = Matcher(lexicon) }

  /// Places of the entries wanted; one place is given once.
  mutating func places(
    in bytes: [UInt8], where isWanted: (String) -> Bool
  ) -> [(range: Range<Int>, source: String)] {
    analyzer.analyze(bytes, into: &document)
    matcher.match(document, memory: analyzer.memory, into: &matches)
    var seen: Set<Range<Int>> = []
    return matches.compactMap { match in
      let id = matcher.lexicon.entryID(Int(match.entry))
      guard isWanted(id) else { return nil }
      let start = Int(document.tokens[Int(match.firstToken)].start)
      let end = Int(document.tokens[Int(match.lastToken)].end)
      return seen.insert(start..<end).inserted ? (start..<end, id) : nil
    }
  }
}
