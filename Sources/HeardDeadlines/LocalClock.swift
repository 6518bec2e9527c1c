/// The days of a place, summer time and all.
///
/// By ``WeekClock``'s table, and not the machine's zone: the same message gives the same due time on
/// every machine (law 8).
public struct LocalClock: Hashable, Sendable {
  private let clock: WeekClock

  /// The clocks of a zone, as `Europe/Warsaw`; nil when nobody knows it.
  public init?(_ zone: String) {
    guard let clock = WeekClock(zone) else { return nil }
    self.clock = clock
  }

  /// As the time-zone database names it.
  public var zone: String { clock.name }

  /// The day that the clocks show.
  ///
  /// - Parameter seconds: since 1970, UTC.
  public func day(at seconds: Int64) -> CivilDate {
    CivilDate(dayNumber: ISOTime.split(seconds + Int64(clock.offset(at: seconds))).day)
  }

  /// The first second of a day, since 1970 in UTC.
  public func start(of day: CivilDate) -> Int64 {
    let local = Int64(day.dayNumber) * 86_400
    let before = Int64(clock.offset(at: local - 86_400))
    let after = Int64(clock.offset(at: local + 86_400))
    // A midnight that is shown twice is the first one.
    if Int64(clock.offset(at: local - before)) == before { return local - before }
    if Int64(clock.offset(at: local - after)) == after { return local - after }
    // A midnight that is skipped is when the clocks were put forward.
    return local - before
  }

  /// The last second of a day, since 1970 in UTC: 23:59:59 by the clocks.
  public func end(of day: CivilDate) -> Int64 { start(of: day.adding(days: 1)) - 1 }

  /// What the clocks show, as `2026-11-21T23:59:59+01:00`.
  public func text(_ seconds: Int64) -> String {
    let ahead = clock.offset(at: seconds)
    let (day, time) = ISOTime.split(seconds + Int64(ahead))
    let minutes = abs(ahead) / 60
    return "\(CivilDate(dayNumber: day))T\(ISOTime.clock(time))\(ahead < 0 ? "-" : "+")"
      + "\(CivilDate.padded(minutes / 60, 2)):\(CivilDate.padded(minutes % 60, 2))"
  }
}
