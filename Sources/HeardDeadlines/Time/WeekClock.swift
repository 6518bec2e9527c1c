internal import CHeardICU

/// A clock in a zone of the time-zone database, as `Europe/Amsterdam`.
///
/// Its changes are taken from ICU once, so that asking is arithmetic: the machine's own zone and
/// locale do not matter (law 8).
public struct WeekClock: Hashable, Sendable {
  /// Changes are known up to here, the end of 2099; behind it the last offset stays.
  private static let end: Int64 = 4_102_444_800

  /// As the database names it.
  public let name: String
  /// When an offset begins, ascending, seconds since 1970-01-01T00:00:00Z.
  private let moments: [Int64]
  /// Seconds east of UTC.
  private let offsets: [Int32]

  /// The zone of a name; nil when there is none.
  public init?(_ name: String) {
    let room = 1024
    var moments = [Int64](repeating: 0, count: room)
    var offsets = [Int32](repeating: 0, count: room)
    let count = unsafe heard_time_zone_changes(
      name, 0, WeekClock.end, &moments, &offsets, Int32(room))
    guard count > 0 else { return nil }
    self.name = name
    self.moments = Array(moments.prefix(Int(count)))
    self.offsets = Array(offsets.prefix(Int(count)))
  }

  /// The clock of UTC, which never changes.
  package static let utc = WeekClock(name: "UTC", moments: [0], offsets: [0])

  private init(name: String, moments: [Int64], offsets: [Int32]) {
    self.name = name
    self.moments = moments
    self.offsets = offsets
  }

  /// Two zones of one name are the same.
  public static func == (left: WeekClock, right: WeekClock) -> Bool { left.name == right.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// Seconds east of UTC at a moment.
  ///
  /// - Parameter moment: seconds since 1970-01-01T00:00:00Z.
  public func offset(at moment: Int64) -> Int {
    var low = 0
    var high = moments.count
    while low < high {
      let middle = (low + high) / 2
      if moments[middle] <= moment { low = middle + 1 } else { high = middle }
    }
    return Int(offsets[max(0, low - 1)])
  }

  /// The minute of the local week at a moment: 0 is Monday 00:00, 10,079 the last of Sunday.
  public func minuteOfWeek(at moment: Int64) -> Int {
    let local = moment.addingReportingOverflow(Int64(offset(at: moment))).partialValue
    // 1970-01-01 was a Thursday, three days into the week.
    let minutes = local / 60 - (local % 60 < 0 ? 1 : 0)
    return Int(Self.remainder(Self.remainder(minutes, 10_080) + 3 * 1440, 10_080))
  }

  /// 0 ..< divisor, below zero too.
  private static func remainder(_ value: Int64, _ divisor: Int64) -> Int64 {
    let rest = value % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
