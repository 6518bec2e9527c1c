internal import HTTPTypes
internal import Heard
internal import HeardMail
internal import HeardReply
internal import Hummingbird

/// `POST /v1/reply-check`: what is wrong with the wording of a reply.
struct ReplyEndpoint: Sendable {
  static let types = ["application/json"]

  let pool: JudgePool
  let store: PipelineStore
  /// Bytes of a body at most.
  let bodyLimit: Int

  var endpoints: [Endpoint] {
    [Endpoint(.post, "/v1/reply-check", scope: .judge, isWork: true) { try await answer($0) }]
  }

  private func answer(_ exchange: Exchange) async throws -> Response {
    let type = try exchange.bodyType(Self.types)
    guard ["", "utf-8"].contains(type.charset) else { throw Problem.unsupported(Self.types) }
    let body = try await exchange.body(limit: bodyLimit)
    let current = store.current
    guard let wording = current.wording else {
      throw Problem(
        status: .notImplemented, code: "no-wording", title: "This server checks no replies",
        detail: "set replies in its configuration to the folder of wording lexicons")
    }
    let result = try await pool.withWorker(of: current) { bench -> Result<[UInt8], Problem> in
      do throws(Problem) {
        let request = try StrictJSON.read(body, ReplyRequest.self)
        let reply = PlainText.message(text: Array(request.reply.utf8), id: nil)
        let incoming = request.incoming.flatMap {
          IncomingMessage(bench.worker.judge($0.message, id: .none))
        }
        let findings = bench.checker(wording).check(reply, to: incoming)
        var writer = JSONWriter()
        ReplyReport(name: request.id, reply: reply, wording: wording, findings: findings)
          .write(into: &writer)
        return .success(writer.finish())
      } catch {
        return .failure(error)
      }
    }
    return ServiceEndpoints.json(try result.get())
  }
}
