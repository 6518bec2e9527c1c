import Foundation
import Testing

@testable import HeardIntake

/// A new ledger of either kind, for tests that must hold for both.
enum LedgerKind: String, CaseIterable, CustomTestStringConvertible, Sendable {
  case sqlite
  case postgresql

  var testDescription: String { rawValue }

  /// Opens a new ledger twice, as two processes would, and passes both.
  func with(_ body: (any Ledger, any Ledger, LedgerTampering) throws -> Void) throws {
    switch self {
    case .sqlite:
      let path = NSTemporaryDirectory() + "heard-ledger-\(UUID().uuidString).sqlite"
      defer {
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
      }
      try body(
        Ledgers.open(path, patience: 2000), Ledgers.open(path, patience: 2000),
        LedgerTampering(sqlite: path))
    case .postgresql:
      guard let server = PostgresServer.shared else { return }
      let url = try server.makeDatabase()
      try body(
        Ledgers.open(url, patience: 2000), Ledgers.open(url, patience: 2000),
        LedgerTampering(postgres: url))
    }
  }
}
