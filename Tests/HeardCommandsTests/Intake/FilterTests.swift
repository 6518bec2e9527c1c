import Foundation
import HeardDeadlines
import HeardLexicon
import Testing

/// `heard filter` passes a mail on byte for byte, or gives it back.
@Suite struct FilterTests {
  private let mail = DeliveryProbe.mail(1)

  private func filter(
    _ delivery: DeliveryProbe, _ more: [String] = [], input: Data? = nil, shell: String? = nil
  ) throws -> CommandLineProbe.Outcome {
    try delivery.probe.heard(
      ["filter"] + delivery.judging + more, input: input ?? mail,
      environment: ["F": delivery.folder], shell: shell)
  }

  @Test func fieldsAreAddedOnTop() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    let outcome = try filter(delivery)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.suffix(mail.count) == mail)
    let added = String(decoding: outcome.output.dropLast(mail.count), as: UTF8.self)
    for field in [
      "X-Heard-Version: ", "X-Heard-Status: ok\n", "X-Heard-Class: complaint\n",
      "X-Heard-Language: nl; ", "X-Heard-Queue: complaints\n", "X-Heard-Priority: high\n",
      "X-Heard-Evidence: nl.test.", "X-Heard-Lexicon:\n sha256:", "X-Heard-Policy:\n sha256:",
    ] {
      #expect(added.contains(field), "\(added)")
    }
    #expect(!added.contains("kapot gegaan"))
    let again = try filter(delivery, input: outcome.output)
    #expect(again.output == outcome.output, "its own fields are taken away and made anew")
  }

  @Test(arguments: ["--policy=/nonexistent", "--lexicons=/nonexistent", "--policy=/"])
  func whatCannotBeJudgedPasses(_ option: String) throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    let outcome = try filter(delivery, [option])
    #expect(outcome.status == 0)
    #expect(outcome.output == Data("X-Heard-Status: error\n".utf8) + mail)
    #expect(outcome.errors.hasPrefix("heard: "))
  }

  /// Shell commands that run heard (`"$@"`) in bad circumstances; `$F` is the probe's folder.
  static let circumstances: [String] = [
    // Standard output closed, full, or with a reader that goes away.
    #"exec "$@" >&-"#,
    #"exec "$@" >/dev/full"#,
    #"{ "$@"; echo $? >"$F/status"; } | true; exit $(cat "$F/status")"#,
    // Standard input closed, empty, or a folder.
    #"exec "$@" <&-"#,
    #"exec "$@" </dev/null"#,
    #"exec "$@" <"$F""#,
    // An unknown option, an argument too many.
    #"exec "$@" --bogus"#,
    #"exec "$@" letter.eml"#,
    // Told to stop.
    #"mkfifo "$F/fifo"; "$@" --policy "$F/fifo" <"$F/in" & sleep 1; kill -TERM $!; wait $!"#,
  ]

  @Test(arguments: circumstances)
  func whatCannotBePassedOnIsGivenBack(_ shell: String) throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    // More than a pipe holds, so that the reader's going away is noticed.
    let long = mail + Data(repeating: 0x61, count: 1 << 20)
    _ = try delivery.probe.file("in", long)
    let outcome = try filter(delivery, input: long, shell: shell)
    #expect(outcome.status == 75, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("4.3.0 heard: "), "\(outcome.errors)")
  }

  @Test(arguments: ["SEGV", "ABRT", "ILL", "ALRM"])
  func aCrashWhileJudgingPassesTheMail(_ signal: String) throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    _ = try delivery.probe.file("in", mail)
    let outcome = try filter(
      delivery,
      shell: #"mkfifo "$F/fifo"; "$@" --policy "$F/fifo" <"$F/in" & sleep 1; "#
        + "kill -\(signal) $!; wait $!")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == Data("X-Heard-Status: error\n".utf8) + mail)
  }

  @Test func helpIsNoFault() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    for command in ["filter", "deliver"] {
      let outcome = try delivery.probe.heard([command, "--help"])
      #expect(outcome.status == 0)
      #expect(outcome.text.contains("Exit status: 0"))
    }
  }

  @Test func anotherProgramTakesTheMail() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    let program = try delivery.probe.file(
      "sendmail", "#!/bin/sh\nprintf '%s|' \"$@\" >\"$F/arguments\"\ncat >\"$F/sent\"\nexit $X\n")
    _ = unsafe chmod(program, 0o755)
    for (status, expected) in [("0", Int32(0)), ("1", 75), ("70", 75), ("75", 75)] {
      let outcome = try delivery.probe.heard(
        ["deliver", "--sendmail", program, "--sender=-odd@example.org"] + delivery.judging
          + ["--", "a@example.com", "b@example.com"],
        input: mail, environment: ["F": delivery.folder, "X": status])
      #expect(outcome.status == expected, "\(outcome.errors)")
      let sent = try Data(contentsOf: delivery.probe.folder.appendingPathComponent("sent"))
      #expect(sent.suffix(mail.count) == mail)
      #expect(String(decoding: sent, as: UTF8.self).contains("X-Heard-Status: ok\n"))
      let words = try Data(contentsOf: delivery.probe.folder.appendingPathComponent("arguments"))
      #expect(
        String(decoding: words, as: UTF8.self)
          == "-G|-i|-f|-odd@example.org|--|a@example.com|b@example.com|")
    }
    let missing = try delivery.probe.heard(
      ["deliver", "--sendmail", "/nonexistent"] + delivery.judging + ["--", "a@b"], input: mail)
    #expect(missing.status == 75)
  }
}
