import Foundation
import Testing

/// Every command that quotes messages names nobody with `--redact`, and quotes the right words.
@Suite struct QuoteRedactTests {
  static let secrets = ["sanne@example.nl", "0612345678", "Vermeulen", "sanne"]

  struct Case: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    /// What the output has although the tokens are longer or shorter than what they replace.
    let words: String
    var input = ""
    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(arguments: [
    Case(arguments: ["concordance", "lamp is kapot"], words: "[lamp is kapot]"),
    Case(
      arguments: ["concordance", "lamp is kapot", "--format", "tsv"], words: "\tlamp is kapot\t"),
    Case(
      arguments: ["concordance", "lamp is kapot", "--format", "json"],
      words: #""match":"lamp is kapot""#),
    Case(arguments: ["concordance", "entry:nl.test.kapot"], words: "[kapot]"),
    Case(arguments: ["suggest", "--for", "complaint", "--least", "2"], words: "[de lamp is"),
    Case(
      arguments: ["evaluate", "--worst", "4", "--show-text", "--half", "tune"],
      words: "lamp is kapot"),
    Case(arguments: ["label", "-o", "labels.jsonl"], words: "lamp is kapot", input: "x"),
  ]) func nobodyIsNamed(test: Case) throws {
    let tuning = try TuningProbe()
    defer { tuning.probe.remove() }
    var rows = ""
    for number in 0..<12 {
      let text =
        number % 2 == 0
        ? "Mail sanne@example.nl of bel 0612345678: de lamp is kapot, mevrouw Vermeulen weet het."
        : "Dank u wel, mevrouw Vermeulen, mijn adres blijft sanne@example.nl."
      rows +=
        #"{"id":"m\#(number)","lang":"nl","text":"\#(text)","class":"#
        + (number % 2 == 0 ? #""complaint""# : #""other""#)
        + #","anger":0,"tags":[],"signals":[],"split":"tune"}"# + "\n"
    }
    let corpus = try tuning.probe.file("people.jsonl", rows)
    let lexicons = test.arguments[0] == "label" ? [] : ["--lexicons", tuning.lexicons]
    let arguments =
      test.arguments.map { $0 == "labels.jsonl" ? corpus + ".labels" : $0 } + [corpus] + lexicons
    let plain = try tuning.heard(arguments, input: test.input)
    let redacted = try tuning.heard(arguments + ["--redact"], input: test.input)
    #expect(redacted.status == plain.status, "\(redacted.errors)")
    let shown = redacted.text + redacted.errors
    #expect((plain.text + plain.errors).contains("Vermeulen"))
    #expect(shown.contains(test.words), "\(shown)")
    #expect(shown.contains("«PERSON:"))
    for secret in QuoteRedactTests.secrets {
      #expect(!shown.lowercased().contains(secret.lowercased()), "\(secret)")
    }
  }
}
