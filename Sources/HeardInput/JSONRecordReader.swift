internal import CHeardJSON

/// Reads the records of JSONL, one a line, with simdjson.
///
/// Fields that are not asked for are skipped and not checked.
@safe public final class JSONRecordReader {
  /// What is wrong with a line.
  public struct Problem: Error, Hashable, Sendable {
    /// A stable word, as `invalid-json`.
    public var code: String
    /// What is wrong and what to do.
    public var message: String
  }

  /// The field with the text.
  public var textKey: String { fields.text }
  /// The field with the id.
  public var idKey: String { fields.id }
  /// Who sent the last record, UTF-8; empty unless origins are read and it says so.
  public private(set) var sender: [UInt8] = []
  /// When the last record was sent, as it stands there; empty likewise.
  public private(set) var time: [UInt8] = []
  private let parser: OpaquePointer
  private let fields: RecordFields
  /// The names of all fields one after the other; empty when text and id at the top are enough.
  private let paths: [CChar]

  /// Makes a reader of the fields named; nil when memory is out.
  public convenience init?(textKey: String = "text", idKey: String = "id") {
    var fields = RecordFields()
    fields.text = textKey
    fields.id = idKey
    self.init(fields)
  }

  /// Makes a reader; nil when memory is out.
  ///
  /// - Parameters:
  ///   - fields: names of fields; full stops lead into objects, as `message.body`.
  ///   - readsOrigin: whether sender and time are wanted too.
  public init?(_ fields: RecordFields, readsOrigin: Bool = false) {
    guard let parser = unsafe heard_json_open() else { return nil }
    unsafe self.parser = parser
    self.fields = fields
    let isNested = fields.text.contains(".") || fields.id.contains(".")
    paths =
      isNested || readsOrigin
      ? [fields.text, fields.id, fields.sender, fields.time].flatMap {
        $0.utf8.map { CChar(bitPattern: $0) }
      } : []
  }

  deinit {
    unsafe heard_json_close(parser)
  }

  /// Bytes that must follow the last line in a buffer.
  public static let padding = Int(HEARD_JSON_PADDING)

  /// Reads the line at `range` of `buffer`, into `text` (unescaped UTF-8) and `id` (JSON).
  ///
  /// - Parameter buffer: holds at least ``padding`` bytes behind `range`.
  /// - Returns: whether the record has an id.
  public func read(
    _ buffer: [UInt8], _ range: Range<Int>, text: inout [UInt8], id: inout [UInt8]
  ) throws(Problem) -> Bool {
    precondition(range.upperBound + JSONRecordReader.padding <= buffer.count)
    text.removeAll(keepingCapacity: true)
    id.removeAll(keepingCapacity: true)
    guard paths.isEmpty else { return try select(buffer, range, text: &text, id: &id) }
    var record = unsafe heard_json_record()
    let status = unsafe buffer.withUnsafeBufferPointer { bytes in
      let line = unsafe bytes.baseAddress.map { unsafe $0 + range.lowerBound }
      return unsafe heard_json_read(
        parser, line, range.count, fields.text, fields.text.utf8.count, fields.id,
        fields.id.utf8.count, &record)
    }
    if let start = unsafe record.id {
      unsafe id.append(contentsOf: UnsafeBufferPointer(start: start, count: record.id_length))
    }
    guard status == HEARD_JSON_OK else {
      let detail = unsafe record.detail.map { unsafe ": " + String(cString: $0) } ?? ""
      throw problem(status, detail)
    }
    if let start = unsafe record.text {
      unsafe text.append(contentsOf: UnsafeBufferPointer(start: start, count: record.text_length))
    }
    return !id.isEmpty
  }

  private func select(
    _ buffer: [UInt8], _ range: Range<Int>, text: inout [UInt8], id: inout [UInt8]
  ) throws(Problem) -> Bool {
    sender.removeAll(keepingCapacity: true)
    time.removeAll(keepingCapacity: true)
    var found = unsafe [heard_json_found](repeating: heard_json_found(), count: 4)
    var detail: UnsafePointer<CChar>?
    let lengths = [fields.text, fields.id, fields.sender, fields.time].map(\.utf8.count)
    let status = unsafe paths.withUnsafeBufferPointer { names in
      var wanted: [heard_json_path] = unsafe []
      var at = 0
      for length in lengths {
        let name = unsafe names.baseAddress.map { unsafe $0 + at }
        unsafe wanted.append(heard_json_path(name: name, length: length))
        at += length
      }
      return unsafe buffer.withUnsafeBufferPointer { bytes in
        let line = unsafe bytes.baseAddress.map { unsafe $0 + range.lowerBound }
        return unsafe heard_json_select(
          parser, line, range.count, wanted, lengths.count, &found, &detail)
      }
    }
    // Copied before anything is thrown: an error record carries the id where there is one.
    let idKind = unsafe found[1].kind
    if idKind == HEARD_JSON_TEXT || idKind == HEARD_JSON_NUMERIC {
      unsafe append(found[1].raw, found[1].raw_length, to: &id)
    }
    guard status == HEARD_JSON_OK else {
      throw problem(status, unsafe detail.map { unsafe ": " + String(cString: $0) } ?? "")
    }
    guard idKind != HEARD_JSON_OTHER else { throw problem(HEARD_JSON_ID_TYPE, "") }
    switch unsafe found[0].kind {
    case HEARD_JSON_TEXT: unsafe append(found[0].text, found[0].text_length, to: &text)
    case HEARD_JSON_MISSING: throw problem(HEARD_JSON_NO_TEXT, "")
    default: throw problem(HEARD_JSON_TEXT_TYPE, "")
    }
    unsafe append(found[2].text, found[2].text_length, to: &sender)
    unsafe append(found[3].text, found[3].text_length, to: &time)
    return !id.isEmpty
  }

  @unsafe private func append(
    _ start: UnsafePointer<UInt8>?, _ count: Int, to bytes: inout [UInt8]
  ) {
    guard let start = unsafe start else { return }
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
  }

  private func problem(_ status: heard_json_status, _ detail: String) -> Problem {
    switch status {
    case HEARD_JSON_NOT_OBJECT:
      Problem(code: "not-an-object", message: "the line is JSON but no object; expected {…}")
    case HEARD_JSON_NO_TEXT:
      Problem(
        code: "no-text",
        message: "the record has no field \"\(textKey)\"; name it with --text-field")
    case HEARD_JSON_TEXT_TYPE:
      Problem(code: "text-type", message: "the field \"\(textKey)\" is no string")
    case HEARD_JSON_ID_TYPE:
      Problem(code: "id-type", message: "the field \"\(idKey)\" is neither string nor number")
    case HEARD_JSON_UTF8:
      Problem(
        code: "invalid-utf8",
        message: "the line is no valid UTF-8, or escapes half a character\(detail)")
    case HEARD_JSON_MEMORY:
      Problem(code: "too-large", message: "no memory for so large a record")
    default:
      Problem(code: "invalid-json", message: "the line is not one JSON object\(detail)")
    }
  }
}
