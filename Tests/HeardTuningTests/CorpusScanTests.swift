import Foundation
import HeardCorpus
import HeardInput
import Testing

/// Corpora of every form are read, in order, by any number of workers, and slips are told.
@Suite struct CorpusScanTests {
  @Test func ownFormatAndMails() throws {
    let messages = try CorpusReader.read([Bench.path("corpus")])
    #expect(messages.count == 13)
    #expect(messages.first?.id == "mail-1")
    guard case .mail(let path)? = messages.first?.content else {
      Issue.record("the mail is no mail")
      return
    }
    #expect(path.hasSuffix("corpus/mail/kapot.eml"))
    let second = try #require(messages.first { $0.id == "m-02" })
    #expect(second.labels[.anger] == true)
    #expect(second.labels[.staffTargeted] == false)
    #expect(second.labels[.negative] == nil)
    #expect(second.queue == "cooling")
    #expect(second.sender == "bob@example.nl")
    #expect(second.day == 20_513)
  }

  /// Replies are labelled with what is wrong with them, and are read by `heard reply evaluate`.
  @Test func repliesAreNoMessages() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("heard-scan-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["nl", "replies"] {
      let below = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
      try Data("{\"id\":\"\(name)\",\"lang\":\"nl\",\"text\":\"x\"}\n".utf8)
        .write(to: below.appendingPathComponent("messages.jsonl"))
    }
    #expect(try CorpusReader.read([folder.path]).map(\.id) == ["nl"])
  }

  @Test func mapsForeignLabels() throws {
    let map = try LabelMap([
      "id=ticket", "text=body", "complaint=kind:complaint|grievance", "anger=mood.angry",
      "service=topics:tone",
    ])
    let messages = try CorpusReader.read([Bench.path("foreign.jsonl")], map: map)
    #expect(messages.map(\.id) == ["7", "8", "9"])
    #expect(messages.map { $0.labels[.complaint] } == [true, true, false])
    #expect(messages.map { $0.labels[.anger] } == [false, true, nil])
    #expect(messages.map { $0.labels[.service] } == [false, true, false])
    let fromFile = try CorpusReader.read(
      [Bench.path("foreign.jsonl")], map: LabelMap([Bench.path("label-map.txt")]))
    #expect(fromFile.map { $0.labels[.complaint] } == [true, true, false])
    #expect(fromFile.map { $0.labels[.anger] } == [false, true, nil])
  }

  @Test(arguments: [1, 2, 5]) func orderDoesNotDependOnWorkers(jobs: Int) throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("heard-scan-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: url) }
    let filler = String(repeating: "x", count: 700)
    try (0..<6000).map { "{\"id\":\($0),\"lang\":\"nl\",\"text\":\"\(filler)\"}\n" }.joined()
      .write(to: url, atomically: true, encoding: .utf8)
    let ids = try CorpusScan([url.path], jobs: jobs).map(state: {}) { _, message in message.id }
    #expect(ids == (0..<6000).map(String.init))
  }

  struct Slip: Sendable, CustomTestStringConvertible {
    var name: String
    var says: String
    var run: @Sendable () throws -> Void
    var testDescription: String { name }
  }

  static let slips: [Slip] = [
    Slip(name: "missing file", says: "no such file") {
      _ = try CorpusReader.read(["/nonexistent/x.jsonl"])
    },
    Slip(name: "unknown label", says: "did you mean 'anger'") { _ = try LabelMap(["angr=x"]) },
    Slip(name: "half a map", says: "is no name=") { _ = try LabelMap(["anger="]) },
    Slip(name: "missing map", says: "--label-map takes") { _ = try LabelMap(["/nonexistent"]) },
    Slip(name: "unknown set", says: "did you mean 'corpus'") {
      _ = try Bench.corpus(CorpusFilter(sets: ["corpsu"])).map(state: {}) { _, _ in 1 }
    },
    Slip(name: "unknown language", says: "there is en or nl") {
      _ = try Bench.corpus(CorpusFilter(languages: ["fr-be"])).map(state: {}) { _, _ in 1 }
    },
    Slip(name: "row without text", says: "foreign.jsonl:1: a row needs id") {
      _ = try CorpusReader.read([Bench.path("foreign.jsonl")])
    },
    Slip(name: "no JSON", says: "label-map.txt:1: the line is not one JSON object") {
      _ = try CorpusReader.read([Bench.path("label-map.txt")])
    },
    Slip(name: "empty corpus", says: "the corpus is empty") {
      let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("heard-empty-\(UUID().uuidString).jsonl")
      try Data("\n\n".utf8).write(to: url)
      defer { try? FileManager.default.removeItem(at: url) }
      _ = try CorpusReader.read([url.path])
    },
  ]

  @Test(arguments: slips) func slipsAreTold(_ slip: Slip) throws {
    let error = #expect(throws: InputError.self) { try slip.run() }
    #expect(error?.description.contains(slip.says) == true, "\(error?.description ?? "")")
  }
}
