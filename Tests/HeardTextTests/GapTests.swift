import HeardText
import Testing

/// A text of two words and what stands between them.
struct GapCase: Sendable, CustomTestStringConvertible {
  let text: String
  let gap: Gap

  init(_ text: String, _ gap: Gap) {
    self.text = text
    self.gap = gap
  }

  var testDescription: String { text }
}

@Suite("Gaps") struct GapTests {
  @Test(
    "Between two words",
    arguments: [
      GapCase("a b", []), GapCase("a  b", []), GapCase("a\tb", []), GapCase("a\u{A0}b", []),
      GapCase("a, b", .comma), GapCase("a ,b", .comma), GapCase("10,50", []),
      GapCase("a、b", .comma),
      GapCase("a; b", .semicolon), GapCase("a: b", .semicolon), GapCase("12:30", []),
      GapCase("https://b", []), GapCase("e-mail", []), GapCase("a - b", .dash),
      GapCase("a -- b", .dash),
      GapCase("a – b", .dash), GapCase("a—b", .dash), GapCase("10–12", []),
      GapCase("a. b", .period), GapCase("a.b", .period), GapCase("a.. b", .period),
      GapCase("a... b", .ellipsis), GapCase("a… b", .ellipsis),
      GapCase("a! b", .exclamation), GapCase("a? b", .question),
      GapCase("a!! b", [.exclamation, .repeated]),
      GapCase("a?! b", [.exclamation, .question, .repeated]),
      GapCase("a‼ b", [.exclamation, .repeated]),
      GapCase("a！？b", [.exclamation, .question, .repeated]),
      GapCase("a\nb", .lineBreak), GapCase("a\r\nb", .lineBreak),
      GapCase("a\n\nb", .paragraphBreak),
      GapCase("a\r\n\r\nb", .paragraphBreak), GapCase("a\n \t\nb", .paragraphBreak),
      GapCase("a\n--\nb", [.lineBreak, .dash]), GapCase("a\u{2029}b", .paragraphBreak),
      GapCase("a „b", .openQuote), GapCase("a “b", .openQuote), GapCase("a” b", .closeQuote),
      GapCase("a «b", .openQuote), GapCase("a» b", .closeQuote), GapCase("a \"b", .straightQuote),
      GapCase("a 'b", .straightQuote), GapCase("a ‘b", .openQuote), GapCase("a’ b", .closeQuote),
      GapCase("a ‚b", .openQuote), GapCase("mee!”Er", [.exclamation, .closeQuote]),
      GapCase("a (b", .openParenthesis), GapCase("a) b", .closeParenthesis),
      GapCase("a [b", .openParenthesis), GapCase("a :-( b", .emoticon),
      GapCase("a :( b", .emoticon),
      GapCase("a;) b", .emoticon), GapCase("a :D", .emoticon), GapCase("a :-/ b", .emoticon),
      GapCase("a =( b", .emoticon), GapCase("a :'( b", .emoticon), GapCase("a:b", .semicolon),
      GapCase("a = b", []), GapCase("a/b", []), GapCase("a @ b", []), GapCase("a ← b", []),
    ])
  func between(_ example: GapCase) throws {
    let tokens = Analyzed(example.text).document.tokens
    #expect(tokens.count == 2)
    #expect(tokens.last?.gap == example.gap)
  }

  @Test func firstAndLast() {
    let document = Analyzed("„Ja!” ").document
    #expect(document.tokens.first?.gap == .openQuote)
    #expect(document.ending == [.exclamation, .closeQuote])
    #expect(Analyzed("?!").document.ending == [.exclamation, .question, .repeated])
  }

  @Test(
    "The mood of emoticons",
    arguments: [
      ("a :-( b", -1.0), ("a :( b", -1), ("a :-(( b", -1), ("a :'( b", -1), ("a :) b", 1),
      ("a ;-) b", 1), ("a :D", 1), ("a :P b", 0.5), ("a :-/ b", -0.5), ("a :/ b", -0.5),
      ("a =) b", 1), ("a :') b", 0.5),
    ] as [(String, Double)])
  func moods(text: String, valence: Double) throws {
    let document = Analyzed(text).document
    let first = try #require(document.tokens.first)
    let second = document.tokens.dropFirst().first?.start ?? UInt32(document.bytes.count)
    let gap = ByteRange(first.end, second)
    #expect(Emoticon.valence(in: document.bytes, gap: gap) == valence)
  }

  @Test("No emoticons", arguments: ["http://b", "a:b", "12:30", "a: Dat", "c:/pad", "a=b", "a: b"])
  func noMoods(text: String) {
    let document = Analyzed(text).document
    #expect(document.tokens.allSatisfy { !$0.gap.contains(.emoticon) })
  }
}
