import HeardLexicon
import HeardTestSupport
import Testing

@testable import HeardIntake

/// Byte for byte, but for `X-Heard-*`.
@Suite struct HeaderWriterTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var mail: String
    /// What is left of the mail when `X-Heard-*` that it brought along is gone.
    var kept: String?
    /// What stands before the added fields.
    var before = ""
    /// What stands between the added fields and the mail.
    var between = ""
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "plain", mail: "From: a\nSubject: b\n\nHello\n"),
    Case(name: "carriage returns", mail: "From: a\r\nSubject: b\r\n\r\nHello\r\n"),
    Case(name: "mixed line ends", mail: "From: a\nSubject: b\r\n\r\nHello\r"),
    Case(name: "no line end at the end", mail: "From: a\n\nHello"),
    Case(name: "header only", mail: "From: a\nSubject: b\n"),
    Case(name: "one field without line end", mail: "From: a"),
    Case(name: "folded", mail: "Subject: a\n b\n\tc\nTo: d\n\ne\n"),
    Case(name: "empty header", mail: "\nHello\n"),
    Case(name: "text without header", mail: "Hello\nThere: x\n", between: "\n"),
    Case(name: "text with carriage returns", mail: "Hello\r\nX-Heard-Tags: x\r\n", between: "\r\n"),
    Case(name: "nothing", mail: "", between: "\n"),
    Case(name: "NULs", mail: "From: a\0b\n\n\0\0\0"),
    Case(
      name: "mbox", mail: "From ann@example.org Sat Nov 21 10:00:00 2026\nFrom: a\n\nb\n",
      kept: "From: a\n\nb\n", before: "From ann@example.org Sat Nov 21 10:00:00 2026\n"),
    Case(name: "byte order mark", mail: "\u{FEFF}From: a\n\nb\n"),
    Case(
      name: "upstream copy", mail: "From: a\nX-Heard-Queue: billing\nTo: b\n\nHi\n",
      kept: "From: a\nTo: b\n\nHi\n"),
    Case(
      name: "upstream, any case, folded",
      mail: "x-HEARD-tags: a,\n b,\n\tc\nFrom: a\nX-hearD-X:\n y\n\nHi\n",
      kept: "From: a\n\nHi\n"),
    Case(
      name: "upstream with a space before the colon",
      mail: "From: a\nX-Heard-Status \t: ok\n\nHi\n", kept: "From: a\n\nHi\n"),
    Case(
      name: "upstream as the last line", mail: "From: a\nX-Heard-Status: ok",
      kept: "From: a\n"),
    Case(
      name: "upstream behind a line that is no field",
      mail: "From: a\nthis is no field\nX-Heard-Status: ok\n\nHi\n",
      kept: "From: a\nthis is no field\n\nHi\n"),
    Case(
      name: "upstream behind a carriage return",
      mail: "From: a\rX-Heard-Queue: boss\r\nTo: b\r\n\r\nHi\r\n",
      kept: "From: a\r\nTo: b\r\n\r\nHi\r\n"),
    Case(
      name: "upstream behind carriage returns, folded",
      mail: "From: a\rX-Heard-A: b\r c\rX-Heard-B: d\nTo: e\n\nHi\n",
      kept: "From: a\nTo: e\n\nHi\n"),
    Case(
      name: "upstream behind an empty line between carriage returns",
      mail: "From: a\r\r\nX-Heard-A: b\r\nTo: c\r\n\r\nHi\r\n",
      kept: "From: a\r\r\nTo: c\r\n\r\nHi\r\n"),
    Case(
      name: "carriage returns alone, the text stays",
      mail: "From: a\r\rX-Heard-A: b\rDear all\rX-Heard-B: c",
      kept: "From: a\r\rDear all"),
    Case(
      name: "upstream behind the carriage return of an mbox line",
      mail: "From ann@example.org\rX-Heard-A: b\nFrom: a\n\nb\n",
      kept: "From: a\n\nb\n", before: "From ann@example.org\r\n"),
    Case(name: "in the body it stays", mail: "From: a\n\nX-Heard-Status: ok\n"),
    Case(name: "a name that only begins alike", mail: "From: a\nX-Heardless: ok\n\nHi\n"),
  ]

  static let fields = [("X-Heard-Status", "ok"), ("X-Heard-Queue", "billing")]

  @Test(arguments: cases) func fieldsAreAddedAndNothingElse(_ example: Case) {
    let firstLine = example.mail.utf8.prefix { $0 != 0x0A }
    let end = firstLine.last == 0x0D ? "\r\n" : "\n"
    let added = "X-Heard-Status: ok\(end)X-Heard-Queue: billing\(end)"
    let written = HeaderWriter.write(Self.fields, onto: Array(example.mail.utf8))
    let expected = example.before + added + example.between + (example.kept ?? example.mail)
    #expect(Array(expected.utf8) == written)
  }

  @Test func writingTwiceIsWritingOnce() {
    for example in Self.cases where example.between.isEmpty {
      let once = HeaderWriter.write(Self.fields, onto: Array(example.mail.utf8))
      #expect(HeaderWriter.write(Self.fields, onto: once) == once, "\(example.name)")
    }
  }

  /// Random headers, against lines that are taken out one by one.
  @Test func randomMailsKeepTheirBytes() {
    var random = SeededGenerator(seed: 20_261_121)
    let pieces = [
      "From: ann\n", "X-Heard-A: 1\n", "x-heard-b: 2\n", " folded\n", "\tfolded\r\n",
      "Subject: x\r\n", "X-HEARD-C:\r\n", "no field\n", "To: \u{0}\u{FF}\n", "X-Heard : 5\n",
    ]
    for _ in 0..<2000 {
      var mail = "Date: today\n"
      for _ in 0..<Int.random(in: 0..<12, using: &random) {
        mail += pieces.randomElement(using: &random) ?? ""
      }
      mail += ["\nbody\n", "\r\nbody", ""].randomElement(using: &random) ?? ""
      let written = HeaderWriter.write([], onto: Array(mail.utf8))
      #expect(written == Array(Self.withoutHeard(mail).utf8), "\(mail.debugDescription)")
    }
  }

  /// However readers end lines, none finds a field of heard's that heard did not write.
  @Test func carriageReturnsHideNothing() {
    var random = SeededGenerator(seed: 20_261_122)
    let pieces = [
      "From: ann", "X-Heard-A: 1", "x-heard-b : 2", " folded", "\tX-Heard-C: 3", "no field", "",
      "To: b", "X-Heard", ": 4", "Received: c",
    ]
    let ends = ["\n", "\r\n", "\r", "\r\r", "\r\r\n", ""]
    for _ in 0..<5000 {
      var mail = Bool.random(using: &random) ? "Date: today" : ""
      for _ in 0..<Int.random(in: 0..<12, using: &random) {
        mail += ends.randomElement(using: &random) ?? ""
        mail += pieces.randomElement(using: &random) ?? ""
      }
      let written = HeaderWriter.write([], onto: Array(mail.utf8))
      for endsAtReturns in [false, true] {
        let names = Self.fieldNames(written, endsAtReturns: endsAtReturns)
        #expect(!names.contains { $0.hasPrefix("x-heard-") }, "\(mail.debugDescription)")
      }
      let once = HeaderWriter.write(Self.fields, onto: Array(mail.utf8))
      #expect(
        HeaderWriter.write(Self.fields, onto: once) == once, "\(mail.debugDescription)")
      if !HeaderBlock(Array(mail.utf8)).isMissing {
        #expect(
          CanonicalMessage.bytes(of: once) == CanonicalMessage.bytes(of: Array(mail.utf8)),
          "\(mail.debugDescription)")
      }
    }
  }

  /// The names of fields in small letters, by a reader for whom a carriage return alone ends a line,
  /// or does not.
  private static func fieldNames(_ mail: [UInt8], endsAtReturns: Bool) -> [String] {
    var lines = mail.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      line.last == 0x0D ? line.dropLast() : line
    }
    if endsAtReturns {
      lines = lines.flatMap { $0.split(separator: 0x0D, omittingEmptySubsequences: false) }
    }
    return lines.prefix { !$0.isEmpty }.filter { $0.first != 0x20 && $0.first != 0x09 }
      .compactMap { line in
        line.firstIndex(of: UInt8(ascii: ":")).map {
          String(decoding: line[..<$0], as: UTF8.self).lowercased()
        }
      }
  }

  /// The mail without `X-Heard-` fields, a line at a time.
  private static func withoutHeard(_ mail: String) -> String {
    var kept = ""
    var isHeader = true
    var isDropped = false
    var rest = Substring(mail).unicodeScalars
    while !rest.isEmpty {
      let end = rest.firstIndex(of: "\n").map { rest.index(after: $0) } ?? rest.endIndex
      let line = String(rest[..<end])
      rest = rest[end...]
      if isHeader, line == "\n" || line == "\r\n" { isHeader = false }
      if isHeader {
        let isField = line.contains(":") && !line.hasPrefix(" ") && !line.hasPrefix("\t")
        if isField { isDropped = line.lowercased().hasPrefix("x-heard-") }
        if isDropped { continue }
      }
      kept += line
    }
    return kept
  }

  struct Folding: CustomTestStringConvertible, Sendable {
    var value: String
    var testDescription: String { String(value.prefix(30)) }
  }

  @Test(arguments: [
    Folding(value: "short"), Folding(value: String(repeating: "entry.with.a.name, ", count: 60)),
    Folding(value: String(repeating: "x", count: 70)),
    Folding(value: String(repeating: "y", count: 5000)), Folding(value: "line\r\nX-Evil: 1"),
    Folding(value: "zażółć gęślą\u{7F}\u{0}"), Folding(value: ""),
  ])
  func linesAreASCIIAndShort(_ folding: Folding) {
    let field = HeaderWriter.folded("X-Heard-Evidence", folding.value, lineEnd: [0x0D, 0x0A])
    #expect(field.suffix(2) == [0x0D, 0x0A])
    let lines = field.dropLast(2).split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      #expect(line.count <= 998)
      #expect(index == 0 || line.first == 0x20)
      #expect(line.allSatisfy { 0x20...0x7E ~= $0 || $0 == 0x0D })
      let longest = folding.value.split(separator: " ").map(\.utf8.count).max() ?? 0
      if longest < 76 { #expect(line.count <= 79, "with the carriage return") }
    }
    #expect(!String(decoding: field, as: UTF8.self).contains("\nX-Evil"))
  }
}
