import Foundation
import Testing

/// What commands say of what was asked, so that a slip is no silent wrong answer.
@Suite struct HintTests {
  /// An inbox that nobody labelled has no halves.
  @Test func aConcordanceReadsAllOfAnInbox() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let lines = (0..<40).map { "{\"id\":\"m\($0)\",\"text\":\"Mijn pakket is weg.\"}\n" }
    let inbox = try probe.file("inbox.jsonl", lines.joined())
    let all = try probe.heard(["concordance", "pakket", inbox])
    #expect(all.errors.contains("40 places in 40 messages"), "\(all.errors)")
    let half = try probe.heard(["concordance", "pakket", inbox, "--half", "tune"])
    #expect(!half.errors.contains("in 40 messages"), "\(half.errors)")
  }

  @Test func entriesOfOtherLanguagesAreNotDead() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let text = "The order was late. Het pakket is weg. Paczka nie dotarła."
    let corpus = try probe.file(
      "mixed.jsonl", "{\"id\":\"1\",\"lang\":\"en\",\"text\":\"\(text)\"}\n")
    let outcome = try probe.heard([
      "frequencies", corpus, "--language", "en", "--dead", "--format", "json",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!outcome.records.isEmpty)
    #expect(outcome.records.allSatisfy { $0["lang"] as? String == "en" })
  }

  /// A frame that cannot fire in a language is no near miss there.
  @Test func nearMissesAreOfTheLanguage() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let outcome = try probe.heard(
      ["explain", "--format", "json"],
      input: Data(
        "The clerk at the desk took the order on Monday. I complained to the manager.".utf8))
    let misses = (outcome.records.first?["nearMisses"] as? [[String: Any]] ?? [])
      .compactMap { $0["entry"] as? String }
    #expect(!misses.isEmpty, "\(outcome.text)")
    #expect(!misses.contains { $0.contains(".nl-") || $0.contains(".pl-") }, "\(misses)")
  }

  /// What decided is the mark, not the word in front of it; of a long name the end is shown.
  @Test func theRowSaysWhatDecided() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let path = try probe.file("a-letter-with-a-long-name.txt", "Are you open on Saturday?")
    let row = try probe.heard(["classify", path]).text
    #expect(row.contains(" question "), "\(row)")
    #expect(!row.contains("Saturday"), "\(row)")
    #expect(row.hasPrefix("…"), "\(row)")
  }

  @Test func thePageHasStepsAndShares() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let text = "Ik wacht al drie weken op mijn pakket en ben woedend. You charged me twice for May!"
    let page = try probe.heard(["explain", "--format", "html"], input: Data(text.utf8)).text
    #expect(page.contains("<dt>steps</dt><dd>"))
    #expect(page.contains(" %, "), "the shares of both languages")
  }

  /// Nothing encoded leaves `redact` as it came.
  @Test func mailsAreRedactedDecoded() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let secret = "Mevrouw Jansen belde op 06-12345678 over NL91 ABNA 0417 1643 00."
    let base64 = Data(secret.utf8).base64EncodedString()
    let html =
      "<p>Mevrouw Jan<b>sen</b> belde op 06-12345678 over NL91&nbsp;ABNA&nbsp;0417&nbsp;1643&nbsp;00.</p>"
    for (type, body) in [
      ("text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", base64),
      ("text/html; charset=utf-8", html),
    ] {
      let mail = try probe.file(
        "mail.eml",
        "From: Piet Jansen <piet@example.org>\nSubject: Rekening\nMIME-Version: 1.0\n"
          + "Content-Type: \(type)\n\n\(body)\n")
      let outcome = try probe.heard(["redact", mail])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(
        outcome.text.contains("Rekening") && outcome.text.contains("«IBAN:"), "\(outcome.text)")
      for leak in ["Jansen", "12345678", "0417", base64.prefix(20).description, "example.org"] {
        #expect(!outcome.text.contains(leak), "\(leak) in \(outcome.text)")
      }
      #expect(try probe.heard(["redact", "--spans", mail]).status == 65)
    }
    for (name, bytes) in [
      ("packed.gz", Data([0x1F, 0x8B, 8, 0])), ("page.html", Data("<!DOCTYPE html><p>x".utf8)),
    ] {
      let outcome = try probe.heard(["redact", try probe.file(name, bytes)])
      #expect(outcome.status == 65 && outcome.text.isEmpty, "\(name)")
    }
  }

  /// Where operations.md installs: the program in bin, the lexicon compiled in share/heard.
  @Test func anInstalledImageIsFound() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let script = """
      set -e
      mkdir -p here/bin here/share/heard/policies elsewhere
      cp "$(command -v heard)" here/bin/heard
      heard lexicon build "\(CommandLineProbe.root.path)/Tests/HeardCommandsTests/Fixtures/writers/lexicons" \
        -o here/share/heard/lexicon.compiled >/dev/null
      cp "\(CommandLineProbe.root.path)/policies/default.yaml" here/share/heard/policies/
      cd elsewhere
      echo 'Mijn pakket is kapot.' | ../here/bin/heard classify --format json
      """
    let outcome = try probe.shell(script)
    #expect(outcome.status == 0 && outcome.text.contains("\"class\""), "\(outcome.text)")
  }

  /// Looking at a cases file that is not there makes none.
  @Test func aMistypedCasesFileIsNotMade() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let path = probe.folder.appendingPathComponent("nosuch.db").path
    for command in [["deadlines"], ["explain"], ["handover"], ["forget", "--expire"]] {
      let outcome = try probe.heard(command + ["--cases", path], input: Data("x".utf8))
      #expect(outcome.status == 66, "\(command): \(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: path))
      #expect(!FileManager.default.fileExists(atPath: path + ".key"))
    }
  }
}
