internal import HeardDeadlines
public import HeardInput
internal import HeardRouter

/// Clocks in the records of `heard run`.
public enum DueRecords {
  /// The clocks of a file of records.
  ///
  /// - Throws: a file that cannot be read, and the first line that is no record, with its place.
  public static func read(_ path: String) throws(InputError) -> [DueItem] {
    let bytes: [UInt8]
    do throws(FileReader.Problem) {
      bytes = try FileReader.read(path, limit: 1 << 30)
    } catch {
      throw InputError(.noInput, "\(path): \(error.message)")
    }
    guard let reader = JSONFieldReader() else {
      throw InputError(.readFailed, "\(path): no memory for the JSON reader")
    }
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
          throw InputError(.damaged, "\(path):\(line): \(error.message)")
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
      case .number(let number): text = Int(exactly: number).map { "\($0)" } ?? "\(number)"
      case .truth, .null: return
      }
      switch path {
      case "id": message = text
      case "queue": queue = text
      case "received": received = ISOTime.read(text) ?? 0
      // As large as no conversation is, so that one more can be counted.
      case "thread.contacts": contacts = min(max(0, Int(text) ?? 0), 1 << 30)
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
