internal import Heard
internal import HeardCases
internal import HeardDeadlines
internal import HeardRouter
internal import HeardSources

/// What is due, as a table, lines of JSON, a sheet or a calendar.
struct DueList {
  let items: [DueItem]
  /// Seconds since 1970, UTC.
  let now: Int64

  func text(_ format: DeadlinesCommand.Format) -> String {
    switch format {
    case .text: table
    case .json: items.map { json($0) + "\n" }.joined()
    case .csv: CSVText.write([Self.columns] + items.map(row))
    case .ics: calendar
    }
  }

  /// Whole local days until the last one: 0 on the day itself, negative when overdue.
  static func daysLeft(_ item: DueItem, now: Int64) -> Int {
    guard let clock = LocalClock(item.zone) else { return Int((item.due - now) / 86_400) }
    return clock.day(at: item.due).dayNumber - clock.day(at: now).dayNumber
  }

  /// As `2026-12-05T23:59:59+01:00`.
  static func local(_ item: DueItem) -> String {
    LocalClock(item.zone)?.text(item.due) ?? ISOTime.text(item.due)
  }

  private var table: String {
    guard !items.isEmpty else { return "nothing is due\n" }
    let rows =
      [["due", "left", "queue", "regime", "step", "message", "on silence"]]
      + items.map { item in
        let left = Self.daysLeft(item, now: now)
        return [
          Self.local(item), item.due < now ? "OVERDUE" : left == 1 ? "1 day" : "\(left) days",
          item.queue, item.regime, item.step.rawValue, Printable.text(item.message),
          item.extendable == nil ? item.onSilence : item.onSilence + " (can be extended)",
        ]
      }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (cell, width) in zip(row.dropLast(), widths) {
        line += cell + String(repeating: " ", count: width - cell.count + 2)
      }
      return line + (row.last ?? "") + "\n"
    }.joined()
  }

  private static let columns = [
    "due", "local", "days_left", "status", "queue", "regime", "step", "message", "conversation",
    "contacts", "received", "meets_by", "on_silence",
  ]

  private func row(_ item: DueItem) -> [String] {
    [
      ISOTime.text(item.due), Self.local(item), "\(Self.daysLeft(item, now: now))",
      item.due < now ? "overdue" : "open", item.queue, item.regime, item.step.rawValue,
      item.message,
      "\(item.conversation)", "\(item.contacts)", ISOTime.text(item.received), item.meetsBy,
      item.onSilence,
    ]
  }

  private func json(_ item: DueItem) -> String {
    var writer = JSONWriter()
    writer.openObject()
    Self.write(item, now: now, into: &writer)
    writer.closeObject()
    return String(decoding: writer.finish(), as: UTF8.self)
  }

  /// Writes the members of an item into the open object.
  static func write(_ item: DueItem, now: Int64, into writer: inout JSONWriter) {
    for (key, value) in [
      ("message", item.message), ("queue", item.queue), ("regime", item.regime),
      ("step", item.step.rawValue), ("due", ISOTime.text(item.due)), ("local", local(item)),
      ("status", item.due < now ? "overdue" : "open"),
    ] {
      writer.key(key)
      writer.string(value)
    }
    writer.key("daysLeft")
    writer.integer(daysLeft(item, now: now))
    writer.key("conversation")
    writer.integer(Int(item.conversation))
    writer.key("contacts")
    writer.integer(item.contacts)
    writer.key("received")
    writer.string(ISOTime.text(item.received))
    writer.key("meetsBy")
    writer.string(item.meetsBy)
    writer.key("onSilence")
    writer.string(item.onSilence)
    if let extendable = item.extendable {
      writer.key("extendable")
      writer.string(ISOTime.text(extendable))
    }
  }

  /// RFC 5545: an event at the end of each last day.
  private var calendar: String {
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//heard//deadlines//EN"]
    var seen: [String: Int] = [:]
    for item in items {
      let name = item.handle.isEmpty ? "\(item.message)\n\(item.received)" : item.handle
      let id = SHA256.name(Array("\(name)\n\(item.regime)\n\(item.step.rawValue)".utf8))
      // Records may come without ids; two events of one name would be one in a calendar.
      seen[id, default: 0] += 1
      let number = seen[id].map { $0 > 1 ? "-\($0)" : "" } ?? ""
      lines += [
        "BEGIN:VEVENT", "UID:\(id.dropFirst(7).prefix(32))\(number)@heard",
        "DTSTAMP:\(Self.basic(now))",
        "DTSTART:\(Self.basic(item.due))",
        "SUMMARY:\(Self.escaped("\(item.step.rawValue) due: \(item.queue), \(item.regime)"))",
        "DESCRIPTION:\(Self.escaped("message \(item.message); on silence: \(item.onSilence)"))",
        "END:VEVENT",
      ]
    }
    lines.append("END:VCALENDAR")
    return lines.map { Self.folded($0) + "\r\n" }.joined()
  }

  private static func basic(_ seconds: Int64) -> String {
    ISOTime.text(seconds).filter { $0 != "-" && $0 != ":" }
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if "\\;,".contains(character) { escaped += "\\" }
      escaped.append(character.isNewline ? " " : character)
    }
    return Printable.text(escaped)
  }

  /// Lines of at most 75 bytes, cut between characters.
  private static func folded(_ line: String) -> String {
    var result = ""
    var length = 0
    for character in line {
      let size = String(character).utf8.count
      if length + size > 74 {
        result += "\r\n "
        length = 1
      }
      result.append(character)
      length += size
    }
    return result
  }
}
