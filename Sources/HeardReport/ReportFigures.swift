internal import Heard
public import HeardThemes

/// Everything a report says, before it is a page, JSON or tables.
public struct ReportFigures: Sendable {
  /// Whether and how themes were looked for.
  public enum ThemeSource: String, Sendable {
    /// They were not.
    case none
    /// Among the words of messages.
    case messages
    /// Among the lexicon entries in records.
    case hits
  }

  /// What stands above it.
  public var title: String
  /// Whose days they are, as `Europe/Amsterdam`.
  public var timeZone: String
  /// The periods.
  public var calendar: ReportCalendar
  /// Themes, by language and label, the strongest first.
  public var themes: [Theme] = []
  /// Whether and how they were looked for.
  public var themeSource = ThemeSource.none
  /// How they were looked for.
  public var settings = ThemeSearch.Settings()
  /// Voices by language and label.
  public var exposure: Exposure?
  /// Messages that are in no theme, because they name no sender; because they have no id.
  public var unheard: (withoutSender: Int, withoutID: Int) = (0, 0)
  /// Whether what names somebody is shown.
  public var isRevealed = false
  /// Whether messages without a sender count as one of somebody else.
  public var countsUnnamed = false
  let volumes: RecordVolumes
  private let series: [RecordVolumes.Series: VolumeSeries]

  /// Takes the counts.
  public init(
    _ volumes: RecordVolumes, _ calendar: ReportCalendar, title: String, timeZone: String
  ) {
    self.volumes = volumes
    self.calendar = calendar
    self.title = title
    self.timeZone = timeZone
    series = volumes.counts(calendar)
  }

  /// The classes in the order in which they are shown.
  static let classes = ["complaint", "question", "request", "praise", "auto", "other"]
  /// The tags likewise.
  static let tags = ["anger", "expectation-gap", "staff-targeted", "pricing-dispute"]
  /// The languages likewise.
  static let languages = ["nl", "pl", "en", "other", "und"]

  /// All series of a dimension: in the order of the house where there is one, else by size.
  func all(_ dimension: RecordVolumes.Dimension) -> [VolumeSeries] {
    let found = series.filter { $0.key.dimension == dimension }.map(\.value)
    let order: [String] =
      switch dimension {
      case .status: ["judged", "error"]
      case .messageClass: ReportFigures.classes
      case .tag: ReportFigures.tags
      case .language: ReportFigures.languages
      case .anger: ["0", "1", "2", "3"]
      case .signal, .queue, .error: []
      }
    return found.sorted { one, other in
      let (first, second) = (order.firstIndex(of: one.name), order.firstIndex(of: other.name))
      if first != second { return (first ?? .max) < (second ?? .max) }
      if one.total != other.total { return one.total > other.total }
      return Array(one.name.utf8).lexicographicallyPrecedes(other.name.utf8)
    }
  }

  /// One series; zeros when nothing is in it.
  func one(_ dimension: RecordVolumes.Dimension, _ name: String) -> VolumeSeries {
    series[.init(dimension: dimension, name: name)]
      ?? VolumeSeries(name: name, total: 0, periods: Array(repeating: 0, count: calendar.count))
  }

  /// Records that were judged.
  var judged: VolumeSeries { one(.status, "judged") }
  /// Error records.
  var errors: VolumeSeries { one(.status, "error") }
  /// Complaints.
  var complaints: VolumeSeries { one(.messageClass, "complaint") }
  /// Records that were judged and say not when they were sent.
  var undated: Int { judged.total - judged.periods.reduce(0, +) }
  /// Messages whose language nobody can tell.
  var undetermined: VolumeSeries { one(.language, "und") }
}
