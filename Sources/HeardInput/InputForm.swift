/// The forms a corpus can come in.
public enum InputForm: String, CaseIterable, Sendable {
  /// Told from the name and the first bytes.
  case auto
  /// One JSON object a line.
  case jsonl
  /// A table with commas or semicolons between cells.
  case csv
  /// A table with tabs between cells.
  case tsv
  /// A mailbox in one file.
  case mbox
  /// A mail, or a folder of them.
  case eml
  /// A folder with `cur` and `new`.
  case maildir
  /// One message a line.
  case text
}

/// How inputs are read.
public struct InputOptions: Sendable {
  /// The form of all inputs.
  public var form = InputForm.auto
  /// The names of the fields of JSON records and tables.
  public var fields = RecordFields()
  /// Whether the first row of a table names its columns.
  public var hasHeader = true
  /// Between the cells of a table; nil: told from the first row.
  public var separator: UInt8?
  /// How mailboxes are written.
  public var dialect = MboxDialect.auto
  /// Bytes of the longest record; a longer one becomes an error record.
  public var recordLimit = LineSource.lineLimit
  /// How many bytes one worker takes at a time; a block holds at least one record.
  public var blockBytes = InputOptions.blockBytes
  /// Bytes of the longest mail of a mailbox, likewise.
  public var mailLimit = 64 << 20

  /// How many bytes one worker takes at a time, unless it is said.
  public static let blockBytes = 1 << 20

  /// The defaults.
  public init() {}
}
