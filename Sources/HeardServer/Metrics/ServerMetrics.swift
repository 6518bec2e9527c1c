internal import Heard
internal import HeardClassifier
internal import HeardIntake
internal import HeardLexicon
internal import HeardRouter
internal import HeardText
internal import Synchronization

/// What the server counts, for `/metrics`.
final class ServerMetrics: Sendable {
  /// Where something went wrong.
  enum Stage: String, CaseIterable {
    case http
    case judging
    case intake
    case lmtp
    case maildir
    case webhook
  }

  private struct Counts {
    var messages: [[String]: Int] = [:]
    var routed: [String: Int] = [:]
    var responses: [[String]: Int] = [:]
    var errors: [String: Int] = [:]
    var deliveries: [[String]: Int] = [:]
    var duration = Histogram()
    var fallback = 0
    var refused = 0
    var reloads = 0
    var reloadFailures = 0
    var connections: [String: Int] = [:]
    var webhooks = [0, 0, 0]
    var outbox: Int?
    var overdue: Int?

    mutating func judged(_ assessment: Assessment, _ decision: Decision) {
      messages[[assessment.messageClass.rawValue, assessment.language.code], default: 0] += 1
      routed[decision.queue, default: 0] += 1
    }
  }

  /// Names of what becomes of a webhook, in the order of the counts.
  private static let webhookOutcomes = ["sent", "postponed", "given-up"]

  private let counts = Mutex(Counts())

  /// Counts a judged message.
  func judged(_ judgement: Judgement, microseconds: Int) {
    counts.withLock { counts in
      counts.duration.observe(microseconds: microseconds)
      switch judgement.outcome {
      case .judged(_, let assessment, let decision): counts.judged(assessment, decision)
      case .failed: counts.errors[Stage.judging.rawValue, default: 0] += 1
      }
    }
  }

  /// Counts a message that was judged to be filed.
  func judged(_ receipt: Receipt) {
    guard let assessment = receipt.assessment, let decision = receipt.decision else { return }
    counts.withLock { counts in
      counts.duration.observe(microseconds: receipt.judgingTime?.microseconds ?? 0)
      counts.judged(assessment, decision)
    }
  }

  /// Counts an answer of the HTTP API.
  func answered(route: String, status: Int) {
    counts.withLock { $0.responses[[route, "\(status)"], default: 0] += 1 }
  }

  /// Counts a message that was handed over for good, and what became of it.
  ///
  /// - Parameters:
  ///   - status: `ok`, `fallback`, `error`, `duplicate` or `deferred`.
  ///   - isFallback: whether it was filed in the fallback queue.
  func delivered(by listener: String, status: String, isFallback: Bool) {
    counts.withLock { counts in
      counts.deliveries[[listener, status], default: 0] += 1
      if isFallback { counts.fallback += 1 }
    }
  }

  /// Counts something that went wrong.
  func failed(_ stage: Stage) {
    counts.withLock { $0.errors[stage.rawValue, default: 0] += 1 }
  }

  /// Counts a request that was turned away because too much was under way.
  func refused() { counts.withLock { $0.refused += 1 } }

  /// Counts a reload.
  func reloaded(isSuccess: Bool) {
    counts.withLock { counts in
      counts.reloads += 1
      if !isSuccess { counts.reloadFailures += 1 }
    }
  }

  /// Counts an open connection, or one that closed.
  func connection(_ listener: String, opened: Bool) {
    counts.withLock { $0.connections[listener, default: 0] += opened ? 1 : -1 }
  }

  /// Counts webhooks by what became of them.
  func webhooks(sent: Int, postponed: Int, givenUp: Int) {
    counts.withLock { counts in
      for (index, count) in [sent, postponed, givenUp].enumerated() {
        counts.webhooks[index] += count
      }
    }
  }

  /// Webhooks that are still to be sent; nil where none are sent.
  var outbox: Int? {
    get { counts.withLock { $0.outbox } }
    set { counts.withLock { $0.outbox = newValue } }
  }

  /// Messages past their deadline; nil where nobody keeps account of it.
  var overdue: Int? {
    get { counts.withLock { $0.overdue } }
    set { counts.withLock { $0.overdue = newValue } }
  }

  /// What a scrape shows.
  ///
  /// - Parameter waiting: messages that wait for a judging thread.
  func text(lexicon: String, policy: String, waiting: Int) -> String {
    let counts = counts.withLock { $0 }
    var text = ExpositionText()
    text.family("heard_messages_total", .counter, "Messages judged.")
    for (key, count) in counts.messages.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      text.sample("heard_messages_total", [("class", key[0]), ("lang", key[1])], "\(count)")
    }
    text.family("heard_routed_total", .counter, "Messages judged, by the queue of the policy.")
    for (queue, count) in counts.routed.sorted(by: { $0.key < $1.key }) {
      text.sample("heard_routed_total", [("queue", queue)], "\(count)")
    }
    text.family("heard_classify_duration_seconds", .histogram, "Time to judge a message.")
    counts.duration.write("heard_classify_duration_seconds", into: &text)
    text.family("heard_errors_total", .counter, "What went wrong, by stage.")
    for stage in ServerMetrics.Stage.allCases {
      text.sample(
        "heard_errors_total", [("stage", stage.rawValue)], "\(counts.errors[stage.rawValue] ?? 0)")
    }
    text.family("heard_fallback_total", .counter, "Messages filed in the fallback queue.")
    text.sample("heard_fallback_total", [], "\(counts.fallback)")
    text.family("heard_lexicon_info", .gauge, "What is judged with; the value is 1.")
    text.sample("heard_lexicon_info", [("digest", lexicon)], "1")
    text.family("heard_policy_info", .gauge, "What is routed with; the value is 1.")
    text.sample("heard_policy_info", [("digest", policy)], "1")
    text.family("heard_lexicon_reloads_total", .counter, "Reloads asked for.")
    text.sample("heard_lexicon_reloads_total", [], "\(counts.reloads)")
    text.family(
      "heard_lexicon_reload_failures_total", .counter, "Reloads that kept the old lexicon.")
    text.sample("heard_lexicon_reload_failures_total", [], "\(counts.reloadFailures)")
    text.family("heard_deliveries_total", .counter, "Messages handed over, by what became of them.")
    for (key, count) in counts.deliveries.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      text.sample(
        "heard_deliveries_total", [("listener", key[0]), ("status", key[1])], "\(count)")
    }
    text.family("heard_http_responses_total", .counter, "Answers of the HTTP API.")
    for (key, count) in counts.responses.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      text.sample(
        "heard_http_responses_total", [("route", key[0]), ("status", key[1])], "\(count)")
    }
    text.family("heard_refused_total", .counter, "Requests turned away for lack of room.")
    text.sample("heard_refused_total", [], "\(counts.refused)")
    text.family("heard_waiting", .gauge, "Messages that wait for a judging thread.")
    text.sample("heard_waiting", [], "\(waiting)")
    text.family("heard_connections", .gauge, "Open connections.")
    for (listener, count) in counts.connections.sorted(by: { $0.key < $1.key }) {
      text.sample("heard_connections", [("listener", listener)], "\(count)")
    }
    if let outbox = counts.outbox {
      text.family("heard_webhooks_total", .counter, "Webhooks, by what became of them.")
      for (name, count) in zip(Self.webhookOutcomes, counts.webhooks) {
        text.sample("heard_webhooks_total", [("outcome", name)], "\(count)")
      }
      text.family("heard_webhook_outbox", .gauge, "Webhooks that are still to be sent.")
      text.sample("heard_webhook_outbox", [], "\(outbox)")
    }
    if let overdue = counts.overdue {
      text.family("heard_deadline_overdue", .gauge, "Messages past their deadline.")
      text.sample("heard_deadline_overdue", [], "\(overdue)")
    }
    return text.text
  }
}
