import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import HeardServer

private let token = "heard_0123456789abcdef"
private let digest = String(decoding: AccessToken.digest(token.utf8), as: UTF8.self)
private let tokens = """
  http:
    tokens:
    - {name: ops, sha256: \(digest), scopes: [reload]}
  """

@Suite("Service")
struct ServiceTests {
  @Test func aTokenNeedsItsScope() async throws {
    try await ServerProbe(tokens + "\n  open: false").http { client in
      let bearer: HTTPFields = [.authorization: "Bearer \(token)"]
      #expect(
        try await client.execute(uri: "/v1/reload", method: .post, headers: bearer).status == .ok)
      // Known, but not for this; unknown; of another kind; none.
      let judged = try await client.post("/v1/classify", "text/plain", "broken", bearer)
      #expect(judged.status == .forbidden)
      for field in ["Bearer \(token)x", "Bearer ", "Basic \(token)", token] {
        let response = try await client.execute(
          uri: "/v1/reload", method: .post, headers: [.authorization: field])
        #expect(response.status == .unauthorized)
        #expect(response.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
      }
      #expect(try await client.get("/livez").status == .ok)
    }
  }

  /// A bad lexicon keeps the old one, and says so: status, log, metric, `/readyz`.
  @Test func aBadReloadKeepsTheOld() async throws {
    let probe = try ServerProbe(tokens)
    try await probe.http { client in
      let bearer: HTTPFields = [.authorization: "Bearer \(token)"]
      func reload() async throws -> TestResponse {
        try await client.execute(uri: "/v1/reload", method: .post, headers: bearer)
      }
      func judge(_ text: String) async throws -> [String: any Sendable] {
        try await client.post("/v1/classify", "text/plain", text).object
      }
      let before = try await judge("The lamp is broken.")
      try probe.write("lexicons/en/test.yaml", "lexicon: heard/1\nlanguage: xx\n")
      let refused = try await reload()
      #expect(refused.status == .conflict)
      #expect(refused.text.contains("test.yaml:2"))
      #expect(
        try await judge("The lamp is broken.")["lexicon"] as? String == before["lexicon"] as? String
      )
      #expect(try await client.get("/readyz").status == .ok)
      #expect(try await client.get("/readyz").text.contains("reload failed"))
      #expect(
        try await client.get("/metrics").text.contains("heard_lexicon_reload_failures_total 1\n"))
      #expect(probe.logs.text.contains("the old ones stay"))

      try probe.write(
        "lexicons/en/test.yaml",
        ServerProbe.lexicon.replacing("phrase: broken", with: "phrase: cracked"))
      #expect(try await reload().status == .ok)
      #expect(try await judge("The lamp is broken.")["class"] as? String == "other")
      #expect(try await judge("The lamp is cracked.")["class"] as? String == "complaint")
      #expect(try await client.get("/readyz").text == "ok\n")
    }
  }

  @Test func countsWhatItDoes() async throws {
    try await ServerProbe().http { client in
      _ = try await client.post("/v1/classify", "text/plain", "It is broken.")
      _ = try await client.post("/v1/classify", "application/json", "{")
      _ = try await client.get("/secret-name-of-a-customer")
      let text = try await client.get("/metrics").text
      for line in [
        #"heard_messages_total{class="complaint",lang="en"} 1"#,
        #"heard_routed_total{queue="complaints"} 1"#,
        "heard_classify_duration_seconds_count 1",
        #"heard_classify_duration_seconds_bucket{le="+Inf"} 1"#,
        #"heard_http_responses_total{route="/v1/classify",status="400"} 1"#,
        #"heard_http_responses_total{route="unknown",status="404"} 1"#,
        "heard_fallback_total 0",
      ] { #expect(text.split(separator: "\n").contains(line[...]), "\(line)") }
      #expect(text.contains(#"heard_lexicon_info{digest="sha256:"#))
      #expect(!text.contains("secret-name"))
    }
  }

  /// No text of a message, and nothing a client chose freely, is logged, at any level.
  @Test func logsNoTextOfMessages() async throws {
    let probe = try ServerProbe("log: {level: trace}")
    let marker = "zxqvjkw"
    try await probe.http(.live) { client in
      for path in ["/v1/classify", "/v1/explain"] {
        _ = try await client.post(path, "text/plain", "broken \(marker)")
        _ = try await client.post(path, "application/json", #"{"text":"\#(marker)"}"#)
        _ = try await client.post(path, "application/json", #"{"\#(marker)":"\#(marker)"}"#)
        _ = try await client.post(path, "application/json", #"{"text":\#(marker)"#)
        _ = try await client.post(
          path, "message/rfc822", "From: \(marker)@x.test\nSubject: \(marker)\n\n\(marker)\n")
        _ = try await client.post(path, "\(marker)/\(marker)", marker)
      }
      _ = try await client.post(
        "/v1/batch", "application/x-ndjson", "{\"text\":\"\(marker)\"}\n\(marker)")
      _ = try await client.get("/\(marker)?\(marker)=\(marker)")
      _ = try await client.get(
        "/livez", [.authorization: "Bearer \(marker)", .requestID: "<\(marker)>"])
    }
    #expect(probe.logs.text.contains("answered"))
    #expect(!probe.logs.text.contains(marker))
  }

  /// More than the limit is turned away at once, with a time to come back.
  @Test func turnsAwayWhatIsTooMuch() async throws {
    try await ServerProbe("judging: {workers: 1, waiting: 0}\nhttp: {requests: 64}").http {
      client in
      let long = String(repeating: "The lamp is broken and nobody answers. ", count: 20_000)
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<12 {
          group.addTask {
            let response = try await client.post("/v1/classify", "text/plain", long)
            if response.status == .serviceUnavailable {
              #expect(response.headers[.retryAfter] == "1")
            }
            return response.status.code
          }
        }
        return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
      }
      #expect(Set(statuses.keys) == [200, 503])
      #expect(
        try await client.get("/metrics").text.contains(
          "heard_refused_total \(statuses[503] ?? 0)\n"))
    }
  }

  /// The description names the routes, no more and no less, with their methods and scopes.
  @Test func theDescriptionIsThatOfTheRoutes() async throws {
    let endpoints = try ServerProbe().server().endpoints
    try await ServerProbe().http { client in
      let document = try await client.get("/openapi.json").object
      #expect(document["openapi"] as? String == "3.1.1")
      let paths = try #require(document["paths"] as? [String: [String: [String: any Sendable]]])
      var described: Set<String> = []
      for (path, methods) in paths {
        for (method, operation) in methods {
          described.insert("\(method.uppercased()) \(path)")
          let endpoint = endpoints.first {
            $0.path == path && $0.method.rawValue.lowercased() == method
          }
          let security = operation["security"] as? [[String: [String]]] ?? []
          #expect(
            security.compactMap { $0["token"]?.first }
              == (endpoint?.scope.map { [$0.rawValue] } ?? []), "\(path)")
        }
      }
      #expect(described == Set(endpoints.map { "\($0.method.rawValue) \($0.path)" }))
    }
  }

  @Test func isNotReadyWhenItStops() async throws {
    let probe = try ServerProbe()
    let server = try probe.server()
    try await server.http(.network(host: "127.0.0.1", port: 0)).test(.router) { client in
      let before = try await client.get("/readyz").status
      server.state.stop()
      let after = try await client.get("/readyz").status
      let alive = try await client.get("/livez").status
      #expect([before, after, alive] == [.ok, .serviceUnavailable, .ok])
    }
    try await server.pool.stop()
  }

  @Test func memoryOfMessagesIsBounded() {
    let budget = MemoryBudget(100)
    var first = budget.share()
    var answers = [first.resize(to: 60)]
    do {
      var second = budget.share()
      answers += [
        second.resize(to: 41), second.resize(to: 40), first.resize(to: 10), second.resize(to: 90),
      ]
    }
    // What the second held came back with its end.
    answers.append(first.resize(to: 100))
    #expect(answers == [true, false, true, true, true, true])
  }

  @Test(arguments: [
    (0, "0"), (50, "0.00005"), (1_000_000, "1"), (2_500_000, "2.5"), (12_345_678, "12.345678"),
  ])
  func writesSeconds(_ microseconds: Int, _ text: String) {
    #expect(Histogram.seconds(microseconds) == text)
  }
}
