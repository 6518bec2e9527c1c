/// When in the week a message was received: `{days: [sat, sun]}`, `{hours: 18-8}`, or both.
public struct ReceiptTime: Hashable, Sendable {
  /// Names of the days, Monday first.
  public static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// Half-open minutes of the local day; an end at or before the start is on the next day.
  public struct Hours: Hashable, Sendable {
    /// 0 … 1439.
    public var start: Int
    /// 0 … 1440.
    public var end: Int

    /// Makes a stretch of the day.
    public init(start: Int, end: Int) {
      self.start = start
      self.end = end
    }

    /// Reads `9-17`, `18-8` or `8:30-17:15`; nil for anything else.
    public init?(_ text: String) {
      let ends = text.split(separator: "-", omittingEmptySubsequences: false)
      guard ends.count == 2, let start = Hours.minute(ends[0]), let end = Hours.minute(ends[1]),
        start < 1440, start != end
      else { return nil }
      self.init(start: start, end: end)
    }

    /// Whether the minute of the day is in it.
    func contains(_ minute: Int) -> Bool {
      start < end ? minute >= start && minute < end : minute >= start || minute < end
    }

    private static func minute(_ text: Substring) -> Int? {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      let isNumber = parts.allSatisfy { part in
        (1...2).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
      }
      guard isNumber, parts.count <= 2, let hour = Int(parts[0]),
        let minute = parts.count == 2 ? Int(parts[1]) : 0, (0..<60).contains(minute),
        hour * 60 + minute <= 1440
      else { return nil }
      return hour * 60 + minute
    }
  }

  /// Local days it holds on, a bit a day from Monday; all seven when none is named.
  public var days: UInt8
  /// Local hours it holds in; the whole day when empty.
  public var hours: [Hours]
  /// Whose days and hours.
  public var clock: WeekClock

  /// Makes a condition on time.
  public init(days: UInt8 = 0x7F, hours: [Hours] = [], clock: WeekClock) {
    self.days = days
    self.hours = hours
    self.clock = clock
  }

  /// Whether the moment is in it.
  ///
  /// - Parameter moment: seconds since 1970-01-01T00:00:00Z.
  public func contains(_ moment: Int64) -> Bool { contains(minute: clock.minuteOfWeek(at: moment)) }

  /// Whether a minute of the local week is in it.
  package func contains(minute: Int) -> Bool {
    days & (1 << UInt8(minute / 1440)) != 0
      && (hours.isEmpty || hours.contains { $0.contains(minute % 1440) })
  }
}
