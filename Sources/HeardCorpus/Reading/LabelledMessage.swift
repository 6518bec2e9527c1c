/// What somebody said of a message.
///
/// A label that is missing was not asked, and is never counted as false.
public enum Label: String, CaseIterable, Sendable {
  case complaint
  case anger
  case expectationGap = "expectation-gap"
  /// Staff-targeted in the strict sense of the guideline.
  case staffTargeted = "staff-targeted"
  /// Service complained of, by staff or by nobody: staff-targeted or the signal poor-service.
  case service
  case pricingDispute = "pricing-dispute"
  /// Price complained of: pricing-dispute or the signal pricing-opinion.
  case price
  /// Negative sentiment, where it is not mixed.
  case negative

  /// Its place in tables.
  ///
  /// Written out: it is asked for dozens of times a message, and a search by the name of a case was a
  /// tenth of an evaluation.
  public var order: Int {
    switch self {
    case .complaint: 0
    case .anger: 1
    case .expectationGap: 2
    case .staffTargeted: 3
    case .service: 4
    case .pricingDispute: 5
    case .price: 6
    case .negative: 7
    }
  }

  /// Hashes the case; a raw value would be hashed as a string.
  public func hash(into hasher: inout Hasher) { hasher.combine(order) }
}

/// A message with labels.
public struct LabelledMessage: Sendable {
  /// Unique in its set.
  public var id: String
  /// `nl`, `pl` or `en`, as the source says.
  public var language: String
  /// What was written.
  public var content: Content
  /// What was asked, and the answer.
  public var labels: LabelValues
  /// The class of our own corpus; nil elsewhere.
  public var messageClass: String?
  /// The queue it should go to, where somebody said so.
  public var queue: String?
  /// Who wrote it, as the record says; of mails the From header is asked when they are judged.
  public var sender: String?
  /// The day it was written, in days since 1970, where the record says so.
  public var day: Int?
  /// Name of the set, as `corpus` or `semeval16_rest_nl`.
  public var set: String
  /// Whether it may be looked at and tuned on.
  public var half: Half

  /// A text, or the path of a mail.
  public enum Content: Sendable {
    case text(String)
    case mail(path: String)
  }

  /// The two halves of every set: one to tune on, one to report.
  public enum Half: String, CaseIterable, Sendable {
    case tune
    case check
  }
}
