/// Where webhooks go.
public struct WebhookTarget: Sendable {
  /// An `http:` or `https:` URL that takes POST.
  public var url: String
  /// The secret that signs; at least 16 bytes, shared with the receiver.
  public var secret: [UInt8]
  /// Seconds that a request may take.
  public var timeout: Int64 = 15
  /// Seconds to wait after the first failure; doubled after each.
  public var firstDelay: Int64 = 5
  /// Seconds to wait at most.
  public var mostDelay: Int64 = 3600
  /// Seconds after which a webhook that was never taken is given up.
  public var patience: Int64 = 14 * 86_400
  /// Requests at the same time.
  public var concurrency = 8

  /// Makes a target.
  ///
  /// Throws when the secret is too short to protect anything.
  public init(url: String, secret: [UInt8]) throws(WebhookError) {
    guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
      throw WebhookError(message: "a webhook's URL begins with https:// or http://")
    }
    guard secret.count >= 16 else {
      throw WebhookError(
        message: "the secret has \(secret.count) bytes; 16 are needed: `openssl rand -hex 32`")
    }
    self.url = url
    self.secret = secret
  }

  /// Seconds to wait after so many failures, without chance.
  func delay(afterFailures failures: Int) -> Int64 {
    let doublings = min(max(failures, 0), 32)
    let delay = firstDelay.multipliedReportingOverflow(by: 1 << doublings)
    return delay.overflow ? mostDelay : min(mostDelay, delay.partialValue)
  }

  /// Likewise, and at least as long as the receiver asks for.
  ///
  /// - Parameter retryAfter: its `Retry-After` in seconds; a date, or what is none, asks for nothing.
  func delay(afterFailures failures: Int, retryAfter: String?) -> Int64 {
    let wished = retryAfter.flatMap { Int64($0) } ?? 0
    return max(delay(afterFailures: failures), min(wished, mostDelay))
  }
}

/// What is wrong with the settings of a webhook.
public struct WebhookError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what to do.
  public var message: String

  /// The message.
  public var description: String { message }
}
