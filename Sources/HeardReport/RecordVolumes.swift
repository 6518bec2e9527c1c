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

  /// The days of the first and the last record that say when they were sent.
  public var span: (first: Int, last: Int)? {
    let known = days.keys.filter { $0 != RecordVolumes.unknownDay }
    guard let first = known.min(), let last = known.max() else { return nil }
    return (first, last)
  }

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

  /// The counts by period; those of records that say no time are in the total only.
  func counts(_ calendar: ReportCalendar) -> [Series: VolumeSeries] {
    var result: [Series: VolumeSeries] = [:]
    for (series, place) in places {
      var volumes = VolumeSeries(
        name: series.name, total: 0, periods: Array(repeating: 0, count: calendar.count))
      for (day, counts) in days where counts.count > place {
        volumes.total += counts[place]
        if day != RecordVolumes.unknownDay {
          volumes.periods[calendar.period(of: day)] += counts[place]
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
  /// By period; less than the total when some say not when they were sent.
  public var periods: [Int]
}
