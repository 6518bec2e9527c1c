internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Synchronization

/// Finds the endpoint of a request, asks for a token where one is needed, and makes an answer of
/// whatever comes of it.
struct APIResponder: HTTPResponder {
  typealias Context = APIContext

  private let endpoints: [String: [Endpoint]]
  private let access: AccessControl
  private let metrics: ServerMetrics
  private let log: Logger
  private let underWay: WorkLimit
  private let clients: ClientLimit

  init(
    _ endpoints: [Endpoint], access: AccessControl, metrics: ServerMetrics, log: Logger,
    requests: Int, clientRequests: Int
  ) {
    self.endpoints = Dictionary(grouping: endpoints, by: \.path)
    self.access = access
    self.metrics = metrics
    self.log = log
    underWay = WorkLimit(requests)
    clients = ClientLimit(clientRequests)
  }

  /// Every path with its methods.
  var routes: [String: [String]] {
    endpoints.mapValues { $0.map(\.method.rawValue) }
  }

  func respond(to request: Request, context: APIContext) async -> Response {
    let start = ContinuousClock.now
    let id = RequestName.of(request.headers)
    let path = endpoints[request.uri.path] == nil ? "" : request.uri.path
    var log = log
    log[metadataKey: "request"] = "\(id)"
    if let trace = RequestName.trace(request.headers) { log[metadataKey: "trace"] = "\(trace)" }
    var response: Response
    do {
      response = try await answer(request, context, id: id)
    } catch let problem as Problem {
      if [.serviceUnavailable, .tooManyRequests].contains(problem.status) { metrics.refused() }
      response = problem.response(path: path, requestID: id)
    } catch JudgePool.Refusal.tookTooLong {
      metrics.failed(.judging)
      log.error("judging was given up: it took too long")
      response = Problem.tookTooLong.response(path: path, requestID: id)
    } catch is JudgePool.Refusal {
      metrics.refused()
      response = Problem.busy("all judging threads are busy; try again").response(
        path: path, requestID: id)
    } catch is ChannelError, is CancellationError {
      // The client is gone or the server stops; nobody reads this answer.
      response = Problem.busy("the connection is closing").response(path: path, requestID: id)
    } catch {
      metrics.failed(.http)
      // The kind of error only: what it says could hold a part of the request.
      log.error("a request failed", metadata: ["error": "\(type(of: error))"])
      response = Problem.fault.response(path: path, requestID: id)
    }
    response.headers[.requestID] = id
    response.headers[.xContentTypeOptions] = "nosniff"
    metrics.answered(route: path.isEmpty ? "unknown" : path, status: response.status.code)
    log.debug(
      "answered",
      metadata: [
        "method": "\(request.method.rawValue.prefix(16))", "route": "\(path)",
        "status": "\(response.status.code)",
        "microseconds": "\((ContinuousClock.now - start).microseconds)",
      ])
    return response
  }

  private func answer(
    _ request: Request, _ context: APIContext, id: String
  ) async throws -> Response {
    guard let candidates = endpoints[request.uri.path] else { throw Problem.notFound }
    // HEAD is GET without the body (RFC 9110, 9.3.2).
    let method = request.method == .head ? .get : request.method
    guard let endpoint = candidates.first(where: { $0.method == method }) else {
      let methods = candidates.flatMap {
        $0.method == .get ? ["GET", "HEAD"] : [$0.method.rawValue]
      }
      throw Problem.methodNotAllowed(methods.sorted())
    }
    let token = try endpoint.scope.flatMap { scope throws(Problem) in
      try access.check(request.headers[.authorization], scope)
    }
    var exchange = Exchange(request: request, id: id, path: endpoint.path)
    if endpoint.isWork {
      guard let mine = clients.enter(ClientLimit.client(token, context.remoteAddress)) else {
        throw Problem.tooMany
      }
      guard let place = underWay.enter() else {
        throw Problem.busy("too many requests under way; try again")
      }
      exchange.places = [mine, place]
    }
    let response = try await endpoint.handle(exchange)
    return request.method == .head ? response.createHeadResponse() : response
  }
}

/// How much is under way.
final class WorkLimit: Sendable {
  /// A place among the work under way, given back when nobody holds it any more.
  final class Place: Sendable {
    private let limit: WorkLimit

    fileprivate init(_ limit: WorkLimit) { self.limit = limit }

    deinit { limit.count.subtract(1, ordering: .relaxed) }
  }

  private let limit: Int
  private let count = Atomic(0)

  init(_ limit: Int) { self.limit = limit }

  /// Takes a place; nil when there is none.
  func enter() -> Place? {
    if count.add(1, ordering: .relaxed).newValue <= limit { return Place(self) }
    count.subtract(1, ordering: .relaxed)
    return nil
  }
}

/// Names of requests.
enum RequestName {
  /// The client's name for the request when it is harmless in a log, else a new one.
  static func of(_ headers: HTTPFields) -> String {
    if let given = headers[.requestID], (1...128).contains(given.utf8.count),
      given.utf8.allSatisfy({
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || [0x2D, 0x2E, 0x3A, 0x5F].contains($0)
      })
    {
      return given
    }
    return String(UInt64.random(in: .min ... .max), radix: 36)
  }

  /// The trace id of a valid `traceparent` (W3C Trace Context).
  static func trace(_ headers: HTTPFields) -> String? {
    guard let field = headers[.traceParent], field.utf8.count == 55 else { return nil }
    let parts = field.split(separator: "-")
    guard parts.map(\.utf8.count) == [2, 32, 16, 2],
      parts.allSatisfy({
        $0.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
      })
    else { return nil }
    return String(parts[1])
  }
}

extension Duration {
  /// Whole microseconds.
  var microseconds: Int {
    Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
  }
}
