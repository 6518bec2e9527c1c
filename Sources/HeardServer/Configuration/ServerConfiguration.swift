internal import HeardIntake
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
    /// Of one client.
    var clientRequests: Int
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
    /// Empty: the queues are in ``queues``, or nothing is filed.
    var maildir: String
    /// Database of queues and ledger; empty: the queues are in ``maildir``.
    var queues: String
    /// Empty: nobody named one of the two in the Maildir.
    var ledger: String
    /// Folder for notes; empty where none was found.
    var state: String
    var attempts: Int
    var headers: TicketSystem
    var fallback: String
    var threads: Int
    var days: Int
    var records: Int

    /// Whether messages are filed.
    var isPresent: Bool { !maildir.isEmpty || !queues.isEmpty }
  }

  /// What messages are handled with besides lexicons and policy; empty paths: without.
  struct Handling: Sendable, Hashable {
    var deadlines: [String]
    var staff: String
    var cases: String
    var casesKey: String
    var days: Int
  }

  /// Where records go; times are milliseconds.
  struct Webhook: Sendable, Hashable {
    /// Empty: nowhere.
    var url: String
    var secret: String
    var timeout: Int
    var firstDelay: Int
    var mostDelay: Int
    var patience: Int
    var concurrency: Int
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
  var judgingTime: Int
  var http: HTTP
  var tokens: [AccessToken]
  var lmtp: LMTP
  var socketMode: UInt32
  var intake: Intake
  var handling: Handling
  var webhook: Webhook
  var maildir: Maildir
  /// Milliseconds.
  var grace: Int
  /// Where values that are not defaults come from, as `heardd.yaml:7:3`, by their keys.
  private let places: [String: String]

  /// A key with the place its value comes from, for errors.
  func place(_ key: String) -> String { places[key].map { "\($0): \(key)" } ?? key }

  /// What the values mean.
  init(_ reader: ConfigurationReader) {
    let values = Values(items: reader.items)
    places = reader.items.compactMapValues { item in
      if case .file(let location) = item.origin { "\(location)" } else { nil }
    }
    lexicons = values.text("lexicons")
    policy = values.text("policy")
    replies = values.text("replies")
    hostName = values.text("host-name")
    logLevel = Logger.Level(rawValue: values.text("log.level")) ?? .info
    workers = values.number("judging.workers")
    waiting = values.number("judging.waiting")
    patience = values.number("judging.patience")
    judgingTime = values.number("judging.time")
    http = HTTP(
      listen: values.addresses("http.listen"), body: values.number("http.body"),
      batchLine: values.number("http.batch-line"), batchTime: values.number("http.batch-time"),
      connections: values.number("http.connections"), requests: values.number("http.requests"),
      clientRequests: values.number("http.client-requests"),
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
    intake = Self.intake(values)
    handling = Handling(
      deadlines: values.texts("handling.deadlines"), staff: values.text("handling.staff"),
      cases: values.text("handling.cases"), casesKey: values.text("handling.cases-key"),
      days: values.number("handling.days"))
    webhook = Webhook(
      url: values.text("webhook.url"), secret: values.text("webhook.secret"),
      timeout: values.number("webhook.timeout"), firstDelay: values.number("webhook.first-delay"),
      mostDelay: values.number("webhook.most-delay"), patience: values.number("webhook.patience"),
      concurrency: values.number("webhook.concurrency"))
    maildir = Maildir(
      watch: values.texts("maildir.watch"), interval: values.number("maildir.interval"))
    grace = values.number("stop.grace")
  }

  private static func intake(_ values: Values) -> Intake {
    let root = values.text("intake.maildir")
    let queues = values.text("intake.queues")
    let ledger = values.text("intake.ledger")
    var state = values.text("intake.state")
    if state.isEmpty, !root.isEmpty { state = "\(root)/heard-judging" }
    if state.isEmpty, !queues.isEmpty, !queues.contains("://") { state = "\(queues).judging" }
    let usual = queues.isEmpty ? (try? Ledgers.path(inMaildir: root)) ?? "" : queues
    return Intake(
      maildir: root, queues: queues, ledger: !ledger.isEmpty ? ledger : usual,
      state: state, attempts: values.number("intake.attempts"),
      headers: TicketSystem(rawValue: values.text("intake.headers")) ?? .generic,
      fallback: values.text("intake.fallback"), threads: values.number("intake.threads"),
      days: values.number("intake.days"), records: values.number("intake.records"))
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
