internal import HTTPTypes
internal import Heard
internal import HeardClassifier
internal import HeardLexicon
internal import HeardRouter
internal import Hummingbird
internal import NIOCore

/// What tells about the server: health, metrics, version, lexicons, its own description; and reload.
struct ServiceEndpoints: Sendable {
  let store: PipelineStore
  let metrics: ServerMetrics
  let pool: JudgePool
  let state: ServerState
  let reload: @Sendable () async throws(PipelineStore.LoadError) -> PipelineStore.Current

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/livez") { _ in Self.text("ok\n") },
      Endpoint(.get, "/readyz") { _ in ready() },
      Endpoint(.get, "/healthz") { _ in ready() },
      Endpoint(.get, "/metrics") { _ in scrape() },
      Endpoint(.get, "/version") { _ in version() },
      Endpoint(.get, "/openapi.json") { _ in
        Self.json(PackageResources.openapi_json, type: "application/openapi+json;version=3.1")
      },
      Endpoint(.get, "/v1/lexicons") { lexicons($0) },
      Endpoint(.post, "/v1/reload", scope: .reload) { _ in try await reloaded() },
    ]
  }

  /// 200 as long as messages are judged, also when the last reload failed; 503 at the end.
  private func ready() -> Response {
    guard !state.isStopping else { return Self.text("stopping\n", .serviceUnavailable) }
    return Self.text(state.hasFailedReload ? "ok; the last reload failed\n" : "ok\n")
  }

  private func scrape() -> Response {
    let current = store.current
    let text = metrics.text(
      lexicon: current.pipeline.lexicon.digest, policy: current.pipeline.policy.digest,
      waiting: pool.waiting)
    return Self.text(text, type: "text/plain; version=0.0.4; charset=utf-8")
  }

  private func version() -> Response {
    let current = store.current
    var writer = JSONWriter()
    writer.openObject()
    writer.key("version")
    writer.string(Version.current)
    writer.key("schema")
    writer.string(Version.schema)
    writer.key("lexicon")
    writer.string(current.pipeline.lexicon.digest)
    writer.key("policy")
    writer.string(current.pipeline.policy.digest)
    writer.closeObject()
    return Self.json(writer.finish())
  }

  private func lexicons(_ exchange: Exchange) -> Response {
    let current = store.current
    let digest = current.pipeline.lexicon.digest
    let tag = "\"\(digest)\""
    let known = exchange.request.headers[.ifNoneMatch] ?? ""
    // Weak or strong, one of several, or any (RFC 9110, 13.1.2).
    if known == "*" || known.split(separator: ",").contains(where: { $0.contains(tag) }) {
      return Response(status: .notModified, headers: [.eTag: tag])
    }
    var response = Self.json(describe(current))
    response.headers[.eTag] = tag
    return response
  }

  private func describe(_ current: PipelineStore.Current) -> [UInt8] {
    let pipeline = current.pipeline
    var writer = JSONWriter()
    writer.openObject()
    writer.key("lexicon")
    writer.string(pipeline.lexicon.digest)
    writer.key("policy")
    writer.string(pipeline.policy.digest)
    writer.key("version")
    writer.string(Version.current)
    writer.key("languages")
    writer.openArray()
    for (language, count) in current.entryCounts {
      writer.openObject()
      writer.key("language")
      writer.string(language)
      writer.key("entries")
      writer.integer(count)
      writer.closeObject()
    }
    writer.closeArray()
    writer.key("frames")
    writer.integer(pipeline.lexicon.frames.count)
    writer.key("queues")
    writer.strings(pipeline.policy.queues.map(\.name))
    writer.key("rules")
    writer.integer(pipeline.policy.rules.count)
    writer.closeObject()
    return writer.finish()
  }

  private func reloaded() async throws -> Response {
    do throws(PipelineStore.LoadError) {
      return Self.json(describe(try await reload()))
    } catch {
      throw Problem.notReloaded(error.description)
    }
  }

  static func json(_ bytes: [UInt8], type: String = "application/json") -> Response {
    Response(
      status: .ok, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private static func text(
    _ text: String, _ status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8"
  ) -> Response {
    Response(
      status: status, headers: [.contentType: type, .cacheControl: "no-store"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}
