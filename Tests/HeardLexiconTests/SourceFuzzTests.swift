import HeardTestSupport
import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon
@testable import HeardLexiconTools
@testable import HeardSources

@Suite("Sources that are anything") struct SourceFuzzTests {
  static let good = """
    lexicon: heard/1
    language: nl
    theme: a
    entries:
    - id: nl.a.x
      lemma: boos
      pos: adjective
      evidence: {anger: 1.5, valence: -2}
      match: {fold: true}
      examples: ["Ik ben boos: écht."]
    - id: nl.a.y
      phrases: ["~krijgen (geen|nooit een)? antwoord", "al <number> weken"]
      operator: {scope: negation, reach: 3}
    """

  private func read(_ bytes: [UInt8]) -> Result<LexiconSource, LexiconError> {
    do throws(LexiconError) {
      let text = try LexiconSource.text(bytes, file: "nl/a.yaml")
      let source = try LexiconSource(files: [("nl/a.yaml", text)])
      _ = source.lint()
      return .success(source)
    } catch {
      return .failure(error)
    }
  }

  /// Every failure says where and what to do.
  private func check(_ result: Result<LexiconSource, LexiconError>, _ bytes: [UInt8]) {
    guard case .failure(let error) = result else { return }
    #expect(!error.diagnostics.isEmpty)
    for found in error.diagnostics {
      #expect(found.location.line >= 1 && found.location.column >= 1)
      #expect(!found.message.isEmpty && !found.hint.isEmpty)
    }
  }

  @Test func randomBytesNeverCrash() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<1500 {
      let count = Int.random(in: 0...120, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      check(read(bytes), bytes)
    }
  }

  @Test func yamlSignsNeverCrash() {
    var random = SeededGenerator(seed: 2)
    let signs = Array("{}[]:,-?&*!|>'\"%@` \n\t#abé~().<>0123\\".utf8)
    for _ in 0..<3000 {
      let count = Int.random(in: 0...60, using: &random)
      let bytes = (0..<count).map { _ in signs[Int.random(in: 0..<signs.count, using: &random)] }
      check(read(bytes), bytes)
    }
  }

  @Test func mutatedFilesNeverCrash() {
    var random = SeededGenerator(seed: 3)
    let good = Array(Self.good.utf8)
    for _ in 0..<1500 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(UInt8.random(in: 9...126, using: &random), at: place)
        default: bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
      }
      check(read(bytes), bytes)
    }
  }

  @Test(arguments: [
    String(repeating: "[", count: 5000), String(repeating: "{a: ", count: 5000),
    String(repeating: "- ", count: 5000), String(repeating: "? ", count: 5000), "\u{0}", "\u{FEFF}",
    "&a [*a]", "a: &x {b: *x}", "*nope", "--- a\n--- b", "%YAML 9.9\n---\n", "!!binary x",
    "lexicon: !!int heard/1", "? [a, b]\n: c", "{[a]: b}", "a: !<tag:x> b", "\r\r\r", "\u{85}",
    "entries:\n- &a {id: x}\n- *a\n",
  ])
  func strangeYAMLIsRefused(text: String) {
    guard case .failure(let error) = read(Array(text.utf8)) else {
      Issue.record("it was read")
      return
    }
    check(.failure(error), [])
  }

  @Test func patternsOfAnySignsNeverCrash() {
    var random = SeededGenerator(seed: 4)
    let signs = Array("ab ~()|?<>.…5'-é😡  ".unicodeScalars)
    var read = 0
    for _ in 0..<20_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...14, using: &random) {
        text.append(signs[Int.random(in: 0..<signs.count, using: &random)])
      }
      do throws(PatternParser.Failure) {
        _ = try PatternParser.parse(String(text))
        read += 1
      } catch {
        #expect(error.offset >= 0 && error.offset <= text.count, "\(String(text))")
      }
    }
    #expect(read > 100, "some of them are patterns")
  }

  @Test func anyLockIsReadOrRefused() {
    var random = SeededGenerator(seed: 5)
    let head = "# heard-forms/1 nl x\n"
    let signs = Array("ab=!_\t \n#é.".unicodeScalars)
    for _ in 0..<3000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        text.append(signs[Int.random(in: 0..<signs.count, using: &random)])
      }
      guard let lock = try? FormsLock.parse(head + String(text), file: "nl/forms.lock") else {
        continue
      }
      let written = lock.write()
      #expect((try? FormsLock.parse(written, file: "nl/forms.lock").write()) == written)
    }
  }
}
