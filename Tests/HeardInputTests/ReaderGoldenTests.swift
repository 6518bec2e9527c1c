import Foundation
import HeardInput
import Testing

/// Every reader hands out the records that its golden file lists: `Fixtures/NAME.golden`.
///
/// What is found instead is left in `NAME.golden.failed`.
@Suite struct ReaderGoldenTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    var change: @Sendable (inout InputOptions) -> Void = { _ in }
    var golden: String?
    var testDescription: String { golden ?? file }
  }

  static let cases: [Case] = [
    Case(file: "quoted.csv"),
    Case(
      file: "semicolons.csv",
      change: {
        $0.fields.id = "nummer"
        $0.fields.sender = "afzender"
      }),
    Case(file: "tabs.tsv"),
    Case(
      file: "plain-rows.csv",
      change: {
        $0.hasHeader = false
        $0.fields.text = "2"
        $0.fields.id = "1"
      }),
    Case(file: "bad-rows.csv"),
    Case(file: "mboxo.mbox", change: { $0.dialect = .mboxo }),
    Case(file: "mboxrd.mbox", change: { $0.dialect = .mboxrd }),
    Case(file: "mboxcl.mbox", change: { $0.dialect = .mboxcl }),
    Case(file: "mboxcl2.mbox", change: { $0.dialect = .mboxcl2 }),
    Case(file: "mboxo.mbox", golden: "mboxo-detected"),
    Case(file: "mboxrd.mbox", golden: "mboxrd-detected"),
    Case(file: "mboxcl.mbox", golden: "mboxcl-detected"),
    Case(file: "mboxcl2.mbox", golden: "mboxcl2-detected"),
    Case(file: "crlf.mbox"),
    Case(file: "lying-length.mbox"),
    Case(file: "lines.txt", change: { $0.form = .text }),
    Case(file: "nested.jsonl"),
    Case(file: "members.jsonl.gz", golden: "plain.jsonl"),
    Case(file: "one.jsonl.gz", golden: "plain.jsonl"),
    Case(file: "frames.jsonl.zst", golden: "plain.jsonl"),
    Case(file: "plain.jsonl"),
    // A byte order mark, CR LF, blank lines, an id twice, and a last line without an end.
    Case(file: "marks.jsonl"),
    Case(file: "marks.csv"),
    Case(file: "crlf.tsv"),
    Case(
      file: "bars.csv",
      change: {
        $0.fields.id = "nr"
        $0.fields.time = "when"
      }),
    // Compressed, by whatever reader.
    Case(file: "quoted.csv.gz", golden: "quoted.csv"),
    Case(file: "tabs.tsv.zst", golden: "tabs.tsv"),
    Case(file: "mboxrd.mbox.gz", golden: "mboxrd-detected"),
    Case(file: "lines.txt.zst", change: { $0.form = .text }, golden: "lines.txt"),
    // Told from the content, without a name that says it.
    Case(file: "by-content/records"),
    Case(file: "by-content/table"),
    Case(file: "by-content/box"),
    Case(file: "by-content/mail"),
    // Told by the option, whatever the name says.
    Case(file: "plain.jsonl", change: { $0.form = .jsonl }),
    Case(file: "quoted.csv", change: { $0.form = .csv }),
    Case(file: "tabs.tsv", change: { $0.form = .tsv }),
    Case(
      file: "mboxrd.mbox",
      change: {
        $0.form = .mbox
        $0.dialect = .mboxrd
      }),
    Case(file: "by-content/mail", change: { $0.form = .eml }),
    Case(file: "by-content/mail", change: { $0.form = .text }, golden: "by-content-mail-as-lines"),
    Case(file: "folder"),
    Case(file: "folder", change: { $0.form = .eml }),
    Case(file: "maildir"),
    Case(file: "maildir", change: { $0.form = .maildir }),
    Case(file: "empty/nothing.jsonl", golden: "empty"),
    Case(file: "empty/nothing.csv", golden: "empty"),
    Case(file: "empty/nothing.mbox", golden: "empty"),
    Case(file: "empty/nothing.txt", change: { $0.form = .text }, golden: "empty"),
    Case(file: "empty/header.csv", golden: "empty"),
    Case(file: "empty/blank.jsonl"),
  ]

  @Test(arguments: cases) func recordsAreThoseOfTheGoldenFile(_ one: Case) throws {
    var options = InputOptions()
    one.change(&options)
    let path = SourceDump.fixtures.appendingPathComponent(one.file).path
    // A mail alone is called by its path, which is where this project lies.
    let found =
      try SourceDump.records([path], options).joined(separator: "\n")
      .replacing(SourceDump.fixtures.path + "/", with: "") + "\n"
    let name = (one.golden ?? one.file).replacing("/", with: "-")
    let golden = SourceDump.fixtures.appendingPathComponent("\(name).golden")
    let expected = try? String(contentsOf: golden, encoding: .utf8)
    if found != expected {
      try Data(found.utf8).write(to: golden.appendingPathExtension("failed"))
    }
    #expect(found == expected)
  }

  /// Blocks of any size hold the same records, with the same numbers and places.
  @Test(arguments: cases) func blockSizeDoesNotMatter(_ one: Case) throws {
    var options = InputOptions()
    one.change(&options)
    let path = SourceDump.fixtures.appendingPathComponent(one.file).path
    let whole = try SourceDump.records([path], options)
    for size in [1, 7, 64, 500] {
      options.blockBytes = size
      #expect(try SourceDump.records([path], options) == whole, "blocks of \(size) bytes")
    }
  }

  /// From the end of every block another source hands out the rest, block by block.
  @Test(arguments: cases) func goingOnBehindABlockGivesTheRest(_ one: Case) throws {
    var options = InputOptions()
    one.change(&options)
    options.blockBytes = 100
    let path = SourceDump.fixtures.appendingPathComponent(one.file).path
    let source = try InputPlan([path], options: options).sources()[0]
    var blocks: [(end: SourcePlace, records: [String])] = []
    var block = Block()
    while try source.next(into: &block) {
      blocks.append((block.end, SourceDump.records(of: block)))
    }
    for index in blocks.indices {
      let other = try InputPlan([path], options: options).sources()[0]
      try other.seek(to: blocks[index].end)
      var rest: [[String]] = []
      while try other.next(into: &block) { rest.append(SourceDump.records(of: block)) }
      #expect(rest == blocks[(index + 1)...].map(\.records), "behind block \(index)")
    }
  }

  /// Stops, with which a corpus is cut into shards, end a block before the record that begins there.
  @Test(arguments: cases) func stopsLoseNothing(_ one: Case) throws {
    var options = InputOptions()
    one.change(&options)
    let path = SourceDump.fixtures.appendingPathComponent(one.file).path
    let whole = try SourceDump.records([path], options)
    for stop in [1, 50, 200, 333, 5000] {
      let source = try InputPlan([path], options: options).sources()[0]
      source.stops = [stop]
      var found: [String] = []
      var block = Block()
      while try source.next(into: &block) {
        let records = SourceDump.records(of: block)
        if block.firstByte < stop, let last = records.last {
          // Files have no offset: they are blocks by their sizes.
          let place = last.split(separator: "@").dropFirst().first?.prefix { $0.isNumber } ?? "0"
          #expect((Int(place) ?? 0) < stop)
        }
        found += records
      }
      #expect(found == whole)
    }
  }
}
