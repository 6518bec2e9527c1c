internal import HTTPTypes
internal import Hummingbird

/// A request on its way to an answer.
struct Exchange: Sendable {
  let request: Request
  /// Echoed to the client, and in every line of the log.
  let id: String
  /// The endpoint's path.
  let path: String
  /// Places among the work under way, held as long as the answer is being made, by whoever makes it.
  var places: [any Sendable] = []

  /// The body, whole.
  ///
  /// - Parameter limit: bytes; more is a problem, and the rest is not read.
  func body(limit: Int) async throws -> [UInt8] {
    var share = MemoryBudget(.max).share()
    return try await body(limit: limit, share: &share)
  }

  /// The body, whole, of which `share` holds the bytes; no room for them is a problem too.
  func body(limit: Int, share: inout MemoryBudget.Share) async throws -> [UInt8] {
    if let declared = request.headers[.contentLength], let length = Int(declared), length > limit {
      throw Problem.tooLarge(limit)
    }
    var bytes: [UInt8] = []
    for try await buffer in request.body {
      guard bytes.count + buffer.readableBytes <= limit else { throw Problem.tooLarge(limit) }
      guard share.resize(to: bytes.count + buffer.readableBytes) else {
        throw Problem.busy("too much mail is under way; keep it and try again")
      }
      bytes.append(contentsOf: buffer.readableBytesView)
    }
    return bytes
  }

  /// The type of the body, which must be one of `accepted`.
  func bodyType(_ accepted: [String]) throws(Problem) -> BodyType {
    let encoding = request.headers[.contentEncoding]?.lowercased() ?? "identity"
    guard let type = BodyType(request.headers[.contentType]), accepted.contains(type.name),
      encoding == "identity"
    else { throw Problem.unsupported(accepted) }
    return type
  }
}

/// A path and a method, and what they do.
struct Endpoint: Sendable {
  let method: HTTPRequest.Method
  let path: String
  /// What a client's token must allow; nil: anybody may.
  let scope: AccessToken.Scope?
  /// Whether it counts as work under way; health and metrics must answer when all is busy.
  let isWork: Bool
  let handle: @Sendable (Exchange) async throws -> Response

  init(
    _ method: HTTPRequest.Method, _ path: String, scope: AccessToken.Scope? = nil,
    isWork: Bool = false, _ handle: @escaping @Sendable (Exchange) async throws -> Response
  ) {
    self.method = method
    self.path = path
    self.scope = scope
    self.isWork = isWork
    self.handle = handle
  }
}
