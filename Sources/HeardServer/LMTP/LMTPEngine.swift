// Bytes of a client → replies and messages (RFC 2033), without a network.
//
// Steps: (1) bytes are cut into lines, or taken as message data; (2) a line is a command
// (`LMTPCommand`) and gets its reply at once, so that pipelined commands are answered in order;
// (3) data ends with CRLF.CRLF and becomes `Action.deliver`; (4) the engine takes no more input
// until `delivered(_:)` says what became of the message, one reply a recipient.

/// One side of an LMTP conversation: the server's, as a state machine.
///
/// It does not wait, read or write; whoever owns the connection feeds it bytes and carries out its
/// actions. A connection that ends in the middle of a message leaves nothing behind.
public struct LMTPEngine: Sendable {
  /// How much a client may send.
  public struct Limits: Sendable, Hashable {
    /// Bytes of a message, told to clients as SIZE.
    public var messageBytes = 128 << 20
    /// Bytes of a command line with its end; RFC 5321 asks for 512 and more for extensions.
    public var lineBytes = 4096
    /// Recipients of a message (RFC 5321 asks for 100 at least).
    public var recipients = 1000
    /// Commands that are refused before the connection is closed.
    public var refusals = 20

    /// Makes the default limits.
    public init() {}
  }

  /// What the owner of the connection has to do.
  public enum Action: Sendable, Hashable {
    /// Send these bytes.
    case reply([UInt8])
    /// File the message, then call ``LMTPEngine/delivered(_:)``.
    case deliver(LMTPTransaction)
    /// Close the connection after what was to be sent.
    case close
  }

  /// What became of a message for one of its recipients.
  public enum Outcome: Sendable, Hashable {
    /// It is on disk and on record.
    case accepted
    /// It could not be filed; the client keeps it and tries again.
    case deferred
    /// It is larger than the server takes.
    case tooLarge
    /// There is no room for it now; the client keeps it and tries again.
    case noRoom

    fileprivate var reply: String {
      switch self {
      case .accepted: "250 2.0.0 filed"
      case .deferred: "451 4.3.0 not filed; try again later"
      case .tooLarge: "552 5.3.4 message too large"
      case .noRoom: "452 4.3.1 no room now; try again later"
      }
    }
  }

  private enum State {
    case greeting
    case ready
    case mail
    case data
    case delivering
    case closed
  }

  private let hostName: String
  private let limits: Limits
  private var state = State.greeting
  private var transaction = LMTPTransaction()
  private var line: [UInt8] = []
  private var lineIsTooLong = false
  private var data = LMTPData()
  private var waiting: [UInt8] = []
  private var refusals = 0

  /// Makes the server's side of one connection.
  ///
  /// - Parameter hostName: what the server calls itself; ASCII.
  public init(hostName: String, limits: Limits = .init()) {
    self.hostName = hostName
    self.limits = limits
  }

  /// Whether it takes bytes: not while a message is being filed, nor after the end.
  public var takesInput: Bool { state != .delivering && state != .closed }
  /// Whether a message is being received.
  public var isInData: Bool { state == .data }
  /// Bytes it holds of a message that is not complete.
  public var heldBytes: Int { data.count }

  /// Forgets the message that is being received, for which there is no room; its end is awaited.
  public mutating func dropMessage() { data.drop() }

  /// What to say when a client connects.
  public func greet() -> [Action] { [.reply(Array("220 \(hostName) LMTP heard\r\n".utf8))] }

  /// What to say before the connection is closed by us, as `421 4.4.2 timeout`.
  public func farewell(_ code: String, _ words: String) -> [Action] {
    state == .closed ? [] : [.reply(Array("421 \(code) \(hostName) \(words)\r\n".utf8)), .close]
  }

  /// Takes bytes of the client; what comes while a message is being filed waits.
  public mutating func receive(_ bytes: some Collection<UInt8>) -> [Action] {
    guard state != .closed else { return [] }
    guard waiting.isEmpty, takesInput else {
      waiting.append(contentsOf: bytes)
      return []
    }
    var actions: [Action] = []
    consume(ArraySlice(bytes), &actions)
    return actions
  }

  /// Says what became of the message that was handed out, and goes on with what waited.
  ///
  /// - Parameter outcomes: one for each recipient, in their order; where one is missing, the client
  ///   is told to try again.
  public mutating func delivered(_ outcomes: [Outcome]) -> [Action] {
    guard state == .delivering else { return [] }
    var actions: [Action] = []
    // RFC 2033, 4.2: one reply for each recipient that was taken, in their order.
    for index in transaction.recipients.indices {
      say((index < outcomes.count ? outcomes[index] : .deferred).reply, &actions)
    }
    reset()
    let rest = waiting
    waiting = []
    consume(rest[...], &actions)
    return actions
  }

  private mutating func consume(_ bytes: ArraySlice<UInt8>, _ actions: inout [Action]) {
    var bytes = bytes
    while !bytes.isEmpty {
      switch state {
      case .closed: return
      case .delivering:
        waiting.append(contentsOf: bytes)
        return
      case .data: bytes = takeData(bytes, &actions)
      case .greeting, .ready, .mail: bytes = takeLine(bytes, &actions)
      }
    }
  }

  private mutating func takeData(
    _ bytes: ArraySlice<UInt8>, _ actions: inout [Action]
  ) -> ArraySlice<UInt8> {
    guard let end = data.take(bytes, limit: limits.messageBytes) else { return [] }
    let isTooLarge = data.isTooLarge
    let isDropped = data.isDropped
    transaction.message = data.finish()
    state = .delivering
    if isTooLarge || isDropped {
      // The recipients are told after the end of the data, as for any other message.
      let outcome = isTooLarge ? Outcome.tooLarge : .noRoom
      actions += delivered(transaction.recipients.map { _ in outcome })
    } else {
      actions.append(.deliver(transaction))
      transaction.message = []
    }
    return bytes[end...]
  }

  private mutating func takeLine(
    _ bytes: ArraySlice<UInt8>, _ actions: inout [Action]
  ) -> ArraySlice<UInt8> {
    guard let end = bytes.firstIndex(of: 0x0A) else {
      collect(bytes)
      return []
    }
    collect(bytes[bytes.startIndex...end])
    if lineIsTooLong {
      refuse("500 5.5.6 line too long", &actions)
    } else {
      while let last = line.last, last == 0x0A || last == 0x0D { line.removeLast() }
      perform(LMTPCommand(line), &actions)
    }
    line.removeAll(keepingCapacity: true)
    lineIsTooLong = false
    return bytes[(end + 1)...]
  }

  private mutating func collect(_ bytes: ArraySlice<UInt8>) {
    if line.count + bytes.count > limits.lineBytes {
      lineIsTooLong = true
      line.removeAll(keepingCapacity: true)
    } else if !lineIsTooLong {
      line.append(contentsOf: bytes)
    }
  }

  private mutating func reset() {
    transaction = LMTPTransaction()
    state = .ready
  }

  private func say(_ text: String, _ actions: inout [Action]) {
    actions.append(.reply(Array("\(text)\r\n".utf8)))
  }

  private mutating func refuse(_ text: String, _ actions: inout [Action]) {
    say(text, &actions)
    refusals += 1
    if refusals >= limits.refusals {
      actions += farewell("4.7.0", "too many errors")
      state = .closed
    }
  }
}

// MARK: - Commands

extension LMTPEngine {
  private mutating func perform(_ command: LMTPCommand, _ actions: inout [Action]) {
    switch command {
    case .hello(let name):
      guard !name.isEmpty else { return refuse("501 5.5.4 LHLO needs a host name", &actions) }
      reset()
      let extensions = [
        "PIPELINING", "SIZE \(limits.messageBytes)", "8BITMIME", "SMTPUTF8",
      ]
      say("250-\(hostName)", &actions)
      for name in extensions { say("250-\(name)", &actions) }
      say("250 ENHANCEDSTATUSCODES", &actions)
    case .wrongHello:
      // RFC 2033, 4.1: not to be taken for SMTP.
      refuse("500 5.5.1 this is LMTP; say LHLO", &actions)
    case .mail(let path): mail(path, &actions)
    case .recipient(let path): recipient(path, &actions)
    case .data:
      guard state == .mail else { return refuse("503 5.5.1 MAIL first", &actions) }
      guard !transaction.recipients.isEmpty else {
        return refuse("503 5.5.1 no valid recipients", &actions)
      }
      data = LMTPData()
      state = .data
      say("354 end with a line that is only a full stop", &actions)
    case .reset:
      if state == .mail { reset() }
      say("250 2.0.0 reset", &actions)
    case .noOperation: say("250 2.0.0 well", &actions)
    case .verify: say("252 2.1.5 send it and see", &actions)
    case .help: say("214 2.0.0 LHLO MAIL RCPT DATA RSET NOOP VRFY QUIT (RFC 2033)", &actions)
    case .quit:
      say("221 2.0.0 \(hostName) goodbye", &actions)
      actions.append(.close)
      state = .closed
    case .malformed(let reply): refuse(reply, &actions)
    }
  }

  private mutating func mail(_ path: LMTPCommand.Path, _ actions: inout [Action]) {
    guard state == .ready else {
      return refuse(
        state == .mail ? "503 5.5.1 a message is under way" : "503 5.5.1 LHLO first", &actions)
    }
    if let size = path.size, size > limits.messageBytes {
      return refuse("552 5.3.4 message too large", &actions)
    }
    guard path.isASCII || path.usesUTF8 else {
      return refuse("553 5.6.7 an address beyond ASCII needs SMTPUTF8", &actions)
    }
    transaction = LMTPTransaction()
    transaction.sender = path.address
    transaction.usesUTF8 = path.usesUTF8
    state = .mail
    say("250 2.1.0 sender taken", &actions)
  }

  private mutating func recipient(_ path: LMTPCommand.Path, _ actions: inout [Action]) {
    guard state == .mail else { return refuse("503 5.5.1 MAIL first", &actions) }
    guard !path.address.isEmpty else {
      return refuse("501 5.1.3 a recipient needs an address", &actions)
    }
    guard path.isASCII || transaction.usesUTF8 else {
      return refuse("553 5.6.7 an address beyond ASCII needs SMTPUTF8", &actions)
    }
    guard transaction.recipients.count < limits.recipients else {
      // Not counted as an error: RFC 5321 lets clients send the rest in another transaction.
      return say("452 4.5.3 too many recipients", &actions)
    }
    transaction.recipients.append(path.address)
    say("250 2.1.5 recipient taken", &actions)
  }
}
