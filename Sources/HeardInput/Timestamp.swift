internal import Glibc

/// A moment as records write it, and as inputs do.
public enum Timestamp {
  /// Seconds since 1970 as `2026-01-31T08:15:00Z`; nil outside the years 1 to 9999.
  public static func text(_ seconds: Int64) -> String? {
    var moment = time_t(seconds)
    // `tm` points at the name of a time zone, which is not looked at.
    var parts = unsafe tm()
    guard unsafe gmtime_r(&moment, &parts) != nil else { return nil }
    let year = unsafe Int(parts.tm_year) + 1900
    guard (1...9999).contains(year) else { return nil }
    let (month, day) = unsafe (Int(parts.tm_mon) + 1, Int(parts.tm_mday))
    let (hour, minute, second) = unsafe (
      Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec)
    )
    return digits(year, 4) + "-" + digits(month, 2) + "-" + digits(day, 2) + "T"
      + digits(hour, 2) + ":" + digits(minute, 2) + ":" + digits(second, 2) + "Z"
  }

  /// Reads ISO 8601 (`2026-01-31`, with a clock, with a zone; UTC without), seconds or milliseconds
  /// since 1970; nil for what is none of them.
  public static func seconds(_ text: [UInt8]) -> Int64? {
    var scan = Scan(bytes: text.filter { $0 != 0x22 })
    if scan.bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = scan.number(1...14) {
      switch scan.bytes.count {
      case 9...10: return Int64(number)
      case 12...14: return Int64(number / 1000)
      default: return nil
      }
    }
    guard let year = scan.number(4...4), scan.skip("-"), let month = scan.number(2...2),
      scan.skip("-"), let day = scan.number(2...2), (1...12).contains(month),
      (1...31).contains(day)
    else { return nil }
    var (hour, minute, second, offset) = (0, 0, 0, 0)
    if !scan.isAtEnd {
      guard scan.skip("T") || scan.skip("t") || scan.skip(" "), let hours = scan.number(2...2),
        scan.skip(":"), let minutes = scan.number(2...2), hours < 24, minutes < 60
      else { return nil }
      (hour, minute) = (hours, minutes)
      if scan.skip(":") {
        guard let read = scan.number(2...2), read <= 60 else { return nil }
        second = min(read, 59)
        if scan.skip(".") || scan.skip(","), scan.number(1...18) == nil { return nil }
      }
      guard let zone = scan.zone() else { return nil }
      offset = zone
    }
    var parts = unsafe tm()
    unsafe parts.tm_year = Int32(year - 1900)
    unsafe parts.tm_mon = Int32(month - 1)
    unsafe parts.tm_mday = Int32(day)
    unsafe parts.tm_hour = Int32(hour)
    unsafe parts.tm_min = Int32(minute)
    unsafe parts.tm_sec = Int32(second)
    let moment = unsafe timegm(&parts)
    // A 31st of February has become a day of March.
    guard unsafe parts.tm_mday == Int32(day) else { return nil }
    return Int64(moment) - Int64(offset)
  }

  private static func digits(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  private struct Scan {
    let bytes: [UInt8]
    var at = 0

    var isAtEnd: Bool { at == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard at < bytes.count, UInt32(bytes[at]) == character.value else { return false }
      at += 1
      return true
    }

    mutating func number(_ width: ClosedRange<Int>) -> Int? {
      var value = 0
      var count = 0
      while at < bytes.count, count < width.upperBound, bytes[at] >= 0x30, bytes[at] <= 0x39 {
        value = value * 10 + Int(bytes[at] - 0x30)
        count += 1
        at += 1
      }
      return width.contains(count) ? value : nil
    }

    /// Seconds east of Greenwich, to the end of the text; nil for what is no zone.
    mutating func zone() -> Int? {
      if isAtEnd { return 0 }
      if skip("Z") || skip("z") { return isAtEnd ? 0 : nil }
      let isWest = skip("-")
      guard isWest || skip("+"), let hours = number(2...2) else { return nil }
      let minutes = isAtEnd ? 0 : (skip(":") || true) ? number(2...2) : nil
      guard let minutes, isAtEnd, hours < 24, minutes < 60 else { return nil }
      return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    }
  }
}

/// Time that only goes forward, for rates.
public enum MonotonicClock {
  /// Seconds since some moment.
  public static func seconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
