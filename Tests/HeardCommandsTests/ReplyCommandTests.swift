import Foundation
import Testing

/// `heard reply` as a user runs it.
@Suite struct ReplyCommandTests {
  static let draft = "Dear Mr Booth,\n\nThank you for writing. You must call us first.\n"

  @Test func findingsAreOneLineEachWithASuggestion() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let path = try probe.file("draft.txt", Self.draft)
    let outcome = try probe.heard(["reply", "check", path])
    #expect(outcome.status == 1)
    #expect(
      outcome.text == """
        \(path):3:24: error: 'You must' sounds like an order [command]
            try: Would you …, so that we can …? Or: Thank you for …

        """)
    #expect(outcome.errors.isEmpty)
    let clean = try probe.heard(
      ["reply", "check"], input: Data("Thank you for writing. We will call you.\n".utf8))
    #expect(clean.status == 0)
    #expect(clean.output.isEmpty)
  }

  @Test func levelDecidesWhatIsPrintedAndTheStatus() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let text = Data("The lamp is small but bright. It is here. It is yours.\n".utf8)
    #expect(try probe.heard(["reply", "check"], input: text).status == 0)
    let notes = try probe.heard(["reply", "check", "--level", "note"], input: text)
    #expect(notes.status == 1)
    for rule in ["adversative", "thanks", "partnership"] {
      #expect(notes.text.contains("[\(rule)]"))
    }
    let one = try probe.heard(
      ["reply", "check", "--level", "note", "--only", "thanks"], input: text)
    #expect(!one.text.contains("[adversative]"))
    let liable = Data("Thank you for writing. We accept full liability.\n".utf8)
    #expect(try probe.heard(["reply", "check"], input: liable).status == 0)
    #expect(try probe.heard(["reply", "check", "--also", "admission"], input: liable).status == 1)
  }

  @Test func theIncomingMessageIsJudged() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let reply = try probe.file("draft.txt", "Dear Mr Booth,\n\nWe have replaced your router.\n")
    let to = try probe.file(
      "in.eml",
      "From: a@example.com\r\nTo: b@example.com\r\nSubject: Router\r\n\r\n"
        + "I am furious!!! Your useless clowns did NOTHING. This is absolutely disgusting!!!\r\n")
    let outcome = try probe.heard(["reply", "check", reply, "--to", to])
    #expect(outcome.status == 1)
    #expect(outcome.text.contains("[acknowledge-first]"))
    #expect(outcome.text.contains("[thanks]"))
    let dutch = try probe.file("nl.txt", "Waar blijft mijn pakket? Ik wacht nu al twee weken.\n")
    let wrong = try probe.heard(["reply", "check", reply, "--to", dutch])
    #expect(wrong.text.contains("the reply is in 'en', the customer wrote in 'nl' [language]"))
  }

  @Test func jsonAndSARIF() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let text = try probe.file("a draft.txt", Self.draft)
    let mail = try probe.file(
      "draft.eml", "From: a@b.example\nTo: c@d.example\nSubject: x\n\n" + Self.draft)
    let json = try probe.heard(["reply", "check", "--format", "json", text, mail])
    #expect(json.status == 1)
    let objects = json.records
    #expect(objects.count == 2)
    for object in objects {
      let finding = try #require((object["findings"] as? [[String: Any]])?.first)
      #expect(finding["text"] as? String == "You must")
      #expect(finding["start"] as? Int == 39)
    }
    let sarif = try probe.heard(["reply", "check", "--format", "sarif", text, mail])
    let log = try #require(
      try JSONSerialization.jsonObject(with: sarif.output) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["ruleId"] as? String } == ["command", "command"])
    func location(_ result: [String: Any]) -> [String: Any]? {
      (result["locations"] as? [[String: Any]])?.first
    }
    let file = try #require(location(results[0])?["physicalLocation"] as? [String: Any])
    let place = try #require(file["artifactLocation"] as? [String: Any])
    #expect((place["uri"] as? String)?.hasSuffix("/a%20draft.txt") == true)
    let region = try #require(file["region"] as? [String: Any])
    #expect(region["startLine"] as? Int == 3)
    #expect(region["startColumn"] as? Int == 24)
    // A mail's body has no lines in the file that the reader could be sent to.
    let other = try #require(location(results[1]))
    #expect((other["physicalLocation"] as? [String: Any])?["region"] == nil)
    #expect((other["logicalLocations"] as? [[String: Any]])?.first?["name"] as? String == "body")
    #expect((results[1]["properties"] as? [String: Any])?["start"] as? Int == 39)
  }

  @Test func rulesAreListed() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let lines = try probe.heard(["reply", "check", "--list"]).text.split(separator: "\n")
    #expect(lines.count == 12)
    #expect(lines.contains { $0.hasPrefix("command\terror\t") })
    #expect(lines.contains { $0.hasPrefix("admission\toff\t") })
  }

  @Test func slipsAreTold() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    for (arguments, status, says) in [
      (["reply", "check", "--only", "comand"], 64, "no rule 'comand'"),
      (["reply", "check", "/nonexistent"], 66, "/nonexistent"),
      (["reply", "check", "/dev/null"], 65, "empty"),
      (["reply", "check", "--replies", "/nonexistent"], 78, "/nonexistent"),
      (["reply", "check", "--replies", "lexicons"], 78, "rules.yaml"),
      (["reply", "evaluate", "/nonexistent"], 66, "/nonexistent"),
      (["reply", "evaluate", "corpus/replies", "--least-recall", "2"], 64, "0 to 1"),
    ] {
      let outcome = try probe.heard(arguments)
      #expect(outcome.status == Int32(status), "\(arguments)")
      #expect(outcome.errors.contains(says), "\(arguments): \(outcome.errors)")
    }
  }

  @Test func figures() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let row =
      #"{"id":"a","lang":"en","text":"Thank you. You must call.","expect":"#
      + #"[{"rule":"command","at":"You must"},{"rule":"challenge","at":"call"}],"split":"tune"}"#
    let path = try probe.file("replies/en.jsonl", row + "\n")
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let outcome = try probe.heard(["reply", "evaluate", folder, "--misses", "--format", "tsv"])
    #expect(outcome.status == 0)
    let lines = outcome.text.split(separator: "\n")
    #expect(lines.contains("en\tcommand\t1\t1\t0\t1.00\t.21–1.00\t1.00\t.21–1.00"))
    #expect(lines.contains("-\ta\tchallenge\tcall"))
    let low = try probe.heard(["reply", "evaluate", folder, "--least-recall", ".9"])
    #expect(low.status == 1)
  }
}
