internal import Glibc

/// Finds the parts that come with heard.
package enum InstalledFile {
  /// The first place that has `name`: here, above the executable (a build folder), or in
  /// `share/heard` beside it; nil when there is none.
  package static func find(_ name: String) -> String? {
    var places = [name]
    var folder = executablePath().split(separator: "/").dropLast()
    while !folder.isEmpty {
      let base = "/" + folder.joined(separator: "/")
      places.append("\(base)/\(name)")
      places.append("\(base)/share/heard/\(name)")
      folder = folder.dropLast()
    }
    return places.first { unsafe access($0, R_OK) == 0 }
  }

  private static func executablePath() -> String {
    var buffer = [CChar](repeating: 0, count: 4097)
    let length = unsafe buffer.withUnsafeMutableBufferPointer { bytes -> Int in
      guard let start = bytes.baseAddress else { return 0 }
      return unsafe readlink("/proc/self/exe", start, bytes.count - 1)
    }
    guard length > 0 else { return "" }
    return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
