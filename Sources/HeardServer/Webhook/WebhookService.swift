internal import Glibc
internal import HeardInput
internal import HeardIntake
internal import HeardWebhook
internal import Logging
internal import ServiceLifecycle

/// Sends what the ledger's outbox holds, as long as the server runs.
///
/// At a stop the requests under way are finished and what they gave is noted; all else waits in the
/// outbox for the next start.
struct WebhookService: Service {
  private let sender: WebhookSender
  private let ledger: any Ledger
  private let concurrency: Int
  private let metrics: ServerMetrics
  private let log: Logger

  init(_ ledger: any Ledger, to target: WebhookTarget, metrics: ServerMetrics, log: Logger) {
    sender = WebhookSender(ledger, to: target)
    self.ledger = ledger
    concurrency = target.concurrency
    self.metrics = metrics
    self.log = log
  }

  /// Where webhooks go; nil when the configuration names no place.
  static func target(
    _ configuration: ServerConfiguration
  ) throws(StartError) -> WebhookTarget? {
    let settings = configuration.webhook
    guard !settings.url.isEmpty else { return nil }
    guard !settings.secret.isEmpty else {
      throw StartError(
        place: configuration.place("webhook.url"),
        message: "webhooks are signed; set webhook.secret to a file made by `openssl rand -hex 32`")
    }
    var secret: [UInt8]
    do throws(FileReader.Problem) {
      secret = try FileReader.read(settings.secret, limit: 4096)
    } catch {
      throw StartError(
        place: configuration.place("webhook.secret"),
        message: "\(settings.secret): \(error.message); check path and permissions")
    }
    while secret.last == 0x0A || secret.last == 0x0D { secret.removeLast() }
    do throws(WebhookError) {
      var target = try WebhookTarget(url: settings.url, secret: secret)
      target.timeout = Int64(max(1, settings.timeout / 1000))
      target.firstDelay = Int64(settings.firstDelay / 1000)
      target.mostDelay = Int64(max(settings.mostDelay, settings.firstDelay) / 1000)
      target.patience = Int64(settings.patience / 1000)
      target.concurrency = settings.concurrency
      return target
    } catch {
      let key = secret.count < 16 ? "webhook.secret" : "webhook.url"
      throw StartError(place: configuration.place(key), message: error.message)
    }
  }

  func run() async throws {
    while !Task.isShuttingDownGracefully && !Task.isCancelled {
      var isFull = false
      do throws(IntakeError) {
        let round = try await sender.sendDue(now: Int64(time(nil)))
        metrics.webhooks(
          sent: round.sent, postponed: round.postponed, givenUp: round.givenUp)
        note(round)
        isFull = round.sent == concurrency
        // A look at a table of this machine, or of the database it waits for anyway.
        if !round.isEmpty || metrics.outbox == nil { metrics.outbox = try ledger.outboxDepth() }
      } catch {
        metrics.failed(.webhook)
        log.error("the outbox cannot be used; tried again", metadata: ["error": "\(error)"])
      }
      if !isFull {
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(1)) }
      }
    }
    try await sender.stop()
  }

  private func note(_ round: WebhookSender.Round) {
    if round.isEmpty { return }
    let level: Logger.Level = round.givenUp > 0 ? .error : round.postponed > 0 ? .warning : .info
    log.log(
      level: level, "webhooks",
      metadata: [
        "sent": "\(round.sent)", "postponed": "\(round.postponed)",
        "given-up": "\(round.givenUp)",
      ])
  }
}
