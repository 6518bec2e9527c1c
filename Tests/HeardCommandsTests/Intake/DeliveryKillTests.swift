import Foundation
import Testing

/// `kill -9` at any moment: the mail server tries again, and the mail is there once.
@Suite struct DeliveryKillTests {
  /// Delivers by the shell, killed after `delay` seconds; `$F` is the probe's folder.
  private static let killed = #""$@" <"$F/in" & sleep "$D"; kill -9 $!; wait $!"#

  @Test func killedAtRandomMoments() throws {
    let isLong = ProcessInfo.processInfo.environment["HEARD_LONG_TESTS"] != nil
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    let mails = isLong ? 300 : 8
    // The first may have to compile the lexicon; how long the second takes tells which moments there
    // are.
    #expect(try delivery.deliverAgain(DeliveryProbe.mail(0)))
    let start = ContinuousClock.now
    #expect(try delivery.deliverAgain(DeliveryProbe.mail(0)))
    let parts = start.duration(to: .now).components
    let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    var random = SystemRandomNumberGenerator()
    var interrupted = 0
    for number in 1...mails {
      let mail = DeliveryProbe.mail(number)
      _ = try delivery.probe.file("in", mail)
      for _ in 0..<3 {
        let delay = Double.random(in: 0...(seconds * 0.9), using: &random)
        let outcome = try delivery.probe.heard(
          delivery.delivery(), environment: ["F": delivery.folder, "D": "\(delay)"],
          shell: Self.killed)
        // The shell's status of a process that was killed.
        #expect([0, 75, 137].contains(outcome.status), "\(outcome.status) \(outcome.errors)")
        if outcome.status != 137 { break }
        interrupted += 1
        #expect(try delivery.copies(of: number).count <= 1)
      }
      #expect(try delivery.deliverAgain(mail))
    }
    #expect(interrupted > 0)
    let filed = try delivery.filed()
    #expect(filed.count == mails + 1)
    #expect(filed.values.allSatisfy { $0.count == 1 })
    for number in 0...mails {
      let whole = String(decoding: DeliveryProbe.mail(number), as: UTF8.self)
      #expect(try delivery.copies(of: number).allSatisfy { $0.hasSuffix(whole) })
    }
    let verified = try delivery.probe.heard(["ledger", "verify", "--ledger", delivery.ledger])
    #expect(verified.text.hasPrefix("\(mails + 1) records, 0 forgotten, 0 faults"))
  }

  @Test func manyAtTheSameTime() throws {
    let delivery = try DeliveryProbe()
    defer { delivery.probe.remove() }
    for number in 0..<6 {
      _ = try delivery.probe.file("in\(number)", DeliveryProbe.mail(number))
    }
    // Every mail twice at the same time, as after a connection that broke.
    let outcome = try delivery.probe.heard(
      delivery.delivery(), environment: ["F": delivery.folder],
      shell: """
        jobs=""
        for n in 0 1 2 3 4 5 0 1 2 3 4 5; do "$@" <"$F/in$n" & jobs="$jobs $!"; done
        for job in $jobs; do wait $job || exit $?; done
        """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let filed = try delivery.filed()
    #expect(filed.count == 6)
    #expect(filed.values.allSatisfy { $0.count == 1 })
  }
}
