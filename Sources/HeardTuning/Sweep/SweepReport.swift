internal import Heard
internal import HeardLexicon
internal import HeardStatistics

/// A sweep as a table with a plot below it, or as JSON.
public enum SweepReport {
  /// The table, and precision, recall and F1 as curves of dots.
  public static func text(_ sweep: Sweep, perDay: Double?) -> String {
    let isDaily = sweep.aDay(0, perDay: perDay) != nil
    let unit = isDaily ? "a day" : "of \(sweep.messages)"
    var table = Table(
      ["threshold", ">P", ">R", ">F1", ">tagged \(unit)"]
        + (sweep.queue.map { [">\($0) \(unit)"] } ?? []))
    for point in sweep.points {
      let isCurrent = point.milli == Sweep.currentMilli
      let isLabelled = point.counts.total > 0
      var cells = [
        Figure.share(Double(point.milli) / 1000) + (isCurrent ? " in use" : ""),
        isLabelled ? Figure.share(point.counts.precision) : "–",
        isLabelled ? Figure.share(point.counts.recall) : "–",
        isLabelled ? Figure.share(point.counts.f1) : "–",
        load(point.tagged, sweep, perDay),
      ]
      if sweep.queue != nil { cells.append(load(point.queued, sweep, perDay)) }
      table.add(cells)
    }
    var page = "\(sweep.kind.rawValue), \(sweep.messages) messages\n\n" + table.write(.text)
    if let best = best(sweep) {
      page +=
        "\nbest F1 \(Figure.share(best.counts.f1)) at \(Figure.share(Double(best.milli) / 1000))\n"
    }
    if sweep.points.contains(where: { $0.counts.total > 0 }) { page += "\n" + plot(sweep) }
    return page
  }

  /// The point of the highest F1, the one nearest to the threshold in use among equals.
  public static func best(_ sweep: Sweep) -> Sweep.Point? {
    sweep.points.filter { $0.counts.f1 > 0 }.min {
      ($1.counts.f1, ($0.milli - Sweep.currentMilli).magnitude)
        < ($0.counts.f1, ($1.milli - Sweep.currentMilli).magnitude)
    }
  }

  /// The sweep as one JSON object and a line's end.
  public static func json(_ sweep: Sweep, perDay: Double?) -> [UInt8] {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("tag")
    writer.string(sweep.kind.rawValue)
    writer.key("messages")
    writer.integer(sweep.messages)
    if let days = sweep.days {
      writer.key("days")
      writer.integer(days)
    }
    if let queue = sweep.queue {
      writer.key("queue")
      writer.string(queue)
    }
    writer.key("points")
    writer.openArray()
    for point in sweep.points { json(point, sweep, perDay, into: &writer) }
    writer.closeArray()
    writer.closeObject()
    writer.endLine()
    return writer.finish()
  }

  private static func json(
    _ point: Sweep.Point, _ sweep: Sweep, _ perDay: Double?, into writer: inout JSONWriter
  ) {
    writer.openObject()
    writer.key("threshold")
    writer.thousandths(point.milli)
    if point.counts.total > 0 {
      let shares: [(StaticString, Double)] = [
        ("precision", point.counts.precision), ("recall", point.counts.recall),
        ("f1", point.counts.f1),
      ]
      for (name, value) in shares {
        writer.key(name)
        writer.score(value)
      }
    }
    writer.key("tagged")
    writer.integer(point.tagged)
    if sweep.queue != nil {
      writer.key("queued")
      writer.integer(point.queued)
    }
    if let tagged = sweep.aDay(point.tagged, perDay: perDay) {
      writer.key("tagged_a_day")
      writer.fraction(tagged)
    }
    if sweep.queue != nil, let queued = sweep.aDay(point.queued, perDay: perDay) {
      writer.key("queued_a_day")
      writer.fraction(queued)
    }
    writer.closeObject()
  }

  private static func load(_ count: Int, _ sweep: Sweep, _ perDay: Double?) -> String {
    guard let load = sweep.aDay(count, perDay: perDay) else { return "\(count)" }
    return Figure.decimals(load, load < 1000 ? 1 : 0)
  }

  /// Eleven lines from 1.0 to 0.0; where curves cross, the last of P, R, F stands.
  private static func plot(_ sweep: Sweep) -> String {
    let columns = 3
    var rows = Array(
      repeating: Array(repeating: Character(" "), count: sweep.points.count * columns), count: 11)
    for (place, point) in sweep.points.enumerated() where point.counts.total > 0 {
      let column = place * columns + 1
      for row in rows.indices where point.milli == Sweep.currentMilli { rows[row][column] = "┊" }
      let curves: [(Character, Double)] = [
        ("P", point.counts.precision), ("R", point.counts.recall), ("F", point.counts.f1),
      ]
      for (mark, value) in curves { rows[10 - Int((value * 10).rounded())][column] = mark }
    }
    var text = ""
    for (place, row) in rows.enumerated() {
      var line = Figure.decimals(Double(10 - place) / 10, 1) + " ┤" + String(row)
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    var axis = "     "
    for point in sweep.points {
      axis += Figure.share(Double(point.milli) / 1000).prefix(columns)
    }
    return text + axis + "\n     P precision, R recall, F F1 by threshold; ┊ in use\n"
  }
}
