import Foundation
import HeardTestSupport
import Testing

@testable import HeardInput

/// Readers take any bytes, in any pieces, and lose none of them.
@Suite struct ReaderPropertyTests {
  /// Hands bytes to a splitter in random pieces; the records' ends.
  private func ends(
    _ splitter: some RecordSplitter, _ bytes: [UInt8],
    _ generator: inout SeededGenerator
  ) throws -> [Int] {
    var splitter = splitter
    guard let first = try splitter.prepare(bytes, before: bytes.count, atEnd: true, name: "x")
    else { return [] }
    var found: [Int] = []
    var start = first
    var filled = first
    while start < bytes.count {
      if let end = splitter.end(
        of: start, in: bytes, before: filled, atEnd: filled == bytes.count)
      {
        #expect(end > start && end <= filled)
        found.append(end)
        start = end
      } else {
        filled = min(bytes.count, filled + Int.random(in: 1...40, using: &generator))
      }
    }
    return found
  }

  /// Cells of all kinds go into a table and come out.
  @Test func cellsComeBack() throws {
    var generator = SeededGenerator(seed: 11)
    let letters = Array("ab\"\n\r,;\t 'é".unicodeScalars)
    for round in 0..<300 {
      let separator: Character = [",", ";", "\t"][round % 3]
      let columns = Int.random(in: 1...4, using: &generator)
      var rows: [[String]] = []
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        rows.append(
          (0..<columns).map { _ in
            var cell = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
              cell.append(letters.randomElement(using: &generator) ?? "a")
            }
            return String(cell)
          })
      }
      let lineEnd = round % 2 == 0 ? "\r\n" : "\n"
      let text = rows.map { row in
        row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }
          .joined(separator: String(separator)) + lineEnd
      }.joined()
      let bytes = Array(text.utf8)
      var fields = RecordFields()
      fields.text = "1"
      let splitter = RowSplitter(
        TableForm(separator: separator.asciiValue, hasHeader: false), fields)
      let ends = try ends(splitter, bytes, &generator)
      var found: [[String]] = []
      var start = 0
      for end in ends {
        var cells: [String] = []
        let reader = RowReader()
        _ = try reader.read(bytes, start..<end, separator: separator.asciiValue ?? 0) {
          _, cell, isQuoted in
          var text: [UInt8] = []
          reader.append(bytes, cell, isQuoted: isQuoted, to: &text)
          cells.append(String(decoding: text, as: UTF8.self))
        }
        found.append(cells)
        start = end
      }
      #expect(found == rows, "round \(round)")
    }
  }

  /// Mails of all kinds go into a mailbox of each dialect and come out as they were.
  @Test(arguments: [MboxDialect.mboxrd, .mboxcl2])
  func mailsComeBack(dialect: MboxDialect) throws {
    var generator = SeededGenerator(seed: 12)
    let lines = [
      "", "tekst", "From hier", ">From daar", ">>From ver", "From a@b.nl Mon Jan  5 10:00:00 2026",
      "Fro", "From", "Content-Length: 3",
    ]
    for round in 0..<300 {
      var mails: [String] = []
      var box = ""
      for number in 0..<Int.random(in: 1...5, using: &generator) {
        var body = ""
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
          body += (lines.randomElement(using: &generator) ?? "") + "\n"
        }
        if dialect == .mboxcl2 {
          let mail = "Subject: \(number)\nContent-Length: \(body.utf8.count)\n\n\(body)"
          mails.append(mail)
          box += "From a@b.nl Mon Jan  5 10:00:00 2026\n\(mail)\n"
        } else {
          let mail = "Subject: \(number)\n\n\(body)"
          mails.append(mail)
          let quoted = mail.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.drop { $0 == ">" }.hasPrefix("From ") ? ">\(line)" : "\(line)"
          }.joined(separator: "\n")
          box += "From a@b.nl Mon Jan  5 10:00:00 2026\n\(quoted)\n"
        }
      }
      let bytes = Array(box.utf8)
      let ends = try ends(MboxSplitter(dialect, limit: 1 << 20), bytes, &generator)
      var found: [String] = []
      var start = 0
      for end in ends {
        let mail = MboxMail.mail(bytes, start..<end, dialect: dialect)
        found.append(mail.map { String(decoding: $0, as: UTF8.self) } ?? "none")
        start = end
      }
      #expect(found == mails, "round \(round)")
    }
  }

  /// Law 9: any bytes are cut into records that tile them, the same in all pieces; nothing crashes.
  @Test(arguments: MboxDialect.allCases) func anyBytesAreCut(dialect: MboxDialect) throws {
    var generator = SeededGenerator(seed: 13)
    let words = [
      "\nFrom ", "From a Mon Jan  5 10:00:00 2026\n", "Content-Length: 20\n", "\n\n", "\r\n", ">",
      "\"", ",", "x", "\n", "\u{0}", "é",
    ]
    let rounds = ProcessInfo.processInfo.environment["HEARD_LONG_TESTS"] == nil ? 400 : 40_000
    for round in 0..<rounds {
      var bytes = Array("From a Mon Jan  5 10:00:00 2026\n".utf8)
      for _ in 0..<Int.random(in: 0...30, using: &generator) {
        if Int.random(in: 0..<8, using: &generator) == 0 {
          bytes.append(UInt8.random(in: 0...255, using: &generator))
        } else {
          bytes += Array((words.randomElement(using: &generator) ?? "").utf8)
        }
      }
      let splitter = MboxSplitter(dialect, limit: 100)
      let ends1 = try ends(splitter, bytes, &generator)
      let ends2 = try ends(splitter, bytes, &generator)
      #expect(ends1 == ends2 && ends1.last == bytes.count, "round \(round)")
      var start = 0
      for end in ends1 {
        _ = MboxMail.mail(bytes, start..<end, dialect: dialect)
        start = end
      }
      var fields = RecordFields()
      fields.text = "1"
      let rows = RowSplitter(TableForm(separator: 0x2C, hasHeader: false), fields)
      let rows1 = try self.ends(rows, bytes, &generator)
      let rows2 = try self.ends(rows, bytes, &generator)
      #expect(rows1 == rows2 && rows1.last == bytes.count)
      start = 0
      for end in rows1 {
        do throws(RowReader.Problem) {
          _ = try RowReader().read(bytes, start..<end, separator: 0x2C) { _, cell, _ in
            #expect(cell.lowerBound >= start && cell.upperBound <= end)
          }
        } catch {
          // An error record.
        }
        start = end
      }
    }
  }

  /// A record beyond the limit is one error record in its place; those around it are read.
  @Test(arguments: ["csv", "mbox", "text"]) func tooLongARecordIsOneErrorRecord(form: String) throws
  {
    let scratch = try Scratch()
    let long = String(repeating: "lang ", count: 300_000)
    let date = "Mon Jan  5 10:00:00 2026"
    let text =
      switch form {
      case "csv": "id,text\n1,a\n2,\"\(long)\n\(long)\"\n3,c\n"
      case "mbox":
        "From a \(date)\n\na\n\nFrom b \(date)\n\n\(long)\n\(long)\n\nFrom c \(date)\n\nc\n"
      default: "a\n\(long)\(long)\nc\n"
      }
    let path = try scratch.write("long", Array(text.utf8))
    var options = InputOptions()
    options.form = InputForm(rawValue: form) ?? .auto
    options.recordLimit = 1 << 20
    options.mailLimit = 1 << 20
    let found = try SourceDump.records([path], options)
    #expect(found.count == 3, "\(found.map { $0.prefix(60) })")
    #expect(found[1].contains("too long: "))
    #expect(found[2].contains("c"))
    for size in [1, 1000, 100_000] {
      options.blockBytes = size
      #expect(try SourceDump.records([path], options) == found)
    }
  }
}
