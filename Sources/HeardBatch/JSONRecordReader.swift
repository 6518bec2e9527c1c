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
  public let textKey: String
  /// The field with the id.
  public let idKey: String
  private let parser: OpaquePointer

  /// Makes a reader of the fields named; nil when memory is out.
  public init?(textKey: String = "text", idKey: String = "id") {
    guard let parser = unsafe heard_json_open() else { return nil }
    unsafe self.parser = parser
    self.textKey = textKey
    self.idKey = idKey
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
    var record = unsafe heard_json_record()
    let status = unsafe buffer.withUnsafeBufferPointer { bytes in
      let line = unsafe bytes.baseAddress.map { unsafe $0 + range.lowerBound }
      return unsafe heard_json_read(
        parser, line, range.count, textKey, textKey.utf8.count, idKey, idKey.utf8.count, &record)
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
