internal import HeardAuthoring
internal import HeardSources
import Yams

/// Values of an entry as cells of a sheet, and back as YAML.
///
/// Text and numbers stand as they are. Lists have an item a line (`\n` for a line break inside one,
/// `\\` for a backslash), mappings `key: value, key: value`. An empty list is `[]`, an empty mapping
/// `{}`, and an empty cell a key that is not there.
enum SheetCell {
  /// The cell of a value.
  static func text(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): return scalar.string
    case .sequence(let items):
      if items.isEmpty { return "[]" }
      let texts = items.map { escaped($0.scalar?.string ?? "") }
      return texts == ["[]"] ? "\\[]" : texts.joined(separator: "\n")
    case .mapping(let pairs):
      if pairs.isEmpty { return "{}" }
      return pairs.map { "\($0.key.scalar?.string ?? ""): \($0.value.scalar?.string ?? "")" }
        .joined(separator: ", ")
    case .alias: return ""
    }
  }

  private static func escaped(_ text: String) -> String {
    text.replacing(scalar: "\\", with: "\\\\").replacing(scalar: "\n", with: "\\n")
  }

  private static func items(_ cell: String) -> [String] {
    if cell == "[]" { return [] }
    var items: [String] = []
    for line in cell.split(separator: "\n") {
      var item = String.UnicodeScalarView()
      var isEscaped = false
      for scalar in line.unicodeScalars {
        if isEscaped {
          item.append(scalar == "n" ? "\n" : scalar)
          isEscaped = false
        } else if scalar == "\\" {
          isEscaped = true
        } else {
          item.append(scalar)
        }
      }
      if isEscaped { item.append("\\") }
      items.append(String(item))
    }
    return items
  }

  // MARK: YAML

  /// The lines `key: value` of a cell, the first without indentation, the others with `indent`.
  static func lines(_ key: SourceKey, _ cell: String, indent: String) -> [String] {
    switch key.kind {
    case .text, .number, .wholeNumber, .yesNo:
      return ["\(key.name): \(scalar(cell, inFlow: false))"]
    case .textList, .nameList, .numberList, .mappingList:
      let items = items(cell)
      let flow =
        "\(key.name): [" + items.map { scalar($0, inFlow: true) }.joined(separator: ", ") + "]"
      // Patterns are read one below the other; short lists of words on one line.
      let isLong = indent.count + flow.count > 120
      guard !items.isEmpty, key.name == "phrases" || isLong else { return [flow] }
      return ["\(key.name):"] + items.map { "\(indent)- \(scalar($0, inFlow: false))" }
    case .evidence, .mapping:
      if cell == "{}" { return ["\(key.name): {}"] }
      let pairs = cell.split(whereSeparator: { $0 == "," || $0 == "\n" }).map { part in
        let sides = part.split(separator: ":", maxSplits: 1).map(trimmed)
        let name = scalar(sides.first ?? "", inFlow: true)
        return sides.count == 2 ? "\(name): \(scalar(sides[1], inFlow: true))" : name
      }
      return ["\(key.name): {\(pairs.joined(separator: ", "))}"]
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }

  /// A YAML scalar that reads back as the text: plain where that is plainly safe, else in double
  /// quotes.
  static func scalar(_ text: String, inFlow: Bool) -> String {
    isPlain(text) ? text : quoted(text)
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
      return false
    }
    func isSafe(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "."
        || scalar == "~"
        || scalar == "_"
    }
    let opens = first.properties.isAlphabetic || ("0"..."9").contains(first)
    let isNumber = first == "-" && text.unicodeScalars.count > 1
    return (opens || isNumber) && isSafe(last)
      && text.unicodeScalars.dropFirst().allSatisfy { isSafe($0) || $0 == " " || $0 == "-" }
      && !(isNumber && text.unicodeScalars.dropFirst().contains { $0 == " " || $0 == "-" })
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        let category = scalar.properties.generalCategory
        let isPrintable =
          category != .control && category != .lineSeparator && category != .paragraphSeparator
          && scalar != "\u{FEFF}" && scalar.value & 0xFFFE != 0xFFFE
        if isPrintable {
          result.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
      }
    }
    return result + "\""
  }
}
