// A reply → what its wording rules say of it.
//
// Steps: (1) the body is taken apart and its zones are laid over the tokens (ReplyText); (2) the
// wording lexicons are matched, and what a trap covers is dropped; (3) each rule looks at the signs
// that are left: `+Wording` at phrases that are findings by themselves, `+Structure` at the order
// of a refusal and at hand-overs, `+Incoming` at what the customer wrote. Start reading at
// `ReplyChecker.check`.

public import Heard
internal import HeardAuthoring
internal import HeardClassifier
internal import HeardLexicon
public import HeardMail
public import HeardText

/// What the rules need to know of the message that is replied to.
public struct IncomingMessage: Hashable, Sendable {
  /// Its language.
  public var language: Language
  /// How angry it is, 0 to 3.
  public var anger: Int
  /// Whether it complains or praises, for which one says thanks.
  public var deservesThanks: Bool

  /// Makes one by hand.
  public init(language: Language, anger: Int, deservesThanks: Bool) {
    self.language = language
    self.anger = anger
    self.deservesThanks = deservesThanks
  }

  /// What a judgement says of it; nil when the message could not be judged.
  public init?(_ judgement: Judgement) {
    guard case .judged(_, let assessment, _) = judgement.outcome else { return nil }
    language = assessment.language
    anger = assessment.anger
    deservesThanks = assessment.messageClass == .complaint || assessment.messageClass == .praise
  }
}

/// Checks replies to customers, for one worker; never changes them.
///
/// Not shared between threads; what it has checked before does not change what it says (law 8). Only
/// the writer's own words in the body are checked: no quoted mail, signature, disclaimer or subject,
/// and nothing between quotation marks.
public final class ReplyChecker {
  /// The wording that it checks by.
  public let wording: ReplyWording
  /// The rules that it looks at.
  public let rules: Set<ReplyRule>
  private let analyzer = TextAnalyzer()
  private var matcher: Matcher

  /// Tokens that a phrase spans at most.
  private static let longestPhrase = 64

  /// Makes a checker.
  ///
  /// - Parameter rules: the rules to look at; nil: those that `rules.yaml` has on.
  public init(_ wording: ReplyWording, rules: Set<ReplyRule>? = nil) {
    self.wording = wording
    self.rules = rules ?? wording.settings.enabled
    matcher = Matcher(wording.lexicon)
  }

  /// Reads a reply: a mail (RFC 5322) or plain text.
  ///
  /// - Throws: why the bytes are no message.
  public static func read(
    _ bytes: [UInt8], limits: Limits = .init()
  ) throws(MailError) -> Message {
    if MailReader.looksLikeMail(bytes) { return try MailReader(limits: limits).read(bytes) }
    guard !bytes.isEmpty else {
      throw MailError(code: .empty, message: "the reply has no bytes; check how it was handed over")
    }
    return PlainText.message(text: bytes, id: nil, limits: limits)
  }

  /// What is wrong with a reply, in the order of the text.
  ///
  /// - Parameters:
  ///   - reply: as ``read(_:limits:)`` reads it.
  ///   - incoming: what is replied to; without it the rules about it say nothing, or less.
  public func check(_ reply: Message, to incoming: IncomingMessage? = nil) -> [ReplyFinding] {
    var findings: [ReplyFinding] = []
    for (index, part) in reply.parts.enumerated() where part.name == .body {
      let text = read(part, index)
      guard !text.ownSentences.isEmpty else { continue }
      var found = ReplyFindings(text: text, wording: wording, rules: rules)
      found.addWording()
      found.addRefusal()
      found.addHandover()
      found.addPartnership()
      found.addThanks(incoming)
      if let incoming {
        found.addAcknowledgement(incoming)
        found.addLanguage(incoming)
      }
      findings += found.inOrder()
    }
    return findings
  }

  /// Takes a body apart and finds the signs in it.
  private func read(_ part: TextPart, _ index: Int) -> ReplyText {
    var document = Document()
    analyzer.analyze(part.bytes, into: &document)
    let isNumber = document.tokens.map { analyzer.memory.flags($0.form).contains(.number) }
    var text = ReplyText(part: index, zones: part.zones, document: document, isNumber: isNumber)
    var matches: ContiguousArray<Match> = []
    matcher.match(
      document, memory: analyzer.memory, languages: Self.languages(of: document), into: &matches)
    let traps = matches.filter { wording.themes[Int($0.entry)] == .traps }
    var sentence = 0
    var trap = 0
    for match in matches {
      let first = Int(match.firstToken)
      // A phrase covers what begins within its reach; both lists ascend.
      while trap < traps.count, Int(traps[trap].firstToken) < first - Self.longestPhrase {
        trap += 1
      }
      while document.sentences[sentence].tokens.upperBound <= first { sentence += 1 }
      let theme = wording.themes[Int(match.entry)]
      guard theme != .traps, text.zones[first] == .own || text.zones[first] == .signature,
        !match.covered
          || !traps[trap...].prefix(while: { Int($0.firstToken) <= first })
            .contains(where: { $0.isLonger(than: match) })
      else { continue }
      text.marks.append(
        ReplyMark(
          theme: theme, entry: Int(match.entry), tokens: match.tokens, sentence: sentence,
          range: text.range(match.tokens), isCovered: match.covered))
    }
    return text
  }

  /// The languages of a sixth of the text or more, so that a short sentence does not lose its own;
  /// all that are read when none is clear.
  private static func languages(of document: Document) -> LanguageSet {
    let total = document.languageBytes.reduce(0, +)
    var languages: LanguageSet = []
    for language in Language.read
    where document.languageBytes[Int(language.rawValue)] * 6 >= max(total, 1) {
      languages.insert(LanguageSet(language))
    }
    return languages.isEmpty ? .read : languages
  }
}

extension ReplyChecker {
  /// Checks a reply as it came, against the message as it came.
  ///
  /// - Parameter worker: judges the incoming message, as it would have been judged on arrival.
  /// - Throws: why the reply or the incoming message is no message.
  public func check(
    reply bytes: [UInt8], to incoming: [UInt8]?, worker: Worker?
  ) throws(MailError) -> (message: Message, findings: [ReplyFinding]) {
    let limits = worker?.pipeline.limits ?? Limits()
    let reply = try Self.read(bytes, limits: limits)
    guard let incoming, let worker else { return (reply, check(reply)) }
    let message = try Self.read(incoming, limits: limits)
    let judgement = worker.judge(message, id: .none)
    return (reply, check(reply, to: IncomingMessage(judgement)))
  }
}
