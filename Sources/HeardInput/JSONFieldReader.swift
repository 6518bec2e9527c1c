internal import CHeardJSON

/// Reads every scalar of the records of JSONL, one record a line, with simdjson.
///
/// For records whose fields are not known before, as labelled corpora have; ``JSONRecordReader``
/// is faster where only a text and an id are wanted.
@safe public final class JSONFieldReader {
  /// A scalar of a record.
  public enum Value: Hashable, Sendable {
    case text(String)
    case number(Double)
    case truth(Bool)
    case null
  }

  private let parser: OpaquePointer

  /// Makes a reader; nil when memory is out.
  public init?() {
    guard let parser = unsafe heard_json_open() else { return nil }
    unsafe self.parser = parser
  }

  deinit {
    unsafe heard_json_close(parser)
  }

  /// Reads the line at `range` of `buffer` and hands each scalar to `body`.
  ///
  /// A path is the keys joined by full stops, as `labels.complaint`; elements of an array carry the
  /// path of the array. What lies deeper than eight objects and arrays is left out.
  ///
  /// - Parameter buffer: holds at least ``JSONRecordReader/padding`` bytes behind `range`.
  /// - Throws: a problem that names what is wrong, without the customer's text.
  public func read(
    _ buffer: [UInt8], _ range: Range<Int>, _ body: (_ path: String, _ value: Value) -> Void
  ) throws(JSONRecordReader.Problem) {
    precondition(range.upperBound + JSONRecordReader.padding <= buffer.count)
    var fields: UnsafePointer<heard_json_field>?
    var count = 0
    var detail: UnsafePointer<CChar>?
    let status = unsafe buffer.withUnsafeBufferPointer { bytes in
      let line = unsafe bytes.baseAddress.map { unsafe $0 + range.lowerBound }
      return unsafe heard_json_fields(parser, line, range.count, &fields, &count, &detail)
    }
    guard status == HEARD_JSON_OK else {
      let words = unsafe detail.map { unsafe ": " + String(cString: $0) } ?? ""
      throw problem(status, words)
    }
    guard let fields = unsafe fields else { return }
    for index in 0..<count {
      let field = unsafe fields[index]
      unsafe body(text(field.path, field.path_length), value(field))
    }
  }

  @unsafe private func value(_ field: heard_json_field) -> Value {
    switch unsafe field.kind {
    case HEARD_JSON_STRING: unsafe .text(text(field.value, field.length))
    case HEARD_JSON_NUMBER: unsafe .number(field.number)
    case HEARD_JSON_TRUE: .truth(true)
    case HEARD_JSON_FALSE: .truth(false)
    default: .null
    }
  }

  @unsafe private func text(_ start: UnsafePointer<UInt8>?, _ count: Int) -> String {
    unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  private func problem(_ status: heard_json_status, _ detail: String) -> JSONRecordReader.Problem {
    switch status {
    case HEARD_JSON_NOT_OBJECT:
      .init(code: "not-an-object", message: "the line is JSON but no object; expected {…}")
    case HEARD_JSON_UTF8:
      .init(code: "invalid-utf8", message: "the line is no valid UTF-8\(detail)")
    case HEARD_JSON_MEMORY:
      .init(code: "too-large", message: "no memory for so large a record")
    default:
      .init(code: "invalid-json", message: "the line is not one JSON object\(detail)")
    }
  }
}
