import HeardClassifier
import HeardInput
import HeardMail
import HeardRedaction
import HeardReply
import HeardRouter
import HeardText
import Synchronization

@testable import Heard

/// Words, the whole way of a message, and redaction.
enum TextTargets {
  static let all = [words, judge, reply, redaction]

  /// What a worker has met before must change nothing, so one is kept over all inputs.
  private static let analyzer = Mutex(TextAnalyzer())

  static let words = FuzzTarget(
    name: "words", seeds: ["corpus/nl/messages.jsonl", "corpus/pl/messages.jsonl"],
    words: [
      "\u{301}", "\u{200D}", "\u{AD}", "’", "'s", "ß", "ﬁ", "İ", "我要", "ภาษา", "😡", "👩\u{200D}🚒",
      "...", "?!", ":-(", "„", "”", "\u{A0}", "e-mail", "1.000,50", "€", "ſ", "ǅ", "\u{FEFF}",
    ]
  ) { input in
    let bytes = input.bytes
    let isFresh = input.choice(16) == 1
    var document = Document()
    analyzer.withLock { $0.analyze(bytes, into: &document) }
    try Laws.tokens(document)
    guard isFresh else { return }
    var other = Document()
    TextAnalyzer().analyze(bytes, into: &other)
    try hold(
      document.tokens.map(\.range) == other.tokens.map(\.range)
        && document.tokens.map(\.gap) == other.tokens.map(\.gap)
        && document.sentences == other.sentences && document.language == other.language,
      "what was met before changes a text")
  }

  static let judge = FuzzTarget(
    name: "judge", seeds: ["corpus/nl/mail", "corpus/pl/mail", "corpus/en/mail"],
    words: [
      "niet", "nie", "not", "boos", "zły", "angry", "monteur", "factuur", "\n\n", "!!!", "\"",
    ]
  ) { input in
    let isMail = input.choice(2) == 0
    let bytes = input.bytes
    let record = try JudgeBench.shared.withLock { bench throws in
      let plain = bench.judge(bytes, isMail: isMail, explain: false)
      let told = bench.judge(bytes, isMail: isMail, explain: true)
      if case .judged(let message, let assessment, let decision) = told.outcome {
        try Laws.message(message)
        try Laws.assessment(assessment, of: message)
        try hold(!decision.queue.isEmpty, "no queue")
        guard case .judged(_, let silent, let same) = plain.outcome else {
          throw BrokenLaw(description: "explaining makes it readable")
        }
        try hold(
          silent.sums == assessment.sums && same.queue == decision.queue,
          "explaining changes a judgement")
      }
      var writer = JSONWriter()
      bench.records.write(told, explain: true, into: &writer)
      return writer.finish()
    }
    try hold(!record.contains(0x0A), "a record of several lines")
    try JSONLaw.holds(record)
  }

  private static let checker = Mutex(
    Result {
      ReplyChecker(
        try ReplyWording(folder: "\(ShippedPipeline.root)/replies"),
        rules: Set(ReplyRule.allCases))
    })

  static let reply = FuzzTarget(
    name: "reply", seeds: ["corpus/replies/nl.jsonl", "corpus/replies/en.jsonl"],
    words: [
      "Beste ", "Dear Sir or Madam,", "Szanowna Pani,", "helaas", "unfortunately", "niestety",
      "uw klacht", "calm down", "Met vriendelijke groet,", "\n\n", "> ", "sorry", "Subject: ",
    ]
  ) { input in
    let incoming = [
      nil, IncomingMessage(language: .dutch, anger: 3, deservesThanks: true),
      IncomingMessage(language: .english, anger: 0, deservesThanks: false),
    ][input.choice(3)]
    let bytes = input.bytes
    let report = try checker.withLock { checker throws -> [UInt8]? in
      let checker = try checker.get()
      let reply: Message
      do throws(MailError) {
        reply = try ReplyChecker.read(bytes)
      } catch {
        return nil
      }
      let findings = checker.check(reply, to: incoming)
      for one in findings {
        try hold(reply.parts.indices.contains(one.part), "a finding in no part")
        let text = reply.parts[one.part].bytes
        try hold(
          one.range.start <= one.range.end && Int(one.range.end) <= text.count,
          "a finding beyond the text")
        try hold(one.line >= 1 && one.column >= 1, "a finding without a place")
        try hold(
          one.text.isEmpty || Array(one.text.utf8) == Array(text[one.range.range]),
          "other words than those of its place")
      }
      return ReplyReport(
        name: nil, reply: reply, wording: checker.wording, findings: findings
      ).json.dropLast()
    }
    if let report { try JSONLaw.holds(report) }
  }

  static let redaction = FuzzTarget(
    name: "redaction",
    words: [
      "jan@example.nl", "NL91 ABNA 0417 1643 00", "06-12345678", "+48 22 123 45 67",
      "mevrouw Jansen", "pani Nowak", "Mr Young", "1234 AB", "SW1A 1AA", "4111 1111 1111 1111",
      "PESEL 44051401359", "(", ")", "+", "123.456.782", "@", "..",
    ]
  ) { input in
    let bytes = input.bytes
    guard let key = RedactionKey(Array(repeating: 7, count: 16)) else { return }
    let redacted = Redactor(key: key).redact(bytes)
    var place = 0
    var other = 0
    for one in redacted.replacements {
      try hold(
        one.original.lowerBound >= place && !one.original.isEmpty, "replacements do not ascend")
      try hold(
        bytes[place..<one.original.lowerBound]
          .elementsEqual(redacted.bytes[other..<one.redacted.lowerBound]),
        "a change beside a replacement")
      try hold(redacted.originalRange(one.redacted) == one.original, "a token leads elsewhere")
      place = one.original.upperBound
      other = one.redacted.upperBound
    }
    try hold(bytes[place...].elementsEqual(redacted.bytes[other...]), "a change at the end")
    let isSound = String(validating: bytes, as: UTF8.self) != nil
    try hold(
      !isSound || String(validating: redacted.bytes, as: UTF8.self) != nil,
      "a character was cut")
  }
}

/// What the whole way of a message is judged with.
final class JudgeBench {
  static let shared = Mutex(JudgeBench())

  let pipeline: Pipeline
  let worker: Worker
  let records: RecordWriter

  init() {
    pipeline = ShippedPipeline.make()
    worker = pipeline.makeWorker()
    records = RecordWriter(pipeline)
  }

  func judge(_ bytes: [UInt8], isMail: Bool, explain: Bool) -> Judgement {
    isMail
      ? worker.judge(mail: bytes, id: .none, location: "fuzz", explain: explain)
      : worker.judge(text: bytes, id: .none, explain: explain)
  }
}

/// What we write is JSON by simdjson.
enum JSONLaw {
  static func holds(_ object: [UInt8]) throws(BrokenLaw) {
    guard let reader = JSONFieldReader() else { return }
    let padded = object + [UInt8](repeating: 0, count: JSONRecordReader.padding)
    do throws(JSONRecordReader.Problem) {
      try reader.read(padded, 0..<object.count) { _, _ in }
    } catch {
      throw BrokenLaw(description: "no JSON: \(error.message)")
    }
  }
}
