import HeardTestSupport
import Testing

@testable import HeardMail

/// What is read sixteen bytes at a time is what is read byte by byte, wherever it stands.
@Suite struct WideReadingTests {
  private static let characters: [String] = [
    "a", "B", "z", "Z", "@", "[", "`", "{", "0", " ", "  ", "*", "\t", "\n", "\u{1}", "\u{7F}",
    "é", "Ł", "\u{A0}", "\u{AD}", "–", "„", "😡", "д", "A", "word", "WORD",
  ]

  private static func text(_ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0..<70, using: &random)).map { _ in
      // Mostly long plain stretches, as text is.
      Int.random(in: 0..<3, using: &random) > 0
        ? "ab" : characters[Int.random(in: 0..<characters.count, using: &random)]
    }.joined()
  }

  /// Runs too short for the wide way, one character each, joined as folding joins them.
  private static func foldedSlowly(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    for scalar in text.unicodeScalars {
      // A letter before keeps white space from being dropped at the start; it goes again.
      let folded = Fold.folded(Array("x\(scalar)x".utf8)).dropFirst().dropLast()
      if folded.elementsEqual([0x20]) {
        if let last = out.last, last != 0x20 { out.append(0x20) }
      } else {
        out.append(contentsOf: folded)
      }
    }
    while out.last == 0x20 { out.removeLast() }
    return out
  }

  @Test func folding() {
    var random = SeededGenerator(seed: 41)
    for _ in 0..<3_000 {
      let text = Self.text(&random)
      #expect(Fold.folded(Array(text.utf8)) == Self.foldedSlowly(text), "\(text.debugDescription)")
    }
  }

  @Test func kindsOfBytes() {
    var random = SeededGenerator(seed: 42)
    for _ in 0..<3_000 {
      let ends = ["", "", "", "", "\r\n", "\r", "\r\u{1B}\0"].randomElement(using: &random) ?? ""
      let text = Self.text(&random) + ends + Self.text(&random)
      let slowly = text.unicodeScalars.reduce(UInt32(0)) { $0 | scan(Array(String($1).utf8)) }
      #expect(scan(Array(text.utf8)) == slowly, "\(text.debugDescription)")
    }
    for offset in 0..<40 {
      var bytes = [UInt8](repeating: 0x61, count: 40)
      let none = scan(bytes)
      bytes[offset] = 0xFF
      #expect(scan(bytes) != none, "an invalid byte at \(offset)")
      bytes[offset] = 0
      #expect(scan(bytes) != none, "a NUL at \(offset)")
      bytes[offset] = 0x0D
      #expect(scan(bytes) == scan([0x0D]), "a CR at \(offset)")
    }
  }

  @Test func lineEnds() {
    func slowly(_ bytes: [UInt8]) -> [UInt8] {
      var out: [UInt8] = []
      for (index, byte) in bytes.enumerated() where byte != 0 {
        if byte == 0x0A, index > 0, bytes[index - 1] == 0x0D { continue }
        out.append(byte == 0x0D ? 0x0A : byte)
      }
      return out
    }
    var random = SeededGenerator(seed: 43)
    for _ in 0..<3_000 {
      let bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
        ([0x61, 0x61, 0x61, 0xC3, 0x0D, 0x0A, 0] as [UInt8]).randomElement(using: &random) ?? 0
      }
      #expect(LineEnds.normalised(bytes) == slowly(bytes), "\(bytes)")
    }
  }

  /// A piece of legal text is seen at every offset and behind every sign.
  @Test func wordsOfDisclaimers() {
    for book in PhraseTables.books {
      for phrase in book.disclaimers {
        for offset in 0..<34 {
          for before in [" ", "(", ".", "5"] {
            let filler = String(repeating: "q", count: offset) + before
            let folded = Array((offset == 0 ? "" : filler).utf8) + Array(phrase.utf8)
            let page = folded + [UInt8](repeating: 0, count: 8)
            #expect(
              LineCues.mayDisclaim(page, 0..<folded.count, cues: .max), "\(phrase) at \(offset)")
          }
        }
      }
    }
    let plain = Array(String(repeating: "qqqqqqqqqqqqqqqqqqqq ", count: 20).utf8)
    #expect(
      !LineCues.mayDisclaim(plain + [UInt8](repeating: 0, count: 8), 0..<plain.count, cues: 1))
  }
}
