import Foundation
import Testing

@testable import HeardReport

/// The account of who was told, in a real file.
@Suite struct ToldLedgerTests {
  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("heard-told-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private static func entry(_ sender: String, change: String = "label") -> ToldEntry {
    ToldEntry(theme: "nl.anger.x", change: change, sender: sender, messages: ["m1", "m2"])
  }

  private static let time = "2026-11-22T10:00:00Z"

  @Test func aLockGoesWithItsOwner() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("told.jsonl").path
    func files() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
    }
    #expect(throws: ToldError.self) { try ToldLedger(path, creates: false) }
    #expect(try files().isEmpty)
    do {
      let ledger = try ToldLedger(path, creates: true)
      #expect(try files() == ["told.jsonl.lock"])
      #expect(ledger.entries.isEmpty)
    }
    #expect(try files().isEmpty)
  }

  @Test func recordingAgainChangesNothing() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("told.jsonl").path
    do {
      let ledger = try ToldLedger(path, creates: true)
      #expect(try ledger.record([Self.entry("a"), Self.entry("b")], at: Self.time) == 2)
      #expect(try ledger.record([Self.entry("a")], at: Self.time) == 0)
    }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    do {
      let ledger = try ToldLedger(path, creates: false)
      #expect(ledger.entries.map(\.sender) == ["a", "b"])
      #expect(try ledger.record([Self.entry("b")], at: "2027-01-01T00:00:00Z") == 0)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
      // Another change is told of anew.
      #expect(try ledger.record([Self.entry("b", change: "price")], at: Self.time) == 1)
    }
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode.map { $0 & 0o077 } == 0)
  }

  /// Whatever byte a crash ends at: what was said to be there is there, and it can go on.
  @Test func aCutLineGoes() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = ToldLedger.lines([Self.entry("a"), Self.entry("b")])
    let first = ToldLedger.lines([Self.entry("a")]).count
    for length in [first, first + 1, whole.count - 30, whole.count - 1] {
      let url = folder.appendingPathComponent("cut-\(length).jsonl")
      try Data(whole[..<length]).write(to: url)
      do {
        let ledger = try ToldLedger(url.path, creates: false)
        #expect(ledger.entries.map(\.sender) == ["a"])
        #expect(try ledger.record([Self.entry("c")], at: Self.time) == 1)
      }
      #expect(try ToldLedger(url.path, creates: false).entries.map(\.sender) == ["a", "c"])
    }
  }

  @Test func forgetting() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("told.jsonl").path
    let ledger = try ToldLedger(path, creates: true)
    _ = try ledger.record([Self.entry("a"), Self.entry("b"), Self.entry("c")], at: Self.time)
    #expect(try ledger.forget(["b"]) == 1)
    #expect(try ledger.forget(["b"]) == 0)
    #expect(try !String(contentsOfFile: path, encoding: .utf8).contains("\"b\""))
    #expect(try ledger.record([Self.entry("b"), Self.entry("a")], at: Self.time) == 1)
    #expect(ledger.entries.map(\.sender) == ["a", "c", "b"])
  }

  @Test func pendingIsWhoWasNotTold() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let ledger = try ToldLedger(folder.appendingPathComponent("t").path, creates: true)
    let raised = [("t1", "m1", "a"), ("t1", "m2", "a"), ("t1", "m3", "b"), ("t2", "m4", nil)].map {
      RaisedMessage(theme: $0, text: "", id: $1, time: nil, sender: $2)
    }
    let pending = ledger.pending(raised, change: "label", themes: [])
    #expect(pending.map(\.sender) == ["a", "b", "message:m4"])
    #expect(pending[0].messages == ["m1", "m2"])
    _ = try ledger.record([pending[0]], at: Self.time)
    #expect(ledger.pending(raised, change: "label", themes: ["t1"]).map(\.sender) == ["b"])
    #expect(ledger.pending(raised, change: "other", themes: ["t1"]).count == 2)
  }
}
