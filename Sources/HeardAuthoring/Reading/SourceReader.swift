internal import HeardLexicon
internal import HeardSources
import HeardText
import Yams

/// Reads values out of one YAML file, and gathers what is wrong with them.
///
/// Scalars are taken as written: `no` and `on` are words here, as is `1.50`.
struct SourceReader {
  let file: String
  private let lines: [Substring]
  private(set) var diagnostics: [Diagnostic] = []

  init(file: String, text: String) {
    self.file = file
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  // MARK: Reporting

  /// Where a node begins.
  func location(_ node: Node) -> SourceLocation {
    SourceLocation(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  mutating func report(
    _ check: LexiconCheck, at node: Node,
    _ message: String, hint: String
  ) {
    report(check, at: location(node), message, hint: hint)
  }

  mutating func report(
    _ check: LexiconCheck, at location: SourceLocation,
    _ message: String, hint: String
  ) {
    diagnostics.append(Diagnostic(.error, check, at: location, message, hint: hint))
  }

  /// The column of the scalar `offset` in a text node, when the text stands in the file as it is;
  /// otherwise (escapes, folded lines) where the node begins.
  func location(_ node: Node, offset: Int) -> SourceLocation {
    var place = location(node)
    guard case .scalar(let scalar) = node, lines.indices.contains(place.line - 1) else {
      return place
    }
    let line = Array(lines[place.line - 1].unicodeScalars)
    let text = Array(scalar.string.unicodeScalars)
    let quoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
    let start = place.column - 1 + (quoted ? 1 : 0)
    if start >= 0, start + text.count <= line.count,
      line[start..<(start + text.count)].elementsEqual(text)
    {
      place.column = start + 1 + offset
    }
    return place
  }

  // MARK: Values

  /// The values of a mapping by key, every key checked against the table.
  mutating func mapping(_ node: Node, _ table: SourceTable) -> [String: Node]? {
    guard case .mapping(let mapping) = node else {
      report(
        .wrongType, at: node, "\(table.name) must be a mapping, not \(kind(node))",
        hint: "write 'key: value' lines: \(table.keys.map(\.name).joined(separator: ", "))")
      return nil
    }
    var values: [String: Node] = [:]
    for (keyNode, value) in mapping {
      guard case .scalar(let scalar) = keyNode else {
        report(.wrongType, at: keyNode, "a key that is \(kind(keyNode))", hint: "write a name")
        continue
      }
      let key = scalar.string
      guard table.keys.contains(where: { $0.name == key }) else {
        let names = table.keys.map(\.name)
        report(
          .unknownKey, at: keyNode, "unknown key '\(shown(key))' in \(table.name)",
          hint: Spelling.nearest(to: key, among: names).map { "did you mean '\($0)'?" }
            ?? "keys are \(names.joined(separator: ", "))")
        continue
      }
      values[key] = value
    }
    for key in table.keys where key.isRequired && values[key.name] == nil {
      report(
        .missingKey, at: node, "\(table.name) without '\(key.name)'",
        hint: "add '\(key.name):' (\(key.summary))")
    }
    return values
  }

  /// Text as written; nil and a report when it is empty or no scalar.
  mutating func text(_ node: Node?, _ key: String) -> String? {
    guard let node else { return nil }
    guard case .scalar(let scalar) = node else {
      report(
        .wrongType, at: node, "'\(key)' must be text, not \(kind(node))",
        hint: "write one text behind '\(key):'")
      return nil
    }
    let trimmed = scalar.string.unicodeScalars.contains { !$0.properties.isWhitespace }
    guard trimmed else {
      report(.badValue, at: node, "'\(key)' is empty", hint: "write a text or remove the key")
      return nil
    }
    return scalar.string
  }

  /// The nodes of a list.
  mutating func list(_ node: Node?, _ key: String) -> [Node] {
    guard let node else { return [] }
    guard case .sequence(let sequence) = node else {
      report(
        .wrongType, at: node, "'\(key)' must be a list, not \(kind(node))",
        hint: "write '- ' before each, or [one, two]")
      return []
    }
    return Array(sequence)
  }

  /// The texts of a list; those that are none are reported and left out.
  mutating func texts(_ node: Node?, _ key: String) -> [String] {
    list(node, key).compactMap { text($0, key) }
  }

  /// One of a few names.
  mutating func name(_ node: Node?, _ key: String, among names: [String]) -> String? {
    guard let node, let value = text(node, key) else { return nil }
    guard names.contains(value) else {
      report(
        .badValue, at: node, "unknown \(key) '\(shown(value))'",
        hint: Spelling.nearest(to: value, among: names).map { "did you mean '\($0)'?" }
          ?? "write \(Spelling.list(names))")
      return nil
    }
    return value
  }

  /// `true` or `false`.
  mutating func flag(_ node: Node?, _ key: String) -> Bool? {
    guard let node, let value = text(node, key) else { return nil }
    switch value {
    case "true", "yes": return true
    case "false", "no": return false
    default:
      report(
        .wrongType, at: node, "'\(key)' is '\(shown(value))'", hint: "write true or false")
      return nil
    }
  }

  /// A whole number in a range.
  mutating func whole(_ node: Node?, _ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let node, let value = text(node, key) else { return nil }
    guard let number = Int(value) else {
      report(
        .wrongType, at: node, "'\(key)' is '\(shown(value))', no whole number",
        hint: "write \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    guard range.contains(number) else {
      report(
        .outOfRange, at: node, "'\(key)' is \(number)",
        hint: "write \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return number
  }

  /// A decimal number as exact thousandths, in a range of thousandths.
  mutating func milli(_ node: Node?, _ key: String, in range: ClosedRange<Int32>) -> Int32? {
    guard let node, let value = text(node, key) else { return nil }
    guard let number = Milli.parse(value) else {
      report(
        .wrongType, at: node, "'\(key)' is '\(shown(value))', no number",
        hint: "write a number with at most three decimals and a full stop, as 1.25")
      return nil
    }
    guard range.contains(number) else {
      report(
        .outOfRange, at: node, "'\(key)' is \(shown(value))",
        hint: "write \(Milli.text(range.lowerBound)) to \(Milli.text(range.upperBound))")
      return nil
    }
    return number
  }

  /// `{kind: weight, …}` in the order of the kinds.
  mutating func evidence(_ node: Node?, _ key: String) -> [Evidence] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node else {
      report(
        .wrongType, at: node, "'\(key)' must be a mapping, not \(kind(node))",
        hint: "write {complaint: 1.0}")
      return []
    }
    var result: [Evidence] = []
    let names = EvidenceKind.allCases.map(\.rawValue)
    for (keyNode, value) in mapping {
      guard let kindName = name(keyNode, "evidence kind", among: names),
        let kind = EvidenceKind(rawValue: kindName)
      else { continue }
      let limit = kind == .valence ? 4000 : SourceSchema.weightLimit
      guard let weight = milli(value, kindName, in: -limit...limit) else { continue }
      result.append(Evidence(kind, milli: weight))
    }
    return result.sorted { $0.kind.index < $1.kind.index }
  }

  // MARK: The head of a file

  /// Reports another schema version than the one that is read.
  mutating func checkVersion(_ node: Node?, _ key: String) {
    guard let node, let version = text(node, key), version != SourceSchema.version else { return }
    report(
      .badValue, at: node, "schema version '\(version)'",
      hint: "this heard reads \(SourceSchema.version)")
  }

  /// The language of a file that has one of those that are read.
  mutating func language(_ node: Node?) -> Language? {
    name(node, "language", among: Language.read.map(\.code)).flatMap { Language(code: $0) }
  }

  /// Reports a language that is not that of the folder; a file in none is of any.
  mutating func checkFolder(_ language: Language, at node: Node) {
    let parts = file.split(separator: "/")
    guard parts.count > 1, parts[0] != language.code else { return }
    report(
      .fileLayout, at: node, "language '\(language.code)' in the folder \(parts[0])/",
      hint: "move the file to \(language.code)/ or correct the language")
  }

  // MARK: Words

  private func kind(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "empty" : "text"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  /// A value as reports show it: not longer than a line bears.
  private func shown(_ value: String) -> String {
    value.count > 40 ? value.prefix(39) + "…" : value
  }
}
