internal import AsyncAlgorithms
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// `POST /v1/batch`: lines of JSON in, records out, in their order, while more come in.
///
/// Nothing is collected: when the client does not read, the server does not either. A client may
/// wait for a record before it sends the next line.
struct BatchEndpoint: Sendable {
  static let types = ["application/x-ndjson", "application/jsonl"]

  let judge: MessageJudge
  /// Bytes of a line at most.
  let lineLimit: Int
  /// Blocks of lines that are judged at the same time.
  let width: Int

  var endpoints: [Endpoint] {
    [Endpoint(.post, "/v1/batch", scope: .judge, isWork: true) { try answer($0) }]
  }

  private func answer(_ exchange: Exchange) throws -> Response {
    _ = try exchange.bodyType(Self.types)
    let explain = try Self.explains(exchange.request.uri.query)
    let body = exchange.request.body
    let places = exchange.places
    return Response(
      status: .ok, headers: [.contentType: "application/x-ndjson"],
      body: .init { writer in
        try await stream(body, explain: explain, to: &writer)
        // The places among the work under way are given back with the end of the stream.
        withExtendedLifetime(places) {}
        try await writer.finish(nil)
      })
  }

  private static func explains(_ query: String?) throws(Problem) -> Bool {
    switch query ?? "" {
    case "", "explain=false": false
    case "explain=true": true
    default:
      throw Problem.syntax("the query can be explain=true or explain=false, and nothing else")
    }
  }

  private func stream(
    _ body: RequestBody, explain: Bool, to writer: inout any ResponseBodyWriter
  ) async throws {
    let blocks = AsyncThrowingChannel<Task<[UInt8], any Error>, any Error>()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          var cutter = LineCutter(limit: lineLimit)
          for try await buffer in body {
            let lines = cutter.take(buffer.readableBytesView)
            if !lines.isEmpty { await blocks.send(task(lines, explain)) }
          }
          let rest = cutter.finish()
          if !rest.isEmpty { await blocks.send(task(rest, explain)) }
          blocks.finish()
        } catch {
          blocks.fail(error)
        }
      }
      for try await block in blocks.buffer(policy: .bounded(width)) {
        try await writer.write(ByteBuffer(bytes: block.value))
      }
      try await group.waitForAll()
    }
  }

  private func task(
    _ lines: [(number: Int, bytes: [UInt8]?)], _ explain: Bool
  ) -> Task<[UInt8], any Error> {
    Task { try await judge.records(of: lines, explain: explain) }
  }
}
