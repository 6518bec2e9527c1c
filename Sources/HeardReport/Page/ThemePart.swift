internal import HeardThemes

/// The themes of a report.
struct ThemePart {
  let figures: ReportFigures
  private var calendar: ReportCalendar { figures.calendar }

  var html: String {
    guard figures.themeSource != .none else { return "" }
    var html = "<section aria-labelledby=\"themes\">\n<h2 id=\"themes\">Themes</h2>\n"
    let what = figures.themeSource == .messages ? "Words and phrases" : "Entries of the lexicons"
    html +=
      "<p>\(what) that recur under a tag more than elsewhere in the same language, raised by at least "
      + "\(figures.settings.leastSenders) different senders. A sender counts once a "
      + "\(calendar.unit.rawValue), however much they write: that is a voice.</p>\n"
    guard !figures.themes.isEmpty else {
      return html + "<p>No theme has enough senders and stands out.</p>\n</section>\n"
    }
    html += moves
    for label in ThemeLabel.allCases {
      let themes = figures.themes.filter { $0.label == label }
      guard !themes.isEmpty else { continue }
      let name =
        label == .complaint ? "All complaints" : Text.name(label.name, .tag)
      html += "<h3>\(name)</h3>\n"
      for (place, language) in FactTable.languages.enumerated() {
        let some = themes.filter { $0.language == language }
        if !some.isEmpty { html += table(some, name, language, place) }
      }
    }
    return html + "</section>\n"
  }

  // MARK: What moves

  private var moves: String {
    var html = ""
    for (direction, title) in [
      (Trend.Direction.new, "New"), (.rising, "Rising"), (.fading, "Fading"),
    ] {
      var seen: Set<String> = []
      // A word may be a theme of several tags; it is told once here.
      let themes = figures.themes.filter {
        $0.trend.direction == direction && seen.insert("\($0.language) \($0.surface)").inserted
      }
      .sorted { $0.trend.q == $1.trend.q ? $0.id < $1.id : $0.trend.q < $1.trend.q }.prefix(9)
      guard !themes.isEmpty else { continue }
      html += "<h3>\(title)</h3>\n<ul class=\"moves\">\n"
      for theme in themes {
        let of = Text.name(theme.label.name, .tag).lowercased()
        let language = Text.name(theme.language, .language)
        html += "<li><b lang=\"\(theme.language)\">\(Markup.escaped(theme.surface))</b> "
        html += "<small>\(language), \(of); \(Text.number(theme.senders)) senders; "
        html += "\(Markup.escaped(way(theme)))</small>\(spark(theme))</li>\n"
      }
      html += "</ul>\n"
    }
    if html.isEmpty, figures.themes.contains(where: { $0.trend.direction == .steady }) {
      return "<p>None of the themes is new, rising or fading beyond what chance does.</p>\n"
    }
    return html
  }

  /// How a theme moves, in words.
  private func way(_ theme: Theme) -> String {
    let unit = calendar.unit.rawValue
    switch theme.trend.direction {
    case .new: return "first raised in \(calendar.title(of: first(theme)))"
    case .rising, .fading:
      guard let factor = theme.trend.factor else { return "" }
      return "odds × \(Text.factor(factor.value)) a \(unit) "
        + "(\(Text.factor(factor.low))–\u{2060}\(Text.factor(factor.high)))"
    case .steady: return "no trend beyond chance"
    case .unknown: return "too few \(unit)s for a trend"
    }
  }

  private func first(_ theme: Theme) -> Int { theme.voices.firstIndex { $0 > 0 } ?? 0 }

  private func spark(_ theme: Theme) -> String {
    guard calendar.count > 1 else { return "" }
    let series = VolumeSeries(
      name: "", total: theme.voices.reduce(0, +), periods: theme.voices)
    return SparkPlot(
      title: "\(theme.surface): " + Text.course(series, "voices", calendar), values: theme.voices
    ).html
  }

  // MARK: Tables

  private func table(
    _ themes: [Theme], _ label: String, _ language: String, _ place: Int
  ) -> String {
    let voices = figures.exposure?.counts(themes[0].label, language: place)
    let caption =
      "\(label) in \(Text.name(language, .language)): \(Text.number(voices?.with ?? 0)) voices"
    var html = """
      <table class="themes">
      <caption>\(caption)</caption>
      <thead><tr><th scope="col" class="c1">Theme</th><th scope="col" class="c2">Senders</th>\
      <th scope="col" class="c3">More than elsewhere</th><th scope="col">Over time</th></tr></thead>
      <tbody>

      """
    for theme in themes { html += row(theme) }
    return html + "</tbody>\n</table>\n"
  }

  private func row(_ theme: Theme) -> String {
    let with = theme.keyness.with
    let odds = theme.keyness.oddsRatio
    var html =
      "<tr><th scope=\"row\"><span class=\"name\" lang=\"\(theme.language)\">"
      + "\(Markup.escaped(theme.surface))</span>"
    let also = theme.variants.prefix(4)
    if !also.isEmpty {
      html +=
        "<span class=\"also\" lang=\"\(theme.language)\">"
        + "\(Markup.escaped(also.joined(separator: " · ")))</span>"
    }
    if figures.themeSource == .hits {
      html += "<span class=\"also\"><code>\(Markup.escaped(theme.words.joined()))</code></span>"
    }
    for example in theme.examples {
      html +=
        "<blockquote lang=\"\(theme.language)\">\(Markup.escaped(example.left))"
        + "<mark>\(Markup.escaped(example.match))</mark>\(Markup.escaped(example.right))</blockquote>"
    }
    html += "</th>"
    html +=
      "<td data-label=\"Senders\">\(Text.number(theme.senders))<br><small>"
      + "\(Text.percent(with.count, with.total)) of voices</small></td>"
    let range = "\(Text.factor(odds.low))–\(Text.factor(odds.high))"
    html +=
      "<td data-label=\"More than elsewhere\">odds × \(Text.factor(odds.value)) "
      + "<small>(\(range))</small>"
    html +=
      IntervalPlot(
        title: "odds ratio \(Text.factor(odds.value)), interval \(range)", value: odds.value,
        low: odds.low, high: odds.high
      ).html
    html += "</td><td data-label=\"Over time\">" + spark(theme)
    let direction = theme.trend.direction
    if [.new, .rising, .fading].contains(direction) {
      html += "<span class=\"way \(direction.rawValue)\">\(direction.rawValue)</span> "
    }
    html += "<small>\(Markup.escaped(way(theme)))</small></td></tr>\n"
    return html
  }
}
