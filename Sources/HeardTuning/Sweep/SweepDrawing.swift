internal import HeardLexicon
internal import HeardStatistics

/// A sweep as a drawing in SVG, readable on light and on dark pages.
public enum SweepDrawing {
  private static let width = 720.0
  private static let height = 420.0
  private static let left = 56.0
  private static let right = 72.0
  private static let top = 44.0
  private static let bottom = 56.0

  /// The drawing: precision, recall and F1 to the left scale, messages to the right one.
  public static func svg(_ sweep: Sweep, perDay: Double?) -> String {
    let loads = sweep.points.map { point in
      sweep.aDay(point.tagged, perDay: perDay) ?? Double(point.tagged)
    }
    let most = max(loads.max() ?? 0, 1)
    let isDaily = sweep.aDay(0, perDay: perDay) != nil
    let isLabelled = sweep.points.contains { $0.counts.total > 0 }
    var body = grid(most: most)
    let inUse = x(Sweep.currentMilli)
    body +=
      "<line class=\"use\" x1=\"\(inUse)\" x2=\"\(inUse)\" y1=\"\(f(top))\" "
      + "y2=\"\(f(height - bottom))\"/>\n"
    var legend: [(String, String)] = []
    if isLabelled {
      body += line(sweep.points.map { ($0.milli, $0.counts.precision) }, "p")
      body += line(sweep.points.map { ($0.milli, $0.counts.recall) }, "r")
      body += line(sweep.points.map { ($0.milli, $0.counts.f1) }, "f")
      legend = [("p", "precision"), ("r", "recall"), ("f", "F1")]
    }
    body += line(zip(sweep.points, loads).map { ($0.milli, $1 / most) }, "n")
    legend.append(("n", "messages tagged" + (isDaily ? " a day" : "")))
    for (place, item) in legend.enumerated() {
      let start = left + Double(place) * 130
      body +=
        "<line class=\"\(item.0)\" x1=\"\(f(start))\" x2=\"\(f(start + 22))\" y1=\"26\" y2=\"26\"/>"
        + "<text x=\"\(f(start + 28))\" y=\"30\">\(item.1)</text>\n"
    }
    let title = "\(sweep.kind.rawValue) by threshold, \(sweep.messages) messages"
    body +=
      "<text x=\"\(f(width / 2))\" y=\"\(f(height - 12))\" text-anchor=\"middle\">\(title); "
      + "dotted: in use</text>\n"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(f(width)) \(f(height))" role="img">
      <title>\(title)</title>
      <style>
      svg { background: #ffffff; font: 12px sans-serif; }
      text { fill: #222222; }
      line, polyline { fill: none; stroke-width: 2; }
      .grid { stroke: #dddddd; stroke-width: 1; }
      .use { stroke: #777777; stroke-width: 1; stroke-dasharray: 2 4; }
      .p { stroke: #0b6bcb; } .r { stroke: #b4500a; } .f { stroke: #1a7f37; }
      .n { stroke: #777777; stroke-dasharray: 6 4; }
      @media (prefers-color-scheme: dark) {
      svg { background: #14171a; }
      text { fill: #e6e6e6; }
      .grid { stroke: #353a40; }
      .p { stroke: #6cb6ff; } .r { stroke: #f69d50; } .f { stroke: #57ab5a; }
      .use, .n { stroke: #adbac7; }
      }
      </style>

      """ + body + "</svg>\n"
  }

  private static func grid(most: Double) -> String {
    var text = ""
    for step in 0...5 {
      let share = Double(step) / 5
      let height = y(share)
      text +=
        "<line class=\"grid\" x1=\"\(f(left))\" x2=\"\(f(width - right))\" y1=\"\(height)\" "
        + "y2=\"\(height)\"/>"
        + "<text x=\"\(f(left - 8))\" y=\"\(height)\" text-anchor=\"end\" dy=\"4\">"
        + "\(Figure.decimals(share, 1))</text>"
        + "<text x=\"\(f(width - right + 8))\" y=\"\(height)\" dy=\"4\">"
        + "\(Figure.decimals(most * share, most < 100 ? 1 : 0))</text>\n"
    }
    for tenth in 0...10 {
      text +=
        "<text x=\"\(x(tenth * 100))\" y=\"\(f(Self.height - bottom + 18))\" "
        + "text-anchor=\"middle\">\(Figure.decimals(Double(tenth) / 10, 1))</text>\n"
    }
    return text
  }

  private static func line(_ points: [(milli: Int, share: Double)], _ style: String) -> String {
    let places = points.map { "\(x($0.milli)),\(y($0.share))" }.joined(separator: " ")
    return "<polyline class=\"\(style)\" points=\"\(places)\"/>\n"
  }

  private static func x(_ milli: Int) -> String {
    f(left + (width - left - right) * Double(milli) / 1000)
  }

  private static func y(_ share: Double) -> String {
    f(height - bottom - (height - top - bottom) * share)
  }

  private static func f(_ value: Double) -> String { Figure.decimals(value, 1) }
}
