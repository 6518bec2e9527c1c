import Foundation
import HeardSQLite
import Testing

@testable import HeardBatch

/// A database holds whole blocks, once, and the same bytes however it came about.
@Suite struct DatabaseSinkTests {
  private func block(_ index: Int) -> JudgedBlock {
    let rows = (0..<3).map { number in
      var record = FlatRecord()
      record.id = "\(index)-\(number)"
      record.verdict = FlatRecord.Verdict(
        language: "nl", messageClass: "complaint", scores: [0.9, 0.1, 0.2, 0.3, 0.4],
        tags: ["anger"], anger: 1, signals: [], sentiment: -0.5, queue: "billing",
        priority: "normal", rule: "r", steps: ["a", "b"], obligations: [], repairs: [],
        hits: [
          .init(entry: "nl.x", tag: "complaint", zone: "own", scopes: "", milli: 1200, place: nil),
          .init(
            entry: "nl.y", tag: "anger", zone: "own", scopes: "negation", milli: -300,
            place: ("body", "boos", 3, 7)),
        ])
      return record
    }
    return JudgedBlock(
      index: index, records: [], rows: rows, pieces: [], summaryLines: [],
      statistics: RunStatistics())
  }

  private func sink(_ path: String) -> DatabaseSink {
    DatabaseSink(path, facts: [("schema", "heard/1")], hasHits: true)
  }

  @Test func brokenRunsGiveTheSameBytes() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("heard-sqlite-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = folder.appendingPathComponent("whole.db").path
    let one = sink(whole)
    try one.begin(at: nil)
    for index in 0..<20 { try one.write(block(index)) }
    try one.publish()
    let expected = try Data(contentsOf: URL(fileURLWithPath: whole))
    for broken in stride(from: 0, through: 20, by: 4) {
      let path = folder.appendingPathComponent("broken-\(broken).db").path
      var mark = OutputMark([.init(name: "blocks", length: 0)])
      do {
        let first = sink(path)
        try first.begin(at: nil)
        for index in 0..<broken {
          // The checkpoint is behind what is in the file.
          if index == broken / 2 { mark = try first.synchronize() }
          try first.write(block(index))
        }
      }
      let second = sink(path)
      try second.begin(at: mark)
      for index in (mark.parts.first?.length ?? 0)..<20 { try second.write(block(index)) }
      try second.publish()
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == expected, "after \(broken)")
    }
  }

  @Test func whatIsGoneIsNotGoneOnWith() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("heard-gone-\(UUID().uuidString).db").path
    #expect(throws: RunError.self) {
      try sink(path).begin(at: OutputMark([.init(name: "blocks", length: 3)]))
    }
    #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
  }
}
