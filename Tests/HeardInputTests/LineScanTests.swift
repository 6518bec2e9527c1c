import Testing

@testable import HeardInput

/// Line ends as a plain loop finds them.
@Suite struct LineScanTests {
  @Test(arguments: ["", "\n", "a", "a\n", "\n\na\n", "abc\nde\n\nf", "x\ny"])
  func endsAndCountsAreThoseOfALoop(text: String) {
    let bytes = Array(text.utf8)
    for end in 0...bytes.count {
      for start in 0...end {
        let expected = bytes[start..<end].firstIndex(of: 0x0A) ?? end
        #expect(LineScan.end(of: start, in: bytes, before: end) == expected)
      }
      #expect(LineScan.lines(in: bytes, before: end) == bytes[..<end].count { $0 == 0x0A })
    }
  }
}
