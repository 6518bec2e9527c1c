internal import HeardLexicon
public import HeardSources
public import HeardText

/// Why an entry does not match in a text: which parts of its patterns are there and which are not.
public struct PatternTrace: Sendable {
  /// A part of a pattern that must be there, and whether it is.
  public struct Part: Hashable, Sendable {
    /// As the pattern has it: `~krijgen`, `(geen|niets)`.
    public var text: String
    /// What stands for it in the sentence; nil when nothing does.
    public var words: String?
  }

  /// How near a pattern comes in its best sentence.
  public struct Attempt: Hashable, Sendable {
    /// The pattern as written.
    public var pattern: String
    /// The sentence, UTF-8 bytes of the text.
    public var sentence: ByteRange
    /// Its parts in order.
    public var parts: [Part]

    /// Parts that nothing stands for.
    public var missing: [String] { parts.filter { $0.words == nil }.map(\.text) }
    /// All parts are there: the order is another, the gap too wide, or a clause ends between.
    public var isComplete: Bool { missing.isEmpty }
  }

  private let entry: EntrySource
  private let lexicon: CompiledLexicon
  private let parts: [[(text: String, number: UInt32)]]

  /// Prepares an entry.
  ///
  /// - Throws: a pattern that cannot be compiled.
  public init(_ entry: EntrySource, in source: LexiconSource) throws(CompiledLexiconError) {
    self.entry = entry
    var small = source
    small.entries = []
    var parts: [[(String, UInt32)]] = []
    for pattern in entry.patterns {
      var own: [(String, UInt32)] = []
      for node in Self.required(pattern) {
        var part = entry
        part.id = "part.\(String(10_000 + small.entries.count))"
        part.patterns = [node]
        part.patternTexts = [Self.text(node)]
        part.patternLocations = []
        if !entry.isLemma {
          part.partOfSpeech = nil
          part.forms = []
        }
        own.append((Self.text(node), UInt32(small.entries.count)))
        small.entries.append(part)
      }
      parts.append(own)
    }
    self.parts = parts
    lexicon = try CompiledLexicon(bytes: LexiconCompiler.compile(small))
  }

  /// The attempts of all patterns, the nearest first.
  public func attempts(in text: [UInt8]) -> [Attempt] {
    let analyzer = TextAnalyzer()
    var document = Document()
    var matcher = Matcher(lexicon)
    var matches: ContiguousArray<Match> = []
    analyzer.analyze(text, into: &document)
    matcher.match(
      document, memory: analyzer.memory, languages: LanguageSet(entry.language), into: &matches)
    var attempts: [Attempt] = []
    for (index, own) in parts.enumerated() {
      let tries = document.sentences.map { sentence in
        Attempt(
          pattern: index < entry.patternTexts.count ? entry.patternTexts[index] : "",
          sentence: sentence.bytes,
          parts: own.map { part in
            let match = matches.first {
              $0.entry == part.number && sentence.tokens.contains(Int($0.firstToken))
            }
            return Part(
              text: part.text,
              words: match.map { Self.words(of: $0, in: document) })
          })
      }
      if let best = tries.min(by: { $0.missing.count < $1.missing.count }) { attempts.append(best) }
    }
    return attempts.sorted { one, other in
      (one.missing.count, -one.parts.count) < (other.missing.count, -other.parts.count)
    }
  }

  /// The parts of a pattern that no text can leave out; gaps and `<word>` are always there.
  private static func required(_ node: PatternNode) -> [PatternNode] {
    switch node {
    case .word, .alternatives: [node]
    case .tokenClass(let found): found == .word ? [] : [node]
    case .gap, .optional: []
    case .sequence(let nodes): nodes.flatMap(required)
    }
  }

  private static func text(_ node: PatternNode) -> String {
    switch node {
    case .word(let word): (word.inflected ? "~" : "") + word.text
    case .tokenClass(let found): "<\(found.rawValue)>"
    case .gap(let maximum): "...\(maximum)"
    case .optional(let inner): "(\(text(inner)))?"
    case .sequence(let nodes): nodes.map(text).joined(separator: " ")
    case .alternatives(let nodes): "(" + nodes.map(text).joined(separator: "|") + ")"
    }
  }

  private static func words(of match: Match, in document: Document) -> String {
    let start = Int(document.tokens[Int(match.firstToken)].start)
    let end = Int(document.tokens[Int(match.lastToken)].end)
    return String(decoding: document.bytes[start..<end], as: UTF8.self)
  }
}
