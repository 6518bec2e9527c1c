public import HeardInput

/// Reads what `heard run` wrote: JSON lines and tables, packed or not.
///
/// Only a block is in memory at a time. Databases are read by `DatabaseRecords`.
public struct JudgedRecords: Sendable {
  /// Whether hits are read too (`--explain`).
  public var wantsHits: Bool

  /// Prepares reading.
  public init(wantsHits: Bool = false) { self.wantsHits = wantsHits }

  /// Hands every record of the outputs to `body`, in their order.
  ///
  /// - Throws: an output that cannot be read, and a line that is no record, with its place.
  public func read(
    _ paths: [String], _ body: (borrowing JudgedRecord) -> Void
  ) throws(InputError) {
    var options = InputOptions()
    // The column by which a table of records is known, and told from one of messages.
    options.fields.text = "status"
    for source in try InputPlan(paths, options: options).sources() {
      var block = Block()
      guard let json = JSONFieldReader() else {
        throw InputError(.readFailed, "no memory for the JSON reader")
      }
      while try source.next(into: &block) {
        if let skipped = block.oversized.first {
          throw InputError(
            .damaged, "\(block.inputName):\(skipped.line): too long for a record of heard run")
        }
        switch block.content {
        case .jsonLines: try lines(of: block, json, body)
        case .rows(let layout): try rows(of: block, layout, body)
        default: throw JudgedRecords.foreign(block.inputName)
        }
      }
    }
  }

  private static func foreign(_ place: String) -> InputError {
    InputError(
      .unknownForm,
      "\(place): is no output of `heard run`; name its JSON lines, tables or databases"
    )
  }

  // MARK: JSON lines

  private func lines(
    of block: Block, _ json: JSONFieldReader, _ body: (borrowing JudgedRecord) -> Void
  ) throws(InputError) {
    var number = block.firstLine
    var start = 0
    while start < block.length {
      let end = LineScan.end(of: start, in: block.bytes, before: block.length)
      if end > start {
        body(try record(block.bytes, start..<end, json, "\(block.inputName):\(number)"))
      }
      start = end + 1
      number += 1
    }
  }

  private func record(
    _ bytes: [UInt8], _ line: Range<Int>, _ json: JSONFieldReader,
    _ place: @autoclosure () -> String
  ) throws(InputError) -> JudgedRecord {
    var record = JudgedRecord()
    var isOurs = false
    var isError = false
    do throws(JSONRecordReader.Problem) {
      try json.read(bytes, line) { path, value in
        switch value {
        case .text(let text):
          switch path {
          case "schema": isOurs = text.hasPrefix("heard/")
          case "id": record.id = text
          case "status": isError = text == "error"
          case "error.code": record.errorCode = text
          default: take(path, text, &record)
          }
        case .number(let number):
          if path == "anger" { record.anger = JudgedRecord.level(Int(exactly: number)) }
          if path == "id" { record.id = JudgedRecords.text(number) }
        case .truth, .null: return
        }
      }
    } catch {
      throw InputError(.damaged, "\(place()): \(error.message)")
    }
    guard isOurs else { throw JudgedRecords.foreign(place()) }
    if isError, record.errorCode == nil { record.errorCode = "" }
    return record
  }

  private func take(_ path: String, _ text: String, _ record: inout JudgedRecord) {
    switch path {
    case "language": record.language = text
    case "class": record.messageClass = text
    case "tags": record.tags.append(text)
    case "signals": record.signals.append(text)
    case "queue": record.queue = text
    case "meta.time": record.time = Timestamp.seconds(Array(text.utf8))
    case "meta.sender": record.sender = text
    case "lexicon": record.lexicon = text
    case "policy": record.policy = text
    case "version": record.version = text
    default:
      guard path.hasPrefix("hits.") else { return }
      record.hasHits = true
      guard wantsHits else { return }
      switch path {
      case "hits.entry": record.hits.append(.init(entry: text))
      case _ where record.hits.isEmpty: return
      case "hits.form": record.hits[record.hits.count - 1].form = text
      case "hits.zone": record.hits[record.hits.count - 1].zone = text
      default: return
      }
    }
  }

  /// A number as an id: whole ones without a fraction.
  private static func text(_ number: Double) -> String {
    if let whole = Int(exactly: number) { return "\(whole)" }
    return "\(number)"
  }

  // MARK: Tables

  /// What stands before and behind the columns of time and sender.
  private static let originColumn = 19

  private func rows(
    of block: Block, _ layout: RowLayout, _ body: (borrowing JudgedRecord) -> Void
  ) throws(InputError) {
    let form: TableWriter.Form = layout.separator == TableForm.tab ? .tsv : .csv
    let plain = JudgedRecords.columns(form, hasOrigin: false)
    let hasOrigin = layout.columns == plain + 2
    guard hasOrigin || layout.columns == plain, layout.text == 1, layout.id == 0 else {
      throw JudgedRecords.foreign(block.inputName)
    }
    let reader = RowReader()
    for span in block.records {
      var cells: [String] = []
      do throws(RowReader.Problem) {
        _ = try reader.read(
          block.bytes, span.range, separator: layout.separator
        ) { _, cell, isQuoted in
          var text: [UInt8] = []
          reader.append(block.bytes, cell, isQuoted: isQuoted, to: &text)
          cells.append(String(decoding: text, as: UTF8.self))
        }
      } catch {
        throw InputError(
          .damaged, "\(block.inputName):\(span.number): \(RowReader.message(error))")
      }
      if cells.count == 1, cells[0].isEmpty { continue }
      guard cells.count == layout.columns else {
        throw InputError(
          .damaged,
          "\(block.inputName):\(span.number): has \(cells.count) cells, not \(layout.columns ?? 0)")
      }
      body(JudgedRecords.record(cells, hasOrigin: hasOrigin))
    }
  }

  private static func columns(_ form: TableWriter.Form, hasOrigin: Bool) -> Int {
    let separator = form == .csv ? UInt8(ascii: ",") : TableForm.tab
    return TableWriter.header(form, hasOrigin: hasOrigin).count { $0 == separator } + 1
  }

  private static func record(_ cells: [String], hasOrigin: Bool) -> JudgedRecord {
    var record = JudgedRecord()
    record.id = cells[0].isEmpty ? nil : unguarded(cells[0])
    record.language = cells[2]
    record.messageClass = cells[3]
    record.tags = words(cells[4])
    record.anger = JudgedRecord.level(Int(cells[5]))
    record.signals = words(cells[6])
    record.queue = cells[8 + FlatRecord.scoreNames.count]
    var next = originColumn
    if hasOrigin {
      record.time = Timestamp.seconds(Array(cells[next].utf8))
      record.sender = cells[next + 1].isEmpty ? nil : cells[next + 1]
      next += 2
    }
    record.lexicon = cells[next]
    record.policy = cells[next + 1]
    record.version = cells[next + 2]
    if cells[1] == "error" { record.errorCode = cells[next + 3] }
    return record
  }

  private static func words(_ cell: String) -> [String] {
    cell.split(separator: " ").map(String.init)
  }

  /// A cell without the apostrophe that keeps spreadsheets from taking it for a formula.
  private static func unguarded(_ cell: String) -> String {
    var rest = cell[...]
    guard rest.popFirst() == "'", let first = rest.utf8.first,
      [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0A, 0x0D].contains(first)
    else { return cell }
    return String(rest)
  }
}
