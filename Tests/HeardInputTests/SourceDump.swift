import Foundation

@testable import HeardInput

/// What a plan's sources hand out, as lines that a person can compare.
enum SourceDump {
  /// Folder of the fixtures.
  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  /// Every record of the inputs, with its number and offset.
  static func records(_ paths: [String], _ options: InputOptions = .init()) throws -> [String] {
    var found: [String] = []
    for source in try InputPlan(paths, options: options).sources() {
      found += try records(source)
    }
    return found
  }

  /// Every record that a source still has.
  static func records(_ source: any BlockSource) throws -> [String] {
    var found: [String] = []
    var block = Block()
    while try source.next(into: &block) { found += records(of: block) }
    return found
  }

  static func records(of block: Block) -> [String] {
    var found: [String] = []
    switch block.content {
    case .files: found = block.files.map(\.id)
    case .rows(let layout):
      for span in block.records {
        found.append("\(span.number) @\(block.firstByte + span.range.lowerBound) ")
        found[found.count - 1] += row(block.bytes, span.range, layout)
      }
    case .mails(let dialect):
      for span in block.records {
        let mail = MboxMail.mail(block.bytes, span.range, dialect: dialect)
        found.append(
          "\(span.number) @\(block.firstByte + span.range.lowerBound) "
            + (mail.map(escaped) ?? "no From line"))
      }
    case .jsonLines, .textLines, .exchange:
      var number = block.firstLine
      var start = 0
      while start < block.length {
        let end = LineScan.end(of: start, in: block.bytes, before: block.length)
        found.append(
          "\(number) @\(block.firstByte + start) \(escaped(Array(block.bytes[start..<end])))")
        number += 1
        start = end + 1
      }
    }
    for skipped in block.oversized {
      found.append("\(skipped.line) @\(skipped.offset) too long: \(skipped.length)")
    }
    return found
  }

  private static func row(_ bytes: [UInt8], _ range: Range<Int>, _ layout: RowLayout) -> String {
    let reader = RowReader()
    var cells: [String] = []
    do throws(RowReader.Problem) {
      _ = try reader.read(bytes, range, separator: layout.separator) { _, cell, isQuoted in
        var text: [UInt8] = []
        reader.append(bytes, cell, isQuoted: isQuoted, to: &text)
        cells.append(escaped(text))
      }
    } catch {
      return "\(error)"
    }
    return cells.map { "[\($0)]" }.joined()
  }

  static func escaped(_ bytes: [UInt8]) -> String {
    var text = ""
    // By scalar: a carriage return and a line feed are one character.
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\\": text += "\\\\"
      case "\r": text += "\\r"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
