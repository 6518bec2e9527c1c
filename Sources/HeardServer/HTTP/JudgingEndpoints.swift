internal import FoundationEssentials
internal import HTTPTypes
internal import Heard
internal import HeardMail
internal import HeardText
internal import Hummingbird
internal import NIOCore

/// `POST /v1/classify` and `/v1/explain`: one message, one record.
struct JudgingEndpoints: Sendable {
  static let types = ["message/rfc822", "text/plain", "application/json"]

  let judge: MessageJudge
  /// Bytes of a body at most.
  let bodyLimit: Int

  var endpoints: [Endpoint] {
    [
      Endpoint(.post, "/v1/classify", scope: .judge, isWork: true) {
        try await answer($0, explain: false)
      },
      Endpoint(.post, "/v1/explain", scope: .judge, isWork: true) {
        try await answer($0, explain: true)
      },
    ]
  }

  private func answer(_ exchange: Exchange, explain: Bool) async throws -> Response {
    let type = try exchange.bodyType(Self.types)
    let body = try await exchange.body(limit: bodyLimit)
    guard !body.isEmpty else { throw Problem.syntax("the body is empty; send a message") }
    let input: MessageJudge.Input
    switch type.name {
    case "message/rfc822": input = .mail(body)
    case "text/plain": input = .text(body, charset: type.charset)
    default:
      guard ["", "utf-8"].contains(type.charset) else { throw Problem.unsupported(Self.types) }
      input = .json(body)
    }
    let (record, digest) = try await judge.record(of: input, explain: explain)
    return Response(
      status: .ok, headers: [.contentType: "application/json", .heardLexicon: digest],
      body: .init(byteBuffer: ByteBuffer(bytes: record)))
  }
}
