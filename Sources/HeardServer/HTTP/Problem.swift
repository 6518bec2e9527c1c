internal import HTTPTypes
internal import Heard
internal import Hummingbird
internal import NIOCore

/// An error as clients see it (RFC 9457, `application/problem+json`).
///
/// Never holds text of a customer.
struct Problem: Error {
  /// One thing wrong in the content of a request.
  struct Detail {
    /// A JSON Pointer (RFC 6901) into the body, or empty.
    var pointer: String
    var message: String
  }

  var status: HTTPResponse.Status
  /// A stable word; the last part of `type`.
  var code: String
  var title: String
  var detail: String
  var errors: [Detail] = []
  var headers: HTTPFields = [:]

  /// Base of `type`.
  static let base = "https://heard.example/problems/"

  /// The answer.
  ///
  /// - Parameter path: of the request; only a path that the server knows, for others may hold
  ///   anything.
  func response(path: String, requestID: String) -> Response {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("type")
    writer.string(Problem.base + code)
    writer.key("title")
    writer.string(title)
    writer.key("status")
    writer.integer(status.code)
    writer.key("detail")
    writer.string(detail)
    if !path.isEmpty {
      writer.key("instance")
      writer.string(path)
    }
    writer.key("requestId")
    writer.string(requestID)
    if !errors.isEmpty {
      writer.key("errors")
      writer.openArray()
      for error in errors {
        writer.openObject()
        writer.key("pointer")
        writer.string(error.pointer)
        writer.key("message")
        writer.string(error.message)
        writer.closeObject()
      }
      writer.closeArray()
    }
    writer.closeObject()
    var headers = headers
    headers[.contentType] = "application/problem+json"
    return Response(
      status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: writer.finish())))
  }
}

extension Problem {
  /// 400: the body is not what its type says.
  static func syntax(_ detail: String, _ errors: [Detail] = []) -> Problem {
    Problem(
      status: .badRequest, code: "syntax", title: "The request cannot be read", detail: detail,
      errors: errors)
  }

  /// 401: no token, or one that nobody gave out.
  static let unauthorized = Problem(
    status: .unauthorized, code: "token-needed", title: "A token is needed",
    detail: "send 'Authorization: Bearer TOKEN' with a token of the server's configuration",
    headers: [.wwwAuthenticate: "Bearer realm=\"heard\""])

  /// 403: a token that is not for this.
  static func forbidden(_ scope: AccessToken.Scope) -> Problem {
    Problem(
      status: .forbidden, code: "scope-needed", title: "The token is not for this",
      detail: "the token needs the scope '\(scope.rawValue)'",
      headers: [
        .wwwAuthenticate:
          "Bearer realm=\"heard\", error=\"insufficient_scope\", scope=\"\(scope.rawValue)\""
      ])
  }

  /// 404.
  static let notFound = Problem(
    status: .notFound, code: "not-found", title: "There is nothing here",
    detail: "GET /openapi.json tells what there is")

  /// 405.
  static func methodNotAllowed(_ allowed: [String]) -> Problem {
    let list = allowed.joined(separator: ", ")
    return Problem(
      status: .methodNotAllowed, code: "method-not-allowed", title: "Not with this method",
      detail: "use \(list)", headers: [.allow: list])
  }

  /// 409: the files on disk cannot be used.
  static func notReloaded(_ detail: String) -> Problem {
    Problem(
      status: .conflict, code: "not-reloaded", title: "The old lexicon and policy stay in use",
      detail: detail)
  }

  /// 413. The connection closes, for the rest of the body may be on its way.
  static func tooLarge(_ limit: Int) -> Problem {
    Problem(
      status: .contentTooLarge, code: "too-large", title: "The body is too large",
      detail: "the limit is \(Quantity.bytes(limit)); send many messages to /v1/batch",
      headers: [.connection: "close"])
  }

  /// 415.
  static func unsupported(_ accepted: [String]) -> Problem {
    Problem(
      status: .unsupportedMediaType, code: "media-type", title: "Not this kind of content",
      detail: "send \(accepted.joined(separator: ", ")), not compressed",
      headers: [.accept: accepted.joined(separator: ", ")])
  }

  /// 422: well-formed, but it cannot be judged.
  static func content(_ detail: String, _ errors: [Detail] = []) -> Problem {
    Problem(
      status: .unprocessableContent, code: "content", title: "The content cannot be used",
      detail: detail, errors: errors)
  }

  /// 429: more of one client than the server does at once.
  static let tooMany = Problem(
    status: .tooManyRequests, code: "too-many", title: "Too much of yours at once",
    detail: "wait for answers before you send more", headers: [.retryAfter: "1"])

  /// 500: the server gave up judging.
  static let tookTooLong = Problem(
    status: .internalServerError, code: "took-too-long", title: "Judging took too long",
    detail: "the message was given up, and another try will not help")

  /// 500: a fault of the server; the log has its request id.
  static let fault = Problem(
    status: .internalServerError, code: "fault", title: "Something went wrong here",
    detail: "try again; the server's log names the request id")

  /// 503: more than the server does at once.
  static func busy(_ detail: String) -> Problem {
    Problem(
      status: .serviceUnavailable, code: "busy", title: "Too much at once", detail: detail,
      headers: [.retryAfter: "1"])
  }
}
