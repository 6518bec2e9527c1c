internal import Heard
internal import HeardRouter
internal import HeardStatistics

/// A report as one HTML page that needs nothing else: no script, no file, no network.
///
/// The page forbids itself to load or run anything, and escapes all that comes from elsewhere. The
/// same figures give the same bytes.
public struct ReportPage {
  let figures: ReportFigures
  private var calendar: ReportCalendar { figures.calendar }

  /// Takes the figures.
  public init(_ figures: ReportFigures) { self.figures = figures }

  /// The page.
  public var html: String {
    var page = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="robots" content="noindex">
      <title>\(Markup.escaped(figures.title))</title>
      <style>
      \(ReportStyle.css)
      </style>
      </head>
      <body>
      <main>

      """
    page += head
    if figures.judged.total > 0 {
      page += volumes
      page += anger
      page += ThemePart(figures: figures).html
    } else {
      page += "<p>No record was judged, so there is nothing to show.</p>\n"
    }
    page += ReportNotes(figures: figures).html
    return page + "</main>\n</body>\n</html>\n"
  }

  // MARK: Head

  private var head: String {
    var html = "<header>\n<h1>\(Markup.escaped(figures.title))</h1>\n<p class=\"lede\">"
    if let span = figures.volumes.span {
      html += Text.day(span.first)
      if span.last > span.first { html += " to \(Text.day(span.last))" }
      html += " · by \(calendar.unit.rawValue) · days of \(Markup.escaped(figures.timeZone))"
    } else {
      html += "No record says when its message was sent"
    }
    html += "</p>\n<dl class=\"key\">\n"
    let judged = figures.judged.total
    html += key("Messages judged", Text.number(judged), nil)
    let share = WilsonInterval.share(figures.complaints.total, of: judged)
    html += key(
      "Complaints", Text.number(figures.complaints.total),
      judged == 0
        ? nil
        : "\(Text.percent(figures.complaints.total, judged)) of messages "
          + "(\(Text.range(share)))")
    if figures.volumes.senders > 0 {
      html += key("Senders", Text.number(figures.volumes.senders), "told apart by pseudonym")
    }
    html += key(
      "Language not determined", Text.percent(figures.undetermined.total, judged),
      "\(Text.number(figures.undetermined.total)) messages")
    html += key(
      "Errors", Text.number(figures.errors.total),
      figures.errors.total == 0
        ? "every message could be read"
        : figures.all(.error).prefix(3).map { "\($0.name) \(Text.number($0.total))" }
          .joined(separator: ", "))
    return html + "</dl>\n</header>\n"
  }

  private func key(_ name: String, _ value: String, _ more: String?) -> String {
    let small = more.map { "<small>\(Markup.escaped($0))</small>" } ?? ""
    return "<div><dt>\(name)</dt><dd>\(value)\(small)</dd></div>\n"
  }

  // MARK: Volumes

  private var volumes: String {
    var html = "<section aria-labelledby=\"volumes\">\n<h2 id=\"volumes\">What came in</h2>\n"
    if calendar.count > 1 {
      html += overview
    }
    html += group(
      .messageClass, "By class", id: "class",
      "What a message is. Every message has exactly one class.")
    html += group(
      .tag, "By tag", id: "tag",
      "What complaints are about. A complaint may have several tags, or none.")
    html += group(
      .queue, "By queue", id: "queue", "Where messages were sent. Each goes to exactly one desk.")
    html += group(.language, "By language", id: "language", "What messages are written in.")
    return html + "</section>\n"
  }

  private var overview: String {
    let complaints = figures.complaints
    let rest = figures.judged.periods.indices.map {
      Double(figures.judged.periods[$0] - complaints.periods[$0])
    }
    let plot = PeriodPlot(
      id: "overview", title: "Messages by \(calendar.unit.rawValue), complaints and others",
      description: Text.course(complaints, "complaints", calendar) + " "
        + Text.course(figures.judged, "messages in all", calendar),
      calendar: calendar,
      layers: [
        .init(name: "complaints", style: "main", values: complaints.periods.map(Double.init)),
        .init(name: "others", style: "rest", values: rest),
      ], top: nil, label: Text.short)
    var html = "<figure>\n<figcaption>Messages by \(calendar.unit.rawValue)."
    if figures.undated > 0 {
      html +=
        " \(Text.number(figures.undated)) of \(Text.number(figures.judged.total)) are not in the "
        + "charts: they say not when they were sent, or a day far from all others."
    }
    html += "</figcaption>\n"
    html +=
      "<ul class=\"legend\"><li class=\"main\">Complaints</li><li class=\"rest\">Other messages</li></ul>\n"
    html += plot.html
    var shares = FigureTable(
      caption: "Messages and complaints by \(calendar.unit.rawValue)", calendar: calendar)
    shares.add("Messages", figures.judged.periods)
    shares.add("Complaints", complaints.periods)
    shares.add(
      "Share",
      texts: complaints.periods.indices.map {
        figures.judged.periods[$0] == 0
          ? "–" : Text.percent(complaints.periods[$0], figures.judged.periods[$0])
      })
    if figures.errors.total > 0 { shares.add("Errors", figures.errors.periods) }
    return html + shares.html + "</figure>\n"
  }

  private func group(
    _ dimension: RecordVolumes.Dimension, _ title: String, id: String, _ caption: String
  ) -> String {
    let all = figures.all(dimension)
    guard !all.isEmpty else { return "" }
    let whole = dimension == .tag ? figures.complaints.total : figures.judged.total
    var html = "<figure aria-labelledby=\"by-\(id)\">\n<h3 id=\"by-\(id)\">\(title)</h3>\n"
    html += "<figcaption>\(caption)"
    let hasCharts = calendar.count > 1
    html += hasCharts ? " The charts have one scale.</figcaption>\n" : "</figcaption>\n"
    let top = all.flatMap(\.periods).max() ?? 0
    html += "<div class=\"panels\">\n"
    for (place, series) in all.enumerated() {
      let name = Text.name(series.name, dimension)
      html += "<section><h4>\(Markup.escaped(name))</h4>"
      html +=
        "<p>\(Text.number(series.total)), \(Text.percent(series.total, whole)) of "
        + "\(dimension == .tag ? "complaints" : "messages")</p>\n"
      if hasCharts {
        html +=
          PeriodPlot(
            id: "\(id)-\(place)", title: "\(name): messages by \(calendar.unit.rawValue)",
            description: Text.course(series, "messages", calendar), calendar: calendar,
            layers: [.init(name: name, style: "main", values: series.periods.map(Double.init))],
            top: Double(top), label: Text.short, isSmall: true
          ).html
      }
      html += "</section>\n"
    }
    html += "</div>\n"
    if hasCharts {
      var table = FigureTable(
        caption: "\(title), messages by \(calendar.unit.rawValue)", calendar: calendar)
      for series in all { table.add(Text.name(series.name, dimension), series.periods) }
      html += table.html
    }
    return html + "</figure>\n"
  }

  // MARK: Anger

  private var anger: String {
    let levels = figures.all(.anger)
    let angry = levels.filter { $0.name != "0" }
    guard figures.complaints.total > 0 else { return "" }
    let total = angry.reduce(0) { $0 + $1.total }
    var html = "<section aria-labelledby=\"anger\">\n<h2 id=\"anger\">How anger moves</h2>\n"
    html +=
      "<p>\(Text.number(total)) of \(Text.number(figures.complaints.total)) complaints "
      + "(\(Text.percent(total, figures.complaints.total))) are written in anger: "
    html += (1...3).map { level in
      "\(Text.number(figures.one(.anger, "\(level)").total)) \(Text.anger[level])"
    }.joined(separator: ", ")
    html += ".</p>\n"
    guard calendar.count > 1 else { return html + "</section>\n" }
    let complaints = figures.complaints.periods
    // The worst stand on the ground, where their course is seen best.
    let layers = (1...3).reversed().map { level in
      PeriodPlot.Layer(
        name: Text.anger[level], style: "heat\(level)",
        values: figures.one(.anger, "\(level)").periods.enumerated().map { period, count in
          complaints[period] == 0 ? 0 : Double(count) / Double(complaints[period]) * 100
        })
    }
    let shares = complaints.indices.map { period in
      layers.reduce(0) { $0 + $1.values[period] }
    }
    let half = calendar.count / 2
    func share(_ range: Range<Int>) -> String {
      let count = (1...3).reduce(0) { sum, level in
        sum + figures.one(.anger, "\(level)").periods[range].reduce(0, +)
      }
      return Text.percent(count, complaints[range].reduce(0, +))
    }
    let plot = PeriodPlot(
      id: "heat", title: "Share of complaints written in anger, by \(calendar.unit.rawValue)",
      description: "\(share(0..<half)) of complaints in the first half of the time and "
        + "\(share(half..<calendar.count)) in the second; at most "
        + "\(Text.percent((shares.max() ?? 0) / 100)) in a \(calendar.unit.rawValue).",
      calendar: calendar, layers: layers, top: nil, label: { Text.short($0) + " %" })
    html +=
      "<figure>\n<figcaption>Share of complaints by level of anger, by \(calendar.unit.rawValue)."
      + "</figcaption>\n<ul class=\"legend\">"
    for level in 1...3 {
      html += "<li class=\"heat\(level)\">\(level), \(Text.anger[level])</li>"
    }
    html += "</ul>\n" + plot.html
    var table = FigureTable(
      caption: "Complaints by level of anger, by \(calendar.unit.rawValue)", calendar: calendar)
    for level in 0...3 {
      table.add("\(level), \(Text.anger[level])", figures.one(.anger, "\(level)").periods)
    }
    return html + table.html + "</figure>\n</section>\n"
  }
}

/// The figures of a chart, behind a click.
struct FigureTable {
  var caption: String
  var calendar: ReportCalendar
  private var columns: [(name: String, cells: [String])] = []

  init(caption: String, calendar: ReportCalendar) {
    self.caption = caption
    self.calendar = calendar
  }

  mutating func add(_ name: String, _ counts: [Int]) {
    columns.append((name, counts.map(Text.number)))
  }

  mutating func add(_ name: String, texts: [String]) { columns.append((name, texts)) }

  var html: String {
    var html =
      "<details><summary>Figures</summary>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
      + "aria-label=\"\(Markup.escaped(caption))\"><table class=\"figures\">\n<caption>"
      + "\(Markup.escaped(caption))</caption>\n<thead><tr><th scope=\"col\">"
      + "\(Text.capitalised(calendar.unit.rawValue))</th>"
    for column in columns {
      html += "<th scope=\"col\" class=\"n\">\(Markup.escaped(column.name))</th>"
    }
    html += "</tr></thead>\n<tbody>\n"
    for period in 0..<calendar.count {
      html += "<tr><th scope=\"row\">\(calendar.start(of: period))</th>"
      for column in columns { html += "<td class=\"n\">\(column.cells[period])</td>" }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table></div></details>\n"
  }
}
