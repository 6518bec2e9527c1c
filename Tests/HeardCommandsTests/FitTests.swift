import Foundation
import Testing

/// `heard fit` on a corpus whose right answer is known.
@Suite struct FitTests {
  @Test func onlyNumbersChangeAndTheOtherHalfGains() throws {
    let tuning = try TuningProbe()
    defer { tuning.probe.remove() }
    let patch = tuning.probe.folder.appendingPathComponent("fit.patch").path
    let outcome = try tuning.heard([
      "fit", "--lexicons", tuning.lexicons, "--patch", patch, "--list", tuning.corpus,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.contains("On the other half, 80 messages that were not fitted on"))
    #expect(outcome.text.contains("nl.test.kapot complaint\t1.0 → "))
    let diff = try String(contentsOfFile: patch, encoding: .utf8)
    let removed = diff.split(separator: "\n").filter { $0.hasPrefix("-") && !$0.hasPrefix("---") }
    let added = diff.split(separator: "\n").filter { $0.hasPrefix("+") && !$0.hasPrefix("+++") }
    #expect(removed.count == added.count && !removed.isEmpty)
    for (old, new) in zip(removed, added) {
      func shape(_ line: Substring) -> String {
        String(line.dropFirst()).replacing(/-?[0-9]+(\.[0-9]+)?/, with: "0")
      }
      #expect(shape(old) == shape(new))
    }
    let again = try tuning.heard([
      "fit", "--lexicons", tuning.lexicons, "--patch", "-", tuning.corpus,
    ])
    #expect(again.text == diff)
  }

  @Test func writingChangesTheFilesAndNothingElse() throws {
    let tuning = try TuningProbe()
    defer { tuning.probe.remove() }
    let outcome = try tuning.heard(["fit", "--lexicons", tuning.lexicons, "--write", tuning.corpus])
    #expect(outcome.status == 0)
    let after = try String(contentsOfFile: tuning.lexicons + "/nl/test.yaml", encoding: .utf8)
    #expect(after != TuningProbe.lexicon)
    #expect(after.contains("# Kept: this comment") && after.contains("# too weak"))
    #expect(after.contains("valence: -1}"))
    // What a second fit finds as it is: on the other half, nothing is wrong and half is missed.
    let again = try tuning.heard(["fit", "--lexicons", tuning.lexicons, tuning.corpus])
    #expect(again.text.contains("| corpus | nl | complaint | 80 | 40 | 1.00 | .50 |"))
  }

  /// What was fitted on is no measure.
  @Test func refusesFiguresOnWhatWasFitted() throws {
    let tuning = try TuningProbe()
    defer { tuning.probe.remove() }
    let outcome = try tuning.heard([
      "fit", "--lexicons", tuning.lexicons, "--half", "both", tuning.corpus,
    ])
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("what was learnt from is no measure"))
    #expect(!outcome.text.contains("| set |"))
  }

  @Test(arguments: [
    (["--kind", "joy"], 64, "--kind takes one of"), (["--folds", "1"], 64, "--folds takes"),
    (["--strength", "0"], 64, "--strength takes"),
    (["--leave-out", "nothing"], 65, "no message is in the set 'nothing'"),
    (["--leave-out", "corpus", "--write"], 64, "only measures"),
    (["--words", "--patch", "x"], 64, "--words takes --half, --leave-out and --write only"),
    (["--words", "--kind", "anger"], 64, "--words takes"),
    (["--words", "--least", "3"], 64, "--words takes"),
  ])
  func errors(arguments: [String], status: Int, words: String) throws {
    let tuning = try TuningProbe()
    defer { tuning.probe.remove() }
    let outcome = try tuning.heard(
      ["fit", "--lexicons", tuning.lexicons] + arguments + [tuning.corpus])
    #expect(Int(outcome.status) == status)
    #expect(outcome.errors.contains(words))
  }

  @Test func wordsAreWritten() throws {
    let tuning = try TuningProbe()
    defer { tuning.probe.remove() }
    let arguments = ["fit", "--words", "--lexicons", tuning.lexicons, tuning.corpus]
    let dry = try tuning.heard(arguments)
    #expect(dry.status == 0 && dry.text.contains("--write changes them"))
    #expect(!FileManager.default.fileExists(atPath: tuning.lexicons + "/nl/words.yaml"))
    let outcome = try tuning.heard(arguments + ["--write"])
    #expect(outcome.status == 0 && outcome.text.contains("| nl | complaint |"))
    let text = try String(contentsOfFile: tuning.lexicons + "/nl/words.yaml", encoding: .utf8)
    #expect(text.contains("words: heard/1\nlanguage: nl\nweights:"))
    #expect(try tuning.heard(["lexicon", "lint", tuning.lexicons]).status == 0)
  }

  @Test func missingCorpus() throws {
    let tuning = try TuningProbe()
    defer { tuning.probe.remove() }
    let outcome = try tuning.heard(["fit", "--lexicons", tuning.lexicons, "/no/such/corpus"])
    #expect(outcome.status == 66)
  }
}
