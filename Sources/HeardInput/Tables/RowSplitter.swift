/// Finds the rows of a table, whose cells may hold line ends.
struct RowSplitter: RecordSplitter {
  /// Where in a row the next byte stands.
  private enum State {
    case cellStart
    case plain
    case quoted
    /// Behind a quotation mark that closes the cell, or is the first of two.
    case maybeClosed
  }

  private let form: TableForm
  private let fields: RecordFields
  private var layout = RowLayout()
  private var state = State.cellStart
  private var at = 0
  private var isStarted = false

  init(_ form: TableForm, _ fields: RecordFields) {
    self.form = form
    self.fields = fields
  }

  var content: Block.Content { .rows(layout) }
  var memory: Int { 0 }
  var countsLines: Bool { true }

  mutating func forget(_ count: Int) { at = max(0, at - count) }

  mutating func end(
    of start: Int, in bytes: [UInt8], before filled: Int, atEnd: Bool
  ) -> Int? {
    if !isStarted {
      state = .cellStart
      at = start
      isStarted = true
    }
    let separator = layout.separator
    let quotation = UInt8(ascii: "\"")
    while at < filled {
      let byte = bytes[at]
      at += 1
      switch state {
      case .quoted:
        if byte == quotation { state = .maybeClosed }
        continue
      case .maybeClosed where byte == quotation:
        state = .quoted
        continue
      case .cellStart where byte == quotation:
        state = .quoted
        continue
      default:
        if byte == 0x0A {
          isStarted = false
          return at
        }
        state = byte == separator ? .cellStart : .plain
      }
    }
    guard atEnd else { return nil }
    isStarted = false
    return filled
  }

  mutating func prepare(
    _ bytes: [UInt8], before filled: Int, atEnd: Bool, name: String
  ) throws(InputError) -> Int? {
    let line = bytes[..<LineScan.end(of: 0, in: bytes, before: filled)]
    layout.separator = form.separator ?? TableForm.separator(of: line)
    guard form.hasHeader else {
      layout = try numbered(name)
      return 0
    }
    guard let end = end(of: 0, in: bytes, before: filled, atEnd: atEnd) else {
      isStarted = false
      return nil
    }
    var names: [String] = []
    let reader = RowReader()
    do throws(RowReader.Problem) {
      _ = try reader.read(bytes, 0..<end, separator: layout.separator) { _, cell, isQuoted in
        var text: [UInt8] = []
        reader.append(bytes, cell, isQuoted: isQuoted, to: &text)
        names.append(RowSplitter.trimmed(String(decoding: text, as: UTF8.self)))
      }
    } catch {
      throw InputError(.unknownForm, "\(name): the header's quotation marks do not match")
    }
    if end > 0 { layout = try named(names, name) }
    return end
  }

  private func named(_ names: [String], _ input: String) throws(InputError) -> RowLayout {
    func column(_ field: String) -> Int? {
      names.firstIndex(of: field)
        ?? names.firstIndex { $0.lowercased() == field.lowercased() }
    }
    // The header may be a customer's line in truth, so it is not quoted.
    guard let text = column(fields.text) else {
      throw InputError(
        .unknownForm,
        "\(input): none of the \(names.count) columns of the header is \"\(fields.text)\"; name "
          + "the one with the text with --text-field, or its number with --no-header")
    }
    for (field, option) in fields.others
    where fields.needed.contains(field) && column(field) == nil {
      throw InputError(
        .unknownForm,
        "\(input): none of the \(names.count) columns of the header is \"\(field)\"; check "
          + option)
    }
    return RowLayout(
      separator: layout.separator, text: text, id: column(fields.id),
      sender: column(fields.sender), time: column(fields.time), columns: names.count)
  }

  private func numbered(_ input: String) throws(InputError) -> RowLayout {
    func column(_ field: String) -> Int? {
      Int(field).flatMap { $0 > 0 ? $0 - 1 : nil }
    }
    guard let text = column(fields.text) else {
      throw InputError(
        .usage,
        "\(input): without a header columns go by number; --text-field takes 1 for the first")
    }
    for (field, option) in fields.others
    where fields.needed.contains(field) && column(field) == nil {
      throw InputError(
        .usage, "\(input): without a header columns go by number; \(option) takes 1 for the first")
    }
    return RowLayout(
      separator: layout.separator, text: text, id: column(fields.id),
      sender: column(fields.sender), time: column(fields.time))
  }

  private static func trimmed(_ name: String) -> String {
    var name = name[...]
    while let first = name.first, first.isWhitespace { name.removeFirst() }
    while let last = name.last, last.isWhitespace { name.removeLast() }
    return String(name)
  }
}
