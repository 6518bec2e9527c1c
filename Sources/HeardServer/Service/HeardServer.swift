internal import Glibc
internal import HTTPTypes
internal import HeardCases
internal import HeardInput
internal import HeardIntake
internal import HeardMail
internal import HeardWebhook
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import ServiceLifecycle
internal import UnixSignals

/// Why the server cannot start.
struct StartError: Error, CustomStringConvertible {
  /// The setting, file or address it is about.
  var place: String
  var message: String
  /// Whether it may go better the next time, as with a disk that is full.
  var isTemporary = false
  var description: String { "\(place): \(message)" }
}

/// The parts of `heardd`, put together.
struct HeardServer: Sendable {
  let configuration: ServerConfiguration
  let store: PipelineStore
  let metrics = ServerMetrics()
  let state = ServerState()
  let pool: JudgePool
  /// Bytes of mails under way by LMTP and `POST /v1/deliver`.
  let memory: MemoryBudget
  let access: AccessControl
  /// Where messages are filed; nil when the configuration names no place.
  let desk: IntakeDesk?
  /// The account of conversations; nil when the configuration names none.
  let cases: CaseStore?
  /// Where webhooks go; nil when the configuration names no place.
  private let webhook: WebhookTarget?
  let reloader: Reloader
  let log: Logger

  /// Loads lexicons and policy and makes the parts; nothing listens yet.
  init(_ configuration: ServerConfiguration, log: Logger) throws(StartError) {
    self.configuration = configuration
    self.log = log
    var limits = Limits()
    limits.mailBytes = max(limits.mailBytes, configuration.http.body)
    let sources = try Self.sources(configuration)
    cases = try Self.cases(configuration)
    webhook = try WebhookService.target(configuration)
    do throws(PipelineStore.LoadError) {
      store = try PipelineStore(sources, limits: limits, cases: cases)
    } catch {
      throw StartError(place: "lexicons or policy", message: error.description)
    }
    pool = JudgePool(
      width: configuration.workers > 0 ? configuration.workers : System.coreCount,
      waiting: configuration.waiting, patience: .milliseconds(Int64(configuration.patience)),
      limit: .milliseconds(Int64(configuration.judgingTime)))
    memory = MemoryBudget(configuration.lmtp.memory)
    access = AccessControl(configuration.tokens, isOpen: configuration.http.isOpen)
    desk = try Self.desk(configuration, store, metrics, log)
    reloader = Reloader(
      store: store, metrics: metrics, state: state, sources: sources, pool: pool, desk: desk,
      log: log)
  }

  private static func desk(
    _ configuration: ServerConfiguration, _ store: PipelineStore, _ metrics: ServerMetrics,
    _ log: Logger
  ) throws(StartError) -> IntakeDesk? {
    let settings = configuration.intake
    guard settings.isPresent else { return nil }
    var intake = IntakeConfiguration(
      maildir: settings.maildir.isEmpty ? nil : settings.maildir, ledger: settings.ledger
    ) {
      store.current.pipeline
    }
    intake.handling = store.current.rules
    intake.ticketSystem = settings.headers
    // A mail that is judged without end must not hold one of the few threads for ever.
    intake.judgingLimit = configuration.judgingTime
    intake.notes = settings.state
    intake.mostAttempts = settings.attempts
    intake.fillsOutbox = !configuration.webhook.url.isEmpty
    intake.fallbackQueue = settings.fallback
    intake.retention.days = settings.days
    intake.retention.mostRecords = settings.records
    do throws(IntakeError) {
      return IntakeDesk(
        try Intake(intake), width: settings.threads, metrics: metrics, log: log)
    } catch {
      throw StartError(place: error.place, message: error.message, isTemporary: true)
    }
  }

  /// Where lexicons and policy are: as configured, or those that came with heard.
  static func sources(
    _ configuration: ServerConfiguration
  ) throws(StartError) -> PipelineStore.Sources {
    try PipelineStore.Sources(
      lexicons: InstalledPart.path(configuration.lexicons, "lexicons", setting: "lexicons"),
      policy: InstalledPart.path(configuration.policy, "policies/default.yaml", setting: "policy"),
      replies: configuration.replies.isEmpty
        ? InstalledFile.find("replies") : configuration.replies,
      deadlines: deadlines(configuration),
      staff: configuration.handling.staff.isEmpty ? nil : configuration.handling.staff)
  }

  /// The files of deadlines, with the regimes that come with heard.
  private static func deadlines(
    _ configuration: ServerConfiguration
  ) throws(StartError) -> [String] {
    let files = configuration.handling.deadlines
    guard !files.isEmpty else { return [] }
    return [
      try InstalledPart.path("", "policies/deadlines.yaml", setting: "handling.deadlines")
    ] + files
  }

  private static func cases(
    _ configuration: ServerConfiguration
  ) throws(StartError) -> CaseStore? {
    let settings = configuration.handling
    guard !settings.cases.isEmpty else { return nil }
    do {
      let key = try HandlingReader.key(
        settings.casesKey.isEmpty ? nil : settings.casesKey, beside: settings.cases)
      return try CaseStore(
        path: settings.cases, key: key, retain: Int64(settings.days) * 86_400)
    } catch {
      throw StartError(place: configuration.place("handling.cases"), message: "\(error)")
    }
  }

  /// The endpoints of the HTTP API.
  var endpoints: [Endpoint] {
    let judge = MessageJudge(pool: pool, store: store, metrics: metrics)
    return JudgingEndpoints(judge: judge, bodyLimit: configuration.http.body).endpoints
      + BatchEndpoint(
        judge: judge, lineLimit: configuration.http.batchLine, width: pool.width
      ).endpoints
      + ReplyEndpoint(
        pool: pool, store: store, bodyLimit: configuration.http.body
      ).endpoints
      + DeliverEndpoint(
        desk: desk, limit: configuration.lmtp.limits.messageBytes, memory: memory
      ).endpoints
      + ServiceEndpoints(
        store: store, metrics: metrics, pool: pool, state: state,
        reload: { () throws(PipelineStore.LoadError) in try await reloader.reload() }
      ).endpoints
  }

  /// What answers HTTP requests.
  var responder: APIResponder {
    APIResponder(
      endpoints, access: access, metrics: metrics, log: log,
      requests: configuration.http.requests,
      clientRequests: configuration.http.clientRequests)
  }

  /// The HTTP service of one address.
  ///
  /// - Parameter listening: told the port, when it listens.
  func http(
    _ address: ListenAddress, listening: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws(StartError) -> Application<APIResponder> {
    let settings = configuration.http
    var library = Logger(label: "heardd.http")
    // What libraries say at lower levels may hold what clients sent.
    library.logLevel = .error
    let mode = configuration.socketMode
    let bound: BindAddress =
      switch address {
      case .network(let host, let port): .hostname(host, port: port)
      case .unix(let path): .unixDomainSocket(path: path)
      }
    let log = log
    return Application(
      responder: responder, server: try Self.channel(configuration),
      configuration: ApplicationConfiguration(
        address: bound, serverName: nil, backlog: 1024,
        availableConnectionsDelegate: .maximum(settings.connections, logger: library)),
      onServerRunning: { channel in
        if case .unix(let path) = address { unsafe _ = chmod(path, mode_t(mode)) }
        let port = channel.localAddress?.port ?? 0
        log.notice("listening", metadata: ["http": "\(address)", "port": "\(port)"])
        listening(port)
      }, logger: library)
  }

  private static func channel(
    _ configuration: ServerConfiguration
  ) throws(StartError) -> HTTPServerBuilder {
    let settings = configuration.http
    let times = RequestGuard.Times(
      request: .milliseconds(Int64(settings.requestTime)),
      stream: .milliseconds(Int64(settings.batchTime)),
      idle: .milliseconds(Int64(settings.idleTime)), streamPath: "/v1/batch")
    let plain = HTTPServerBuilder.http1(
      configuration: .init(
        additionalChannelHandlers: [RequestGuard(times)],
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 64 << 10, maxHeaderFieldCount: 200)))
    guard let tls = try ServerTLS.settings(configuration) else { return plain }
    do {
      return try .tls(plain, tlsConfiguration: tls)
    } catch {
      throw StartError(place: configuration.place("http.tls.certificate"), message: "\(error)")
    }
  }

  /// Everything that runs, until a signal ends it.
  func run() async throws {
    await pool.prepare(store.current)
    var services: [any Service] = [
      Hangup(reloader: reloader),
      Ending(state: state, grace: .milliseconds(Int64(configuration.grace)), log: log),
    ]
    let start = Countdown(configuration.http.listen.count + configuration.lmtp.listen.count) {
      SystemdNotice.ready.send()
    }
    for address in configuration.http.listen {
      services.append(try http(address) { _ in start.step() })
    }
    if let desk {
      // Before what needs it, so that it ends after it.
      services.insert(desk, at: 0)
      if let webhook {
        services.insert(
          WebhookService(desk.records, to: webhook, metrics: metrics, log: log), at: 0)
      }
      services += lmtp(desk) { _ in start.step() }
      services += configuration.maildir.watch.map { path in
        MaildirWatcher(
          path: path, interval: configuration.maildir.interval,
          limit: configuration.lmtp.limits.messageBytes, desk: desk, metrics: metrics, log: log)
      }
    }
    if let cases { services.append(CaseKeeper(cases: cases, metrics: metrics, log: log)) }
    let stuck = StuckWatch(
      isStuck: { [pool, desk] in pool.isStuck || desk?.isStuck == true }, log: log)
    let watched = ServiceGroupConfiguration.ServiceConfiguration(
      service: stuck, failureTerminationBehavior: .gracefullyShutdownGroup)
    var group = ServiceGroupConfiguration(
      services: services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }
        + [watched],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: Self.quiet("heardd.service"))
    group.maximumGracefulShutdownDuration = .milliseconds(configuration.grace)
    try await ServiceGroup(configuration: group).run()
    try await desk?.stop()
    try await pool.stop()
  }

  /// The LMTP listeners.
  ///
  /// - Parameter listening: told the port, when one listens.
  func lmtp(
    _ desk: IntakeDesk, listening: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> [LMTPListener] {
    let settings = configuration.lmtp
    let limits = LMTPListener.Limits(
      engine: settings.limits, connections: settings.connections,
      idle: .milliseconds(settings.idleTime), message: .milliseconds(settings.messageTime),
      memory: memory)
    let mode = configuration.socketMode
    let log = log
    return settings.listen.map { address in
      LMTPListener(
        address: address,
        hostName: configuration.hostName.isEmpty ? System.hostName : configuration.hostName,
        limits: limits,
        file: { transaction in
          await desk.accept(
            transaction.message, sender: transaction.sender, recipients: transaction.recipients,
            from: "lmtp"
          ).map { LMTPEngine.Outcome($0) }
        }, metrics: metrics, log: log, group: MultiThreadedEventLoopGroup.singleton,
        listening: { bound in
          if case .unix(let path) = address { unsafe _ = chmod(path, mode_t(mode)) }
          log.notice("listening", metadata: ["lmtp": "\(address)", "port": "\(bound?.port ?? 0)"])
          listening(bound?.port ?? 0)
        })
    }
  }

  /// A logger for what libraries say.
  static func quiet(_ label: String) -> Logger {
    var logger = Logger(label: label)
    logger.logLevel = .error
    return logger
  }
}
