internal import HeardInput

/// Why a list or a ledger of who is told cannot be read or written.
public struct ToldError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of trouble; decides the exit status.
  public enum Code: Hashable, Sendable {
    /// Missing or unreadable.
    case noInput
    /// Not what it should be.
    case damaged
    /// Cannot be written.
    case output
    /// Another process has it.
    case busy
  }

  /// What kind of trouble it is.
  public var code: Code
  /// What, where and what to do.
  public var description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}

/// JSON lines of texts and lists of texts.
enum ToldLines {
  struct Line {
    var texts: [String: [String]] = [:]

    func text(_ key: String) -> String { texts[key]?.first ?? "" }
  }

  /// Larger files than these are none of ours.
  private static let limit = 1 << 30

  /// The bytes of a file; none when `mayLack` and it is not there.
  static func bytes(_ path: String) throws(ToldError) -> [UInt8] {
    do throws(FileReader.Problem) {
      return try FileReader.read(path, limit: limit)
    } catch {
      throw ToldError(.noInput, "\(path): \(error.message)")
    }
  }

  /// The lines of a file.
  static func read(_ path: String, schema: String) throws(ToldError) -> [Line] {
    try read(try bytes(path), path, schema: schema)
  }

  /// The lines of what was read from a file.
  static func read(_ bytes: [UInt8], _ path: String, schema: String) throws(ToldError) -> [Line] {
    guard let reader = JSONFieldReader() else {
      throw ToldError(.noInput, "no memory for the JSON reader")
    }
    let padded = bytes + [UInt8](repeating: 0, count: JSONRecordReader.padding)
    var lines: [Line] = []
    var start = 0
    var number = 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      if end > start {
        var line = Line()
        do throws(JSONRecordReader.Problem) {
          try reader.read(padded, start..<end) { path, value in
            if case .text(let text) = value { line.texts[path, default: []].append(text) }
          }
        } catch {
          throw ToldError(.damaged, "\(path):\(number): \(error.message)")
        }
        guard line.text("schema") == schema else {
          throw ToldError(.damaged, "\(path):\(number): is no line of \(schema)")
        }
        lines.append(line)
      }
      start = end + 1
      number += 1
    }
    return lines
  }
}
