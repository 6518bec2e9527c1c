import Foundation
import HeardTestSupport
import Testing

/// The record is what the published schema says, key for key.
@Suite struct RecordSchemaTests {
  /// Every record of the corpus, with and without explanation, and error records.
  @Test(arguments: [true, false]) func recordsMeetTheSchema(explain: Bool) throws {
    let validator = "/usr/bin/python3"
    guard FileManager.default.isExecutableFile(atPath: validator) else {
      print("SKIPPED: no \(validator) to run the JSON Schema validator with")
      return
    }
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let bad = try probe.file("bad.jsonl", "{\"id\":7}\n{\"id\":\"x\",\"text\":\"Hallo\"}\n")
    let key = try probe.file("key", "0123456789abcdef")
    let output = probe.folder.appendingPathComponent("out.jsonl").path
    let corpora = ["nl", "pl", "en"].flatMap {
      ["corpus/\($0)/messages.jsonl", "corpus/\($0)/mail"]
    }
    let outcome = try probe.heard(
      ["run", "-o", output]
        + (explain ? ["--explain", "--with-meta", "--sender-key", key] : []) + corpora + [bad])
    #expect(outcome.status == 65, "one bad record: \(outcome.errors)")
    let script = try probe.file(
      "validate.py",
      """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      validator = jsonschema.Draft202012Validator(schema)
      def owed(number, record):
          # What the default policy promises, message by message, and the evidence of each duty.
          because = record["because"]
          assert because[0]["by"] == record["rule"], number
          for key in ("steps", "obligations"):
              assert {one for b in because for one in b[key]} == set(record[key]), (number, key)
          for b in because:
              assert all(0 <= hit < len(record["hits"]) for hit in b["hits"]), number
              assert b["facts"] or b["by"] == "fallback", number
          steps, duties = record["steps"], record["obligations"]
          heated = record["class"] == "complaint" and record["anger"] >= 2
          if heated and "safety" not in record["signals"]:
              assert steps[:3] == ["acknowledge", "cool", "solve"], number
          if "staff-targeted" in record["tags"]:
              assert "involve-staff-member" in duties, number
              assert "not-only-to-the-person-complained-of" in duties, number
          if heated and "pricing-dispute" in record["tags"]:
              assert "second-look-at-refund" in duties, number
          if "passed-around" in record["signals"]:
              assert "warm-hand-over" in duties and "keep-one-owner" in duties, number
          if "public-threat" in record["signals"]:
              assert "move-to-private" in duties, number
      for number, line in enumerate(open(sys.argv[2]), 1):
          record = json.loads(line)
          if "because" in record: owed(number, record)
          for error in validator.iter_errors(json.loads(line)):
              sys.exit(f"record {number}: {error.message[:300]} {[e.message[:200] for e in error.context or []]}")
      """)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: validator)
    process.arguments = [
      script, CommandLineProbe.root.appendingPathComponent("docs/record.schema.json").path, output,
    ]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.end() == 0, "\(said)")
  }

  @Test func keysComeInTheirOrder() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let outcome = try probe.heard(
      ["classify", "--format", "json"], input: Data("Ik ben woedend over de rekening!".utf8))
    var rest = outcome.text[...]
    for key in [
      "schema", "id", "status", "language", "languages", "class", "scores", "tags", "anger",
      "signals", "sentiment", "queue", "priority", "rule", "steps", "obligations", "lexicon",
      "policy", "version",
    ] {
      let place = try #require(rest.range(of: "\"\(key)\":"), "no \(key) in its place")
      rest = rest[place.upperBound...]
    }
  }

  /// There is no way to say who is right, or that a customer is unfit: not by a key, not by a value,
  /// not by the name of a queue, rule, step or obligation.
  @Test func theSchemaCannotJudgeAnybody() throws {
    let file = CommandLineProbe.root.appendingPathComponent("docs/record.schema.json")
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    let words = [
      "justified", "unjustified", "founded", "unfounded", "unfit", "fault", "guilty", "liar",
      "troublemaker", "blacklist", "deserving", "right", "wrong", "valid", "customer",
    ]
    var keys: [String] = []
    var values: [String] = []
    func walk(_ node: Any) {
      if let object = node as? [String: Any] {
        // Without this anybody could add what is left out.
        if object["properties"] != nil, object["type"] as? String == "object" {
          #expect(object["additionalProperties"] as? Bool == false)
        }
        keys += ((object["properties"] as? [String: Any]) ?? [:]).keys
        values += (object["enum"] as? [String]) ?? []
        if let constant = object["const"] as? String { values.append(constant) }
        object.values.forEach(walk)
      } else if let list = node as? [Any] {
        list.forEach(walk)
      }
    }
    walk(schema)
    #expect(keys.count > 30 && values.count > 30, "the walk sees the schema")
    for word in words {
      #expect(!keys.contains { $0.lowercased().contains(word) })
      #expect(!values.contains { $0.split(separator: "-").contains { $0 == word } })
    }
    #expect(keys.filter { $0.contains("merit") } == ["merit"])
    // Names that a policy chooses are free but for words that judge.
    let judged = try #require((schema["$defs"] as? [String: Any])?["judged"] as? [String: Any])
    let properties = try #require(judged["properties"] as? [String: Any])
    #expect((properties["merit"] as? [String: String])?["const"] == "unassessed")
    for key in ["queue", "rule"] {
      #expect((properties[key] as? [String: String])?["$ref"] == "#/$defs/name")
    }
    for key in ["steps", "obligations"] {
      let items = (properties[key] as? [String: Any])?["items"] as? [String: String]
      #expect(items?["$ref"] == "#/$defs/name")
    }
  }

  /// The schema and the reader of policies refuse the same names.
  @Test func judgingNamesAreRefusedTwice() throws {
    let validator = "/usr/bin/python3"
    guard FileManager.default.isExecutableFile(atPath: validator) else {
      print("SKIPPED: no \(validator) to run the JSON Schema validator with")
      return
    }
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let script = try probe.file(
      "names.py",
      """
      import json, re, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      name = jsonschema.Draft202012Validator(schema["$defs"]["name"])
      pattern = schema["$defs"]["name"]["not"]["pattern"]
      words = re.search(r"\\)\\((.*)\\)\\(", pattern).group(1).split("|")
      for word in words:
          assert not name.is_valid(word) and not name.is_valid("look-" + word + "-twice"), word
          print(word)
      for fine in ["billing", "second-look-at-refund", "fault-reports", "wrong-item", "rights"]:
          assert name.is_valid(fine), fine
      record = {"merit": "justified"}
      merit = schema["$defs"]["judged"]["properties"]["merit"]
      assert not jsonschema.Draft202012Validator(merit).is_valid("justified")
      """)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: validator)
    process.arguments = [
      script, CommandLineProbe.root.appendingPathComponent("docs/record.schema.json").path,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    #expect(process.end() == 0)
    #expect(words.count > 40)
    let queues = words.map { "  \($0): x" }.joined(separator: "\n")
    let policy = try probe.file(
      "p.yaml", "policy: heard/1\nqueues:\n  rest: y\n\(queues)\nfallback: {queue: rest}\n")
    let outcome = try probe.heard(["policy", "check", policy])
    #expect(outcome.status == 78)
    for word in words { #expect(outcome.errors.contains("'\(word)' says who is right"), "\(word)") }
  }

  /// Every step and every obligation is in the reason that gave it, and the reasons point at hits.
  @Test func obligationsCarryTheirEvidence() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let outcome = try probe.heard(
      ["classify", "--format", "json", "--explain"],
      input: Data(
        "You refuse to refund what you charged twice, and your agent was rude. I am furious!".utf8))
    let record = try #require(outcome.records.first)
    let because = try #require(record["because"] as? [[String: Any]])
    let hits = try #require(record["hits"] as? [[String: Any]])
    #expect(because.first?["by"] as? String == record["rule"] as? String)
    for key in ["steps", "obligations"] {
      let given = because.flatMap { $0[key] as? [String] ?? [] }
      #expect(Set(given) == Set(try #require(record[key] as? [String])), "\(key)")
    }
    #expect(
      Set(try #require(record["obligations"] as? [String])).isSuperset(of: [
        "involve-staff-member", "not-only-to-the-person-complained-of", "second-look-at-refund",
      ]))
    #expect(record["steps"] as? [String] == ["acknowledge", "cool", "solve"])
    for reason in because {
      let places = try #require(reason["hits"] as? [Int])
      #expect(!places.isEmpty && places.allSatisfy { hits.indices.contains($0) })
      #expect((reason["facts"] as? [String])?.isEmpty == false)
    }
    #expect(record["merit"] as? String == "unassessed")
  }
}

/// Law 4 as a reader of the output sees it.
@Suite struct ExplanationTests {
  @Test(arguments: [
    "De medewerker was ronduit onbeschoft en ik ben woedend!!",
    "Pobrano mi opłatę dwa razy. To skandal!",
    "You charged me twice for May and your agent hung up on me.",
  ]) func contributionsAddUp(text: String) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let outcome = try probe.heard(
      ["classify", "--format", "json", "--explain"], input: Data(text.utf8))
    let record = try #require(outcome.records.first)
    let hits = try #require(record["hits"] as? [[String: Any]])
    let scores = try #require(record["scores"] as? [String: Double])
    for tag in ["complaint", "anger"] {
      let milli = hits.filter { $0["tag"] as? String == tag }
        .reduce(0) { $0 + Int((($1["contribution"] as? Double ?? 0) * 1000).rounded()) }
      let slope = try self.slope(of: tag, in: record["language"] as? String ?? "")
      let score = 1 / (1 + exp(-slope * Double(milli) / 1000))
      #expect(abs(score - (scores[tag] ?? 0)) < 0.00006, "\(tag): \(milli)")
    }
    let bytes = Array(text.utf8)
    for hit in hits {
      guard let range = hit["bytes"] as? [Int], let form = hit["form"] as? String else { continue }
      #expect(String(decoding: bytes[range[0]..<range[1]], as: UTF8.self) == form)
    }
  }

  /// The slope of a score's calibration, as the scoring file has it.
  private func slope(of tag: String, in language: String) throws -> Double {
    let scoring = try String(
      contentsOf: CommandLineProbe.root.appendingPathComponent("lexicons/scoring.yaml"),
      encoding: .utf8)
    let line = try #require(
      scoring.split(separator: "\n").first {
        $0.contains("kind: \(tag),") && $0.contains("language: \(language),")
      })
    let value = try #require(line.split(separator: "slope:").last)
    let digits = String(value.filter { $0.isNumber || $0 == "." })
    return try #require(Double(digits))
  }
}
