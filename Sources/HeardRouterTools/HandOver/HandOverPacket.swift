public import HeardClassifier
internal import HeardLexicon
public import HeardMail
public import HeardText

/// What the person who takes a case over needs, so that the customer need not tell it again: a number
/// to call back on, what was expected and what was got, what was already tried.
///
/// Everything is a place in the message; nothing is summed up in words of our own.
public struct HandOverPacket: Sendable {
  /// A sentence of the message, and the words in it that were evidence.
  public struct Passage: Hashable, Sendable {
    /// Which text.
    public var part: TextPart.Name
    /// The sentence; law 1: bytes of that part.
    public var sentence: ByteRange
    /// The words, ascending.
    public var evidence: [ByteRange]
  }

  /// Something that the customer did before.
  public struct Attempt: Hashable, Sendable {
    /// What.
    public enum Kind: String, CaseIterable, Sendable {
      case phone
      case mail
      case chat
      case visit
      case returned
      case restart
      case reported
      case asked
      /// Was sent from one to another, or got no answer: said in other words.
      case unheard
    }

    /// What.
    public var kind: Kind
    /// Which text.
    public var part: TextPart.Name
    /// The words that say so.
    public var words: ByteRange
    /// The sentence they stand in.
    public var sentence: ByteRange
  }

  /// Numbers to call back on, the likeliest first; empty when the message has none.
  public let callBack: [PhoneNumber]
  /// What was promised, ordered, due or normal.
  public let expected: [Passage]
  /// What came instead, the charges and the conduct complained of.
  public let got: [Passage]
  /// What was tried before.
  public let tried: [Attempt]

  /// Gathers the packet of a judged message.
  ///
  /// - Parameter assessment: with its contributions.
  public init(_ message: Message, _ assessment: Assessment) {
    callBack = PhoneSearch.numbers(in: message, language: assessment.language)
    let analyzer = TextAnalyzer()
    var document = Document()
    var expected: [Passage] = []
    var got: [Passage] = []
    var tried: [Attempt] = []
    for (number, part) in message.parts.enumerated() {
      analyzer.analyze(part.bytes, into: &document)
      let sentences = document.sentences.map(\.bytes)
      let hits = assessment.contributions.filter {
        $0.part == number && !$0.range.isEmpty && $0.zone == message.scoredZone
      }
      expected += HandOverPacket.passages(hits, [.expectation], part, sentences)
      got += HandOverPacket.passages(hits, [.shortfall, .contest, .conduct], part, sentences)
      tried += HandOverPacket.attempts(
        part, document, analyzer.memory, scored: message.scoredZone,
        language: assessment.language)
      let said = tried
      for passage in HandOverPacket.passages(hits, [.unheard, .passedAround], part, sentences)
      where !said.contains(where: { $0.part == part.name && $0.sentence == passage.sentence }) {
        tried.append(
          Attempt(
            kind: .unheard, part: part.name, words: passage.evidence[0], sentence: passage.sentence)
        )
      }
    }
    self.expected = expected
    self.got = got
    self.tried = tried
  }

  /// Sentences with evidence of some kinds, in their order.
  private static func passages(
    _ hits: [Contribution], _ kinds: Set<EvidenceKind>, _ part: TextPart, _ sentences: [ByteRange]
  ) -> [Passage] {
    var passages: [Passage] = []
    for hit in hits where kinds.contains(hit.kind) && hit.milli > 0 {
      // Frames reach over sentences; the entries in them say where.
      guard case .entry = hit.source else { continue }
      let sentence = sentences.first { $0.overlaps(hit.range) } ?? hit.range
      if let place = passages.firstIndex(where: { $0.sentence == sentence }) {
        if !passages[place].evidence.contains(hit.range) {
          passages[place].evidence.append(hit.range)
        }
      } else {
        passages.append(Passage(part: part.name, sentence: sentence, evidence: [hit.range]))
      }
    }
    for place in passages.indices {
      passages[place].evidence.sort { ($0.start, $0.end) < ($1.start, $1.end) }
    }
    return passages.sorted { $0.sentence.start < $1.sentence.start }
  }

  private static func attempts(
    _ part: TextPart, _ document: Document, _ memory: TokenMemory, scored: Zone, language: Language
  ) -> [Attempt] {
    var attempts: [Attempt] = []
    for sentence in document.sentences
    where part.zones.contains(where: { $0.zone == scored && $0.range.overlaps(sentence.bytes) }) {
      let words = sentence.tokens.map { memory.folded(document.tokens[$0].form) }
      let spoken = Language.read.contains(sentence.language) ? sentence.language : language
      var kinds: Set<Attempt.Kind> = []
      for (place, token) in zip(words.indices, sentence.tokens) {
        guard let kind = TriedWords.kind(words, at: place, spoken), kinds.insert(kind).inserted
        else { continue }
        attempts.append(
          Attempt(
            kind: kind, part: part.name, words: document.tokens[token].range,
            sentence: sentence.bytes))
      }
    }
    return attempts
  }
}
