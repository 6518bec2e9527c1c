public import HeardSources

/// How long somebody has to answer a complaint, by one set of rules: a row of the deadlines file.
///
/// Rows are data with a source and a confidence, and nobody's legal advice: an operator checks a
/// regime before relying on it. heard never infers from a text which regime holds; a ``DeadlineBinding``
/// says so.
public struct Regime: Hashable, Sendable {
  /// What starts the clock.
  public enum ClockStart: String, CaseIterable, Sendable {
    /// The day of receipt; the day after it is the first that counts.
    case receipt
    /// The day of receipt, or the first business day after it when it is a day off.
    case businessReceipt = "business-receipt"
  }

  /// What must have happened by the last day.
  public enum Meets: String, CaseIterable, Sendable {
    case sent
    case received
  }

  /// A last day that is a Saturday, a Sunday or a holiday.
  public enum DaysOff: String, CaseIterable, Sendable {
    /// Is the last day all the same: the safe reading.
    case count
    /// Is moved to the next business day (*Algemene termijnenwet* art. 1, *k.c.* art. 115).
    case extend
  }

  /// How a regime may be given more time, once, for a reason that is told to the customer.
  public enum Extension: Hashable, Sendable {
    /// So much, counted from the same start.
    case total(TimeSpan)
    /// So much more, counted from the last day.
    case more(TimeSpan)
  }

  /// How sure it is that the row says what the rules say.
  public enum Confidence: String, CaseIterable, Sendable {
    case low
    case medium
    case high
  }

  /// Rows of one id hold one after the other.
  public var id: String
  /// As `pl`, `nl`, `gb`, `eu`, `us`.
  public var jurisdiction: String
  /// As `consumer`, `financial`, `telecom`.
  public var sector: String
  /// `consumer` or `any`.
  public var complainant: String
  /// By when to confirm that the complaint is in.
  public var acknowledge: TimeSpan?
  /// By when to answer.
  public var final: TimeSpan?
  /// What may be added to that.
  public var extending: Extension?
  /// What starts the clock.
  public var clockStart: ClockStart
  /// What counts as in time.
  public var meetsBy: Meets
  /// What follows when nobody answers, in words.
  public var onSilence: String
  /// What a last day off does.
  public var daysOff: DaysOff
  /// Whose days off.
  public var calendar: HolidayCalendar
  /// Whose clocks, when the binding does not say.
  public var zone: LocalClock?
  /// First day of receipt that the row is for; nil without a beginning.
  public var validFrom: CivilDate?
  /// Last day of receipt that the row is for; nil without an end.
  public var validTo: CivilDate?
  /// Where it was read.
  public var source: String
  /// When it was read.
  public var checkedOn: CivilDate
  /// How sure it is.
  public var confidence: Confidence
  /// Where it stands in the file.
  public var location: SourceLocation

  /// Whether the row is for messages received on a day.
  public func isValid(on day: CivilDate) -> Bool {
    (validFrom.map { $0 <= day } ?? true) && (validTo.map { day <= $0 } ?? true)
  }
}

/// Which regimes an operator has put a recipient or a queue under.
public struct DeadlineBinding: Hashable, Sendable {
  /// Unique in the files.
  public var id: String
  /// Addresses; any when empty.
  public var recipients: [Glob]
  /// Queues; any when empty.
  public var queues: Set<String>
  /// Names of classes; `complaint` unless the operator says more.
  public var classes: Set<String>
  /// Ids of regimes.
  public var regimes: [String]
  /// Whose clocks; nil for those of the regime.
  public var zone: LocalClock?
  /// Whose days off; nil for those of the regime.
  public var calendar: HolidayCalendar?
  /// What a last day off does; nil for what the regime says.
  public var daysOff: Regime.DaysOff?
  /// How long before the last day to remind somebody.
  public var remind: [TimeSpan]
  /// Where it stands in the file.
  public var location: SourceLocation
}
