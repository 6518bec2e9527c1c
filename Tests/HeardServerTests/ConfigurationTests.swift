import HeardTestSupport
import Testing

@testable import HeardServer

private func read(_ text: String, local: String? = nil) -> ConfigurationReader {
  var reader = ConfigurationReader()
  reader.read(file: "etc/heardd.yaml", text: text)
  if let local { reader.read(file: "etc/heardd.local.yaml", text: local) }
  return reader
}

@Suite("Configuration")
struct ConfigurationTests {
  /// The schema's own defaults can be read, each by its kind.
  @Test func everyDefaultIsReadable() throws {
    for setting in ConfigurationSchema.settings {
      #expect(throws: Never.self, "\(setting.path)") {
        try setting.read(setting.standard, folder: nil)
      }
    }
    #expect(ConfigurationReader().items.count == ConfigurationSchema.settings.count)
  }

  @Test func aLaterFileGoesFirstAndEveryValueKnowsItsPlace() {
    let reader = read(
      "heardd: heard/1\nhttp:\n  listen: 127.0.0.1:1\n  body: 2 MiB\n",
      local: "heardd: heard/1\nhttp: {body: 3 MiB}\n")
    #expect(reader.problems.isEmpty)
    #expect(reader.items["http.body"]?.value == .number(3 << 20))
    #expect(reader.items["http.body"]?.origin.description == "etc/heardd.local.yaml:2")
    #expect(reader.items["http.listen"]?.origin.description == "etc/heardd.yaml:3")
    #expect(reader.items["log.level"]?.origin == .standard)
  }

  @Test func pathsAreRelativeToTheirFile() {
    let reader = read("heardd: heard/1\nlexicons: lex\nmaildir: {watch: [in, /abs]}\n")
    #expect(reader.items["lexicons"]?.value == .text("etc/lex"))
    #expect(reader.items["maildir.watch"]?.value == .texts(["etc/in", "/abs"]))
  }

  struct Mistake: CustomTestStringConvertible, Sendable {
    let text: String
    let said: String
    var testDescription: String { text }
  }

  @Test(arguments: [
    Mistake(text: "htpp: {}", said: ":2:1: error: unknown key 'htpp'; did you mean 'http'?"),
    Mistake(
      text: "http:\n  bdoy: 1 MiB",
      said: ":3:3: error: unknown key 'http.bdoy'; did you mean 'body'?"),
    Mistake(text: "http: 3", said: ":2:7: error: 'http' holds further keys; indent them below it"),
    Mistake(
      text: "http: {body: 3}",
      said: ":2:14: error: http.body: '3' is no size; write a number and B, KiB, MiB or GiB"),
    Mistake(
      text: "http: {body: 1 B}",
      said: ":2:14: error: http.body: 1 B is out of range; use 1 KiB to 512 MiB"),
    Mistake(
      text: "http: {listen: 'x:99999'}",
      said: ":2:16: error: http.listen: 'x:99999' is no address; "
        + "write HOST:PORT, as 127.0.0.1:8525, or unix:/run/heard/name.sock"),
    Mistake(
      text: "log: {level: inf}",
      said: ":2:14: error: log.level: 'inf' is not known here; did you mean 'info'?"),
    Mistake(
      text: "http: {open: yes}",
      said: ":2:14: error: http.open: 'yes' is neither true nor false; write true or false"),
    Mistake(
      text: "http: {tokens: [{name: a, sha256: 12, scopes: [reload]}]}",
      said: ":2:16: error: http.tokens: the token 'a' has no digest; "
        + "make one with 'heardd token --name a'"),
    Mistake(
      text: "stop: {grace: soon}",
      said:
        ":2:15: error: stop.grace: 'soon' is no length of time; write a number and ms, s, min or h"
    ),
  ])
  func saysWhatIsWrongAndWhere(_ mistake: Mistake) {
    let reader = read("heardd: heard/1\n" + mistake.text)
    #expect(reader.problems.map { $0.description } == ["etc/heardd.yaml" + mistake.said])
  }

  @Test(arguments: ["", "# nothing", "- a", "heardd: [", "heardd: heard/2", "a: &x [*x]"])
  func refusesWhatIsNoConfiguration(_ text: String) {
    #expect(!read(text).problems.isEmpty)
  }

  /// What `heardd config dump` prints is a configuration that says the same.
  @Test func aDumpReadsBack() {
    let digest = String(repeating: "ab", count: 32)
    let reader = read(
      "heardd: heard/1\nhttp:\n  listen: ['[::1]:80', 'unix:/run/h.sock']\n  tokens:\n"
        + "  - {name: ops, sha256: \(digest), scopes: [reload, deliver]}\n"
        + "policy: \"it's here.yaml\"\nstop: {grace: 90 s}\n")
    #expect(reader.problems.isEmpty)
    for showsOrigin in [false, true] {
      var again = ConfigurationReader()
      again.read(file: "/x.yaml", text: ConfigurationDump.text(reader, showsOrigin: showsOrigin))
      #expect(again.problems.isEmpty)
      for setting in ConfigurationSchema.settings where setting.path != "policy" {
        #expect(again.items[setting.path]?.value == reader.items[setting.path]?.value)
      }
      #expect(again.items["policy"]?.value == .text("/etc/it's here.yaml"))
    }
  }

  @Test func takesAnyText() {
    var random = SeededGenerator(seed: 9)
    let words = [
      "heardd: heard/1\n", "http:", "\n  ", "listen", ": ", "[", "]", "{", "}", "- ", "~",
    ]
    for _ in 0..<500 {
      var text = ""
      for _ in 0..<12 { text += words.randomElement(using: &random) ?? "" }
      _ = read(text)
    }
  }

  @Test func comparesTokensByDigest() {
    let token = AccessToken.random()
    let digest = String(decoding: AccessToken.digest(token.utf8), as: UTF8.self)
    let known = AccessToken(name: "a", sha256: digest, scopes: ["reload"])
    #expect(known.matches(digest: AccessToken.digest(token.utf8)))
    #expect(!known.matches(digest: AccessToken.digest((token + "x").utf8)))
    #expect(!known.matches(digest: []))
    #expect(token != AccessToken.random())
  }

  @Test(arguments: [
    ("127.0.0.1:80", true), ("[::1]:80", true), ("localhost:0", true), ("unix:/a", true),
    ("0.0.0.0:80", false), ("mx.test:24", false),
  ])
  func knowsWhatIsLocal(_ text: String, _ isLocal: Bool) {
    #expect(ListenAddress(text)?.isLocal == isLocal)
    #expect(ListenAddress(text)?.description == text)
  }
}
