import Foundation
import Testing

/// `heard explain --redact`: nobody is named, the judgement is that of the letter, and every offset
/// is one of the redacted text.
@Suite struct ExplainRedactTests {
  static let secrets = ["Whitcombe", "7946", "jo.w@example.org", "SW1A"]
  static let letter = """
    Mrs Whitcombe was rude to me and shouted. You charged me twice! Call 020 7946 0018.
    My address ends in SW1A 1AA.

    > On Monday jo.w@example.org wrote that Mrs Whitcombe would ring back. She never did.

    """

  let probe: CommandLineProbe
  let path: String
  let key: String

  init() throws {
    probe = try CommandLineProbe()
    path = try probe.file("letter.txt", ExplainRedactTests.letter)
    key = try probe.file("team.key", "a key of the tests, 16 bytes or more")
  }

  @Test(arguments: [
    ["--format", "text"], ["--format", "html"], ["--format", "json"],
    ["--entry", "en.staff.named-person"], ["--entry", "en.staff.rude"], ["--misses", "50"],
  ]) func noFormNamesAnybody(arguments: [String]) throws {
    defer { probe.remove() }
    let plain = try probe.heard(["explain", path] + arguments)
    let redacted = try probe.heard(
      ["explain", "--redact", "--redact-key", key, path] + arguments)
    #expect(redacted.status == plain.status, "\(redacted.errors)")
    for secret in ExplainRedactTests.secrets {
      #expect(!(redacted.text + redacted.errors).contains(secret), "\(secret)")
    }
    guard !arguments.contains("--entry") else { return }
    #expect(redacted.text.contains("«PHONE:") || arguments.contains("json"))
    #expect(arguments.contains("json") || plain.text.contains("Whitcombe"))
  }

  @Test func offsetsAreThoseOfTheRedactedText() throws {
    defer { probe.remove() }
    let plain = try #require(
      probe.heard(["explain", "--format", "json", path]).records.first)
    let shown = try #require(
      probe.heard(["explain", "--format", "json", "--redact", "--redact-key", key, path])
        .records.first)
    let text = Array(try probe.heard(["redact", "--redact-key", key, path]).output)

    // Judged as it was written.
    for name in ["class", "queue", "anger", "tags"] {
      #expect("\(plain[name] ?? "")" == "\(shown[name] ?? "")")
    }
    for list in ["hits", "nearMisses"] {
      let before = try #require(plain[list] as? [[String: Any]])
      let after = try #require(shown[list] as? [[String: Any]])
      #expect(before.map { $0["entry"] as? String } == after.map { $0["entry"] as? String })
      for hit in after {
        guard let bytes = hit["bytes"] as? [Int] else { continue }
        let form = try #require(hit["form"] as? String)
        #expect(String(decoding: text[bytes[0]..<bytes[1]], as: UTF8.self) == form)
      }
    }
    // Law 5: zones tile the text.
    let spans = try #require(shown["zones"] as? [[String: Any]])
    let zones = spans.compactMap { $0["bytes"] as? [Int] }
    #expect(zones.count > 1)
    #expect(zones.first?.first == 0)
    #expect(zones.last?.last == text.count)
    for (one, next) in zip(zones, zones.dropFirst()) { #expect(one[1] == next[0]) }
  }

  @Test func aKeyNeedsTheFlagAndLength() throws {
    defer { probe.remove() }
    #expect(try probe.heard(["explain", "--redact-key", key, path]).status == 64)
    let short = try probe.file("short.key", "short")
    let outcome = try probe.heard(["explain", "--redact", "--redact-key", short, path])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("16 or more"))
  }
}
