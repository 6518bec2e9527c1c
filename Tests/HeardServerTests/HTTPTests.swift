import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import HeardServer

@Suite("HTTP API")
struct HTTPTests {
  @Test func judgesAMessageInEveryForm() async throws {
    try await ServerProbe().http { client in
      let forms = [
        ("message/rfc822", "Subject: Lamp\n\nThe lamp is broken.\n"),
        ("text/plain", "The lamp is broken."),
        ("text/plain; charset=UTF-8", "The lamp is broken."),
        ("application/json", #"{"text":"The lamp is broken.","lang":"en"}"#),
        ("Application/JSON ; Charset=\"utf-8\"", #"{"text":"The lamp is broken."}"#),
      ]
      for (type, body) in forms {
        let response = try await client.post("/v1/classify", type, body)
        #expect(response.status == .ok, "\(type)")
        let record = try response.object
        #expect(record["class"] as? String == "complaint")
        #expect(record["queue"] as? String == "complaints")
        #expect(record["hits"] == nil)
        #expect(response.headers[.heardLexicon] == record["lexicon"] as? String)
      }
    }
  }

  @Test func readsTheCharsetThatIsNamed() async throws {
    try await ServerProbe().http { client in
      let response = try await client.execute(
        uri: "/v1/explain", method: .post,
        headers: [.contentType: "text/plain; charset=iso-8859-2"],
        body: ByteBuffer(bytes: Array("broken ".utf8) + [0xBF]))
      #expect(response.status == .ok)
      #expect(try response.object["repairs"] == nil)
    }
  }

  @Test func explainsWhatItJudges() async throws {
    try await ServerProbe().http { client in
      let response = try await client.post("/v1/explain", "text/plain", "The lamp is broken.")
      let hits = try response.object["hits"] as? [[String: any Sendable]] ?? []
      #expect(hits.contains { $0["entry"] as? String == "en.test.broken" })
    }
  }

  @Test func judgesSubjectAndKnowsTheId() async throws {
    try await ServerProbe().http { client in
      let response = try await client.post(
        "/v1/classify", "application/json",
        #"{"text":"See above.","id":"m-1","lang":"pl","meta":{"subject":"My lamp is broken"}}"#)
      let record = try response.object
      #expect(record["id"] as? String == "m-1")
      #expect(record["class"] as? String == "complaint")
      #expect(response.text.contains(#""code":"language-differs""#))
    }
  }

  struct Refusal: CustomTestStringConvertible, Sendable {
    let name: String
    var method = HTTPRequest.Method.post
    var path = "/v1/classify"
    var type: String? = "application/json"
    var body = ""
    var headers: HTTPFields = [:]
    let status: Int
    let code: String
    var pointer: String?
    var testDescription: String { name }
  }

  @Test(arguments: [
    Refusal(name: "no JSON", body: "{\"text\":", status: 400, code: "syntax"),
    Refusal(name: "half a character", body: #"{"text":"\ud800"}"#, status: 400, code: "syntax"),
    Refusal(name: "a number", body: "1", status: 422, code: "content"),
    Refusal(name: "empty", body: "", status: 400, code: "syntax"),
    Refusal(name: "an array", body: "[]", status: 422, code: "content"),
    Refusal(name: "no text", body: "{}", status: 422, code: "content", pointer: "/text"),
    Refusal(
      name: "unknown field", body: #"{"text":"a","a/b":1}"#, status: 422, code: "content",
      pointer: "/a~1b"),
    Refusal(
      name: "unknown field inside", body: #"{"text":"a","meta":{"cc":[]}}"#, status: 422,
      code: "content", pointer: "/meta/cc"),
    Refusal(
      name: "null", body: #"{"text":null}"#, status: 422, code: "content", pointer: "/text"),
    Refusal(
      name: "wrong type", body: #"{"text":"a","meta":{"to":"b"}}"#, status: 422,
      code: "content", pointer: "/meta/to"),
    Refusal(
      name: "unknown language", body: #"{"text":"a","lang":"xx"}"#, status: 422,
      code: "content", pointer: "/lang"),
    Refusal(
      name: "no text but a program", type: "message/rfc822", body: "\u{7F}ELF\u{1}\u{1}\u{1}\u{0}",
      status: 422, code: "content"),
    Refusal(name: "no type", type: nil, body: "{}", status: 415, code: "media-type"),
    Refusal(name: "other type", type: "text/html", body: "a", status: 415, code: "media-type"),
    Refusal(
      name: "compressed", body: "a", headers: [.contentEncoding: "gzip"], status: 415,
      code: "media-type"),
    Refusal(
      name: "too large", type: "text/plain", body: String(repeating: "a", count: 2000), status: 413,
      code: "too-large"),
    Refusal(name: "elsewhere", path: "/v2/classify", status: 404, code: "not-found"),
    Refusal(name: "slash at the end", path: "/v1/classify/", status: 404, code: "not-found"),
    Refusal(name: "GET", method: .get, status: 405, code: "method-not-allowed"),
    Refusal(name: "DELETE", method: .delete, status: 405, code: "method-not-allowed"),
    Refusal(name: "batch type", path: "/v1/batch", body: "{}", status: 415, code: "media-type"),
    Refusal(
      name: "batch query", path: "/v1/batch?x=1", type: "application/x-ndjson", body: "{}",
      status: 400, code: "syntax"),
    Refusal(name: "reload without token", path: "/v1/reload", status: 401, code: "token-needed"),
    Refusal(
      name: "nothing is filed", path: "/v1/deliver", type: "message/rfc822", body: "a: b\n\nc",
      status: 401, code: "token-needed"),
  ])
  func refusesByRFC9457(_ example: Refusal) async throws {
    try await ServerProbe("http: {body: 1 KiB}").http { client in
      var headers = example.headers
      headers[.contentType] = example.type
      let response = try await client.execute(
        uri: example.path, method: example.method, headers: headers,
        body: ByteBuffer(string: example.body))
      #expect(response.status.code == example.status)
      #expect(response.headers[.contentType] == "application/problem+json")
      let problem = try response.object
      #expect(problem["type"] as? String == Problem.base + example.code)
      #expect(problem["status"] as? Int == example.status)
      #expect(problem["requestId"] as? String == response.headers[.requestID])
      let errors = problem["errors"] as? [[String: any Sendable]]
      #expect(errors?.first?["pointer"] as? String == example.pointer)
      if example.status == 405 { #expect(response.headers[.allow] == "POST") }
    }
  }

  @Test func answersHEADWithoutABody() async throws {
    try await ServerProbe().http { client in
      let response = try await client.execute(uri: "/version", method: .head)
      #expect(response.status == .ok)
      #expect(response.body.readableBytes == 0)
    }
  }

  @Test(arguments: [
    ("abc-1.2:3_x", true), ("", false), ("a b", false), ("a\u{e9}", false),
    (String(repeating: "x", count: 129), false), ("<script>", false),
  ])
  func echoesHarmlessRequestIds(_ id: String, _ isEchoed: Bool) async throws {
    try await ServerProbe().http { client in
      let response = try await client.get("/livez", id.isEmpty ? [:] : [.requestID: id])
      #expect((response.headers[.requestID] == id) == isEchoed)
      #expect(response.headers[.requestID]?.isEmpty == false)
    }
  }

  @Test func lexiconsHaveATag() async throws {
    try await ServerProbe().http { client in
      let first = try await client.get("/v1/lexicons")
      let tag = try #require(first.headers[.eTag])
      #expect(try first.object["lexicon"] as? String == String(tag.dropFirst().dropLast()))
      #expect(try await client.get("/v1/lexicons", [.ifNoneMatch: tag]).status == .notModified)
      #expect(
        try await client.get("/v1/lexicons", [.ifNoneMatch: "W/\(tag), \"x\""]).status
          == .notModified)
      #expect(try await client.get("/v1/lexicons", [.ifNoneMatch: "\"x\""]).status == .ok)
    }
  }

  @Test func aBatchAnswersEveryLineInOrder() async throws {
    try await ServerProbe("http: {batch-line: 1 KiB}").http { client in
      var lines = (0..<500).map { #"{"id":"\#($0)","text":"lamp \#($0) is broken"}"# }
      lines[7] = "nonsense"
      lines[8] = #"{"id":"8","text":"\#(String(repeating: "x", count: 2000))"}"#
      lines.insert("", at: 3)
      let response = try await client.post(
        "/v1/batch", "application/x-ndjson", lines.joined(separator: "\n"))
      let records = try response.objects
      #expect(records.count == 500)
      for (number, record) in records.enumerated() {
        if [7, 8].contains(number) {
          #expect(record["status"] as? String == "error")
          // Lines are counted from 1, and the empty one counts.
          let error = record["error"] as? [String: any Sendable]
          #expect(error?["where"] as? String == "line \(number + 2)")
        } else {
          #expect(record["id"] as? String == "\(number)")
          #expect(record["class"] as? String == "complaint")
        }
      }
    }
  }
}
