import Foundation
import HTTPTypes
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization

@testable import HeardServer

/// A server with a small lexicon and policy of its own, in a folder that goes with it.
final class ServerProbe: Sendable {
  let folder: URL
  let logs = LogCollector()
  private let settings: String

  static let lexicon = """
    lexicon: heard/1
    language: en
    theme: test
    entries:
    - id: en.test.broken
      phrase: broken
      evidence: {complaint: 2.5, anger: 0.3, valence: -2}

    """

  static let scoring = """
    scoring: heard/1
    calibration:
    - {kind: complaint, language: en, bias: -2.0, slope: 1.0}
    - {kind: complaint, language: und, bias: -2.0, slope: 1.0}

    """

  static let policy = """
    policy: heard/1
    queues: {complaints: Complaints., general: The rest.}
    fallback: {queue: general, priority: normal}
    rules:
    - {id: complaint, when: {class: complaint}, queue: complaints, priority: normal}

    """

  /// - Parameter settings: lines of a configuration.
  init(_ settings: String = "") throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "heardd-\(UUID().uuidString)", directoryHint: .isDirectory)
    self.settings = settings
    try write("lexicons/en/test.yaml", Self.lexicon)
    try write("lexicons/scoring.yaml", Self.scoring)
    try write("policy.yaml", Self.policy)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ name: String, _ text: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func server() throws -> HeardServer {
    var reader = ConfigurationReader()
    reader.read(
      file: folder.path + "/heardd.yaml",
      text: "heardd: heard/1\nlexicons: lexicons\npolicy: policy.yaml\n\(settings)\n")
    if let problem = reader.problems.first { throw ProbeError(problem.description) }
    let log = Logger(label: "test") { [logs] _ in logs.handler() }
    return try HeardServer(ServerConfiguration(reader), log: log)
  }

  /// Runs the HTTP service and hands a client to `body`.
  func http<Value>(
    _ setup: TestingSetup = .router,
    _ body: @Sendable (any TestClientProtocol) async throws -> Value
  ) async throws -> Value {
    let server = try server()
    let value = try await server.http(.network(host: "127.0.0.1", port: 0)).test(setup, body)
    try await server.pool.stop()
    return value
  }
}

struct ProbeError: Error {
  let message: String
  init(_ message: String) { self.message = message }
}

/// Keeps everything that is logged, at every level.
final class LogCollector: Sendable {
  private let lines = Mutex<[String]>([])

  var text: String { lines.withLock { $0.joined(separator: "\n") } }

  func handler() -> some LogHandler { Handler(collector: self) }

  private struct Handler: LogHandler {
    let collector: LogCollector
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    init(collector: LogCollector) { self.collector = collector }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let more = metadata.merging(event.metadata ?? [:]) { $1 }
      collector.lines.withLock {
        $0.append("\(event.level) \(event.message) \(more)")
      }
    }
  }
}

extension TestClientProtocol {
  /// Sends a body of a type.
  func post(
    _ uri: String, _ type: String, _ body: String, _ headers: HTTPFields = [:]
  ) async throws -> TestResponse {
    var headers = headers
    headers[.contentType] = type
    return try await execute(
      uri: uri, method: .post, headers: headers, body: ByteBuffer(string: body))
  }

  func get(_ uri: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
    try await execute(uri: uri, method: .get, headers: headers)
  }
}

extension TestResponse {
  var text: String { String(buffer: body) }

  /// The body as a JSON object.
  var object: [String: any Sendable] {
    get throws { try Self.object(Data(Array(body.readableBytesView))) }
  }

  /// The lines of the body as JSON objects.
  var objects: [[String: any Sendable]] {
    get throws { try text.split(separator: "\n").map { try Self.object(Data($0.utf8)) } }
  }

  private static func object(_ data: Data) throws -> [String: any Sendable] {
    guard let object = try JSONSerialization.jsonObject(with: data) as? [String: any Sendable]
    else { throw ProbeError("no JSON object") }
    return object
  }
}
