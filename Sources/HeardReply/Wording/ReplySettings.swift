public import HeardSources
public import HeardText
internal import Yams

/// What `rules.yaml` says: how bad each rule is, whether it is on, and what to write instead.
public struct ReplySettings: Sendable {
  /// Rules that are looked at.
  public var enabled = Set(ReplyRule.allCases.filter(\.isOnByDefault))
  /// How bad a finding of each rule is.
  public var levels: [ReplyRule: Diagnostic.Severity] = Dictionary(
    uniqueKeysWithValues: ReplyRule.allCases.map { ($0, $0.defaultLevel) })
  /// By name of a rule, or of a concept of the wording lexicons; then by language.
  public var suggestions: [String: [Language: String]] = [:]

  /// The settings without a file: levels as rules have them, no suggestions.
  public init() {}

  /// Reads `rules.yaml`.
  ///
  /// - Parameter file: names the file in errors.
  /// - Throws: every mistake with its line and column.
  public init(file: String, text: String) throws(LexiconError) {
    switch YAMLText.root(file: file, text: text) {
    case .failure(let error): throw error
    case .success(let root):
      var reader = ReplySettingsReader(file: file)
      self = reader.read(root)
      guard reader.diagnostics.isEmpty else {
        throw LexiconError(.invalidSource, reader.diagnostics)
      }
    }
  }

  /// The suggestion for the first name that has one in a language; English where it is unknown.
  func suggestion(_ names: [String], _ language: Language) -> String {
    let language = Language.read.contains(language) ? language : .english
    for name in names {
      if let text = suggestions[name]?[language] { return text }
    }
    return ""
  }
}

/// Reads the nodes of `rules.yaml`, and gathers what is wrong with them.
struct ReplySettingsReader {
  static let version = "heard/1"
  private static let keys = ["replies", "note", "rules", "suggestions"]
  private static let ruleKeys = ["level", "enabled"]

  let file: String
  private(set) var diagnostics: [Diagnostic] = []

  init(file: String) { self.file = file }

  mutating func read(_ root: Node) -> ReplySettings {
    var settings = ReplySettings()
    let top = mapping(root, "the rules", among: Self.keys)
    if top["replies"]?.string != Self.version {
      report(
        .badValue, at: top["replies"] ?? root, "the file does not say its version",
        hint: "begin with 'replies: \(Self.version)'")
    }
    let names = ReplyRule.allCases.map(\.rawValue)
    if let node = top["rules"] {
      for (name, node) in mapping(node, "the list of rules", among: names) {
        guard let rule = ReplyRule(rawValue: name) else { continue }
        let values = mapping(node, "a rule", among: Self.ruleKeys)
        if let level = values["level"] {
          if let severity = level.string.flatMap(Diagnostic.Severity.init(rawValue:)) {
            settings.levels[rule] = severity
          } else {
            report(
              .badValue, at: level, "'level' must be a name", hint: "write note, warning or error")
          }
        }
        if let enabled = values["enabled"] {
          switch enabled.string {
          case "true": settings.enabled.insert(rule)
          case "false": settings.enabled.remove(rule)
          default:
            report(
              .badValue, at: enabled, "'enabled' must be a choice", hint: "write true or false")
          }
        }
      }
    }
    if let node = top["suggestions"] {
      for (name, node) in mapping(node, "the suggestions", among: nil) {
        for (code, text) in mapping(node, "a suggestion", among: Language.read.map(\.code)) {
          guard let language = Language(code: code), let words = text.string, !words.isEmpty else {
            report(.badValue, at: text, "a suggestion is no text", hint: "write one sentence")
            continue
          }
          settings.suggestions[name, default: [:]][language] = words
        }
      }
    }
    return settings
  }

  /// The values of a mapping by key; keys outside the list are reported.
  private mutating func mapping(
    _ node: Node, _ what: String, among keys: [String]?
  ) -> [String: Node] {
    guard case .mapping(let mapping) = node else {
      report(.wrongType, at: node, "\(what) must be a mapping", hint: "write 'name: value' lines")
      return [:]
    }
    var values: [String: Node] = [:]
    for (keyNode, value) in mapping {
      guard let key = keyNode.string else {
        report(.wrongType, at: keyNode, "a key that is no name", hint: "write a name")
        continue
      }
      if let keys, !keys.contains(key) {
        report(
          .unknownKey, at: keyNode, "unknown key '\(key)' in \(what)",
          hint: Spelling.nearest(to: key, among: keys).map { "did you mean '\($0)'?" }
            ?? "keys are \(keys.joined(separator: ", "))")
        continue
      }
      values[key] = value
    }
    return values
  }

  private mutating func report(
    _ check: LexiconCheck, at node: Node, _ message: String, hint: String
  ) {
    let place = SourceLocation(
      file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    diagnostics.append(Diagnostic(.error, check, at: place, message, hint: hint))
  }
}
