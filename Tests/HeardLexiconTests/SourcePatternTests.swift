import Testing

@testable import HeardAuthoring
@testable import HeardLexicon
@testable import HeardSources

private func w(_ text: String) -> PatternNode { .word(WordPattern(text: text, inflected: false)) }
private func l(_ text: String) -> PatternNode { .word(WordPattern(text: text, inflected: true)) }

@Suite("Patterns") struct SourcePatternTests {
  static let good: [(String, PatternNode)] = [
    ("Boos", w("boos")),
    ("van  het", .sequence([w("van"), w("het")])),
    (
      "~krijgen (geen|nooit een) antwoord",
      .sequence([
        l("krijgen"), .alternatives([w("geen"), .sequence([w("nooit"), w("een")])]), w("antwoord"),
      ])
    ),
    (
      "al <number> (dagen|weken)",
      .sequence([w("al"), .tokenClass(.number), .alternatives([w("dagen"), w("weken")])])
    ),
    ("(nog)? steeds", .sequence([.optional(w("nog")), w("steeds")])),
    ("(nog|al)?steeds", .sequence([.optional(.alternatives([w("nog"), w("al")])), w("steeds")])),
    ("bel ... terug", .sequence([w("bel"), .gap(maximum: 3), w("terug")])),
    ("bel ...5 terug", .sequence([w("bel"), .gap(maximum: 5), w("terug")])),
    ("'s avonds don't foto’s", .sequence([w("'s"), w("avonds"), w("don't"), w("foto’s")])),
    ("😡", w("😡")), ("👍🏽 €", .sequence([w("👍🏽"), w("€")])),
    ("(~a (b|c))", .sequence([l("a"), .alternatives([w("b"), w("c")])])),
    (
      "<currency> <name> <word>",
      .sequence([.tokenClass(.currency), .tokenClass(.name), .tokenClass(.word)])
    ),
  ]

  @Test(arguments: good) func reads(text: String, node: PatternNode) throws {
    #expect(try PatternParser.parse(text) == node)
  }

  @Test(arguments: [
    ("", 0, "an empty pattern"), ("   ", 0, "an empty pattern"),
    ("(a", 0, "'(' is not closed"), ("b (a|(c) d", 2, "'(' is not closed"),
    ("a)", 1, "')' without '('"), ("a|b", 1, "'|' outside parentheses"),
    ("(a||b)", 3, "an empty alternative"), ("(|b)", 1, "an empty alternative"),
    ("(a|)", 3, "an empty alternative"), ("()", 1, "an empty alternative"),
    ("... a", 0, "a gap at the start"), ("a ...", 4, "a gap at the end"),
    ("(... b|c) a", 0, "a gap at the start"), ("a (...)", 6, "a gap at the end"),
    ("a ... ... b", 6, "two gaps in a row"), ("a ...99 b", 2, "a gap of 99 tokens"),
    ("a ...0 b", 2, "a gap of 0 tokens"), ("a .... b", 2, "a gap of more than three full stops"),
    ("a ...b", 2, "a gap that touches a word"), ("~", 0, "'~' without a word"),
    ("a ~ b", 2, "'~' without a word"), ("~(a)", 0, "'~' without a word"),
    ("a?", 1, "'?' without a group"), ("<nummer>", 0, "unknown token class <nummer>"),
    ("a <number", 2, "'<' is not closed"), ("a>", 1, "'>' without '<'"),
    ("e-mail", 1, "'-' in 'e-mail', where texts are split"),
    ("a z.o.z", 3, "'.' in 'z.o.z', where texts are split"),
    ("a, b", 1, "',' in 'a,', where texts are split"), ("a …", 2, "'…' is one character"),
    ("jongens'", 7, "an apostrophe at the end"),
    ("(a)?", 0, "a pattern whose every part is optional"),
    ("((((((((((a))))))))))", 8, "parentheses more than 8 deep"),
  ])
  func refuses(text: String, offset: Int, message: String) {
    #expect {
      try PatternParser.parse(text)
    } throws: { error in
      guard let failure = error as? PatternParser.Failure else { return false }
      return failure.offset == offset && failure.message.hasPrefix(message) && !failure.hint.isEmpty
    }
  }

  @Test func hintsSayHowToWriteIt() {
    for (text, hint) in [
      ("e-mail", "write e mail"), ("<nummer>", "did you mean <number>?"),
      ("<x>", "token classes are <number> <currency> <name> <word>"),
    ] {
      do throws(PatternParser.Failure) {
        _ = try PatternParser.parse(text)
        Issue.record("\(text) was read")
      } catch {
        #expect(error.hint == hint)
      }
    }
  }
}
