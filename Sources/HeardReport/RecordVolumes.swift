public import HeardBatch

/// How many records there are of what, by day.
///
/// Its size is that of days and names, whatever the number of records; but for the senders, of whom
/// a number each is kept to tell them apart. Adding up does not depend on the order, so that a
/// report over pieces is the report over the whole.
public struct RecordVolumes: Sendable {
  /// What is told apart.
  public enum Dimension: String, CaseIterable, Sendable {
    /// `judged` and `error`.
    case status
    case messageClass = "class"
    /// Of complaints.
    case tag
    case signal
    case queue
    case language
    /// Of complaints: `0` … `3`.
    case anger
    /// Codes of errors.
    case error
  }

  /// A name in a dimension.
  public struct Series: Hashable, Sendable {
    /// Of what.
    public var dimension: Dimension
    /// As records have it.
    public var name: String
  }

  /// Stands for the day of records that say none.
  static let unknownDay = Int.min

  private var places: [Series: Int] = [:]
  private var days: [Int: [Int]] = [:]
  private var seen: Set<Int> = []
  private(set) var lexicons: Set<String> = []
  private(set) var policies: Set<String> = []
  private(set) var versions: Set<String> = []
  /// Records left out, because they were sent before or after what is reported on.
  public var leftOut = 0

  /// Begins with nothing.
  public init() {}

  /// The days of the first and the last record that a report has periods for; nil when none says when
  /// it was sent.
  ///
  /// A few clocks are always wrong, and one mail of 1970 would make months into years: up to two
  /// records in a hundred are left aside (``ReportCalendar/period(of:)`` is nil for them) when they are
  /// farther from the others than a year and than the first of those is from the last.
  public var span: (first: Int, last: Int)? {
    let known = days.keys.filter { $0 != RecordVolumes.unknownDay }.sorted()
    guard let first = known.first, let last = known.last else { return nil }
    let statuses = places.filter { $0.key.dimension == .status }.values
    var stretches: [(first: Int, last: Int, records: Int)] = []
    for day in known {
      let counts = days[day] ?? []
      let records = statuses.reduce(0) { $0 + ($1 < counts.count ? counts[$1] : 0) }
      if let end = stretches.last?.last, day - end <= RecordVolumes.leastGap {
        stretches[stretches.count - 1].last = day
        stretches[stretches.count - 1].records += records
      } else {
        stretches.append((day, day, records))
      }
    }
    let all = stretches.reduce(0) { $0 + $1.records }
    guard let most = stretches.indices.max(by: { stretches[$0].records < stretches[$1].records })
    else { return nil }
    let main = stretches[most]
    let length = main.last - main.first
    let isApart =
      (most == 0 || main.first - stretches[most - 1].last > length)
      && (most == stretches.count - 1 || stretches[most + 1].first - main.last > length)
    return isApart && (all - main.records) * 50 <= all ? (main.first, main.last) : (first, last)
  }

  /// Days without a record that set a few apart.
  private static let leastGap = 366

  /// Different senders.
  public var senders: Int { seen.count }

  /// Counts a record.
  ///
  /// - Parameter day: the local day it was sent on, counted from 1970; nil when nobody knows.
  public mutating func add(_ record: borrowing JudgedRecord, day: Int?) {
    let day = day ?? RecordVolumes.unknownDay
    if !lexicons.contains(record.lexicon) { lexicons.insert(record.lexicon) }
    if !policies.contains(record.policy) { policies.insert(record.policy) }
    if !versions.contains(record.version) { versions.insert(record.version) }
    if let sender = record.sender { seen.insert(RecordVolumes.number(sender)) }
    if let code = record.errorCode {
      count(.status, "error", day)
      count(.error, code, day)
      return
    }
    count(.status, "judged", day)
    count(.messageClass, record.messageClass, day)
    count(.language, record.language, day)
    count(.queue, record.queue, day)
    for signal in record.signals { count(.signal, signal, day) }
    guard record.messageClass == "complaint" else { return }
    for tag in record.tags { count(.tag, tag, day) }
    count(.anger, "\(record.anger)", day)
  }

  private mutating func count(_ dimension: Dimension, _ name: String, _ day: Int) {
    let series = Series(dimension: dimension, name: name)
    let place: Int
    if let known = places[series] {
      place = known
    } else {
      place = places.count
      places[series] = place
    }
    let missing = place + 1 - days[day, default: []].count
    if missing > 0 {
      days[day, default: []].append(contentsOf: repeatElement(0, count: missing))
    }
    days[day, default: []][place] += 1
  }

  /// The first 60 bits of a pseudonym, or of what else is in the place of one.
  private static func number(_ sender: String) -> Int {
    let digits = sender.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst().prefix(15)
    if digits.count == 15, let number = Int(String(Substring(digits)), radix: 16) { return number }
    return sender.utf8.reduce(7) { ($0 &* 1_000_003) ^ Int($1) }
  }

  /// The counts by period; those of records that have none are in the total only.
  func counts(_ calendar: ReportCalendar) -> [Series: VolumeSeries] {
    var result: [Series: VolumeSeries] = [:]
    for (series, place) in places {
      var volumes = VolumeSeries(
        name: series.name, total: 0, periods: Array(repeating: 0, count: calendar.count))
      for (day, counts) in days where counts.count > place {
        volumes.total += counts[place]
        if day != RecordVolumes.unknownDay, let period = calendar.period(of: day) {
          volumes.periods[period] += counts[place]
        }
      }
      result[series] = volumes
    }
    return result
  }
}

/// How many there are of something, over time.
public struct VolumeSeries: Hashable, Sendable {
  /// Of what, as records name it.
  public var name: String
  /// All of them.
  public var total: Int
  /// By period; less than the total when some say not when they were sent, or a day far from all others.
  public var periods: [Int]
}
