internal import Heard

/// Writes records as rows of a table that a spreadsheet may open.
///
/// No cell of what came from outside begins as a formula does (`=`, `+`, `-`, `@`, a tab, a carriage
/// return): an apostrophe in front makes it text. Numbers of ours and numeric ids stay numbers.
public struct TableWriter: ~Copyable {
  /// Which table.
  public enum Form: String, Hashable, Sendable {
    /// RFC 4180: commas, quotation marks where needed, CR LF.
    case csv
    /// Tabs between cells, spaces for tabs and line ends inside, LF.
    case tsv
  }

  private let form: Form
  private let hasOrigin: Bool
  private let tail: [String]
  private var number = JSONWriter()
  /// The rows so far.
  public private(set) var bytes: [UInt8] = []
  private var isFirst = true

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - hasOrigin: whether there are columns for time and sender.
  ///   - tail: lexicon, policy and version, which every row carries.
  public init(_ form: Form, hasOrigin: Bool, tail: [String]) {
    self.form = form
    self.hasOrigin = hasOrigin
    self.tail = tail
  }

  /// Forgets the rows and keeps the memory.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// The row that names the columns.
  public static func header(_ form: Form, hasOrigin: Bool) -> [UInt8] {
    var writer = TableWriter(form, hasOrigin: hasOrigin, tail: [])
    let names =
      ["id", "status", "language", "class", "tags", "anger", "signals", "sentiment"]
      + FlatRecord.scoreNames.map { "score-\($0)" }
      + ["queue", "priority", "rule", "steps", "obligations", "repairs"]
      + (hasOrigin ? ["time", "sender"] : [])
      + ["lexicon", "policy", "version", "error", "error-message", "error-where"]
    for name in names { writer.cell(name) }
    writer.endRow()
    return writer.bytes
  }

  /// Appends the row of a record.
  public mutating func write(_ record: FlatRecord) {
    if record.idIsNumber { figure(record.id ?? "") } else { cell(record.id ?? "") }
    cell(record.error == nil ? "ok" : "error")
    if let verdict = record.verdict {
      cell(verdict.language)
      cell(verdict.messageClass)
      cell(verdict.tags.joined(separator: " "))
      figure("\(verdict.anger)")
      cell(verdict.signals.joined(separator: " "))
      number.fraction(verdict.sentiment)
      takeNumber()
      for score in verdict.scores {
        number.score(score)
        takeNumber()
      }
      cell(verdict.queue)
      cell(verdict.priority)
      cell(verdict.rule)
      cell(verdict.steps.joined(separator: " | "))
      cell(verdict.obligations.joined(separator: " | "))
      cell(verdict.repairs.joined(separator: " "))
    } else {
      for _ in 0..<(12 + FlatRecord.scoreNames.count) { cell("") }
    }
    if hasOrigin {
      cell(record.origin?.time ?? "")
      cell(record.origin?.sender ?? "")
    }
    for text in tail { cell(text) }
    cell(record.error?.code ?? "")
    cell(record.error?.message ?? "")
    cell(record.error?.location ?? "")
    endRow()
  }

  private mutating func takeNumber() {
    figure(String(decoding: number.bytes, as: UTF8.self))
    number.removeAll()
  }

  /// A number: no apostrophe in front of its sign.
  private mutating func figure(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func cell(_ text: String) {
    separate()
    let isFormula =
      switch text.utf8.first {
      case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A,
        0x0D:
        true
      default: false
      }
    switch form {
    case .tsv:
      if isFormula { bytes.append(UInt8(ascii: "'")) }
      for byte in text.utf8 {
        bytes.append(byte == 0x09 || byte == 0x0A || byte == 0x0D ? 0x20 : byte)
      }
    case .csv:
      let needsQuotation =
        text.utf8.contains { [0x22, 0x2C, 0x3B, 0x0A, 0x0D, 0x09].contains($0) }
        || text.utf8.first == 0x20 || text.utf8.last == 0x20
      if needsQuotation { bytes.append(0x22) }
      if isFormula { bytes.append(UInt8(ascii: "'")) }
      for byte in text.utf8 {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
      if needsQuotation { bytes.append(0x22) }
    }
  }

  private mutating func separate() {
    if !isFirst { bytes.append(form == .csv ? UInt8(ascii: ",") : 0x09) }
    isFirst = false
  }

  private mutating func endRow() {
    if form == .csv { bytes.append(0x0D) }
    bytes.append(0x0A)
    isFirst = true
  }
}
