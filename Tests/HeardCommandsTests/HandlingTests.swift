import Foundation
import HeardTestSupport
import Testing

/// Staff, deadlines, conversations and packets as a user meets them, on real mails.
@Suite struct HandlingCommandTests {
  static let staff = """
    staff: heard/1
    teams:
    - {id: shop, lead: lead, queue: complaints}
    people:
    - {id: head, name: Maria van Dijk}
    - {id: lead, name: Tomasz Zając, team: shop, manager: head}
    - {id: kevin, name: Kevin Bakker, team: shop}
    - {id: radek, name: Radosław Wróbel, team: shop}
    - {id: els, name: Els de Boer, team: shop}
    """
  static let bindings = """
    deadlines: heard/1
    bindings:
    - {id: nl, recipient: "*@voorbeeldwinkel.example", regimes: [nl-financial], remind: [3 days]}
    - {id: pl, recipient: "*@example.pl", regimes: [pl-consumer], days-off: extend, remind: [2 days]}
    """

  private func parties(_ record: [String: Any]?) -> [String] {
    (record?["parties"] as? [[String: Any]] ?? []).map {
      "\($0["role"] ?? "")=\(($0["people"] as? [String] ?? []).joined(separator: "|"))"
    }
  }

  @Test(arguments: [
    ("nl/mail/05-vijf-weken-bank.eml", ["assignee=lead", "to-be-heard=kevin"], "de-escalation"),
    ("pl/mail/02-latin2-qp-konsultant.eml", ["assignee=lead", "to-be-heard=radek"], "complaints"),
    ("nl/mail/03-toch-opgelost.eml", ["addressed=els"], nil),
    ("nl/mail/06-vieze-kamer.eml", [], nil),
  ]) func whoIsHeardAndWhoTakesIt(mail: String, expected: [String], queue: String?) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let staff = try probe.file("staff.yaml", Self.staff)
    let outcome = try probe.heard([
      "classify", "--format", "json", "--staff", staff, "corpus/\(mail)",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let record = outcome.records.first
    #expect(parties(record) == expected)
    if let queue { #expect(record?["queue"] as? String == queue) }
  }

  @Test func idsBecomeTokensWithAKey() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let staff = try probe.file("staff.yaml", Self.staff)
    let key = try probe.file("key", "0123456789abcdef")
    let mail = "corpus/nl/mail/05-vijf-weken-bank.eml"
    let outcome = try probe.heard(
      ["classify", "--format", "json", "--staff", staff, "--staff-key", key, mail])
    let people = parties(outcome.records.first)
    #expect(people.count == 2)
    #expect(people.allSatisfy { $0.contains("=«PERSON:") }, "\(people)")
    #expect(!outcome.text.contains("kevin\""))
    let redacted = try probe.heard(
      ["redact", "--staff", staff, "--redact-key", key, "-"],
      input: Data("Kevin Bakker, Kevins chef, mevrouw De Boer".utf8))
    let token = people.last?.split(separator: "=").last.map(String.init) ?? "?"
    #expect(redacted.text.hasPrefix("\(token), \(token) chef"), "\(redacted.text)")
    #expect(!redacted.text.contains("Boer"))
  }

  /// Nothing is added unless it is asked for.
  @Test func withoutOptionsTheRecordIsAsItWas() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let outcome = try probe.heard(
      ["classify", "--format", "json", "corpus/nl/mail/05-vijf-weken-bank.eml"])
    let record = try #require(outcome.records.first)
    for key in ["parties", "due", "thread", "received"] { #expect(record[key] == nil) }
  }

  @Test func recordsAndPacketsMeetTheirSchemas() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let options = [
      "--staff", try probe.file("staff.yaml", Self.staff), "--deadlines",
      try probe.file("ours.yaml", Self.bindings), "--cases", probe.folder.path + "/c.db",
      "--retain", "3000d",
    ]
    let output = probe.folder.appendingPathComponent("out.jsonl").path
    let run = try probe.heard(
      ["run", "-o", output] + options + [
        "corpus/nl/mail", "corpus/pl/mail", "corpus/en/mail", "corpus/nl/messages.jsonl",
      ])
    #expect(run.status == 0, "\(run.errors)")
    try expect(output, toMeet: "docs/record.schema.json", probe)
    let packets = try probe.heard(["handover", "--format", "json"] + options + Self.mails())
    #expect(packets.status == 0, "\(packets.errors)")
    #expect(packets.records.count == 48)
    try expect(
      try probe.file("packets.jsonl", packets.output), toMeet: "docs/handover.schema.json", probe)
    let numbers = packets.records.flatMap { $0["callBack"] as? [[String: Any]] ?? [] }
      .compactMap { $0["number"] as? String }
    #expect(numbers.contains("+31100000000"))
    #expect(numbers.contains("+48600000111"))
  }

  /// Explaining takes longer than judging, so it is done only where somebody reads it or staff are to be
  /// told apart: whether it is done changes nothing of what is decided.
  @Test(arguments: [["staff"], ["deadlines"], ["staff", "deadlines"]])
  func explainingChangesNoDecision(_ rules: [String]) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let texts = ["staff": Self.staff, "deadlines": Self.bindings]
    let options = try rules.flatMap { rule in
      ["--\(rule)", try probe.file("\(rule).yaml", texts[rule] ?? "")]
    }
    // Two are named, and one of them is complained of.
    let two = try probe.file(
      "two.jsonl",
      """
      {"id":"two","text":"Els de Boer put me through. Kevin Bakker was rude and hung up on me."}
      """)
    func handled(_ more: [String]) throws -> [String] {
      let outcome = try probe.heard(
        ["run"] + options + more + ["corpus/nl/mail", "corpus/pl/mail", "corpus/en/mail", two])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let keys = ["id", "queue", "priority", "rule", "steps", "obligations", "parties", "due"]
      return try outcome.records.map { record in
        let part = record.filter { keys.contains($0.key) }
        return String(
          decoding: try JSONSerialization.data(withJSONObject: part, options: .sortedKeys),
          as: UTF8.self)
      }
    }
    let plain = try handled([])
    #expect(plain == (try handled(["--explain"])))
    #expect(plain.count == 49)
    for (rule, key) in [("staff", "assignee"), ("deadlines", "pl-consumer")] {
      #expect(plain.contains { $0.contains(key) } == rules.contains(rule), "\(rule)")
    }
  }

  /// The mails of the corpus.
  private static func mails() throws -> [String] {
    try ["nl", "pl", "en"].flatMap { language in
      let folder = CommandLineProbe.root.appendingPathComponent("corpus/\(language)/mail").path
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        .map { "\(folder)/\($0)" }
    }
  }

  /// Every line of a file is what a schema says.
  private func expect(_ file: String, toMeet schema: String, _ probe: CommandLineProbe) throws {
    let validator = "/usr/bin/python3"
    guard FileManager.default.isExecutableFile(atPath: validator) else {
      print("SKIPPED: no \(validator) to run the JSON Schema validator with")
      return
    }
    let script = try probe.file(
      "validate.py",
      """
      import json, sys, jsonschema
      validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
      for number, line in enumerate(open(sys.argv[2]), 1):
          for error in validator.iter_errors(json.loads(line)):
              sys.exit(f"line {number}: {error.message[:300]}")
      """)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: validator)
    process.arguments = [
      script, CommandLineProbe.root.appendingPathComponent(schema).path, file,
    ]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.end() == 0, "\(said)")
  }

  @Test func aConversationStaysAtOneDeskUntilItHeats() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    func letter(_ number: Int, _ text: String) throws -> String {
      try probe.file(
        "mail/\(number).eml",
        """
        From: Sanne <sanne@example.org>
        To: help@shop.example
        Subject: \(number == 1 ? "" : "Re: ")Factuur van mei
        Message-ID: <m\(number)@example.org>
        Date: Mon, \(number + 10) Mar 2024 09:00:00 +0100
        Content-Type: text/plain; charset=utf-8

        \(text)
        """)
    }
    let first = try letter(1, "Er is twee keer 39 euro afgeschreven. Ik wil het bedrag terug.")
    let second = try letter(2, "Ik wacht nog steeds op antwoord over mijn klacht.")
    let third = try letter(3, "DIT IS SCHANDALIG!!! Ik ben woedend, stelletje oplichters!!!")
    let cases = ["--cases", probe.folder.path + "/c.db", "--retain", "3000d"]
    func queues(_ files: [String]) throws -> [String] {
      let outcome = try probe.heard(["classify", "--format", "json"] + cases + files)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return outcome.records.map {
        let thread = $0["thread"] as? [String: Any]
        return "\($0["queue"] ?? "") \(thread?["contacts"] ?? 0) \(thread?["trend"] ?? "-")"
      }
    }
    let expected = ["billing 0 -", "billing 1 steady", "de-escalation 2 rising"]
    #expect(try queues([first, second, third]) == expected)
    #expect(try queues([first, second, third]) == expected, "a redelivery changes nothing")
    let forgotten = try probe.heard(["forget"] + cases + ["sanne@example.org"])
    #expect(forgotten.text == "3 messages forgotten\n", "\(forgotten.errors)")
    #expect(try queues([third]) == ["de-escalation 0 -"])
    let both = try probe.heard(["run", "--jobs", "2"] + cases + [first])
    #expect(both.status == 64)
  }

  /// Processes that begin a file together, and its key, take every mail in once.
  @Test func severalProcessesKeepOneAccount() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    func remembered(_ name: String, shell: String?) throws -> String {
      let cases = ["--cases", "\(probe.folder.path)/\(name)", "--retain", "3000d"]
      let outcome = try probe.heard(
        ["classify", "--format", "json"] + cases + Self.mails(), shell: shell)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try probe.heard(["forget", "--expire"] + cases).text
    }
    let alone = try remembered("one.db", shell: nil)
    let together = try remembered(
      "many.db",
      shell: "\"$@\" >/dev/null & \"$@\" >/dev/null & \"$@\"; status=$?; wait; exit $status")
    #expect(alone == together)
    #expect(alone.hasSuffix(" messages are remembered\n"), "\(alone)")
  }

  @Test func whatIsDueIsListedRemindedAndDone() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let cases = ["--cases", probe.folder.path + "/c.db", "--retain", "3000d"]
    let ours = try probe.file("ours.yaml", Self.bindings)
    let records = probe.folder.appendingPathComponent("out.jsonl").path
    let run = try probe.heard(
      ["run", "corpus/nl/mail", "corpus/pl/mail", "--deadlines", ours, "-o", records] + cases)
    #expect(run.status == 0, "\(run.errors)")
    func list(_ options: [String]) throws -> CommandLineProbe.Outcome {
      try probe.heard(["deadlines"] + cases + ["--at", "2024-03-24T10:00:00Z"] + options)
    }
    let all = try list(["--format", "json"])
    #expect(all.records.count > 10)
    let dates = all.records.compactMap { $0["due"] as? String }
    #expect(dates == dates.sorted())
    let fromRecords = try probe.heard(
      ["deadlines", "--format", "json", "--at", "2024-03-24T10:00:00Z", records])
    #expect(fromRecords.records.compactMap { $0["due"] as? String } == dates)
    let soon = try list(["--within", "2d"])
    #expect(soon.text.contains("2024-03-25T23:59:59+01:00  1 day"), "\(soon.text)")
    #expect(try list(["--overdue"]).text == "nothing is due\n")
    #expect(try list(["--format", "csv"]).text.hasPrefix("due,local,days_left"))
    let calendar = try list(["--format", "ics"]).text
    #expect(calendar.hasPrefix("BEGIN:VCALENDAR\r\n") && calendar.hasSuffix("END:VCALENDAR\r\n"))
    #expect(calendar.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })

    let spool = probe.folder.appendingPathComponent("spool").path
    let reminded = try list(["--remind", "--maildir", spool])
    #expect(reminded.status == 0, "\(reminded.errors)")
    let box = "\(spool)/reminders/new"
    let mails = try FileManager.default.contentsOfDirectory(atPath: box)
    #expect(!mails.isEmpty)
    let mail = try String(contentsOfFile: "\(box)/\(mails[0])", encoding: .utf8)
    #expect(mail.contains("\nAuto-Submitted: auto-generated\n"))
    #expect(mail.contains("\nX-Heard-Due: 2024-03-2"))
    #expect(try list(["--remind"]).text.isEmpty, "each once")
    let later = try probe.heard(
      ["deadlines", "--remind", "--at", "2024-04-10T10:00:00Z"] + cases)
    #expect(later.records.allSatisfy { $0["queue"] as? String == "reminders" })
    #expect(!later.records.isEmpty)

    let id = try #require(all.records.first?["message"] as? String)
    let before = all.records.filter { $0["message"] as? String == id }.count
    #expect(try list(["--answered", id]).errors.contains("\(before) clocks stopped"))
    #expect(try list(["--format", "json"]).records.count == all.records.count - before)
    #expect(try list(["--answered", id]).status == 1, "nothing runs any more")
  }

  @Test func thePacketIsOnePageInThreeForms() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let letter = try probe.file(
      "letter.txt",
      """
      U had bevestigd dat de monteur <b>donderdag</b> zou komen. Er is niemand verschenen.
      Ik heb al drie keer gebeld. Bel mij op 06-12345678.
      """)
    let text = try probe.heard(["handover", letter])
    #expect(text.status == 0, "\(text.errors)")
    for piece in [
      "+31612345678 (nl, offered", "EXPECTED\n- U had bevestigd", "- Er is niemand verschenen.",
      "phone: Ik heb al drie keer gebeld.",
    ] {
      #expect(text.text.contains(piece), "\(piece) in \(text.text)")
    }
    let html = try probe.heard(["handover", "--format", "html", letter]).text
    #expect(html.hasPrefix("<!doctype html>") && html.hasSuffix("</html>\n"))
    #expect(html.contains("&lt;b&gt;donderdag") && !html.contains("<b>"))
    #expect(!html.contains("http:") && !html.contains("<script"))
    let packet = try #require(
      try probe.heard(["handover", "--format", "json", letter]).records.first)
    #expect(packet["callBackFound"] as? Bool == true)
    #expect((packet["callBack"] as? [[String: Any]])?.first?["number"] as? String == "+31612345678")
    let none = try probe.heard(["handover", "corpus/nl/mail/05-vijf-weken-bank.eml"])
    #expect(none.text.contains("none in the message: ask for one"))
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let status: Int32
    let says: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(arguments: [
    Wrong(arguments: ["deadlines"], status: 64, says: "--cases"),
    Wrong(arguments: ["deadlines", "--remind", "x.jsonl"], status: 64, says: "--cases FILE"),
    Wrong(arguments: ["deadlines", "nowhere.jsonl"], status: 66, says: "nowhere.jsonl"),
    Wrong(arguments: ["forget", "a@b"], status: 64, says: "--cases"),
    Wrong(
      arguments: ["classify", "--staff", "nowhere.yaml", "README.md"], status: 78,
      says: "nowhere.yaml: the staff directory cannot be read"),
    Wrong(
      arguments: ["classify", "--staff", "policies/default.yaml", "README.md"], status: 78,
      says: "policies/default.yaml:"),
    Wrong(arguments: ["classify", "--received", "yesterday"], status: 64, says: "2026-11-21T10"),
    Wrong(
      arguments: [
        "classify", "--cases", "/nowhere/c.db", "--cases-key", ".swift-format", "README.md",
      ],
      status: 73, says: "/nowhere/c.db"),
    Wrong(
      arguments: ["forget", "--cases", "README.md", "--cases-key", ".swift-format", "a@b"],
      status: 78,
      says: "no database of heard"),
    Wrong(
      arguments: ["deadlines", "--check", "policies/default.yaml"], status: 78, says: "unknown key"),
    Wrong(
      arguments: ["staff", "check", "policies/deadlines.yaml"], status: 78, says: "unknown key"),
  ]) func mistakesAreSaid(wrong: Wrong) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let outcome = try probe.heard(wrong.arguments)
    #expect(outcome.status == wrong.status, "\(outcome.errors)")
    #expect(outcome.errors.contains(wrong.says), "\(outcome.errors)")
  }

  @Test func theShippedRegimesAreSound() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let ours = try probe.file("ours.yaml", Self.bindings)
    let outcome = try probe.heard(["deadlines", "--check", ours])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.contains("2 bindings"))
  }
}
