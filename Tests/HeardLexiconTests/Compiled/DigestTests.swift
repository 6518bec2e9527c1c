import Testing

@testable import HeardLexicon
@testable import HeardSources

@Suite struct DigestTests {
  /// The examples of FIPS 180-4 and its padding's edges.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000),
      "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
    ),
  ])
  func sha256(text: String, expected: String) {
    #expect(SourceDigest.hexadecimal(SHA256.digest(text.utf8)) == expected)
  }

  @Test func sha256InPieces() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    for split in 0...300 {
      var sha = SHA256()
      sha.update(bytes[..<split])
      sha.update(bytes[split...])
      #expect(sha.finish() == SHA256.digest(bytes), "split at \(split)")
    }
  }

  /// Known values of XXH64 with seed 0.
  @Test(arguments: [
    ("", 0xEF46_DB37_51D8_E999 as UInt64), ("a", 0xD24E_C4F1_A98C_6E5B),
    ("abc", 0x44BC_2CF5_AD77_0999),
    ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
  ])
  func checksum(text: String, expected: UInt64) {
    #expect(ImageChecksum.of(Array(text.utf8)) == expected)
  }

  @Test func checksumSeesEveryBit() {
    let bytes = (0..<100).map { UInt8($0) }
    let sum = ImageChecksum.of(bytes)
    for bit in 0..<800 {
      var other = bytes
      other[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(ImageChecksum.of(other) != sum, "bit \(bit)")
    }
  }

  @Test func sourcesAreNamedByPathAndContent() {
    let one = SourceDigest.of([("a", [1, 2]), ("b", [3])])
    #expect(one == SourceDigest.of([("b", [3]), ("a", [1, 2])]))
    #expect(one != SourceDigest.of([("a", [1]), ("b", [2, 3])]))
    #expect(one != SourceDigest.of([("a", [1, 2]), ("c", [3])]))
  }
}
