import FoundationEssentials
import Heard
import HeardCases
import HeardDeadlines
import HeardReply
import HeardRouter
import HeardSources
import HeardText
import HeardThemes

@testable import HeardBatch
@testable import HeardInput
@testable import HeardIntake
@testable import HeardReport
@testable import HeardWebhook

/// What heard wrote and reads again, after others had it in their hands; and what receivers answer.
enum RecordTargets {
  static let all = [records, due, told, labelledReplies, ledger, webhook]

  private static let seeds = "Tests/HeardFuzzTests/Seeds"

  private static let words = [
    "{\"schema\":\"heard/1\",\"id\":\"a\",", "\"status\":\"ok\",", "\"status\":\"error\",",
    "\"class\":\"complaint\",", "\"tags\":[\"anger\"],", "\"anger\":3,", "1e300", "-1",
    "\"meta\":{\"time\":\"2026-03-02T09:00:00Z\",\"sender\":\"sha256:61453f44f59ff2fb\"}",
    "0001-01-01", "9999-12-31T23:59:59-23:59", "\"hits\":[{\"entry\":\"nl.a.b\",\"form\":\"x\"}]",
    "\"error\":{\"code\":\"invalid-json\"}", "}\n", "\r\n", ",", "\t",
  ]

  /// Records of `heard run`, through everything that a report says of them.
  static let records = FuzzTarget(
    name: "records", seeds: [seeds], words: words
  ) { input in
    let wantsThemes = input.choice(8) == 1
    let unit = ([nil] + ReportCalendar.Unit.allCases)[input.choice(6)]
    // A thousand packed bytes may stand for a million.
    guard Compression(magic: input.bytes) == nil else { return }
    let file = try ScratchFile(input.bytes)
    var found: [JudgedRecord] = []
    do throws(InputError) {
      try JudgedRecords(wantsHits: wantsThemes).read([file.path]) { record in
        found.append(copy record)
      }
    } catch {
      // What stands before the damage was handed over.
      try hold(!error.description.isEmpty, "no words")
    }
    let figures = try figures(found, unit, wantsThemes: wantsThemes)
    try hold(
      figures.judged.total + figures.errors.total == found.count, "a record is not counted")
    try hold(
      figures.all(.anger).allSatisfy { (0...3).contains(Int($0.name) ?? -1) }, "anger beyond 0…3")
    try JSONLaw.holds(ReportData.json(figures).dropLast())
    for table in [ReportData.volumes(figures), ReportData.themes(figures)] {
      for row in try CSVText.read(table) {
        try hold([5, 21].contains(row.cells.count), "a row of \(row.cells.count) cells")
      }
      try holdsNoFormula(table)
    }
    let page = ReportPage(figures).html
    try hold(!page.contains("<script") && page.hasSuffix("</html>\n"), "a page of something else")
  }

  /// Looked for in what is written: reading takes away the apostrophe that keeps a cell from being one.
  private static func holdsNoFormula(_ table: String) throws {
    var isQuoted = false
    var begins = true
    for scalar in table.unicodeScalars {
      if scalar == "\"" {
        isQuoted.toggle()
      } else if !isQuoted, [",", "\r", "\n"].contains(scalar) {
        begins = true
      } else {
        try hold(!begins || !"=+-@\t\r".unicodeScalars.contains(scalar), "a formula")
        begins = false
      }
    }
  }

  private static func figures(
    _ records: [JudgedRecord], _ unit: ReportCalendar.Unit?, wantsThemes: Bool
  ) throws -> ReportFigures {
    var volumes = RecordVolumes()
    var facts = FactTable()
    let clock = LocalClock("Europe/Amsterdam")
    for record in records {
      let day = ReportCalendar.day(of: record.time, by: clock)
      volumes.add(record, day: day)
      facts.add(record, day: day, each: false)
    }
    let calendar =
      volumes.span.map { ReportCalendar(from: $0.first, to: $0.last, unit: unit) }
      ?? ReportCalendar()
    var figures = ReportFigures(volumes, calendar, title: "<a> & b", timeZone: "Europe/Amsterdam")
    guard wantsThemes else { return figures }
    let exposure = facts.finish(periods: calendar.count) { calendar.period(of: $0) }
    figures.exposure = exposure
    figures.settings.leastSenders = 1
    figures.themeSource = .hits
    figures.themes = try ThemeSearch(facts, exposure, settings: figures.settings).run(
      HitTerms { body throws(InputError) in for record in records { body(record) } })
    return figures
  }

  /// Clocks in records.
  static let due = FuzzTarget(
    name: "due", seeds: ["\(seeds)/records.jsonl"],
    words: words + [
      "\"received\":\"2026-03-02T09:00:05Z\",", "\"thread\":{\"contacts\":2},", "\"due\":[{",
      "\"regime\":\"r\",", "\"step\":\"answer\",", "\"due\":\"2026-03-16T22:59:59Z\",",
      "\"zone\":\"Europe/Warsaw\"", "9223372036854775807", "+14:00",
    ]
  ) { input in
    let file = try ScratchFile(input.bytes)
    let items: [DueItem]
    do throws(InputError) {
      items = try DueRecords.read(file.path)
    } catch {
      return try hold(error.description.hasPrefix("\(file.path):"), "an error without a place")
    }
    for item in items {
      try hold(item.contacts >= 1, "a message that is none of its conversation")
      for moment in [item.due, item.received] {
        let text = ISOTime.text(moment)
        try hold((ISOTime.read(text) ?? moment) == moment, "\(text) is another moment")
      }
      _ = LocalClock(item.zone)?.text(item.due)
    }
  }

  /// Who raised a theme, and who was told of it.
  static let told = FuzzTarget(
    name: "told",
    words: [
      "{\"schema\":\"heard-told/1\",\"theme\":\"nl.anger.x\",\"change\":\"c\",\"sender\":\"s\",",
      "\"messages\":[\"m\"],", "\"told\":\"2026-11-22T10:00:00Z\"}\n",
      "{\"schema\":\"heard-raised/1\",\"theme\":\"t\",\"text\":\"x\",\"id\":\"m\",",
      "\"time\":null,\"sender\":null}\n", "\\u0000", "\\ud800",
    ]
  ) { input in
    let reopens = input.choice(16) == 1
    let file = try ScratchFile(input.bytes)
    do throws(ToldError) {
      _ = try RaisedList.read(file.path)
    } catch {
      try hold(error.description.hasPrefix("\(file.path):"), "an error without a place")
    }
    let entries: [ToldEntry]
    do throws(ToldError) {
      entries = try ToldLedger.read(file.path)
    } catch {
      return try hold(error.description.hasPrefix("\(file.path):"), "an error without a place")
    }
    let written = try ScratchFile(ToldLedger.lines(entries))
    try hold(try ToldLedger.read(written.path) == entries, "an entry comes back as another")
    if reopens { try reopen(input.bytes) }
  }

  /// What was recorded is there when the ledger is opened again, whatever a crash left behind it.
  private static func reopen(_ bytes: [UInt8]) throws {
    let folder = try ScratchFolder()
    guard folder.write(Array("told".utf8), bytes) else { return }
    let path = "\(folder.path)/told"
    let new = ToldEntry(theme: "t", change: "of the target", sender: "s", messages: ["m"])
    let before: [ToldEntry]
    do {
      let ledger = try ToldLedger(path, creates: false)
      before = ledger.entries
      _ = try ledger.record([new], at: "2026-11-22T10:00:00Z")
    }
    let after = try ToldLedger(path, creates: false)
    try hold(after.entries.starts(with: before), "an entry was lost")
    try hold(after.holds(new), "what was recorded is not there")
  }

  /// Labelled replies.
  static let labelledReplies = FuzzTarget(
    name: "reply-corpus", seeds: ["corpus/replies/nl.jsonl"],
    words: [
      "{\"id\":\"a\",\"lang\":\"nl\",\"text\":\"", "\"split\":\"check\",", "\"to\":\"",
      "\"expect\":[{\"rule\":\"", "\",\"at\":\"", "\"}]}\n",
    ] + ReplyRule.allCases.map(\.rawValue)
  ) { input in
    let file = try ScratchFile(input.bytes)
    let replies: [LabelledReply]
    do throws(ReplyCorpus.Problem) {
      replies = try ReplyCorpus.read(file.path)
    } catch {
      return try hold(error.description.hasPrefix("\(file.path):"), "an error without a place")
    }
    for range in replies.flatMap({ reply in reply.expected.compactMap(\.range) }) {
      try hold(range.start < range.end, "a finding of nothing")
    }
    for reply in replies {
      try hold(
        reply.expected.allSatisfy { Int($0.range?.end ?? 0) <= reply.text.utf8.count },
        "a finding beyond the text")
    }
  }

  /// Records of the ledger as they leave it, whatever a mail's envelope holds.
  static let ledger = FuzzTarget(
    name: "ledger", words: ["\0", "\"", "\\", "\u{2028}", "\u{1}", "a@b.nl", "\\x00ff", "\n"],
    limit: 512
  ) { input in
    let parts = input.bytes.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    func part(_ index: Int) -> String { parts[index % parts.count] }
    var decision = JSONWriter()
    decision.string(part(5))
    var record = LedgerChain.record(
      LedgerEntry(
        key: part(0), message: part(1), size: input.bytes.count, receivedAt: 1_800_000_000,
        status: MessageStatus.allCases[input.bytes.count % 3], queue: part(2), file: part(3),
        maildir: part(4), host: part(6), lexicon: "", policy: "", version: "",
        decision: String(decoding: decision.finish(), as: UTF8.self),
        personal: .init(sender: part(1), recipient: part(2), messageID: part(3))),
      after: LedgerHead(sequence: 1, digest: part(4)))
    var writer = JSONWriter()
    LedgerJSON.write(line: record, into: &writer)
    let line = writer.finish()
    try hold(line.firstIndex(of: 0x0A) == line.count - 1, "a record of several lines")
    try JSONLaw.holds(line.dropLast())
    let told = OutboxBody.json(record)
    try JSONLaw.holds(Array(told.utf8))
    try hold(LedgerChain.digest(record) == record.digest, "another digest")
    record.entry.personal?.sender += "x"
    try hold(
      LedgerChain.personalDigest(record.entry.personal, salt: record.salt) != record.personalDigest,
      "a change that no digest shows")
    record.entry.personal = nil
    record.entry.queue += "x"
    try hold(LedgerChain.digest(record) != record.digest, "a change that no digest shows")

    let bytes = PostgresBytes.text(input.bytes)
    try hold(PostgresBytes.bytes(bytes) == input.bytes, "bytes come back as others")
    if let read = PostgresBytes.bytes(input.text) {
      try hold(PostgresBytes.text(read) == input.text, "a text of bytes that is none")
    }
    try hold(
      Base64.text(input.bytes) == Data(input.bytes).base64EncodedString(), "no base 64")
  }

  /// What a receiver of webhooks answers.
  static let webhook = FuzzTarget(
    name: "webhook",
    words: ["120", "-1", "9223372036854775807", "Wed, 21 Oct 2026 07:28:00 GMT", "https://", " "],
    limit: 64
  ) { input in
    let failures = input.choice(256) - 8
    let text = input.text
    let target = try WebhookTarget(url: "https://a", secret: Array(repeating: 7, count: 16))
    let wait = target.delay(afterFailures: failures, retryAfter: text)
    try hold((target.firstDelay...target.mostDelay).contains(wait), "waits for \(wait) s")
    if let other = try? WebhookTarget(url: text, secret: target.secret) {
      try hold(other.url.hasPrefix("http"), "no URL")
    }
    let signature = WebhookSignature.value(
      id: text, timestamp: 1, body: input.bytes, secret: target.secret)
    try hold(signature.hasPrefix("v1,") && signature.utf8.count == 47, "no signature")
  }
}
