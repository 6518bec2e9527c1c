/// A day of the Gregorian calendar, without a time or a place.
public struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// As 2026.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int

  /// Days of the week, Monday first as in ISO 8601.
  public enum Weekday: Int, Sendable {
    case monday = 1
    case tuesday
    case wednesday
    case thursday
    case friday
    case saturday
    case sunday
  }

  /// Makes a date; nil when the calendar has no such day, or the year is not 1 to 9999.
  public init?(_ year: Int, _ month: Int, _ day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.daysInMonth(month, of: year)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `2026-11-21`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts[2].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year, month, day)
  }

  /// The day so many days after 1970-01-01.
  ///
  /// The arithmetic counts in eras of 400 years that begin on 1 March, so that the day that some
  /// years lack is the last of its year.
  public init(dayNumber: Int) {
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// Days since 1970-01-01.
  public var dayNumber: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day of the week.
  public var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    let number = (dayNumber + 3) % 7
    return Weekday(rawValue: (number < 0 ? number + 7 : number) + 1) ?? .monday
  }

  /// Whether it is a Saturday or a Sunday.
  public var isWeekend: Bool { weekday == .saturday || weekday == .sunday }

  /// The day so many days later.
  public func adding(days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + days) }

  /// The same day so many months later, or the last of that month when it is shorter.
  public func adding(months: Int) -> CivilDate {
    let count = year * 12 + month - 1 + months
    let year = count / 12
    let month = count % 12 + 1
    return CivilDate(
      year: year, month: month, day: min(day, CivilDate.daysInMonth(month, of: year)))
  }

  /// As `2026-11-21`.
  public var description: String {
    "\(CivilDate.padded(year, 4))-\(CivilDate.padded(month, 2))-\(CivilDate.padded(day, 2))"
  }

  /// Earlier days come first.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  private static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The number with zeros in front.
  package static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// Times as people and programs exchange them: ISO 8601 in UTC.
public enum ISOTime {
  /// As `2026-11-21T22:59:59Z`.
  ///
  /// - Parameter seconds: since 1970-01-01T00:00:00Z.
  public static func text(_ seconds: Int64) -> String {
    let (day, time) = split(seconds)
    return "\(CivilDate(dayNumber: day))T\(clock(time))Z"
  }

  /// Reads `2026-11-21T22:59:59Z`, also with an offset as `+01:00`, or a day alone (its first
  /// second in UTC); nil for anything else.
  public static func read(_ text: String) -> Int64? {
    guard let date = CivilDate(text.prefix(10)) else { return nil }
    let rest = Array(text.dropFirst(10).utf8)
    let midnight = Int64(date.dayNumber) * 86_400
    if rest.isEmpty { return midnight }
    guard rest.count >= 10, rest[0] == UInt8(ascii: "T") || rest[0] == UInt8(ascii: " "),
      let hour = number(rest[1..<3]), rest[3] == 58, let minute = number(rest[4..<6]),
      rest[6] == 58, let second = number(rest[7..<9]), hour < 24, minute < 60, second < 60
    else { return nil }
    let time = midnight + Int64(hour * 3600 + minute * 60 + second)
    let zone = rest[9...]
    if zone.elementsEqual("Z".utf8) { return time }
    guard zone.count == 6, zone[12] == 58, let hours = number(zone[10..<12]),
      let minutes = number(zone[13..<15]), hours < 15, minutes < 60
    else { return nil }
    let ahead = Int64(hours * 3600 + minutes * 60)
    switch zone[9] {
    case UInt8(ascii: "+"): return time - ahead
    case UInt8(ascii: "-"): return time + ahead
    default: return nil
    }
  }

  /// Whole days and the seconds left over.
  static func split(_ seconds: Int64) -> (day: Int, time: Int) {
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    return (Int(day), Int(seconds - day * 86_400))
  }

  /// As `22:59:59`.
  static func clock(_ time: Int) -> String {
    [time / 3600, time / 60 % 60, time % 60].map { CivilDate.padded($0, 2) }
      .joined(separator: ":")
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
  }
}
