internal import HeardDeadlines
internal import HeardRouter
internal import HeardStatistics
internal import HeardThemes

/// A chart over periods: columns that stand on each other.
///
/// Marks are SVG that is stretched to the width there is; words are HTML beside it, so that they keep
/// their size on a narrow page. Who cannot see it hears the title and the description; the figures
/// are in the table behind it.
struct PeriodPlot {
  /// A part of every column.
  struct Layer {
    var name: String
    /// A class of the style sheet.
    var style: String
    /// By period, 0 or more.
    var values: [Double]
  }

  /// Makes ids that no other chart of the page has.
  var id: String
  /// What it shows, for those who cannot see it.
  var title: String
  /// What is to be seen.
  var description: String
  var calendar: ReportCalendar
  /// From the bottom up.
  var layers: [Layer]
  /// The top of the scale; nil: as the values need.
  var top: Double?
  /// How a value is written beside the scale.
  var label: (Double) -> String
  /// Whether it is one of several small ones.
  var isSmall = false

  private var sums: [Double] {
    (0..<calendar.count).map { period in layers.reduce(0) { $0 + $1.values[period] } }
  }

  /// The chart.
  var html: String {
    let ticks = PeriodPlot.ticks(top ?? sums.max() ?? 0, few: isSmall)
    let top = ticks.last ?? 1
    var html =
      "<div class=\"plot\(isSmall ? " small" : "")\">\n<div class=\"scale\" aria-hidden=\"true\">"
    for tick in ticks {
      html +=
        "<span style=\"bottom:\(Figure.decimals(tick / top * 100, 2))%\"><i>\(label(tick))</i></span>"
    }
    html += "</div>\n"
    html +=
      "<svg viewBox=\"0 0 \(calendar.count * 10) 1000\" preserveAspectRatio=\"none\" role=\"img\" "
      + "aria-labelledby=\"\(id)-t \(id)-d\"><title id=\"\(id)-t\">\(Markup.escaped(title))</title>"
      + "<desc id=\"\(id)-d\">\(Markup.escaped(description))</desc>\n"
    for (place, layer) in layers.enumerated() {
      html += "<g class=\"\(layer.style)\">"
      for period in 0..<calendar.count where layer.values[period] > 0 {
        let below = layers[..<place].reduce(0) { $0 + $1.values[period] }
        html += rect(period, from: below / top, to: (below + layer.values[period]) / top)
      }
      html += "</g>\n"
    }
    html += "</svg>\n<div class=\"marks\" aria-hidden=\"true\">"
    for mark in marks {
      let left = Double(mark.period) / Double(max(1, calendar.count)) * 100
      html +=
        "<span\(mark.isMinor ? " class=\"minor\"" : "") style=\"left:\(Figure.decimals(left, 2))%\">"
        + "\(mark.text)</span>"
    }
    return html + "</div>\n</div>\n"
  }

  /// A column's part; gaps are left where columns are wide enough to have them.
  private func rect(_ period: Int, from: Double, to: Double) -> String {
    let gap = calendar.count > 160 ? 0.0 : 1.5
    let (top, bottom) = (1000 - to * 1000, 1000 - from * 1000)
    return "<rect x=\"\(Figure.decimals(Double(period * 10) + gap / 2, 2))\" "
      + "y=\"\(Figure.decimals(top, 1))\" width=\"\(Figure.decimals(10 - gap, 2))\" "
      + "height=\"\(Figure.decimals(bottom - top, 1))\"/>"
  }

  /// Round numbers from 0 to above `most`.
  static func ticks(_ most: Double, few: Bool) -> [Double] {
    guard most > 0 else { return [0, 1] }
    var step = 1.0
    while step * 10 <= most { step *= 10 }
    while step > most { step /= 10 }
    // Between two and five steps, or one or two on a small chart.
    let wanted = few ? 2.0 : 5.0
    for factor in [0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10]
    where (most / (step * factor)).rounded(.up) <= wanted {
      step *= factor
      break
    }
    let count = Int((most / step - 1e-9).rounded(.up))
    return (0...max(1, count)).map { Double($0) * step }
  }

  private struct Mark {
    var period: Int
    var text: String
    var isMinor: Bool
  }

  /// Which periods are named under the axis.
  private var marks: [Mark] {
    let most = isSmall ? 4 : 9
    let periods = 0..<calendar.count
    var named: [Int]
    switch calendar.unit {
    case .week, .month:
      // Where a month begins, or a quarter, or a year.
      named = Array(periods)
      for months in [1, 2, 3, 6, 12, 24, 60, 120] {
        named = periods.filter { period in
          let start = calendar.start(of: period)
          let number = (start.year * 12 + start.month - 1) / months
          guard period > 0 else { return true }
          let before = calendar.start(of: period - 1)
          return (before.year * 12 + before.month - 1) / months != number
        }
        if named.count <= most + 1 { break }
      }
      // A first stretch that is too short for its name.
      if named.count > 2, named[1] * most < calendar.count { named.removeFirst() }
    case .day, .quarter, .year:
      var step = 1
      let steps = calendar.unit == .day ? [1, 2, 7, 14, 28, 56] : [1, 2, 4, 8, 20, 40]
      for wider in steps where calendar.count > step * most { step = wider }
      named = periods.filter { $0 % step == 0 }
    }
    return named.enumerated().map { place, period in
      let start = calendar.start(of: period)
      var text =
        calendar.unit == .week
        ? String(calendar.mark(of: period).suffix(3)) : calendar.mark(of: period)
      let isNewYear = place == 0 || calendar.start(of: named[place - 1]).year != start.year
      if isNewYear, calendar.unit != .year {
        // A small chart has no room for both; the head of the page says when it begins.
        if !isSmall { text += " \(start.year)" } else if place > 0 { text = "\(start.year)" }
      }
      return Mark(period: period, text: text, isMinor: place % 2 == 1)
    }
  }
}

/// A chart of a line's height, for a row of a table.
struct SparkPlot {
  var title: String
  var values: [Int]

  /// The chart.
  var html: String {
    let top = Double(max(1, values.max() ?? 1))
    var html =
      "<svg class=\"spark\" viewBox=\"0 0 \(max(1, values.count) * 10) 100\" "
      + "preserveAspectRatio=\"none\" role=\"img\"><title>\(Markup.escaped(title))</title>"
    let gap = values.count > 60 ? 0.0 : 2
    for (place, value) in values.enumerated() where value > 0 {
      let height = max(4, Double(value) / top * 100)
      html += "<rect x=\"\(Figure.decimals(Double(place * 10) + gap / 2, 1))\" "
      html += "y=\"\(Figure.decimals(100 - height, 1))\" "
      html += "width=\"\(Figure.decimals(10 - gap, 1))\" "
      html += "height=\"\(Figure.decimals(height, 1))\"/>"
    }
    // The ground that the columns stand on shows how long nothing was said.
    return html + "<path d=\"M0 100H\(max(1, values.count) * 10)\"/></svg>"
  }
}

/// An odds ratio and its interval on a scale of doublings, for a row of a table.
struct IntervalPlot {
  var title: String
  var value: Double
  var low: Double
  var high: Double

  /// The end of the scale: 64 times.
  private static let doublings = 6.0

  /// The chart.
  var html: String {
    func place(_ ratio: Double) -> Double {
      var doublings = 0.0
      var rest = min(max(ratio, 1), 64)
      // log₂ by halving, to three binary places: no more is to be seen.
      while rest >= 2 {
        rest /= 2
        doublings += 1
      }
      var part = 0.5
      for _ in 0..<6 {
        rest *= rest
        if rest >= 2 {
          rest /= 2
          doublings += part
        }
        part /= 2
      }
      return doublings / IntervalPlot.doublings * 100
    }
    let (from, to, at) = (place(low), place(high), place(value))
    return "<svg class=\"range\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" role=\"img\">"
      + "<title>\(Markup.escaped(title))</title>"
      + "<path class=\"ground\" d=\"M0 5H100\"/>"
      + "<path class=\"whisker\" d=\"M\(Figure.decimals(from, 1)) 5H\(Figure.decimals(to, 1))\"/>"
      + "<rect x=\"\(Figure.decimals(min(98.5, max(0, at - 0.75)), 1))\" y=\"1\" width=\"1.5\" height=\"8\"/></svg>"
  }
}
