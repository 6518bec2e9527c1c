import Foundation
import HeardLexicon
import HeardMail
import HeardReply
import HeardSources
import HeardTestSupport
import HeardText
import Testing

/// Laws 1, 8 and 9 over random replies, and the two articles that break each other's rules.
@Suite struct ReplyLawTests {
  static let pieces = [
    "U moet bellen.", "Musi Pani czekać.", "You must wait.", "Het spijt ons,", "maar ", "but ",
    "ale ", "\n\n", "\n", "> ", "\"", "„", "”", "1. ", "Send us ", "Wyślij ", "Stuur ", "?", "!!",
    "zażółć ", "ﬁ", "e\u{301}", "\u{200B}", "👩‍👩‍👧 ", "Met vriendelijke groet,\n",
    "Op 1 mei schreef Jan:\n",
    "contact the department ", "I have forwarded your case to the team ", "020 7946 0123 ", ", ",
    "Wij kunnen dit niet vergoeden. ", "omdat ", "Wel kunnen wij u ", "\r\n", "\t", "\u{0}",
  ]

  static func text(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...40, using: &generator))
      .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
  }

  @Test func findingsPointIntoTheWritersOwnWords() throws {
    let wording = try ReplyBench.wording.get()
    let all = Set(ReplyRule.allCases)
    var generator = SeededGenerator(seed: 12)
    var replies: [(reply: Message, incoming: IncomingMessage?)] = []
    for _ in 0..<200 {
      let text = Self.text(&generator)
      let incoming = Bool.random(using: &generator) ? ReplyBench.angry(.dutch) : nil
      replies.append((try ReplyChecker.read(Array(text.utf8)), incoming))
    }
    let checker = ReplyChecker(wording, rules: all)
    let found = replies.map { checker.check($0.reply, to: $0.incoming) }
    // Law 8: what was checked before makes no difference.
    let other = ReplyChecker(wording, rules: all)
    #expect(
      found == replies.reversed().map { other.check($0.reply, to: $0.incoming) }.reversed())
    for (index, findings) in found.enumerated() {
      let reply = replies[index].reply
      for finding in findings {
        let part = reply.parts[finding.part]
        #expect(finding.range.range.upperBound <= part.bytes.count && !finding.range.isEmpty)
        #expect(
          String(decoding: part.bytes[finding.range.range], as: UTF8.self) == finding.text)
        let zone = part.zones.first { $0.range.range.contains(Int(finding.range.start)) }?.zone
        #expect(zone == .own)
        let before = part.bytes[..<finding.range.range.lowerBound]
        #expect(finding.line == before.count { $0 == 0x0A } + 1)
      }
      #expect(findings.map(\.range.start) == findings.map(\.range.start).sorted())
    }
    #expect(found.joined().count > 200)
  }

  @Test func anyBytesAreRead() throws {
    let checker = ReplyChecker(try ReplyBench.wording.get(), rules: Set(ReplyRule.allCases))
    var generator = SeededGenerator(seed: 99)
    for _ in 0..<60 {
      let bytes = (0..<Int.random(in: 1...300, using: &generator))
        .map { _ in UInt8.random(in: 0...255, using: &generator) }
      guard let reply = try? ReplyChecker.read(bytes) else { continue }
      _ = checker.check(reply, to: ReplyBench.angry(.english))
    }
  }

  /// Each of these would be slow, or deep, if rules looked at every pair of signs.
  @Test(arguments: [
    "Sorry maar ", "1. ", "You must wait. ", "we contact the department ", "\"you must\" ",
    "niet tylko ale ", "I have forwarded your case to Mr Pike 020 7946 0123. ", "a\n\n",
  ])
  func longRepliesTakeNoLonger(piece: String) throws {
    let checker = ReplyChecker(try ReplyBench.wording.get(), rules: Set(ReplyRule.allCases))
    let text = String(repeating: piece, count: 40_000 / piece.utf8.count) + "Send us the form."
    let findings = checker.check(
      try ReplyChecker.read(Array(text.utf8)), to: ReplyBench.angry(.dutch))
    #expect(findings.count < 40_000)
  }

  static func seed(_ name: String) -> [UInt8]? {
    let given = ProcessInfo.processInfo.environment["HEARD_SHARED"]
    let folder =
      given.map { URL(fileURLWithPath: $0) }
      ?? ReplyBench.root.deletingLastPathComponent().appendingPathComponent("shared")
    let file = folder.appendingPathComponent("seeds/\(name)")
    guard let data = try? Data(contentsOf: file) else {
      print("SKIPPED: \(file.path) is missing; set HEARD_SHARED to the folder that has seeds/")
      return nil
    }
    return Array(data)
  }

  /// "Daag de klant niet meteen uit, maar bedank hem": the rule of one article breaks the other's.
  @Test func theFirstArticleContradictsAndIsNoError() throws {
    guard let bytes = Self.seed("000_16f6e26aff8a25d0.txt") else { return }
    let checker = ReplyChecker(try ReplyBench.wording.get())
    let found = checker.check(try ReplyChecker.read(bytes)).filter { $0.rule == .adversative }
    let place = try #require(
      String(decoding: bytes, as: UTF8.self).range(of: "maar bedank hem"))
    let offset = String(decoding: bytes, as: UTF8.self)[..<place.lowerBound].utf8.count
    #expect(found.contains { $0.range.start == UInt32(offset) })
    #expect(found.allSatisfy { $0.level < .error })
  }

  /// "U moet JavaScript hebben ingeschakeld" stands in the page's footer.
  @Test func theThirdArticlesFooterIsNoCommand() throws {
    guard let bytes = Self.seed("002_9536c6c1ef009f9b.txt") else { return }
    let checker = ReplyChecker(try ReplyBench.wording.get())
    let found = checker.check(try ReplyChecker.read(bytes)).filter { $0.rule == .command }
    #expect(found.allSatisfy { !$0.text.contains("moet") })
    let line = "Dank voor uw bericht. U moet JavaScript hebben ingeschakeld om dit te lezen."
    #expect(checker.check(try ReplyChecker.read(Array(line.utf8))).allSatisfy { $0.level == .note })
  }
}
