import Foundation

/// A Maildir with a small lexicon and policy, and mails that go there through real processes.
struct DeliveryProbe {
  let probe: CommandLineProbe
  var folder: String { probe.folder.path }
  var maildir: String { folder + "/mail" }
  var ledger: String { maildir + "/heard-ledger.sqlite" }

  static let policy = """
    policy: heard/1
    queues: {complaints: What is wrong., general: The rest.}
    fallback: {queue: general, priority: normal}
    rules:
    - {id: complaint, when: {class: complaint}, queue: complaints, priority: high}

    """

  init() throws {
    probe = try CommandLineProbe()
    _ = try probe.file("lex/scoring.yaml", TuningProbe.scoring)
    _ = try probe.file("lex/nl/test.yaml", TuningProbe.lexicon)
    _ = try probe.file("policy.yaml", Self.policy)
  }

  static func mail(_ number: Int) -> Data {
    Data(
      """
      From: Ann <ann@example.org>
      To: help@example.com
      Subject: Lamp \(number)
      Message-ID: <m\(number)@example.org>

      De levering is vandaag weer niet gekomen, en de lamp die er wel was is kapot.

      """.utf8)
  }

  /// Lexicon and policy, as options.
  var judging: [String] { ["--lexicons", folder + "/lex", "--policy", folder + "/policy.yaml"] }

  /// The whole command line of a delivery.
  func delivery(_ more: [String] = [], recipient: String = "help@example.com") -> [String] {
    ["deliver", "--maildir", maildir, "--sender", "ann@example.org"] + judging + more
      + ["--", recipient]
  }

  /// Delivers until it is done, as a mail server does; false when it is not after some attempts.
  func deliverAgain(_ mail: Data) throws -> Bool {
    for _ in 0..<5 where try probe.heard(delivery(), input: mail).status == 0 { return true }
    return false
  }

  /// The mails in all queues, by Message-ID; nothing that a reader sees may be half a mail.
  func filed() throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    let manager = FileManager.default
    for queue in (try? manager.contentsOfDirectory(atPath: maildir)) ?? []
    where queue.hasPrefix(".") {
      for place in ["new", "cur"] {
        let folder = "\(maildir)/\(queue)/\(place)"
        for file in (try? manager.contentsOfDirectory(atPath: folder)) ?? [] {
          let content = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)"))
          let text = String(decoding: content, as: UTF8.self)
          let line = text.split(separator: "\n").first { $0.hasPrefix("Message-ID: <") } ?? "?"
          found[String(line), default: []].append("\(queue)\n\(text)")
        }
      }
    }
    return found
  }

  /// The copies of a mail in the queues, each as `.queue`, a line end, and its text.
  func copies(of number: Int) throws -> [String] {
    try filed()["Message-ID: <m\(number)@example.org>"] ?? []
  }
}

extension DeliveryProbe {
  /// The bytes of every file that a reader sees.
  func rawFiles() throws -> [Data] {
    let manager = FileManager.default
    let names = manager.enumerator(atPath: maildir)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.contains("/new/") || $0.contains("/cur/") }
      .map { try Data(contentsOf: URL(fileURLWithPath: "\(maildir)/\($0)")) }
  }
}
