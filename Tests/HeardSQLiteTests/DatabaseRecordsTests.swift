import Foundation
import GRDB
import HeardBatch
import HeardInput
import HeardSQLite
import Testing

/// A database that somebody else changed is refused, or read as far as it goes; it ends no process.
@Suite struct DatabaseRecordsTests {
  /// Makes a database as `heard run` does, changed by a statement.
  private func records(_ change: String) throws -> [JudgedRecord] {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("heard-records-\(UUID().uuidString).db").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let queue = try DatabaseQueue(path: path)
    try queue.write { database in
      try database.execute(
        sql: """
          CREATE TABLE about (name, value);
          INSERT INTO about VALUES ('lexicon', 'sha256:01');
          CREATE TABLE decisions (id, message, status, language, class, tags, anger, signals, queue,
            time, sender, error_code);
          INSERT INTO decisions VALUES (1, 'a', 'ok', 'nl', 'complaint', 'anger', 2, '', 'desk',
            '2026-03-02T09:00:00Z', NULL, NULL);
          CREATE TABLE hits (decision, number, entry, form, zone);
          INSERT INTO hits VALUES (1, 1, 'nl.a.b', 'boos', 'own');
          """)
      try database.execute(sql: change)
    }
    try queue.close()
    var found: [JudgedRecord] = []
    try DatabaseRecords.read(path, wantsHits: true) { found.append(copy $0) }
    return found
  }

  @Test func isReadAsItWas() throws {
    let found = try records("")
    #expect(found.map(\.anger) == [2])
    #expect(found.first?.hits == [.init(entry: "nl.a.b", form: "boos", zone: "own")])
  }

  @Test(arguments: [
    "UPDATE about SET name = NULL", "UPDATE about SET name = x'ff'",
    "UPDATE decisions SET id = 'x'", "UPDATE decisions SET id = NULL",
    "UPDATE decisions SET anger = 'furious'", "UPDATE decisions SET anger = 1e300",
    "UPDATE decisions SET tags = x'80ff'", "UPDATE hits SET decision = 'x'",
  ])
  func columnsOfSomethingElseAreRefused(change: String) throws {
    do {
      let found = try records(change)
      // SQLite turns some of them into what is asked for.
      #expect(found.allSatisfy { (0...3).contains($0.anger) })
    } catch let error as InputError {
      #expect(error.code == .unknownForm)
      #expect(!error.description.contains("boos"))
    }
  }

  @Test func angerThatIsNoLevelIsNone() throws {
    #expect(try records("UPDATE decisions SET anger = 17").map(\.anger) == [0])
  }
}
