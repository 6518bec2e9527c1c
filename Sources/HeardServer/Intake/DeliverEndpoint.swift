internal import HTTPTypes
internal import Heard
internal import HeardIntake
internal import Hummingbird

/// `POST /v1/deliver`: a mail is filed for good.
struct DeliverEndpoint: Sendable {
  static let types = ["message/rfc822"]

  /// nil when the configuration has no intake.
  let desk: IntakeDesk?
  /// Bytes of a mail at most.
  let limit: Int
  /// Bytes of all mails under way, by whatever way they come.
  let memory: MemoryBudget

  var endpoints: [Endpoint] {
    [Endpoint(.post, "/v1/deliver", scope: .deliver, isWork: true) { try await answer($0) }]
  }

  private func answer(_ exchange: Exchange) async throws -> Response {
    guard let desk else {
      throw Problem(
        status: .notImplemented, code: "no-intake", title: "This server files nothing",
        detail: "set intake.maildir and intake.ledger in its configuration")
    }
    _ = try exchange.bodyType(Self.types)
    let envelope = try Self.envelope(exchange.request)
    var share = memory.share()
    let body = try await exchange.body(limit: limit, share: &share)
    guard !body.isEmpty else { throw Problem.syntax("the body is empty; send a mail") }
    let results = await desk.accept(
      body, sender: envelope.sender, recipients: [envelope.recipient], from: "http")
    guard case .success(let receipt)? = results.first else {
      throw Problem.busy("the mail could not be filed; keep it and try again")
    }
    var writer = JSONWriter()
    writer.openObject()
    writer.key("status")
    writer.string(receipt.status.rawValue)
    writer.key("duplicate")
    writer.json((receipt.isDuplicate ? "true" : "false").utf8)
    writer.key("queue")
    writer.string(receipt.queue)
    writer.key("sequence")
    writer.integer(receipt.sequence)
    writer.key("digest")
    writer.string(receipt.digest)
    writer.closeObject()
    return ServiceEndpoints.json(writer.finish())
  }

  /// Sender and recipient, as header fields: addresses do not belong in URLs, which are logged.
  private static func envelope(_ request: Request) throws(Problem) -> Envelope {
    guard (request.uri.query ?? "").isEmpty else {
      throw Problem.syntax("there is no query here; name sender and recipient in header fields")
    }
    return Envelope(
      sender: try address(request.headers[.heardSender]),
      recipient: try address(request.headers[.heardRecipient]))
  }

  private static func address(_ field: String?) throws(Problem) -> String {
    let field = field ?? ""
    guard field.utf8.count <= 320, field.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Problem.syntax("an address is up to 320 visible ASCII characters")
    }
    return field
  }
}
