import HeardClassifier
import HeardLexicon
import HeardMail
import HeardReply
import HeardText

@testable import HeardDeadlines
@testable import HeardRedaction
@testable import HeardRouter
@testable import HeardRouterTools
@testable import HeardSources
@testable import HeardStaff

/// What managers write: policies, deadlines, staff and rules of wording.
enum RuleTargets {
  static let all = [policy, deadlines, staff, wording]

  static let policy = FuzzTarget(
    name: "policy",
    seeds: ["policies/default.yaml", "Tests/HeardTuningTests/Fixtures/policy.yaml"],
    words: [
      "policy: heard/1\n", "queues: {a: x, b: y}\n", "fallback: {queue: a, priority: normal}\n",
      "rules:\n", "- {id: r, when: {class: complaint}, queue: b}\n", "also:\n", "strategy: best\n",
      "conditions:\n", "promises:\n", "when: {any: [", "all: [", "not: {", "anger: \">= 2\"",
      "tag: anger", "signal: safety", "language: nl", "header: {", "sender: \"*@x.nl\"",
      "received: ",
      "examples: [\"", "counterexamples: [", "include: [a.yaml]", "steps: [", "obligations: [",
      "score: {complaint: \"> 0.5\"}", "thread: ", "zones: ", "Europe/Amsterdam", "08:00-17:30",
    ], limit: 2048
  ) { input in
    let policy: Policy
    do throws(PolicyError) {
      let read = try Policy.read(file: "p.yaml", text: input.text)
      try? Laws.problems(read.warnings)
      policy = read.policy
    } catch {
      return try Laws.error(error)
    }
    let report = policy.check()
    try Laws.problems(report.problems)
    let names = Set(policy.queues.map(\.name))
    for facts in facts {
      let decision = policy.decide(facts)
      try hold(
        names.contains(decision.queue) || decision.queue == Policy.asBefore,
        "a queue that there is not")
      let told = policy.explain(facts)
      try hold(
        told.queue == decision.queue && told.rule == decision.rule, "explaining decides anew")
      _ = policy.reasons(facts)
      _ = policy.passedOver(facts)
      _ = policy.nearestChanges(facts)
    }
    for line in SieveScript().text(policy, name: "p").utf8.split(separator: 0x0A)
    where line.first != UInt8(ascii: "#") {
      var isEscaped = false
      var marks = 0
      for byte in line {
        if byte == UInt8(ascii: "\""), !isEscaped { marks += 1 }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      }
      try hold(marks % 2 == 0, "a string of the script is not closed")
    }
  }

  private static let facts: [Facts] = {
    var mail = Message()
    mail.sender = Mailbox(name: "A", address: "a@x.nl")
    mail.headers = [HeaderField(name: "Subject", value: "b")]
    mail.date = 1_800_000_000
    mail.parts = [TextPart(name: .body, bytes: Array("boos".utf8), zones: [])]
    var angry = Assessment()
    angry.messageClass = .complaint
    angry.anger = 3
    angry.tags = [.anger, .staffTargeted]
    return [
      Facts(assessment: Assessment(), message: Message()), Facts(assessment: angry, message: mail),
    ]
  }()

  static let deadlines = FuzzTarget(
    name: "deadlines", seeds: ["policies/deadlines.yaml"],
    words: [
      "deadlines: heard/1\n", "regimes:\n", "calendars:\n", "bindings:\n", "14 days", "6 weeks",
      "15 business days", "1 month", "2026-12-25", "Europe/Warsaw", "easter", "holidays: ",
      "within: ",
    ], limit: 2048
  ) { input in
    do throws(PolicyError) {
      let read = try DeadlineRules.read(files: [("d.yaml", input.text)])
      try? Laws.problems(read.warnings)
    } catch {
      try Laws.error(error)
    }
  }

  static let staff = FuzzTarget(
    name: "staff",
    words: [
      "staff: heard/1\n", "id,given,surname,manager,team\n", "people:\n", "- {id: a, ",
      "given: Anna",
      "surname: Nowak", "manager: b", "aliases: [", "van der ", "teams:\n", "name: ",
      "gender: female",
      "Nowaka", "mevrouw ", "pan ", "\u{1}",
    ], limit: 2048
  ) { input in
    let isTable = input.choice(2) == 1
    let halves = input.text.split(
      separator: "\u{1}", maxSplits: 1, omittingEmptySubsequences: false)
    let directory: StaffDirectory
    do throws(PolicyError) {
      let read = try StaffDirectory.read(
        file: isTable ? "s.csv" : "s.yaml", text: String(halves[0]))
      try? Laws.problems(read.warnings)
      directory = read.directory
    } catch {
      return try Laws.error(error)
    }
    let text = Array((halves.count > 1 ? String(halves[1]) : String(halves[0])).utf8)
    for found in StaffMatcher(directory).mentions(in: text) {
      try hold(
        found.range.start < found.range.end && Int(found.range.end) <= text.count,
        "a mention beyond the text")
    }
    guard let key = RedactionKey(Array(repeating: 7, count: 16)) else { return }
    let redacted = Redactor(key: key, staff: directory).redact(text)
    try hold(String(validating: redacted.bytes, as: UTF8.self) != nil, "a character was cut")
  }

  static let wording = FuzzTarget(
    name: "reply-rules", seeds: ["replies/rules.yaml"],
    words: [
      "reply-rules: heard/1\n", "rules:\n", "enabled: [", "levels: {", "suggestions:\n", "warning",
      "error", "note", "off", "nl: ", "pl: ", "en: ",
    ]
  ) { input in
    do throws(LexiconError) {
      _ = try ReplySettings(file: "rules.yaml", text: input.text)
    } catch {
      try Laws.error(error)
    }
  }
}
