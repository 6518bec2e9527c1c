import Foundation
import HeardTestSupport
import Synchronization

@testable import HeardIntake

/// A PostgreSQL server of the tests' own, on a unix socket, stopped when the tests end.
final class PostgresServer: Sendable {
  /// The server; nil, said aloud, where PostgreSQL is not installed.
  static let shared: PostgresServer? = {
    do {
      return try PostgresServer()
    } catch {
      FileHandle.standardError.write(
        Data("SKIPPED: the PostgreSQL ledger was not tested: \(error)\n".utf8))
      return nil
    }
  }()

  private struct Missing: Error, CustomStringConvertible {
    var description: String
  }

  private let folder: String
  private let count = Mutex(0)
  private static let running = Mutex<Int32>(0)

  private init() throws {
    // Short: the path of a socket has 107 bytes at most.
    folder = "/tmp/heard-pg-\(UInt32.random(in: 0...UInt32.max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if geteuid() == 0 { try Self.run(["/usr/bin/chown", "postgres", folder]) }
    try Self.run(
      Self.asPostgres("initdb")
        + ["-D", "\(folder)/data", "-A", "trust", "-U", "heard", "-E", "UTF8", "--no-locale", "-N"])
    let server = Process()
    let command =
      try Self.asPostgres("postgres")
      + ["-D", "\(folder)/data", "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
    server.executableURL = URL(fileURLWithPath: command[0])
    server.arguments = Array(command.dropFirst())
    server.standardOutput = FileHandle.nullDevice
    server.standardError = FileHandle.nullDevice
    try server.run()
    Self.running.withLock { $0 = server.processIdentifier }
    let folder = folder
    Self.stops.withLock { $0 = folder }
    atexit {
      kill(PostgresServer.running.withLock { $0 }, SIGTERM)
      usleep(300_000)
      try? FileManager.default.removeItem(atPath: PostgresServer.stops.withLock { $0 })
    }
    for _ in 0..<200 {
      if (try? PostgresConnection(url("postgres"))) != nil { return }
      usleep(50_000)
    }
    throw Missing(description: "the server did not start")
  }

  private static let stops = Mutex("")

  /// A new, empty database, and its URL.
  func makeDatabase() throws -> String {
    let name = count.withLock { count in
      count += 1
      return "heard\(count)"
    }
    try PostgresConnection(url("postgres")).run("CREATE DATABASE \(name)")
    return url(name)
  }

  private func url(_ database: String) -> String {
    "postgresql://heard@/\(database)?host=\(folder)"
  }

  /// The program, as the user that PostgreSQL is willing to be.
  private static func asPostgres(_ program: String) throws -> [String] {
    var places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(program)" }
    let debian = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
    places += versions.map { "\(debian)/\($0)/bin/\(program)" }
    guard let path = places.first(where: FileManager.default.isExecutableFile) else {
      throw Missing(description: "there is no \(program)")
    }
    return geteuid() == 0 ? ["/usr/sbin/runuser", "-u", "postgres", "--", path] : [path]
  }

  private static func run(_ command: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    guard process.end() == 0 else {
      throw Missing(description: "\(command.joined(separator: " ")) failed")
    }
  }
}
