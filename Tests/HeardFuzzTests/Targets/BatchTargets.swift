import Heard
import HeardLexicon
import HeardMail

@testable import HeardBatch
@testable import HeardCorpus
@testable import HeardDeadlines
@testable import HeardInput
@testable import HeardRouter
@testable import HeardSources
@testable import HeardTuning

/// Corpora in all their forms, and the files that a run keeps beside its output.
enum BatchTargets {
  static let all = [
    lines, jsonl, table, mailbox, compressed, detection, maildir, checkpoint, shards, labels,
    values,
  ]

  private static let fixtures = "Tests/HeardInputTests/Fixtures"

  static let lines = FuzzTarget(
    name: "lines", seeds: [fixtures], words: ["\n", "\r\n", "\r", " \n", "\u{FEFF}", "\0"]
  ) { input in
    var options = InputOptions()
    options.form = .text
    options.recordLimit = [1 << 20, 5][input.choice(2)]
    try CorpusLaws.check(input.bytes, options, blockBytes: 1 + input.choice(64))
  }

  static let jsonl = FuzzTarget(
    name: "jsonl", seeds: [fixtures],
    words: [
      "{\"text\":\"", "\"id\":", "\"}\n", "\\u0000", "\\ud83d\\ude21", "\\ud800", "null", "1e400",
      "-0", "[[[[", "\"text\"", "\"a.b\"", "{\"message\":{\"body\":\"x\"}}", "\u{FF}", "true",
    ]
  ) { input in
    var options = InputOptions()
    options.form = .jsonl
    options.recordLimit = [1 << 20, 40][input.choice(2)]
    if input.choice(3) == 1 { options.fields.text = "message.body" }
    try CorpusLaws.check(input.bytes, options, blockBytes: 1 + input.choice(64))
  }

  static let table = FuzzTarget(
    name: "table", seeds: [fixtures],
    words: [
      "id,text\n", "text;id\r\n", "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", "\u{FEFF}",
    ]
  ) { input in
    var options = InputOptions()
    options.form = [.csv, .tsv][input.choice(2)]
    options.hasHeader = input.choice(2) == 0
    if !options.hasHeader {
      options.fields.text = ["1", "2", "0", "99999999999999999999"][input.choice(4)]
    }
    options.recordLimit = [1 << 20, 20][input.choice(2)]
    try CorpusLaws.check(input.bytes, options, blockBytes: 1 + input.choice(64))
  }

  static let mailbox = FuzzTarget(
    name: "mbox", seeds: [fixtures],
    words: [
      "From a@b.nl Mon Jan  5 10:00:00 2026\n", "\nFrom ", "\n>From ", "\n>>From ", "\n\n",
      "Content-Length: 20\n", "Content-Length: 99999999999999999999\n", "Subject: a\n\nb\n", "\r\n",
    ]
  ) { input in
    var options = InputOptions()
    options.form = .mbox
    options.dialect = MboxDialect.allCases[input.choice(MboxDialect.allCases.count)]
    options.mailLimit = [1 << 20, 60][input.choice(2)]
    try CorpusLaws.check(input.bytes, options, blockBytes: 1 + input.choice(64))
  }

  static let compressed = FuzzTarget(
    name: "compressed", seeds: [fixtures],
    words: ["\u{1F}\u{8B}\u{8}", "(\u{B5}/\u{FD}", "\0\0\0\0", "P*M\u{18}"], limit: 1024
  ) { input in
    var options = InputOptions()
    options.form = [.text, .jsonl][input.choice(2)]
    options.recordLimit = 1 << 16
    try CorpusLaws.check(input.bytes, options, blockBytes: 1 << 20, judges: false)
  }

  static let detection = FuzzTarget(
    name: "detection", seeds: [fixtures, "corpus/en/mail"],
    words: [
      "{\"text\":\"", "id,text\n", "From a Mon Jan  5 10:00:00 2026\n", "Subject: x\n\n", "[",
      "\u{FEFF}", "Received: ", "\u{1F}\u{8B}\u{8}",
    ]
  ) { input in
    var options = InputOptions()
    options.recordLimit = 1 << 20
    options.mailLimit = 1 << 20
    try CorpusLaws.check(input.bytes, options, blockBytes: 1 + input.choice(64))
  }

  /// Names of files in a Maildir: whatever they are, each file gives one record.
  static let maildir = FuzzTarget(
    name: "maildir", words: ["1700000000.M1P2.host:2,S", ".eml", ".", "..", "\n", "\u{FF}", " "],
    limit: 512
  ) { input in
    let folder = try ScratchFolder()
    try folder.makeFolder("cur")
    var names: Set<[UInt8]> = []
    for name in input.bytes.split(separator: 0x0A).prefix(8) {
      let name = name.prefix(200).filter { $0 != 0 && $0 != 0x2F }
      if name.first != UInt8(ascii: "."), !name.isEmpty, folder.write(Array("cur/".utf8) + name) {
        names.insert(name)
      }
    }
    var found: [String] = []
    do throws(InputError) {
      for source in try InputPlan([folder.path]).sources() {
        var block = Block()
        while try source.next(into: &block) { found += block.files.map(\.id) }
      }
    } catch {
      try hold(names.isEmpty, "a folder of mails is refused: \(error)")
      return
    }
    try hold(found.count == names.count, "\(names.count) files gave \(found.count) records")
    let isSound = names.allSatisfy { String(validating: $0, as: UTF8.self) != nil }
    try hold(!isSound || Set(found).count == found.count, "two files have one id")
  }

  static let checkpoint = FuzzTarget(
    name: "checkpoint",
    words: [
      "{\"schema\":\"heard-checkpoint/1\",", "\"run\":[{\"name\":\"a\",\"value\":\"b\"}],",
      "\"blocks\":1,\"input\":0,\"byte\":2,\"count\":3,", "\"records\":4,\"errors\":5,",
      "\"complaints\":6,\"consumed\":7,\"complete\":1,", "\"done\":[3],",
      "\"output\":[{\"name\":\"a\",\"length\":8}]}\n", "9223372036854775807", "1e300", "-1",
    ]
  ) { input in
    guard let found = Checkpoint(input.bytes) else { return }
    let encoded = found.encoded()
    guard let again = Checkpoint(encoded) else {
      throw BrokenLaw(description: "what is written cannot be read")
    }
    try hold(again == found && again.encoded() == encoded, "a checkpoint comes back as another")
    try hold(found.difference(from: found.identity) == nil, "a checkpoint differs from itself")
  }

  /// The notes beside the outputs of shards.
  static let shards = FuzzTarget(
    name: "merge",
    words: checkpoint.words + ["\"name\":\"--shard\",\"value\":\"1/1\"", "1/2", "2/2"]
  ) { input in
    let folder = try ScratchFolder()
    let notes = input.bytes.split(separator: 0, omittingEmptySubsequences: false).prefix(3)
    var paths: [String] = []
    for (index, note) in notes.enumerated() {
      paths.append("\(folder.path)/\(index)")
      _ = folder.write(Array("\(index)".utf8), Array("{}\n".utf8))
      _ = folder.write(Array("\(index).shard".utf8), Array(note))
    }
    do throws(MergeError) {
      let merge = try ShardMerge(paths)
      try? merge.write(to: "\(folder.path)/out")
    } catch {
      try hold(!error.description.isEmpty, "no words")
    }
  }

  /// Labelled corpora, and the maps that say where their labels are.
  static let labels = FuzzTarget(
    name: "labels",
    seeds: ["corpus/nl/messages.jsonl", "Tests/HeardTuningTests/Fixtures/foreign.jsonl"],
    words: [
      "{\"id\":\"a\",\"lang\":\"nl\",\"text\":\"", "\"class\":\"complaint\",\"anger\":3,",
      "\"tags\":[\"anger\"]", "\"split\":\"check\"}", "text=body", "complaint=label:1|2", "stars",
      "\0",
    ]
  ) { input in
    let halves = input.bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    var map = LabelMap()
    if halves.count > 1 {
      let assignment = String(decoding: halves[1], as: UTF8.self)
      // A name without "=" is that of a file to read.
      let parts = assignment.split(separator: ",")
      if parts.allSatisfy({ $0.contains("=") }), let read = try? LabelMap([assignment]) {
        map = read
      }
    }
    let line = Array(halves[0])
    var block = Block()
    block.bytes = line + [UInt8](repeating: 0, count: JSONRecordReader.padding)
    block.length = line.count
    block.inputName = "corpus/x.jsonl"
    do throws(InputError) {
      try BlockReader(map: map)?.read(block) { message in
        _ = LabelRecord(message).line
      }
    } catch {
      try hold(error.description.contains("corpus/x.jsonl:"), "an error without a place")
    }
    _ = LabelRecord.Labels(line: String(decoding: line, as: UTF8.self))
  }

  /// Moments, spans, patterns and the like, as they stand in fields.
  static let values = FuzzTarget(
    name: "values",
    words: [
      "2026-01-31T08:15:00Z", "+01:00", "1700000000", "14 days", "business days", "08:00-17:30",
      "Europe/Amsterdam", "*", "**", "?", "9999-12-31", "24:00",
    ], limit: 128
  ) { input in
    let text = input.text
    if let seconds = Timestamp.seconds(input.bytes), let written = Timestamp.text(seconds) {
      try hold(Timestamp.seconds(Array(written.utf8)) == seconds, "\(written) is another moment")
    }
    if let moment = Moment.parse(text) { _ = WeekClock("Europe/Warsaw")?.minuteOfWeek(at: moment) }
    if let span = TimeSpan(text) { try hold(TimeSpan(span.description) == span, "another span") }
    if let hours = ReceiptTime.Hours(text) {
      try hold((0...1440).contains(hours.start) && (0...1440).contains(hours.end), "no hours")
    }
    if let clock = WeekClock(text) {
      try hold(
        (0..<7 * 1440).contains(clock.minuteOfWeek(at: 1_800_000_000)), "no minute of a week")
    }
    if let day = CalendarDay.number(of: text) { try hold(abs(day) < 10_000_000, "no day") }
    let glob = Glob(text)
    _ = glob.matches(String(text.reversed()))
    try hold(glob.matches(text.replacing(scalar: "*", with: "x")), "no match")
  }
}
