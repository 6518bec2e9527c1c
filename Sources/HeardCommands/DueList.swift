internal import Heard
internal import HeardBatch
internal import HeardCases
internal import HeardLexicon
internal import HeardRouter

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
          item.queue, item.regime, item.step.rawValue, item.message,
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
    for item in items {
      let id = SHA256.name(Array("\(item.message)\n\(item.regime)\n\(item.step.rawValue)".utf8))
      lines += [
        "BEGIN:VEVENT", "UID:\(id.dropFirst(7).prefix(32))@heard", "DTSTAMP:\(Self.basic(now))",
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
    return escaped
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

/// Clocks in the records of `heard run`.
enum DueRecords {
  /// The clocks of a file of records; a line that is no record ends the reading.
  static func read(_ path: String) throws(Failure) -> [DueItem] {
    let bytes: [UInt8]
    do throws(FileReader.Problem) {
      bytes = try FileReader.read(path, limit: 1 << 30)
    } catch {
      throw Failure(.noInput, "\(path): \(error.message)")
    }
    guard let reader = JSONFieldReader() else { throw Failure(.software, "no memory for JSON") }
    let padded = bytes + [UInt8](repeating: 0, count: JSONRecordReader.padding)
    var items: [DueItem] = []
    var start = 0
    var line = 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      if end > start {
        do throws(JSONRecordReader.Problem) {
          items += try clocks(reader, padded, start..<end)
        } catch {
          throw Failure(.data, "\(path):\(line): \(error.message)")
        }
      }
      start = end + 1
      line += 1
    }
    return items
  }

  private static func clocks(
    _ reader: JSONFieldReader, _ buffer: [UInt8], _ range: Range<Int>
  ) throws(JSONRecordReader.Problem) -> [DueItem] {
    var message = ""
    var queue = ""
    var received: Int64 = 0
    var contacts = 0
    var items: [DueItem] = []
    try reader.read(buffer, range) { path, value in
      let text: String
      switch value {
      case .text(let string): text = string
      case .number(let number): text = number == number.rounded() ? "\(Int(number))" : "\(number)"
      case .truth, .null: return
      }
      switch path {
      case "id": message = text
      case "queue": queue = text
      case "received": received = ISOTime.read(text) ?? 0
      case "thread.contacts": contacts = Int(text) ?? 0
      case "due.regime":
        items.append(DueItem(regime: text))
      case _ where items.isEmpty: return
      case "due.step": items[items.count - 1].step = DeadlineClock.Step(rawValue: text) ?? .answer
      case "due.due": items[items.count - 1].due = ISOTime.read(text) ?? 0
      case "due.extended": items[items.count - 1].extendable = ISOTime.read(text)
      case "due.zone": items[items.count - 1].zone = text
      case "due.meetsBy": items[items.count - 1].meetsBy = text
      case "due.onSilence": items[items.count - 1].onSilence = text
      default: return
      }
    }
    for place in items.indices {
      items[place].message = message
      items[place].queue = queue
      items[place].received = received
      items[place].contacts = contacts + 1
    }
    return items
  }
}
