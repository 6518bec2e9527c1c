import Foundation
import HeardInput
import HeardTestSupport
import Testing

/// Law 9 for every reader: damaged files of each form, read as every form, end in records or in an
/// error, and the same ones whatever the size of the blocks.
@Suite struct ReaderFuzzTests {
  static let seeds = [
    "plain.jsonl", "nested.jsonl", "marks.jsonl", "quoted.csv", "semicolons.csv", "marks.csv",
    "bars.csv", "crlf.tsv", "mboxo.mbox", "mboxcl2.mbox", "lying-length.mbox", "crlf.mbox",
    "lines.txt", "one.jsonl.gz", "members.jsonl.gz", "frames.jsonl.zst", "tabs.tsv.zst",
  ]

  private static let pieces = [
    "\n", "\r\n", "\"", "\"\"", ",", ";", "\t", "{", "}", "\\u00", "\u{0}", "\nFrom ", "\n>From ",
    "From a@b.nl Mon Jan  5 10:00:00 2026\n", "Content-Length: 99999999999999999999\n",
    "Content-Length: 7\n", "\u{FEFF}", "é", "id,text\n",
  ]

  private static func damaged(
    _ bytes: [UInt8], _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      let place = Int.random(in: 0...bytes.count, using: &generator)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0 where place < bytes.count:
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1:
        let end = min(bytes.count, place + Int.random(in: 0...20, using: &generator))
        bytes.removeSubrange(place..<end)
      case 2: bytes.removeSubrange(place...)
      case 3:
        let end = min(bytes.count, place + Int.random(in: 0...60, using: &generator))
        bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
      default:
        bytes.insert(contentsOf: (pieces.randomElement(using: &generator) ?? "").utf8, at: place)
      }
    }
    return bytes
  }

  /// The records, or what is wrong with the input.
  private static func read(_ path: String, _ options: InputOptions) throws -> [String] {
    do {
      return try SourceDump.records([path], options)
    } catch let error as InputError {
      return ["\(error.code)"]
    }
  }

  @Test(arguments: seeds) func damagedFilesAreReadOrRefused(name: String) throws {
    let scratch = try Scratch()
    let url = SourceDump.fixtures.appendingPathComponent(name)
    let bytes = [UInt8](try Data(contentsOf: url))
    let isLong = ProcessInfo.processInfo.environment["HEARD_LONG_TESTS"] != nil
    var generator = SeededGenerator(
      seed: name.utf8.reduce(5) { $0 &* 31 &+ UInt64($1) })
    var read = 0
    for round in 0..<(isLong ? 3000 : 25) {
      let path = try scratch.write(name, ReaderFuzzTests.damaged(bytes, &generator))
      for form in [InputForm.auto, .jsonl, .csv, .tsv, .mbox, .text, .eml] {
        var options = InputOptions()
        options.form = form
        options.dialect = MboxDialect.allCases.randomElement(using: &generator) ?? .auto
        options.recordLimit = 1 << 20
        options.mailLimit = 1 << 20
        let whole = try ReaderFuzzTests.read(path, options)
        options.blockBytes = Int.random(in: 1...200, using: &generator)
        #expect(
          try ReaderFuzzTests.read(path, options) == whole,
          "round \(round), \(form), blocks of \(options.blockBytes)")
        read += whole.count
      }
    }
    #expect(read > 100)
  }
}
