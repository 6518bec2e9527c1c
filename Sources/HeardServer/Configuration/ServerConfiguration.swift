internal import Logging

/// What `heardd` does, as its configuration says.
struct ServerConfiguration: Sendable {
  /// Limits of HTTP; times are milliseconds, sizes bytes.
  struct HTTP: Sendable, Hashable {
    var listen: [ListenAddress]
    var body: Int
    var batchLine: Int
    var batchTime: Int
    var connections: Int
    var requests: Int
    var requestTime: Int
    var idleTime: Int
    var certificate: String
    var key: String
    var isOpen: Bool
  }

  /// Limits of LMTP; times are milliseconds, sizes bytes.
  struct LMTP: Sendable, Hashable {
    var listen: [ListenAddress]
    var memory: Int
    var connections: Int
    var idleTime: Int
    var messageTime: Int
    var limits: LMTPEngine.Limits
  }

  /// Where messages are filed, and what is kept of them.
  struct Intake: Sendable, Hashable {
    /// Empty: nothing is filed.
    var maildir: String
    var ledger: String
    var fallback: String
    var threads: Int
    var days: Int
    var records: Int
  }

  /// Watched Maildirs.
  struct Maildir: Sendable, Hashable {
    var watch: [String]
    /// Milliseconds.
    var interval: Int
  }

  var lexicons: String
  var policy: String
  var replies: String
  var hostName: String
  var logLevel: Logger.Level
  var workers: Int
  var waiting: Int
  var patience: Int
  var http: HTTP
  var tokens: [AccessToken]
  var lmtp: LMTP
  var socketMode: UInt32
  var intake: Intake
  var maildir: Maildir
  /// Milliseconds.
  var grace: Int

  /// What the values mean.
  init(_ reader: ConfigurationReader) {
    let values = Values(items: reader.items)
    lexicons = values.text("lexicons")
    policy = values.text("policy")
    replies = values.text("replies")
    hostName = values.text("host-name")
    logLevel = Logger.Level(rawValue: values.text("log.level")) ?? .info
    workers = values.number("judging.workers")
    waiting = values.number("judging.waiting")
    patience = values.number("judging.patience")
    http = HTTP(
      listen: values.addresses("http.listen"), body: values.number("http.body"),
      batchLine: values.number("http.batch-line"), batchTime: values.number("http.batch-time"),
      connections: values.number("http.connections"), requests: values.number("http.requests"),
      requestTime: values.number("http.request-time"), idleTime: values.number("http.idle-time"),
      certificate: values.text("http.tls.certificate"), key: values.text("http.tls.key"),
      isOpen: values.truth("http.open"))
    tokens = values.tokens("http.tokens")
    var limits = LMTPEngine.Limits()
    limits.messageBytes = values.number("lmtp.message")
    limits.recipients = values.number("lmtp.recipients")
    lmtp = LMTP(
      listen: values.addresses("lmtp.listen"), memory: values.number("lmtp.memory"),
      connections: values.number("lmtp.connections"), idleTime: values.number("lmtp.idle-time"),
      messageTime: values.number("lmtp.message-time"), limits: limits)
    socketMode = UInt32(values.text("socket.mode"), radix: 8) ?? 0o660
    let root = values.text("intake.maildir")
    let ledger = values.text("intake.ledger")
    intake = Intake(
      maildir: root, ledger: ledger.isEmpty ? "\(root)/ledger.sqlite" : ledger,
      fallback: values.text("intake.fallback"), threads: values.number("intake.threads"),
      days: values.number("intake.days"), records: values.number("intake.records"))
    maildir = Maildir(
      watch: values.texts("maildir.watch"), interval: values.number("maildir.interval"))
    grace = values.number("stop.grace")
  }
}

/// Typed access to what was read; the schema and its test keep the kinds right.
private struct Values {
  let items: [String: ConfigurationReader.Item]

  func text(_ path: String) -> String {
    if case .text(let text)? = items[path]?.value { text } else { "" }
  }

  func number(_ path: String) -> Int {
    if case .number(let number)? = items[path]?.value { number } else { 0 }
  }

  func truth(_ path: String) -> Bool {
    if case .truth(let truth)? = items[path]?.value { truth } else { false }
  }

  func texts(_ path: String) -> [String] {
    if case .texts(let texts)? = items[path]?.value { texts } else { [] }
  }

  func addresses(_ path: String) -> [ListenAddress] { texts(path).compactMap { ListenAddress($0) } }

  func tokens(_ path: String) -> [AccessToken] {
    if case .tokens(let tokens)? = items[path]?.value { tokens } else { [] }
  }
}
