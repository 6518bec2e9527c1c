import HeardText
import Testing

@Suite struct StableHashTests {
  /// From the draft of the hash's authors, draft-eastlake-fnv (test vectors of FNV-1a, 64 bits).
  static let vectors: [(String, UInt64)] = [
    ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C),
    ("foobar", 0x8594_4171_F739_67E8),
  ]

  @Test(arguments: vectors) func itIsThatOfItsAuthors(_ text: String, _ hash: UInt64) {
    #expect(StableHash.of(text.utf8) == hash)
  }

  @Test func partsOneAfterTheOtherAreTheWhole() {
    let (start, rest) = ("foo".utf8, "bar".utf8)
    #expect(StableHash.of(rest, after: StableHash.of(start)) == StableHash.of("foobar".utf8))
  }
}
