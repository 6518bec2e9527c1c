/// Which columns of a table hold what.
public struct RowLayout: Hashable, Sendable {
  /// Between two cells: a comma, semicolon, tab or bar.
  public var separator: UInt8
  /// Column of the text, from 0.
  public var text: Int
  /// Column of the id.
  public var id: Int?
  /// Column of who sent it.
  public var sender: Int?
  /// Column of when it was sent.
  public var time: Int?
  /// How many columns the header has; nil without one.
  public var columns: Int?

  /// Makes a layout.
  public init(
    separator: UInt8 = UInt8(ascii: ","), text: Int = 0, id: Int? = nil, sender: Int? = nil,
    time: Int? = nil, columns: Int? = nil
  ) {
    self.separator = separator
    self.text = text
    self.id = id
    self.sender = sender
    self.time = time
    self.columns = columns
  }
}

/// The names of the fields that are read, in JSON and in tables.
public struct RecordFields: Hashable, Sendable {
  /// The field with the text.
  public var text = "text"
  /// The field with the id.
  public var id = "id"
  /// The field with who sent it.
  public var sender = "sender"
  /// The field with when it was sent.
  public var time = "time"
  /// Those of id, sender and time that a table may not be without.
  public var needed: Set<String> = []

  /// The names of heard's own records.
  public init() {}

  /// The fields that a table may be without, and the options that name them.
  var others: [(field: String, option: String)] {
    [(id, "--id-field"), (sender, "--sender-field"), (time, "--time-field")]
  }
}

/// How a table is written.
public struct TableForm: Hashable, Sendable {
  /// Between cells; nil: told from the first row.
  public var separator: UInt8?
  /// Whether the first row names the columns; without one, fields are column numbers from 1.
  public var hasHeader = true

  /// A table whose separator is told from its first row.
  public init(separator: UInt8? = nil, hasHeader: Bool = true) {
    self.separator = separator
    self.hasHeader = hasHeader
  }

  package static let tab = UInt8(ascii: "\t")

  /// The separator of a row: the one of comma, semicolon, tab and bar that stands outside
  /// quotation marks most often.
  static func separator(of row: ArraySlice<UInt8>) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), tab, UInt8(ascii: "|")]
    var counts = [0, 0, 0, 0]
    var isQuoted = false
    for byte in row {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, let place = candidates.firstIndex(of: byte) { counts[place] += 1 }
    }
    var best = 0
    for place in 1..<4 where counts[place] > counts[best] { best = place }
    return candidates[best]
  }
}
