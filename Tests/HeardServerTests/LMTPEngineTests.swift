import HeardTestSupport
import Testing

@testable import HeardServer

/// A conversation with the engine; messages are delivered by `outcome`.
private struct Conversation {
  var engine: LMTPEngine
  var replies: [String] = []
  var delivered: [LMTPTransaction] = []
  var isClosed = false
  var outcome: @Sendable (LMTPTransaction) -> [LMTPEngine.Outcome] = {
    $0.recipients.map { _ in .accepted }
  }

  init(limits: LMTPEngine.Limits = .init()) {
    engine = LMTPEngine(hostName: "mx.test", limits: limits)
  }

  mutating func send(_ text: String) { send(Array(text.utf8)) }

  mutating func send(_ bytes: [UInt8]) {
    carryOut(engine.receive(bytes))
  }

  private mutating func carryOut(_ actions: [LMTPEngine.Action]) {
    for action in actions {
      switch action {
      case .reply(let bytes):
        replies += String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
      case .deliver(let transaction):
        delivered.append(transaction)
        carryOut(engine.delivered(outcome(transaction)))
      case .close: isClosed = true
      }
    }
  }

  /// The codes of the replies, as `250`.
  var codes: [String] { replies.map { String($0.prefix(3)) } }
}

private let envelope = "LHLO me\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n"

@Suite("LMTP engine")
struct LMTPEngineTests {
  @Test func namesItsExtensions() {
    var talk = Conversation()
    talk.send("LHLO client.test\r\n")
    #expect(
      talk.replies == [
        "250-mx.test", "250-PIPELINING", "250-SIZE \(128 << 20)", "250-8BITMIME", "250-SMTPUTF8",
        "250 ENHANCEDSTATUSCODES",
      ])
  }

  /// RFC 2033, 4.2: one reply a recipient that was taken, in order, and none for one that was not.
  @Test func repliesOncePerRecipient() {
    var talk = Conversation()
    talk.outcome = { _ in [.accepted, .deferred] }
    talk.send(
      "LHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<a@x.test>\r\nRCPT TO:nobody\r\nRCPT TO:<c@x.test>\r\n"
        + "DATA\r\nSubject: x\r\n\r\nhello\r\n.\r\nQUIT\r\n")
    #expect(talk.delivered.first?.recipients == ["a@x.test", "c@x.test"])
    #expect(
      talk.codes.suffix(8) == ["250", "250", "501", "250", "354", "250", "451", "221"])
    #expect(talk.isClosed)
  }

  struct DataCase: CustomTestStringConvertible, Sendable {
    let name: String
    let sent: String
    let filed: String
    var testDescription: String { name }
  }

  @Test(arguments: [
    DataCase(name: "empty", sent: ".\r\n", filed: ""),
    DataCase(name: "CRLF becomes LF", sent: "a\r\nb\r\n.\r\n", filed: "a\nb\n"),
    DataCase(name: "a stuffed dot goes", sent: "..\r\n...b\r\n.c\r\n.\r\n", filed: ".\n..b\nc\n"),
    DataCase(name: "a dot inside stays", sent: "a.\r\n.\r\n", filed: "a.\n"),
    DataCase(name: "bare LF is text", sent: "a\nb\r\n.\r\n", filed: "a\nb\n"),
    DataCase(name: "bare CR is text", sent: "a\rb\r\r\n.\r\n", filed: "a\rb\r\n"),
    DataCase(name: "LF dot LF is no end", sent: "a\n.\nb\r\n.\r\n", filed: "a\n.\nb\n"),
    DataCase(name: "LF dot CRLF is no end", sent: "a\n.\r\nb\r\n.\r\n", filed: "a\n.\nb\n"),
    DataCase(name: "CRLF dot LF is no end", sent: "a\r\n.\nb\r\n.\r\n", filed: "a\n\nb\n"),
    DataCase(name: "CRLF dot CR is no end", sent: "a\r\n.\rb\r\n.\r\n", filed: "a\n\rb\n"),
    DataCase(
      name: "a smuggled command is text", sent: "a\n.\nMAIL FROM:<evil@x>\r\n.\r\n",
      filed: "a\n.\nMAIL FROM:<evil@x>\n"),
  ])
  func takesDataApart(_ example: DataCase) {
    // Cut everywhere: what comes in pieces means the same.
    let bytes = Array(example.sent.utf8)
    for size in 1...max(1, bytes.count) {
      var talk = Conversation()
      talk.send(envelope + "DATA\r\n")
      for start in stride(from: 0, to: bytes.count, by: size) {
        talk.send(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(talk.delivered.count == 1)
      #expect(
        talk.delivered.first.map { String(decoding: $0.message, as: UTF8.self) } == example.filed)
      #expect(talk.codes.last == "250")
    }
  }

  struct CommandCase: CustomTestStringConvertible, Sendable {
    let sent: String
    let code: String
    var testDescription: String { sent }
  }

  @Test(arguments: [
    CommandCase(sent: "HELO me", code: "500"),
    CommandCase(sent: "EHLO me", code: "500"),
    CommandCase(sent: "LHLO", code: "501"),
    CommandCase(sent: "MAIL FROM:<a@x>", code: "250"),
    CommandCase(sent: "mail from: <a@x> body=8bitmime size=100 smtputf8", code: "250"),
    CommandCase(sent: "MAIL FROM:<> SIZE=99999999999999999999999", code: "552"),
    CommandCase(sent: "MAIL FROM:<a@x> SIZE=134217729", code: "552"),
    CommandCase(sent: "MAIL FROM:<a@x> SIZE=", code: "501"),
    CommandCase(sent: "MAIL FROM:<a@x> SIZE=1 SIZE=2", code: "501"),
    CommandCase(sent: "MAIL FROM:<a@x> BODY=BINARYMIME", code: "501"),
    CommandCase(sent: "MAIL FROM:<a@x> AUTH=<>", code: "555"),
    CommandCase(sent: "MAIL FROM:a@x", code: "501"),
    CommandCase(sent: "MAIL FROM:<a@x", code: "501"),
    CommandCase(sent: "MAIL FROM:<ż@x.test>", code: "553"),
    CommandCase(sent: "MAIL FROM:<ż@x.test> SMTPUTF8", code: "250"),
    CommandCase(sent: "MAIL FROM:<\"a b>\\\"\"@x.test>", code: "250"),
    CommandCase(sent: "MAIL FROM:<@relay.test:a@x.test>", code: "250"),
    CommandCase(sent: "MAIL TO:<a@x>", code: "501"),
    CommandCase(sent: "RCPT TO:<a@x>", code: "503"),
    CommandCase(sent: "DATA", code: "503"),
    CommandCase(sent: "DATA now", code: "501"),
    CommandCase(sent: "BDAT 10 LAST", code: "500"),
    CommandCase(sent: "STARTTLS", code: "500"),
    CommandCase(sent: "VRFY a", code: "252"),
    CommandCase(sent: "NOOP whatever", code: "250"),
    CommandCase(sent: "HELP", code: "214"),
    CommandCase(sent: "RSET", code: "250"),
    CommandCase(sent: "GET / HTTP/1.1", code: "500"),
    CommandCase(sent: "", code: "500"),
    CommandCase(sent: "NO\u{0}OP", code: "500"),
  ])
  func answersCommands(_ example: CommandCase) {
    var talk = Conversation()
    talk.send("LHLO me\r\n")
    talk.replies = []
    talk.send(example.sent + "\r\n")
    #expect(talk.codes == [example.code])
  }

  @Test func needsLHLOFirst() {
    var talk = Conversation()
    talk.send("MAIL FROM:<a@x>\r\n")
    #expect(talk.codes == ["503"])
  }

  @Test func forgetsAtReset() {
    var talk = Conversation()
    talk.send(envelope + "RSET\r\nDATA\r\n")
    #expect(talk.codes.suffix(2) == ["250", "503"])
  }

  @Test func takesWhatWaitsWhileFiling() {
    var engine = LMTPEngine(hostName: "mx.test")
    let actions = engine.receive(Array((envelope + "DATA\r\nx\r\n.\r\nNOOP\r\nNOOP\r\n").utf8))
    guard case .deliver? = actions.last else {
      Issue.record("nothing to deliver")
      return
    }
    #expect(!engine.takesInput)
    #expect(engine.receive(Array("QUIT\r\n".utf8)).isEmpty)
    let replies = engine.delivered([.accepted])
    #expect(replies.count == 5 && replies.last == .close)
  }

  @Test func refusesWhatIsTooLargeAfterItsEnd() {
    var limits = LMTPEngine.Limits()
    limits.messageBytes = 10
    var talk = Conversation(limits: limits)
    talk.send(envelope + "DATA\r\n12345678901\r\n")
    #expect(talk.codes.last == "354")
    talk.send(".\r\nNOOP\r\n")
    #expect(talk.codes.suffix(2) == ["552", "250"])
    #expect(talk.delivered.isEmpty)
  }

  @Test func asksToComeBackWhenThereIsNoRoom() {
    var talk = Conversation()
    talk.send(envelope + "DATA\r\nsome text\r\n")
    talk.engine.dropMessage()
    #expect(talk.engine.heldBytes == 0)
    talk.send("more\r\n.\r\n")
    #expect(talk.codes.last == "452")
    #expect(talk.delivered.isEmpty)
  }

  @Test func limitsRecipients() {
    var limits = LMTPEngine.Limits()
    limits.recipients = 2
    var talk = Conversation(limits: limits)
    talk.send(envelope + "RCPT TO:<c@y>\r\nRCPT TO:<d@y>\r\nDATA\r\nx\r\n.\r\n")
    #expect(talk.codes.suffix(5) == ["250", "452", "354", "250", "250"])
  }

  @Test func closesAfterManyErrors() {
    var talk = Conversation()
    for _ in 0..<40 { talk.send("FOO\r\n") }
    #expect(talk.isClosed)
    #expect(talk.codes.count == 21 && talk.codes.last == "421")
  }

  @Test func boundsALine() {
    var talk = Conversation()
    for _ in 0..<100 { talk.send(String(repeating: "x", count: 1000)) }
    talk.send("\r\nNOOP\r\n")
    #expect(talk.codes == ["500", "250"])
  }

  /// Any bytes, cut anywhere: never a crash, and whatever is delivered has a recipient and ended.
  @Test func takesAnyBytes() {
    var random = SeededGenerator(seed: 2033)
    let words = [
      "LHLO a", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA", "\r\n", ".", "\r\n.\r\n", "\n", "\r",
      "QUIT", "RSET", "x", "\u{0}", "ż", "SIZE=", "<", ">", "\"", " ",
    ]
    for _ in 0..<2000 {
      var talk = Conversation()
      var text = envelope
      for _ in 0..<Int.random(in: 0..<30, using: &random) {
        text += words.randomElement(using: &random) ?? ""
        if Bool.random(using: &random) { text += "\r\n" }
      }
      let bytes = Array(text.utf8)
      var whole = Conversation()
      whole.send(bytes)
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + Int.random(in: 1...9, using: &random))
        talk.send(Array(bytes[start..<end]))
        start = end
      }
      #expect(talk.replies == whole.replies)
      #expect(talk.delivered == whole.delivered)
      #expect(talk.delivered.allSatisfy { !$0.recipients.isEmpty })
    }
  }
}
