internal import Heard
internal import HeardDeadlines
internal import HeardRouter
internal import HeardSources
internal import HeardStatistics
internal import HeardThemes

/// The figures of a report for programs and spreadsheets.
public enum ReportData {
  /// The name and version of the JSON.
  public static let schema = "heard-report/1"

  // MARK: JSON

  /// One object, keys in a fixed order.
  public static func json(_ figures: ReportFigures) -> [UInt8] {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("schema")
    writer.string(schema)
    writer.key("title")
    writer.string(figures.title)
    writer.key("timeZone")
    writer.string(figures.timeZone)
    writer.key("unit")
    writer.string(figures.calendar.unit.rawValue)
    writer.key("periods")
    writer.openArray()
    for period in 0..<figures.calendar.count {
      writer.openObject()
      writer.key("name")
      writer.string(figures.calendar.name(of: period))
      writer.key("start")
      writer.string(figures.calendar.start(of: period).description)
      writer.closeObject()
    }
    writer.closeArray()
    for (key, number) in [
      ("records", figures.judged.total + figures.errors.total), ("judged", figures.judged.total),
      ("errors", figures.errors.total), ("complaints", figures.complaints.total),
      ("undetermined", figures.undetermined.total), ("undated", figures.undated),
      ("leftOut", figures.volumes.leftOut), ("senders", figures.volumes.senders),
    ] {
      writer.key(key)
      writer.integer(number)
    }
    writer.key("series")
    writer.openArray()
    for dimension in RecordVolumes.Dimension.allCases {
      for series in figures.all(dimension) { write(series, dimension, &writer) }
    }
    writer.closeArray()
    write(themes: figures, &writer)
    for (key, names) in [
      ("lexicons", figures.volumes.lexicons), ("policies", figures.volumes.policies),
      ("versions", figures.volumes.versions),
    ] {
      writer.key(key)
      writer.strings(names.filter { !$0.isEmpty }.sorted())
    }
    writer.closeObject()
    writer.endLine()
    return writer.finish()
  }

  private static func write(
    _ series: VolumeSeries, _ dimension: RecordVolumes.Dimension, _ writer: inout JSONWriter
  ) {
    writer.openObject()
    writer.key("dimension")
    writer.string(dimension.rawValue)
    writer.key("name")
    writer.string(series.name)
    writer.key("total")
    writer.integer(series.total)
    writer.key("periods")
    writer.openArray()
    for count in series.periods { writer.integer(count) }
    writer.closeArray()
    writer.closeObject()
  }

  private static func write(themes figures: ReportFigures, _ writer: inout JSONWriter) {
    writer.key("themeSource")
    writer.string(figures.themeSource.rawValue)
    writer.key("leastSenders")
    writer.integer(figures.settings.leastSenders)
    writer.key("themes")
    writer.openArray()
    for theme in figures.themes { write(theme, &writer) }
    writer.closeArray()
  }

  private static func write(_ theme: Theme, _ writer: inout JSONWriter) {
    writer.openObject()
    for (key, text) in [
      ("id", theme.id), ("language", theme.language), ("label", theme.label.name),
      ("text", theme.surface),
    ] {
      writer.key(key)
      writer.string(text)
    }
    writer.key("words")
    writer.strings(theme.words)
    writer.key("variants")
    writer.strings(Array(theme.variants.prefix(6)))
    writer.key("senders")
    writer.integer(theme.senders)
    writer.key("messages")
    writer.integer(theme.messages)
    let (with, without) = (theme.keyness.with, theme.keyness.without)
    for (key, number) in [
      ("voices", with.count), ("voicesWithLabel", with.total), ("voicesElsewhere", without.count),
      ("voicesWithoutLabel", without.total),
    ] {
      writer.key(key)
      writer.integer(number)
    }
    let odds = theme.keyness.oddsRatio
    write("oddsRatio", odds, &writer)
    writer.key("z")
    writer.fraction(theme.keyness.z)
    writer.key("q")
    writer.score(theme.q)
    writer.key("trend")
    writer.openObject()
    writer.key("direction")
    writer.string(theme.trend.direction.rawValue)
    if let factor = theme.trend.factor { write("factor", factor, &writer) }
    writer.key("q")
    writer.score(theme.trend.q)
    writer.closeObject()
    writer.key("periods")
    writer.openArray()
    for count in theme.voices { writer.integer(count) }
    writer.closeArray()
    writer.key("examples")
    writer.openArray()
    for example in theme.examples {
      writer.strings([example.left, example.match, example.right])
    }
    writer.closeArray()
    writer.closeObject()
  }

  private static func write(
    _ key: StaticString, _ interval: (value: Double, low: Double, high: Double),
    _ writer: inout JSONWriter
  ) {
    writer.key(key)
    writer.openObject()
    writer.key("value")
    writer.fraction(min(interval.value, 1e9))
    writer.key("low")
    writer.fraction(min(interval.low, 1e9))
    writer.key("high")
    writer.fraction(min(interval.high, 1e9))
    writer.closeObject()
  }

  // MARK: CSV

  /// The volumes: a row for each period and series that is not zero.
  ///
  /// No cell can be taken for a formula.
  public static func volumes(_ figures: ReportFigures) -> String {
    var rows = [["period", "start", "dimension", "name", "count"]]
    for dimension in RecordVolumes.Dimension.allCases {
      for series in figures.all(dimension) {
        for (period, count) in series.periods.enumerated() where count > 0 {
          rows.append([
            figures.calendar.name(of: period), figures.calendar.start(of: period).description,
            dimension.rawValue, series.name, "\(count)",
          ])
        }
        let undated = series.total - series.periods.reduce(0, +)
        if undated > 0 { rows.append(["", "", dimension.rawValue, series.name, "\(undated)"]) }
      }
    }
    return CSVText.write(rows)
  }

  /// The themes, a row each.
  public static func themes(_ figures: ReportFigures) -> String {
    var rows = [
      [
        "id", "language", "label", "text", "words", "variants", "senders", "messages", "voices",
        "voices_with_label", "voices_elsewhere", "voices_without_label", "odds_ratio",
        "odds_ratio_low", "odds_ratio_high", "q", "trend", "trend_factor", "trend_low",
        "trend_high", "trend_q",
      ]
    ]
    for theme in figures.themes {
      let (with, without) = (theme.keyness.with, theme.keyness.without)
      let odds = theme.keyness.oddsRatio
      let factor = theme.trend.factor
      rows.append([
        theme.id, theme.language, theme.label.name, theme.surface,
        theme.words.joined(separator: " "), theme.variants.prefix(6).joined(separator: " | "),
        "\(theme.senders)", "\(theme.messages)", "\(with.count)", "\(with.total)",
        "\(without.count)", "\(without.total)", number(odds.value), number(odds.low),
        number(odds.high), Figure.decimals(theme.q, 4), theme.trend.direction.rawValue,
        factor.map { number($0.value) } ?? "", factor.map { number($0.low) } ?? "",
        factor.map { number($0.high) } ?? "", Figure.decimals(theme.trend.q, 4),
      ])
    }
    return CSVText.write(rows)
  }

  private static func number(_ value: Double) -> String { Figure.decimals(min(value, 1e9), 3) }
}
