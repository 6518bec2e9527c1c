import Foundation
import Testing

/// Laws 7 and 8: one record out for each in, in order, the same bytes however it is run.
@Suite struct RunTests {
  private static let corpora = ["nl", "pl", "en"].flatMap {
    ["corpus/\($0)/messages.jsonl", "corpus/\($0)/mail"]
  }

  @Test func sameBytesHoweverItIsRun() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    var outputs: [Data] = []
    let ways: [(jobs: String, environment: [String: String])] = [
      ("1", [:]), ("2", ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"]),
      ("8", ["TZ": "Pacific/Kiritimati", "LC_ALL": "C"]),
    ]
    for way in ways {
      let outcome = try probe.heard(
        ["run", "--quiet", "--explain", "--jobs", way.jobs] + RunTests.corpora,
        environment: way.environment)
      #expect(outcome.status == 0, "\(outcome.errors)")
      outputs.append(outcome.output)
    }
    #expect(outputs[0].count > 100_000)
    #expect(outputs[0] == outputs[1])
    #expect(outputs[0] == outputs[2])
  }

  @Test func everyRecordComesOutInItsPlace() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    var lines: [String] = []
    for number in 0..<5000 {
      lines.append(
        number % 97 == 13
          ? "{\"id\":\(number),\"text\":"
          : "{\"id\":\(number),\"text\":\"Pakket \(number) is kapot.\"}")
      if number % 50 == 0 { lines.append("") }
    }
    let path = try probe.file("in.jsonl", lines.joined(separator: "\n"))
    let outcome = try probe.heard(["run", "--jobs", "3", path])
    #expect(outcome.status == 65)
    let records = outcome.records
    #expect(records.count == 5000)
    for (number, record) in records.enumerated() {
      if number % 97 == 13 {
        #expect(record["status"] as? String == "error")
      } else {
        #expect(record["id"] as? Int == number)
      }
    }
  }

  @Test func aBrokenRunLeavesNoFile() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let path = try probe.file("in.jsonl", "{\"text\":\"x\"}\n")
    let output = probe.folder.appendingPathComponent("out.jsonl").path
    let outcome = try probe.heard(["run", path, "/nonexistent.jsonl", "-o", output])
    #expect(outcome.status == 66)
    #expect(!FileManager.default.fileExists(atPath: output))
    #expect(!FileManager.default.fileExists(atPath: output + ".partial"))
  }

  @Test func aReaderThatGoesAwayIsNoError() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let line = "{\"id\":1,\"text\":\"De levering is te laat.\"}\n"
    let path = try probe.file("in.jsonl", String(repeating: line, count: 20_000))
    let outcome = try probe.heard(
      ["run", "--quiet", path], shell: "{ \"$@\"; echo $? >&2; } | head -n 1")
    #expect(outcome.errors.hasSuffix("0\n"), "\(outcome.errors)")
    #expect(outcome.records.count == 1)
  }

  @Test func linesOfTextAreMessages() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let outcome = try probe.heard(
      ["run", "--from", "text", "-"], input: Data("Ik ben woedend!\n\nBedankt.\r\n".utf8))
    #expect(outcome.records.map { $0["id"] as? String } == ["1", "3"])
  }
}
