internal import Glibc

/// Reads small files whole.
public enum FileReader {
  /// What is wrong with a file.
  public struct Problem: Error, Hashable, Sendable {
    /// `unreadable` or `too-large`.
    public var code: String
    /// What is wrong, for people.
    public var message: String
  }

  /// The bytes of a file, or of standard input for `-`.
  ///
  /// - Parameter limit: bytes; a larger file is refused without being read to its end.
  public static func read(_ path: String, limit: Int) throws(Problem) -> [UInt8] {
    var bytes: [UInt8]
    var filled = 0
    do throws(SystemFailure) {
      let file = path == "-" ? FileDescriptor.standardInput() : try FileDescriptor(reading: path)
      bytes = [UInt8](repeating: 0, count: min(limit, try file.size() ?? 65536) + 1)
      while true {
        if filled > limit { break }
        if filled == bytes.count {
          bytes.append(contentsOf: repeatElement(0, count: max(65536, filled)))
        }
        let got = try file.read(into: &bytes, at: filled, count: bytes.count - filled)
        if got == 0 { break }
        filled += got
      }
    } catch {
      throw Problem(code: "unreadable", message: "the file cannot be read: \(error)")
    }
    guard filled <= limit else {
      throw Problem(
        code: "too-large", message: "the file has more than \(limit) bytes, the limit for one mail")
    }
    bytes.removeSubrange(filled...)
    return bytes
  }
}
