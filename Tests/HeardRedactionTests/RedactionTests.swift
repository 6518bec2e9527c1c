import Testing

@testable import HeardRedaction
@testable import HeardStatistics

/// What is found and what is not.
@Suite struct RedactionTests {
  private let redactor: Redactor

  init() throws {
    redactor = Redactor(key: try #require(RedactionKey(Array("a key of sixteen bytes".utf8))))
  }

  private func kinds(_ text: String) -> [String] {
    redactor.redact(text).replacements.map(\.kind.rawValue)
  }

  @Test(arguments: [
    ("BSN 111222333", "BSN"), ("bsn: 111.222.333", "BSN"), ("1112.22.333", "BSN"),
    ("PESEL 44051401359", "PESEL"), ("NIP 5261040567", "NIP"), ("NIP: 526-104-05-67", "NIP"),
    ("NL91 ABNA 0417 1643 00", "IBAN"), ("nl91abna0417164300", "IBAN"),
    ("GB29 NWBK 6016 1331 9268 19", "IBAN"), ("PL61109010140000071219812874", "IBAN"),
    ("61 1090 1014 0000 0712 1981 2874", "IBAN"),
    ("4111 1111 1111 1111", "CARD"), ("4111111111111111", "CARD"), ("3782 822463 10005", "CARD"),
    ("06-12345678", "PHONE"), ("06 12 34 56 78", "PHONE"), ("020-1234567", "PHONE"),
    ("+31 6 1234 5678", "PHONE"), ("0031612345678", "PHONE"), ("+48 601 234 567", "PHONE"),
    ("601-234-567", "PHONE"), ("tel. 601234567", "PHONE"), ("(020) 7946 0018", "PHONE"),
    ("07700 900123", "PHONE"), ("+44 20 7946 0018", "PHONE"),
    ("j.jansen+shop@mail.example.nl", "EMAIL"), ("żaneta@firma.example.pl", "EMAIL"),
    ("1012 AB Amsterdam", "POSTCODE"), ("1012AB", "POSTCODE"), ("00-950 Warszawa", "POSTCODE"),
    ("London SW1A 1AA", "POSTCODE"), ("M1 1AE", "POSTCODE"),
    ("mevrouw Jansen", "PERSON"), ("dhr. J. van der Berg zei", "PERSON"),
    ("Pani Anno, dzień dobry", "PERSON"), ("pan Łukasz Żak", "PERSON"), ("Mrs O'Neill", "PERSON"),
  ])
  func isFound(text: String, kind: String) {
    #expect(kinds(text) == [kind])
  }

  @Test(arguments: [
    "Order 123456789 is te laat", "bestelling 2024001234567", "zamówienie 987654321",
    "€ 1.234.567,89", "120 000 000 zł", "12-05-2024", "2024-05-12 10:30", "12.05.2024",
    "4111 1111 1111 1112", "NL91 ABNA 0417 1643 01", "44051401358", "in 2024 IN de winkel",
    "1940 SS", "10-200 zł", "10-200 km", "13:45", "order AB12 34", "na 10 minut, 5 lat",
    "mevrouw zei niets", "Pani w okienku", "de heer en mevrouw", "@handle", "a@b", "1,234.56",
    "Panie Prezesie", "3 x 250 g", "0800", "112",
  ])
  func isNotFound(text: String) {
    #expect(kinds(text) == [])
  }

  @Test func oneThingHasOneToken() throws {
    let found = redactor.redact("06-12345678, +31 6 1234 5678, 0031612345678, 06-12345679")
    let tokens = found.replacements.map(\.token)
    #expect(Set(tokens.prefix(3)).count == 1)
    #expect(tokens[3] != tokens[0])
    let otherKey = try #require(RedactionKey(Array("another key, 16 bytes".utf8)))
    let other = Redactor(key: otherKey)
    #expect(other.redact("06-12345678").replacements[0].token != tokens[0])
  }

  @Test func tokensHaveTheirShape() {
    let token = redactor.redact("j@example.nl").text
    #expect(token.wholeMatch(of: /«EMAIL:[0-9a-f]{4}»/) != nil)
  }

  /// RFC 4231, cases 1, 2 and 6 (a key longer than a block).
  @Test func authenticationIsHMAC() throws {
    func hexadecimal(_ bytes: [UInt8]) -> String {
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    let first = try #require(RedactionKey(Array(repeating: 0x0B, count: 20)))
    #expect(
      hexadecimal(first.authenticate(Array("Hi There".utf8)))
        == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    let long = try #require(RedactionKey(Array(repeating: 0xAA, count: 131)))
    #expect(
      hexadecimal(
        long.authenticate(Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)))
        == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    #expect(RedactionKey([1, 2, 3]) == nil)
  }

  @Test func offsetsMapThereAndBack() {
    let text = "Żal, bel 06-12345678 of mail jan@example.nl! Dank, mevrouw Jansen."
    let bytes = Array(text.utf8)
    let redacted = redactor.redact(text)
    #expect(redacted.replacements.count == 3)
    for place in bytes.indices {
      let inside = redacted.replacements.contains { $0.original.contains(place) }
      let there = redacted.redactedRange(place..<place + 1)
      if inside {
        #expect(redacted.replacements.contains { $0.redacted == there })
      } else {
        #expect(redacted.bytes[there].elementsEqual(bytes[place..<place + 1]))
        #expect(redacted.originalRange(there) == place..<place + 1)
      }
    }
    #expect(redacted.originalRange(0..<redacted.bytes.count) == 0..<bytes.count)
  }

  /// Whatever the bytes: outside the tokens everything is as it was.
  @Test func anyBytesSurvive() {
    var generator = SplitMix64(state: 3)
    let alphabet = Array("0123456789 +-.()@/ANLPmMrv,«ł\u{FF}".utf8)
    for _ in 0..<3000 {
      let bytes = (0..<generator.below(40)).map { _ in alphabet[generator.below(alphabet.count)] }
      let redacted = redactor.redact(bytes)
      var place = 0
      var other = 0
      for one in redacted.replacements {
        #expect(
          bytes[place..<one.original.lowerBound]
            .elementsEqual(redacted.bytes[other..<one.redacted.lowerBound]))
        place = one.original.upperBound
        other = one.redacted.upperBound
      }
      #expect(bytes[place...].elementsEqual(redacted.bytes[other...]))
    }
  }

  @Test(
    .timeLimit(.minutes(1)), arguments: ["(1", "(+1", "a.", "d-", "1.1", "mr ", "a@", "NL91", "é."])
  func aTextThatBeginsAgainAndAgainEnds(piece: String) {
    let text = String(repeating: piece, count: 400_000 / piece.utf8.count)
    #expect(redactor.redact(text).text == text)
  }

  @Test func anAddressAsLongAsTheyComeIsFound() {
    let local = String(repeating: "a", count: 64)
    let domain = String(repeating: "b", count: 63) + "." + String(repeating: "c", count: 63)
    #expect(kinds("schrijf naar \(local)@\(domain).example.nl aub") == ["EMAIL"])
  }
}
