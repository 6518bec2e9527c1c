import CHeardICU
import Glibc
import HeardText
import Testing

/// Unicode's own word break tests, as far as they apply.
///
/// Where normalising changes nothing and none of the marks that we never join words over occurs,
/// tokens are the segments with a letter, a digit or a symbol in them. Debian's package
/// `unicode-data` has the file.
@Suite("Unicode's word break tests") struct WordBreakTests {
  private static let path = "/usr/share/unicode/auxiliary/WordBreakTest.txt"

  private static func lines() -> [Substring]? {
    guard let file = unsafe fopen(path, "rb") else { return nil }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      bytes.append(contentsOf: chunk[0..<count])
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }

  @Test func segments() {
    guard let lines = Self.lines() else {
      print("SKIPPED: no \(Self.path); apt install unicode-data")
      return
    }
    let reference = ReferenceWords()
    var checked = 0
    for line in lines {
      let fields = line.prefix { $0 != "#" }.split(separator: " ")
      if fields.isEmpty { continue }
      var text = ""
      var segments: [String] = []
      for field in fields {
        if field == "÷" {
          if segments.last != "" { segments.append("") }
        } else if field != "×" {
          guard let value = UInt32(field.trimmingPrefix("\t"), radix: 16),
            let scalar = Unicode.Scalar(value)
          else { continue }
          text.unicodeScalars.append(scalar)
          segments[segments.count - 1].unicodeScalars.append(scalar)
        }
      }
      let bytes = Array(text.utf8)
      guard reference.normal(bytes) == bytes,
        !text.unicodeScalars.contains(where: { ".:,;_\"@".unicodeScalars.contains($0) })
      else { continue }
      checked += 1
      let words = segments.filter { segment in
        segment.unicodeScalars.contains { scalar in
          let traits = heard_icu_traits(scalar.value)
          return traits & UInt32(HEARD_ICU_LETTER | HEARD_ICU_DIGIT | HEARD_ICU_EMOJI) != 0
        }
      }
      #expect(Analyzed(text).words == words, "\(line)")
    }
    #expect(checked > 300, "too few lines apply")
  }
}
