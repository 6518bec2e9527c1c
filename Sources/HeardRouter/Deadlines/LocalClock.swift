internal import CHeardICU

/// The clocks of a place, summer time and all.
///
/// ICU's data, and not the machine's: the same message gives the same due time on every machine
/// (law 8).
public struct LocalClock: Hashable, Sendable {
  /// IANA name, as `Europe/Warsaw`.
  public let zone: String

  /// The clocks of a zone; nil when nobody knows it.
  public init?(_ zone: String) {
    guard !zone.isEmpty, zone.utf8.count <= 64,
      unsafe zone.withCString({ unsafe heard_zone_known($0) })
    else { return nil }
    self.zone = zone
  }

  /// The day that the clocks show.
  ///
  /// - Parameter seconds: since 1970, UTC.
  public func day(at seconds: Int64) -> CivilDate {
    CivilDate(dayNumber: UTCTime.split(seconds + offset(seconds, isLocal: false)).day)
  }

  /// The first second of a day, since 1970 in UTC.
  public func start(of day: CivilDate) -> Int64 {
    let local = Int64(day.dayNumber) * 86_400
    return local - offset(local, isLocal: true)
  }

  /// The last second of a day, since 1970 in UTC: 23:59:59 by the clocks.
  public func end(of day: CivilDate) -> Int64 { start(of: day.adding(days: 1)) - 1 }

  /// What the clocks show, as `2026-11-21T23:59:59+01:00`.
  public func text(_ seconds: Int64) -> String {
    let ahead = offset(seconds, isLocal: false)
    let (day, time) = UTCTime.split(seconds + ahead)
    let minutes = Int(abs(ahead) / 60)
    return "\(CivilDate(dayNumber: day))T\(UTCTime.clock(time))\(ahead < 0 ? "-" : "+")"
      + "\(CivilDate.padded(minutes / 60, 2)):\(CivilDate.padded(minutes % 60, 2))"
  }

  private func offset(_ seconds: Int64, isLocal: Bool) -> Int64 {
    var offset: Int32 = 0
    // The zone was known when this was made, so there is always an answer.
    _ = unsafe zone.withCString { unsafe heard_zone_offset($0, seconds, isLocal, &offset) }
    return Int64(offset)
  }
}
