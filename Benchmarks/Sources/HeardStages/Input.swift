import Glibc
import HeardBatch

/// What went wrong, for people.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Files in, lines out, time.
enum Input {
  /// All bytes of a file.
  static func bytes(_ path: String) throws -> [UInt8] {
    do throws(FileReader.Problem) {
      return try FileReader.read(path, limit: 8 << 30)
    } catch {
      throw BenchmarkError("\(path): \(error.message)")
    }
  }

  /// The lines of a file, without their ends.
  static func lines(_ bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      lines.append(start..<end)
      start = end + 1
    }
    return lines
  }

  /// Writes a file.
  static func write(_ text: String, to path: String) throws {
    guard let file = unsafe fopen(path, "w") else { throw BenchmarkError("\(path): not writable") }
    let bytes = Array(text.utf8)
    let written = unsafe bytes.withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, file) }
    guard unsafe fclose(file) == 0, written == bytes.count else {
      throw BenchmarkError("\(path): cannot be written")
    }
  }

  static func complain(_ text: String) { write(text, to: 2) }

  static func say(_ text: String) { write(text, to: 1) }

  private static func write(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }
}

/// CPU seconds of this thread; other processes and other threads do not count.
func threadSeconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// FNV-1a in 64 bits: enough to tell whether two programs wrote the same.
struct Fingerprint {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  }
}
