import Foundation
import Heard
import HeardLexicon
import HeardMail
import HeardReply
import HeardSources
import HeardText
import Testing

/// What a refusal or a hand-over lacks, what is never looked at, and how findings are written.
@Suite struct ReplyDetailTests {
  struct Lack: Sendable, CustomTestStringConvertible {
    var body: String
    var says: String?
    var testDescription: String { body }
  }

  static let refusals: [Lack] = [
    Lack(body: "We cannot refund it.", says: "refuses without regret, a reason or an alternative"),
    Lack(body: "Sadly we cannot refund it.", says: "refuses without a reason or an alternative"),
    Lack(
      body: "Sadly we cannot refund it, because it is used.",
      says: "refuses without an alternative"),
    Lack(
      body: "We cannot refund it, because it is used. We are sorry. Instead you get a voucher.",
      says: "refuses in another order than regret, reason, alternative"),
    Lack(
      body: "Instead you get a voucher. Sadly we cannot refund it, because it is used.",
      says: "refuses in another order than regret, reason, alternative"),
    Lack(body: "Sadly we cannot refund it, because it is used. Instead you get a voucher."),
    Lack(body: "Because it is used, we are sorry that we cannot refund it. Instead, a voucher."),
    Lack(body: "Can we not refund it? We did."),
  ]

  @Test(arguments: refusals) func refusal(_ one: Lack) throws {
    let found = try ReplyBench.check(ReplyBench.letter(.english, one.body))
      .filter { $0.rule == .refusalStructure }
    #expect(found.map(\.message) == (one.says.map { [$0] } ?? []))
  }

  static let transfers: [Lack] = [
    Lack(
      body: "I have forwarded your complaint to the claims department.",
      says: "passes the case on without a name or role or a number"),
    Lack(
      body: "I have forwarded your complaint to our claims team leader.",
      says: "passes the case on without a number"),
    Lack(
      body: "I have forwarded your complaint to the claims department, 020 7946 0123.",
      says: "passes the case on without a name or role"),
    Lack(body: "I have forwarded your complaint to Mrs Pike of claims, extension 214."),
    Lack(
      body: "I have forwarded your complaint to Mrs Pike of claims. Your order is 20260512.",
      says: "passes the case on without a number"),
  ]

  @Test(arguments: transfers) func handover(_ one: Lack) throws {
    let found = try ReplyBench.check(ReplyBench.letter(.english, one.body))
      .filter { $0.rule == .handoverContact }
    #expect(found.map(\.message) == (one.says.map { [$0] } ?? []))
  }

  @Test func onlyTheWritersOwnWordsAreChecked() throws {
    let mail = """
      From: Service <service@shop.example>
      To: Jan <jan@example.com>
      Subject: You must answer this
      Date: Fri, 20 Nov 2026 10:00:00 +0100

      Dear Jan,

      Thank you for your message. You wrote: "you must pay me, but you do not". We have paid you.

      Kind regards,
      Ann
      Shop of the Year: https://shop.example

      On Thu, 19 Nov 2026 Jan wrote:
      > You must pay me. Sorry, but you must.
      """
    #expect(try ReplyBench.check(mail).filter { $0.level >= .warning } == [])
    let worse = mail.replacingOccurrences(of: "We have paid", with: "You need to wait. We paid")
    let found = try ReplyBench.check(worse).filter { $0.level >= .warning }
    #expect(found.map(\.text) == ["You need to"])
    let body = try ReplyChecker.read(Array(worse.utf8)).parts[found[0].part]
    #expect(body.name == .body)
    #expect(String(decoding: body.bytes[found[0].range.range], as: UTF8.self) == "You need to")
  }

  @Test func listsAndSalutationsDoNotHideAnImperative() throws {
    let text = "Hi Tom,\nSend us the form.\n\n1. Open the box.\n2) Remove the lid.\n"
    let found = try ReplyBench.check(text, rules: [.command])
    #expect(found.map(\.text) == ["Send us", "Open the", "Remove the"])
    #expect(found.map(\.level) == [.warning, .warning, .warning])
    #expect(found.map(\.line) == [2, 4, 5])
    #expect(found.map(\.column) == [1, 4, 4])
  }

  @Test func columnsCountCharactersAndRangesCountBytes() throws {
    let found = try ReplyBench.check("Café, één, łza: u moet bellen naar ons kantoor.")
      .filter { $0.rule == .command }
    #expect(found.count == 1)
    #expect(found.first?.column == 17)
    #expect(found.first?.range == ByteRange(20, 26))
  }

  @Test func admissionIsOffUnlessAskedFor() throws {
    let reply = try ReplyChecker.read(Array("We accept full liability for it.".utf8))
    let wording = try ReplyBench.wording.get()
    #expect(ReplyChecker(wording).check(reply).allSatisfy { $0.rule != .admission })
    #expect(
      ReplyChecker(wording, rules: [.admission]).check(reply).map(\.rule) == [.admission])
  }

  @Test func incomingIsJudgedByThePipeline() throws {
    let worker = try ReplyBench.pipeline.get().makeWorker()
    let checker = ReplyChecker(try ReplyBench.wording.get())
    let angry = "This is DISGUSTING!!! I am furious, you useless bunch of clowns, nothing works!!!"
    let reply = Array("Dear Mr Booth,\n\nWe have replaced your router.\n".utf8)
    let findings = try checker.check(reply: reply, to: Array(angry.utf8), worker: worker).findings
    #expect(
      findings.filter { $0.level >= .warning }.map(\.rule).sorted { $0.rawValue < $1.rawValue }
        == [.acknowledgeFirst, .thanks])
    let calm = try checker.check(
      reply: reply, to: Array("What are your opening hours on Sunday?".utf8), worker: worker)
    #expect(calm.findings.allSatisfy { $0.level == .note })
    #expect(throws: MailError.self) { try checker.check(reply: [], to: nil, worker: nil) }
  }

  @Test func plainTextIsReadWithinLimits() throws {
    var limits = Limits()
    limits.textBytes = 10
    let text = Array("Dear Mr Booth, we have replaced your router.".utf8)
    let reply = try ReplyChecker.read(text, limits: limits)
    #expect(reply.parts.map(\.bytes.count) == [10])
    let shipped = try ReplyBench.pipeline.get()
    let pipeline = Pipeline(lexicon: shipped.lexicon, policy: shipped.policy, limits: limits)
    guard
      case .judged(let message, _, _) = pipeline.makeWorker().judge(text: text, id: .none).outcome
    else {
      Issue.record("not judged")
      return
    }
    #expect(message.parts.map(\.bytes.count) == [10])
    #expect(message.repairs.map(\.code) == ["text-too-long"])
  }

  @Test func json() throws {
    let wording = try ReplyBench.wording.get()
    let reply = try ReplyChecker.read(Array("You must call us about your new lamp.".utf8))
    let report = ReplyReport(
      name: "a.txt", reply: reply, wording: wording,
      findings: ReplyChecker(wording).check(reply), level: .warning)
    #expect(report.worst == .error)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(report.json)) as? [String: Any])
    #expect(object["reply"] as? String == "a.txt")
    #expect((object["lexicon"] as? String)?.hasPrefix("sha256:") == true)
    let finding = try #require((object["findings"] as? [[String: Any]])?.first)
    #expect(finding["rule"] as? String == "command")
    #expect(finding["level"] as? String == "error")
    #expect(finding["part"] as? String == "body")
    #expect(finding["start"] as? Int == 0)
    #expect(finding["end"] as? Int == 8)
    #expect(finding["text"] as? String == "You must")
    #expect(finding["entry"] as? String == "en.command.must")
    #expect((finding["suggestion"] as? String)?.contains("Would you") == true)
  }
}
