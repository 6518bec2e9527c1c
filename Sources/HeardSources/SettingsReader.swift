package import Yams

/// What readers of YAML files beside the policy share: every mistake is kept with its place.
package struct SettingsReader {
  package let file: String
  package private(set) var problems: [PolicyProblem] = []

  package init(file: String) {
    self.file = file
  }

  /// Whether an error makes the file unusable.
  package var hasErrors: Bool { problems.contains { $0.severity == .error } }

  package func location(_ node: Node) -> SourceLocation {
    SourceLocation(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  package mutating func report(
    _ node: Node, _ message: String, _ hint: String,
    _ severity: PolicyProblem.Severity = .error
  ) {
    report(at: location(node), message, hint, severity)
  }

  package mutating func report(
    at location: SourceLocation, _ message: String, _ hint: String,
    _ severity: PolicyProblem.Severity = .error
  ) {
    problems.append(
      PolicyProblem(severity: severity, location: location, message: message, hint: hint))
  }

  /// The values of a mapping, whose keys must be among those named.
  package mutating func mapping(_ node: Node, _ keys: [String], of what: String) -> [String: Node]?
  {
    guard case .mapping(let mapping) = node else {
      report(node, "\(what) must be a mapping", "write 'key: value' lines")
      return nil
    }
    var values: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = text(key), keys.contains(name) else {
        let name = text(key) ?? ""
        let guess = Spelling.nearest(to: name, among: keys).map { "did you mean '\($0)'?" }
        report(key, "unknown key '\(name)' in \(what)", guess ?? "use \(Spelling.list(keys))")
        continue
      }
      values[name] = value
    }
    return values
  }

  /// The items of a list; none when the key is absent.
  package mutating func sequence(_ node: Node?, named what: String) -> [Node] {
    guard let node else { return [] }
    guard case .sequence(let sequence) = node else {
      report(node, "'\(what)' must be a list", "write '- item' lines or [a, b]")
      return []
    }
    return Array(sequence)
  }

  /// The texts of a list, or a single one.
  package mutating func texts(_ node: Node?, named what: String) -> [String] {
    guard let node else { return [] }
    if let one = text(node) { return [one] }
    return sequence(node, named: what).compactMap { item in
      guard let text = text(item) else {
        report(item, "an item of '\(what)' must be a text", "write [a, b]")
        return nil
      }
      return text
    }
  }

  /// A text; nil for what is empty or none.
  package func text(_ node: Node?) -> String? {
    guard case .scalar(let scalar)? = node, !scalar.string.isEmpty else { return nil }
    return scalar.string
  }

  /// A text that must be there.
  package mutating func required(_ values: [String: Node], _ key: String, in node: Node) -> String {
    guard let text = text(values[key]) else {
      report(values[key] ?? node, "no '\(key)'", "add '\(key):'")
      return ""
    }
    return text
  }

  /// A value read from a text; nil and a report when it cannot be.
  package mutating func value<Value>(
    _ node: Node?, _ what: String, _ hint: String, _ read: (String) -> Value?
  ) -> Value? {
    guard let node else { return nil }
    guard let text = text(node), let value = read(text) else {
      report(node, "'\(text(node) ?? "")' is no \(what)", hint)
      return nil
    }
    return value
  }

  /// One of the names of an enumeration.
  package mutating func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ node: Node?, _ what: String, _ type: Choice.Type = Choice.self
  ) -> Choice? {
    let names = Choice.allCases.map(\.rawValue)
    return value(node, what, "use \(Spelling.list(names))") { Choice(rawValue: $0) }
  }

  /// Whether a text can be an id: lower-case letters, digits and hyphens.
  package static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }
  }
}
