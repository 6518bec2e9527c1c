import HeardInput
import HeardText
import HeardTuning
import Testing

/// Words change places, and nothing else does.
@Suite struct FairnessSwapsTests {
  private let table = """
    # a comment
    gender\tpan\tpani
    gender\tkelner\tkelnerka
    gender\tprzesyłam\tprzesyłam
    gender\t*łem\t*łam
    gender\this\ther\tone-way
    name\tewa\tfatima

    """

  @Test(arguments: [
    ("Pan był miły", "Pani był miły"), ("PANI!", "PAN!"), ("Byłem tu", "Byłam tu"),
    ("Byłam, widziałam", "Byłem, widziałem"), ("KELNER zły", "KELNERKA zły"),
    ("Ewa i pan", "Ewa i pani"), ("łem", nil), ("Przesyłam", nil), ("his", "her"), ("her", nil),
    ("nic", nil), ("", nil), ("😡 pan 😡", "😡 pani 😡"),
  ])
  func variants(text: String, expected: String?) throws {
    let swaps = try FairnessSwaps(table, file: "pl/swaps.tsv")
    #expect(swaps.kinds == ["gender", "name"])
    let found = swaps.variant(of: text, kind: "gender", analyzer: TextAnalyzer())
    #expect(found?.text == expected)
  }

  @Test func swapsAreTold() throws {
    let swaps = try FairnessSwaps(table, file: "pl/swaps.tsv")
    let found = swaps.variant(of: "Byłem, a Pan nie", kind: "gender", analyzer: TextAnalyzer())
    #expect(found?.swaps.map { "\($0.from)>\($0.to)" } == ["Byłem>Byłam", "Pan>Pani"])
  }

  /// Swapping twice gives the text back where swaps go both ways.
  @Test func twiceIsNothing() throws {
    let swaps = try FairnessSwaps(table, file: "pl/swaps.tsv")
    let analyzer = TextAnalyzer()
    for text in ["Pan kelner, byłem", "PAN i pani i Kelnerka", "Zrobiłam to, Panie"] {
      let once = try #require(swaps.variant(of: text, kind: "gender", analyzer: analyzer))
      #expect(swaps.variant(of: once.text, kind: "gender", analyzer: analyzer)?.text == text)
    }
  }

  @Test(arguments: [
    "gender", "gender\tpan", "gender\tpan\t", "gender\t*łem\tpani", "gender\tPan\tpani",
    "gender\tpan\tpani\ttwo-way", "gender\t*\t*x", "gender\tde heer\tdame",
  ])
  func wrongLinesAreRefused(line: String) {
    do throws(InputError) {
      _ = try FairnessSwaps("# x\n\(line)\n", file: "pl/swaps.tsv")
      Issue.record("taken")
    } catch {
      #expect(error.description.contains("pl/swaps.tsv:2"))
    }
  }
}
