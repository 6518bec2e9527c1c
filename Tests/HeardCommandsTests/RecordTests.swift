import Foundation
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
      for number, line in enumerate(open(sys.argv[2]), 1):
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
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(said)")
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

  /// There is no way to say who is right, or that a customer is unfit.
  @Test func nobodyIsJudged() throws {
    let schema = try String(
      contentsOf: CommandLineProbe.root.appendingPathComponent("docs/record.schema.json"),
      encoding: .utf8)
    for word in ["merit", "justified", "unfit", "fault", "customer_score"] {
      #expect(!schema.contains("\"\(word)"))
    }
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
