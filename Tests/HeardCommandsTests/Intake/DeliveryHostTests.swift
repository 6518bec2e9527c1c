import Foundation
import Testing

/// `kill -9` at the rename, when a mail is recorded and no reader sees it; then the host has another
/// name, or there is another ledger.
@Suite struct DeliveryHostTests {
  /// Whether processes can be killed at a call, and have a host name of their own, here.
  static let canDo: Bool = {
    guard let probe = try? CommandLineProbe() else { return false }
    defer { probe.remove() }
    let done = try? probe.shell(
      "strace -qq -o /dev/null -e inject=/^rename:signal=KILL:when=9 true && unshare --uts true")
    if done?.status == 0 { return true }
    FileHandle.standardError.write(
      Data("SKIPPED: deliveries were not killed at the rename: no strace or unshare\n".utf8))
    return false
  }()

  private static let killed =
    #"strace -qq -o /dev/null -e inject=/^rename:signal=KILL "$@" <"$F/in""#
  private static let elsewhere =
    #"unshare --uts bash -c 'echo elsewhere >/proc/sys/kernel/hostname; exec "$@"' bash "$@" <"$F/in""#

  /// A delivery that is recorded and not published.
  private func leavePending(_ delivery: DeliveryProbe, _ options: [String] = []) throws {
    // The first to judge keeps the lexicon compiled, which takes a rename as well.
    let first = try delivery.probe.heard(
      delivery.delivery(options), input: DeliveryProbe.mail(0))
    #expect(first.status == 0, "\(first.errors)")
    _ = try delivery.probe.file("in", DeliveryProbe.mail(1))
    let outcome = try run(delivery, options, Self.killed)
    #expect(outcome.status == 137, "\(outcome.status) \(outcome.errors)")
    #expect(try delivery.copies(of: 1).isEmpty)
    #expect(waiting(delivery).count == 1)
  }

  private func run(
    _ delivery: DeliveryProbe, _ options: [String], _ shell: String
  ) throws -> CommandLineProbe.Outcome {
    try delivery.probe.heard(
      delivery.delivery(options), environment: ["F": delivery.folder], shell: shell)
  }

  /// Files in `tmp`.
  private func waiting(_ delivery: DeliveryProbe) -> [String] {
    let folder = delivery.maildir + "/.complaints/tmp"
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .map { "\(folder)/\($0)" }
  }

  @Test(.enabled(if: canDo)) func aHostWithAnotherNameCompletesIt() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    try leavePending(delivery)
    let outcome = try run(delivery, [], Self.elsewhere)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try delivery.copies(of: 1).count == 1)
    #expect(waiting(delivery).isEmpty)
  }

  /// Whoever cannot complete it does not say that it is filed.
  @Test(.enabled(if: canDo)) func aHostWithoutTheMaildirGivesItBack() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    let manager = FileManager.default
    let shared = ["--ledger", delivery.folder + "/shared.sqlite"]
    try leavePending(delivery, shared)
    try manager.moveItem(atPath: delivery.maildir, toPath: delivery.folder + "/away")
    let outcome = try run(delivery, shared, Self.elsewhere)
    #expect(outcome.status == 75)
    #expect(outcome.errors.contains("whose Maildir is not here"), "\(outcome.errors)")
    #expect(try delivery.filed().isEmpty)
    try manager.removeItem(atPath: delivery.maildir)
    // It comes back at another path, which is the one in use.
    let moved = delivery.folder + "/moved"
    try manager.moveItem(atPath: delivery.folder + "/away", toPath: moved)
    #expect(try run(delivery, shared + ["--maildir", moved], Self.elsewhere).status == 0)
    let filed = try manager.contentsOfDirectory(atPath: moved + "/.complaints/new")
    #expect(filed.count == 2, "and the one before")
  }

  /// Another ledger in the same Maildir has no say about what this one has recorded.
  @Test(.enabled(if: canDo)) func anotherLedgerLeavesIt() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    try leavePending(delivery)
    for file in waiting(delivery) {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: file)
    }
    let other = try delivery.probe.heard(
      delivery.delivery(["--ledger", delivery.maildir + "/other.sqlite"]),
      input: DeliveryProbe.mail(2))
    #expect(other.status == 0, "\(other.errors)")
    #expect(try delivery.deliverAgain(DeliveryProbe.mail(1)))
    #expect(try delivery.copies(of: 1).count == 1)
    #expect(try delivery.copies(of: 2).count == 1)
  }

  /// A Maildir that heardd began, and one that both began.
  @Test func theLedgerOfAMaildirIsFound() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    #expect(try delivery.deliverAgain(DeliveryProbe.mail(1)))
    let manager = FileManager.default
    for end in ["", "-wal", "-shm"] where manager.fileExists(atPath: delivery.ledger + end) {
      try manager.moveItem(
        atPath: delivery.ledger + end, toPath: delivery.maildir + "/ledger.sqlite" + end)
    }
    #expect(try delivery.deliverAgain(DeliveryProbe.mail(1)))
    #expect(try delivery.copies(of: 1).count == 1, "it is known")
    #expect(!manager.fileExists(atPath: delivery.ledger))
    try Data().write(to: URL(fileURLWithPath: delivery.ledger))
    let outcome = try delivery.probe.heard(delivery.delivery(), input: DeliveryProbe.mail(2))
    #expect(outcome.status == 75)
    #expect(outcome.errors.contains("two ledgers are here"), "\(outcome.errors)")
    let named = try delivery.probe.heard(
      delivery.delivery(["--ledger", delivery.maildir + "/ledger.sqlite"]),
      input: DeliveryProbe.mail(2))
    #expect(named.status == 0)
  }
}
