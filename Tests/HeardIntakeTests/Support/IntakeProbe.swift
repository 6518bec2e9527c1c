import Foundation
import GRDB
import Heard
import HeardAuthoring
import HeardRouter
import Testing

@testable import HeardIntake

/// A folder with a small lexicon and policy, a Maildir and a ledger; all real.
final class IntakeProbe {
  let folder: String
  var maildir: String { folder + "/mail" }
  var ledger: String { folder + "/ledger.sqlite" }
  var configuration: IntakeConfiguration

  static let lexicon = """
    lexicon: heard/1
    language: en
    theme: test
    entries:
    - id: en.test.broken
      phrase: broken
      evidence: {complaint: 3.0, valence: -2}
    - id: en.test.furious
      phrase: furious
      evidence: {complaint: 3.0, anger: 3.0, valence: -3}

    """

  static let scoring = """
    scoring: heard/1
    calibration:
    - {kind: complaint, language: en, bias: -2.0, slope: 1.0}

    """

  static let policy = """
    policy: heard/1
    queues:
      complaints: What is wrong.
      general: The rest.
    fallback: {queue: general, priority: normal}
    rules:
    - id: complaint
      when: {class: complaint}
      queue: complaints
      priority: high
      steps: [acknowledge, solve]

    """

  init() throws {
    folder = NSTemporaryDirectory() + "heard-intake-\(UUID().uuidString)"
    let files = [
      "lex/scoring.yaml": Self.scoring, "lex/en/test.yaml": Self.lexicon,
      "policy.yaml": Self.policy,
    ]
    for (name, text) in files {
      let path = folder + "/" + name
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
    let pipeline = try Pipeline(
      lexicon: LexiconStore.open(path: folder + "/lex"),
      policy: Policy.read(file: "policy.yaml", text: Self.policy).policy)
    configuration = IntakeConfiguration(
      maildir: folder + "/mail", ledger: folder + "/ledger.sqlite", pipeline: { pipeline })
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func intake() throws -> Intake { try Intake(configuration) }

  /// The names of the files in a folder of a queue; empty when there is none.
  func files(_ queue: String, _ place: String = "new") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(maildir)/.\(queue)/\(place)")) ?? [])
      .sorted()
  }

  func read(_ queue: String, _ file: String) throws -> String {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(maildir)/.\(queue)/new/\(file)"))
    return String(decoding: data, as: UTF8.self)
  }

  /// Changes the ledger's file behind its back.
  func sqlite(_ statement: String) throws {
    let queue = try DatabaseQueue(path: ledger)
    try queue.writeWithoutTransaction { try $0.execute(sql: statement) }
    try queue.close()
  }

  func host() throws -> String { try MaildirQueue(root: maildir).host }

  /// Message-IDs in all queues, by how often each is there.
  func messageIDs() throws -> [String: Int] {
    var counts: [String: Int] = [:]
    let queues = (try? FileManager.default.contentsOfDirectory(atPath: maildir)) ?? []
    for queue in queues where queue.hasPrefix(".") {
      for place in ["new", "cur"] {
        let folder = "\(maildir)/\(queue)/\(place)"
        for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
          let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)"))
          let bytes = [UInt8](data)
          counts[HeaderBlock(bytes).messageID(in: bytes), default: 0] += 1
        }
      }
    }
    return counts
  }

  static func mail(_ number: Int, _ text: String = "My lamp is broken.") -> [UInt8] {
    Array(
      """
      From: Ann <ann@example.org>
      To: help@example.com
      Subject: Lamp \(number)
      Message-ID: <m\(number)@example.org>
      Date: Sat, 21 Nov 2026 10:00:00 +0000

      \(text)

      """.utf8)
  }
}
