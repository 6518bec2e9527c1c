import FoundationEssentials
import HeardLexicon
import HeardMail
import HeardSources

@testable import HeardServer

/// What clients and operators send to heardd.
enum ServerTargets {
  static let all = [lmtp, messages, lines, bodyType, configuration]

  static let lmtp = FuzzTarget(
    name: "lmtp",
    words: [
      "LHLO mx\r\n", "MAIL FROM:<a@b>\r\n", "RCPT TO:<c@d>\r\n", "DATA\r\n", "\r\n.\r\n",
      "RSET\r\n",
      "NOOP\r\n", "QUIT\r\n", "VRFY x\r\n", "SIZE=", "BODY=8BITMIME", "SMTPUTF8", "\r\n..\r\n",
      "\n.\n",
      "\r.\r", "<\"a\\\"b\"@c>", "<>", "EHLO x\r\n", ".\r\n", "@a,@b:",
    ]
  ) { input in
    var limits = LMTPEngine.Limits()
    limits.messageBytes = [1 << 20, 8][input.choice(2)]
    limits.lineBytes = [512, 16][input.choice(2)]
    limits.recipients = 3
    let seed = input.choice(251)
    let whole = try converse(limits, [input.bytes])
    // How the network cuts it is no matter.
    let cut = try converse(limits, input.pieces(7, seed: seed))
    try hold(whole.replies == cut.replies, "replies depend on how the bytes are cut")
    try hold(whole.mails == cut.mails, "mails depend on how the bytes are cut")
  }

  /// Feeds pieces; every message is accepted for every other recipient.
  private static func converse(
    _ limits: LMTPEngine.Limits, _ pieces: [[UInt8]]
  ) throws -> (replies: [UInt8], mails: [LMTPTransaction]) {
    var engine = LMTPEngine(hostName: "mx.test", limits: limits)
    var replies: [UInt8] = []
    var mails: [LMTPTransaction] = []
    var isClosed = false
    func carryOut(_ actions: [LMTPEngine.Action]) throws {
      for action in actions {
        try hold(!isClosed, "something happens behind the end")
        switch action {
        case .reply(let bytes):
          try hold(bytes.suffix(2).elementsEqual([0x0D, 0x0A]), "a reply without an end")
          try hold(
            bytes.dropLast(2).allSatisfy { $0 >= 0x20 || $0 == 0x0D || $0 == 0x0A }
              && bytes.prefix(3).allSatisfy { (0x30...0x39).contains($0) }, "a reply that is none")
          replies += bytes
        case .deliver(let mail):
          try hold(
            !mail.recipients.isEmpty && mail.recipients.count <= limits.recipients,
            "a mail to nobody, or to too many")
          try hold(mail.message.count <= limits.messageBytes, "a mail that is too large")
          mails.append(mail)
          let outcomes = mail.recipients.indices.map {
            $0 % 2 == 0 ? LMTPEngine.Outcome.accepted : .deferred
          }
          try carryOut(engine.delivered(outcomes))
        case .close: isClosed = true
        }
      }
    }
    for piece in pieces { try carryOut(engine.receive(piece)) }
    return (replies, mails)
  }

  static let messages = FuzzTarget(
    name: "http-json",
    words: [
      "{\"text\":\"", "\"id\":\"", "\"lang\":\"nl\"", "\"meta\":{\"subject\":\"", "\"from\":\"",
      "\"to\":[\"", "\"reply\":\"", "\"incoming\":{\"text\":\"", "\\u0000", "\\ud83d", "null", "~1",
    ]
  ) { input in
    let body = Data(input.bytes)
    do {
      try Laws.message(try JSONDecoder().decode(MessageRequest.self, from: body).message)
    } catch {
      try checkPlace(error)
    }
    do {
      let request = try JSONDecoder().decode(ReplyRequest.self, from: body)
      try Laws.message(PlainText.message(text: Array(request.reply.utf8), id: nil))
    } catch {
      try checkPlace(error)
    }
  }

  private static func checkPlace(_ error: any Error) throws {
    if let law = error as? BrokenLaw { throw law }
    if let error = error as? MessageRequestError {
      try hold(error.pointer.isEmpty || error.pointer.utf8.first == 0x2F, "no JSON Pointer")
      try hold(!error.message.isEmpty, "no words")
    }
  }

  static let lines = FuzzTarget(
    name: "http-lines", words: ["\n", "\r\n", " \n", "{\"text\":\"a\"}\n"]
  ) { input in
    let limit = [1 << 20, 10, 1, 0][input.choice(4)]
    let seed = input.choice(251)
    let whole = cut([input.bytes], limit)
    let pieces = cut(input.pieces(9, seed: seed), limit)
    try hold(
      whole.map(\.number) == pieces.map(\.number) && whole.map(\.bytes) == pieces.map(\.bytes),
      "lines depend on how the bytes are cut")
    let expected = input.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for line in whole {
      let original = Array(expected[line.number - 1])
      try hold(line.bytes == (original.count > limit ? nil : original), "another line")
    }
    for (index, line) in expected.enumerated()
    where line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) || line.count > limit {
      try hold(whole.contains { $0.number == index + 1 }, "a line was lost")
    }
  }

  private static func cut(
    _ pieces: [[UInt8]], _ limit: Int
  ) -> [(number: Int, bytes: [UInt8]?)] {
    var cutter = LineCutter(limit: limit)
    var lines: [(number: Int, bytes: [UInt8]?)] = []
    for piece in pieces { lines += cutter.take(piece) }
    return lines + cutter.finish()
  }

  static let bodyType = FuzzTarget(
    name: "http-type",
    words: ["text/plain", "; ", "charset=", "\"utf-8\"", "message/rfc822", "/", "\t"], limit: 256
  ) { input in
    guard let type = BodyType(input.text) else { return }
    try hold(type.name == type.name.lowercased() && type.name.contains("/"), "no type")
    try hold(BodyType(type.name)?.name == type.name, "a type that is none")
  }

  static let configuration = FuzzTarget(
    name: "configuration", seeds: ["packaging/etc/heardd.yaml"],
    words: [
      "heardd: heard/1\n", "http:\n", "  listen: 127.0.0.1:1\n", "  body: 2 MiB\n", "  tokens:\n",
      "  - {name: a, sha256: ", "scopes: [judge, reload]}\n", "lmtp:\n", "unix:/run/x.sock",
      "[::1]:24",
      "maildir: {watch: [", "intake:\n", "  ledger: postgres://", "log: {level: info}\n", "10 min",
      "30 s", "lexicons: ", "policy: ", "true", "'", "\"\\n\"",
    ], limit: 2048
  ) { input in
    var reader = ConfigurationReader()
    reader.read(file: "heardd.yaml", text: input.text)
    for problem in reader.problems {
      try hold(problem.location.line >= 1 && problem.location.column >= 1, "no place: \(problem)")
      try hold(!problem.message.isEmpty && !problem.hint.isEmpty, "no words: \(problem)")
    }
    guard reader.problems.isEmpty else { return }
    let dump = ConfigurationDump.text(reader, showsOrigin: true)
    var again = ConfigurationReader()
    again.read(file: "heardd.yaml", text: dump)
    try hold(again.problems.isEmpty, "what is dumped cannot be read: \(again.problems)")
    try hold(
      again.items.mapValues(\.value) == reader.items.mapValues(\.value),
      "what is dumped is read as something else")
  }
}
