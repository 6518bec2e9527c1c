import Foundation
import Testing

/// The sample corpus comes out as it is labelled, to the figures that the project promises.
@Suite struct CorpusTests {
  /// F1 by language and label of `heard evaluate`'s table.
  private func figures(_ arguments: [String]) throws -> [String: Double] {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let outcome = try probe.heard(["evaluate", "--format", "markdown"] + arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    var figures: [String: Double] = [:]
    for line in outcome.text.split(separator: "\n") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 10, cells[0] == "corpus" else { continue }
      figures["\(cells[1]) \(cells[2])"] = Double(
        cells[7].hasPrefix(".") ? "0" + cells[7] : cells[7])
    }
    return figures
  }

  @Test(arguments: ["nl", "pl", "en"]) func figuresHold(language: String) throws {
    let figures = try figures(["--half", "both", "corpus"])
    #expect(try #require(figures["\(language) complaint"]) >= 0.85)
    for tag in ["anger", "expectation-gap", "staff-targeted", "pricing-dispute"] {
      #expect(try #require(figures["\(language) \(tag)"]) >= 0.75, "\(language) \(tag)")
    }
  }

  /// Every mail is judged by its own text: complaint exactly when it is labelled one.
  @Test(arguments: ["nl", "pl", "en"]) func mailsAreJudgedByTheirOwnText(language: String) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let folder = CommandLineProbe.root.appendingPathComponent("corpus/\(language)")
    let labels = try String(
      contentsOf: folder.appendingPathComponent("mail.jsonl"), encoding: .utf8)
    var count = 0
    for line in labels.split(separator: "\n") {
      let label = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let file = try #require(label["file"] as? String)
      let path = folder.appendingPathComponent(file.hasPrefix("mail/") ? file : "mail/\(file)").path
      let record = try #require(
        probe.heard(["classify", "--format", "json", path]).records.first)
      let expected = try #require(label["class"] as? String)
      #expect(
        (record["class"] as? String == "complaint") == (expected == "complaint"),
        "\(file): \(record["class"] ?? "")")
      if expected == "auto" { #expect(record["class"] as? String == "auto", "\(file)") }
      count += 1
    }
    #expect(count >= 12)
  }

  @Test(arguments: ["nl", "pl", "en"]) func thereIsEnoughOfIt(language: String) throws {
    let folder = CommandLineProbe.root.appendingPathComponent("corpus/\(language)")
    let messages = try String(
      contentsOf: folder.appendingPathComponent("messages.jsonl"), encoding: .utf8)
    #expect(messages.split(separator: "\n").count >= 60)
  }
}

/// The three articles that the product grew from are about complaints and are none.
@Suite struct SeedTests {
  @Test func articlesAboutComplaintsAreNone() throws {
    let shared =
      ProcessInfo.processInfo.environment["HEARD_SHARED"]
      ?? CommandLineProbe.root.deletingLastPathComponent().appendingPathComponent("shared").path
    let folder = URL(fileURLWithPath: shared).appendingPathComponent("seeds")
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
      print("SKIPPED: \(folder.path) is missing, so the three articles were not judged")
      return
    }
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    for name in names.filter({ $0.hasSuffix(".txt") }) {
      let path = folder.appendingPathComponent(name).path
      let record = try #require(
        probe.heard(["classify", "--format", "json", "--explain", path]).records.first)
      #expect(record["class"] as? String != "complaint", "\(name)")
      #expect(["nl", "pl"].contains(record["language"] as? String), "\(name)")
      let zones = try #require(record["zones"] as? [[String: Any]])
      #expect(zones.count > 1, "nothing but own text in \(name)")
    }
  }
}
