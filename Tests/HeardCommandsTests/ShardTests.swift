import Foundation
import HeardTestSupport
import Testing

/// All pieces of a corpus, merged, are the bytes of one run: any corpus, any number of pieces, any
/// number of workers, any form of output.
@Suite struct ShardTests {
  static let writers: [ResumeTests.Writer] =
    ResumeTests.writers + [
      .init(name: "out.tsv", arguments: { ["-o", $0] }),
      .init(name: "plain.db", arguments: { ["-o", $0] }),
      .init(name: "desks-tsv", arguments: { ["--per-queue", $0, "--to", "tsv"] }),
      .init(name: "unexplained.jsonl", arguments: { ["-o", $0] }),
    ]

  /// A corpus of random files: none, empty, one record, a record larger than a piece, and many.
  private func corpus(
    _ probe: CommandLineProbe, _ generator: inout SeededGenerator
  ) throws -> [String] {
    var inputs: [String] = []
    func text() -> String {
      let count = [0, 1, 3, 40].randomElement(using: &generator) ?? 0
      return (0..<count).map { _ in BatchCorpus.texts.randomElement(using: &generator) ?? "" }
        .joined(separator: " ")
    }
    for file in 0..<Int.random(in: 1...5, using: &generator) {
      let count = [0, 1, 7, 60].randomElement(using: &generator) ?? 0
      let isEnded = Bool.random(using: &generator)
      var content = ""
      var name = "\(file)"
      switch Int.random(in: 0..<5, using: &generator) {
      case 0:
        name += ".jsonl"
        content = (0..<count).map { number in
          number % 11 == 3 ? "{\"id\":\(number),\n" : "{\"id\":\(number),\"text\":\"\(text())\"}\n"
        }.joined()
      case 1:
        name += ".csv"
        content = "id,text\n" + (0..<count).map { "\($0),\"\(text())\nRegel\"\r\n" }.joined()
      case 2:
        name += ".mbox"
        content = (0..<count).map { number in
          "From a@b.nl Mon Jan  5 10:00:00 2026\nSubject: \(number)\n\n\(text())\n>From x\n\n"
        }.joined()
      case 3:
        for number in 0..<max(1, count / 2) {
          let mail = "Subject: \(number)\n\n\(text())\n"
          _ = try probe.file("\(file)-mails/\(number).eml", mail)
        }
        inputs.append(probe.folder.appendingPathComponent("\(file)-mails").path)
        continue
      default:
        let plain = try probe.file(
          "\(file).ndjson", (0..<count).map { _ in "{\"text\":\"\(text())\"}\n" }.joined())
        let packed = try probe.heard([plain], shell: #"gzip -c "$2""#)
        inputs.append(try probe.file("\(file).ndjson.gz", packed.output))
        continue
      }
      if !isEnded, content.last == "\n" { content.removeLast() }
      inputs.append(try probe.file(name, content))
    }
    return inputs
  }

  @Test(arguments: 0..<6) func anyPiecesMergeToTheWhole(round: Int) throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    var generator = SeededGenerator(seed: 100 + UInt64(round))
    let inputs = try corpus(probe, &generator)
    let bytes = try BatchCorpus(probe, each: 0)
    let writer = ShardTests.writers[round % ShardTests.writers.count]
    // Every form in a long run, two in a short one.
    let isLong = ProcessInfo.processInfo.environment["HEARD_LONG_TESTS"] != nil
    let other = ShardTests.writers[(round + 5) % ShardTests.writers.count]
    for writer in isLong ? ShardTests.writers : [writer, other] {
      func path(_ name: String) -> String {
        probe.folder.appendingPathComponent("out-\(name)-\(writer.name)").path
      }
      let whole = try probe.heard(["run"] + inputs + writer.arguments(path("whole")))
      #expect(whole.status == 0 || whole.status == 65, "\(whole.errors)")
      let count = [1, 2, 3, 5, 9, 40].randomElement(using: &generator) ?? 2
      var pieces: [String] = []
      for number in 1...(min(count, isLong ? 40 : 9)) {
        let piece = path("\(number)")
        let outcome = try probe.heard(
          [
            "run", "--quiet", "--shard", "\(number)/\(min(count, isLong ? 40 : 9))", "--jobs",
            "\(Int.random(in: 1...4, using: &generator))",
          ] + inputs + writer.arguments(piece))
        #expect(outcome.status == 0 || outcome.status == 65, "\(outcome.errors)")
        pieces.append(piece)
      }
      let outcome = try probe.heard(
        ["merge", "-o", path("merged")] + pieces.shuffled(using: &generator))
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(
        try bytes.bytes(path("merged")) == bytes.bytes(path("whole")),
        "\(writer.name), \(pieces.count) pieces of \(inputs.count) inputs")
      let summary = whole.errors.split(separator: "\n").last ?? ""
      #expect(outcome.errors.hasPrefix(summary), "\(outcome.errors) \(summary)")
    }
  }
}
