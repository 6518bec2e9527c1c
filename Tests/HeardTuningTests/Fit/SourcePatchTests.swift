import HeardLexicon
import Testing

@testable import HeardTuning

/// Numbers in files: found, replaced, written as they were.
@Suite struct SourcePatchTests {
  private let text = """
    # head
    lexicon: heard/1
    entries:
    - id: nl.x.łaska   # ł is two bytes
      evidence: {complaint: 1.0, anger: 2}   # keep
      negated: {complaint: -0.3}
      note: >
        complaint: 1.0
    - id: nl.x.b
      evidence:
        complaint: 0.50
    """

  private func patched(_ numbers: [LexiconNumber: String]) -> SourcePatch {
    let files = [(path: "nl/x.yaml", text: text)]
    let finder = NumberFinder(files: files)
    return SourcePatch(
      files: files,
      numbers.compactMap { number, text in finder.places[number].map { ($0, text) } })
  }

  @Test func onlyNumbersChange() {
    let patch = patched([
      .entry("nl.x.łaska", negated: false, .complaint): "1.25",
      .entry("nl.x.łaska", negated: false, .anger): "12",
      .entry("nl.x.łaska", negated: true, .complaint): "-0.1",
      .entry("nl.x.b", negated: false, .complaint): "0.75",
    ])
    #expect(patch.count == 4)
    let expected = text.replacing(
      "{complaint: 1.0, anger: 2}", with: "{complaint: 1.25, anger: 12}"
    )
    .replacing("-0.3", with: "-0.1").replacing("0.50", with: "0.75")
    #expect(patch.patched[0].text == expected)
  }

  @Test func diffIsUnified() {
    let patch = patched([.entry("nl.x.b", negated: false, .complaint): "0.75"])
    #expect(
      patch.unifiedDiff(folder: "lex") == """
        --- a/lex/nl/x.yaml
        +++ b/lex/nl/x.yaml
        @@ -8,4 +8,4 @@
             complaint: 1.0
         - id: nl.x.b
           evidence:
        -    complaint: 0.50
        +    complaint: 0.75
        \\ No newline at end of file

        """)
  }

  @Test func nothingChangesNothing() {
    #expect(patched([:]).unifiedDiff(folder: "lex") == "")
    #expect(patched([:]).patched[0].text == text)
  }

  @Test(arguments: [
    (1.149, 20.0, "1.0", "1.15"), (-1.149, 20, "-1", "-1.15"), (2.01, 20, "2.5", "2.0"),
    (2.01, 20, "3", "2"), (0.049, 20, "1", "0.05"), (1.26, 10, "1.2", "1.3"),
  ])
  func numbersAreWrittenAsBefore(value: Double, step: Double, old: String, expected: String) {
    #expect(LexiconFit.text(value, step: step, like: old) == expected)
  }
}
