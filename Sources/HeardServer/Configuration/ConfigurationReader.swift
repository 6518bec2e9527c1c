internal import HeardInput
internal import HeardSources
internal import Yams

/// Reads `heardd.yaml` and the file of local overrides beside it.
///
/// Defaults are overridden by the file, and the file by `heardd.local.yaml`. Every value keeps the
/// place it came from, and every mistake is reported with its own.
struct ConfigurationReader {
  /// Where a value came from.
  enum Origin: Hashable, Sendable, CustomStringConvertible {
    case standard
    case file(SourceLocation)

    var description: String {
      switch self {
      case .standard: "default"
      case .file(let location): "\(location.file):\(location.line)"
      }
    }
  }

  /// A value and where it came from.
  struct Item: Hashable, Sendable {
    var value: SettingValue
    var origin: Origin
  }

  private(set) var items: [String: Item] = [:]
  private(set) var problems: [ConfigurationProblem] = []

  init() {
    for setting in ConfigurationSchema.settings {
      // What the schema itself says is tested to be readable.
      if let value = try? setting.read(setting.standard, folder: nil) {
        items[setting.path] = Item(value: value, origin: .standard)
      }
    }
  }

  /// Reads a file on top of what was read before.
  mutating func read(file: String) {
    let text: String
    do throws(FileReader.Problem) {
      let bytes = try FileReader.read(file, limit: 1 << 20)
      guard let valid = String(validating: bytes, as: UTF8.self) else {
        return report(
          SourceLocation(file: file, line: 1, column: 1), "no valid UTF-8", "save as UTF-8")
      }
      text = valid
    } catch {
      return report(
        SourceLocation(file: file, line: 1, column: 1), error.message, "check --config")
    }
    read(file: file, text: text)
  }

  /// Reads the text of a file on top of what was read before.
  mutating func read(file: String, text: String) {
    switch YAMLText.root(file: file, text: text) {
    case .failure(let error):
      for diagnostic in error.diagnostics {
        report(
          diagnostic.location, diagnostic.message,
          text.contains { !$0.isWhitespace }
            ? diagnostic.hint : "begin with 'heardd: \(ConfigurationSchema.version.value)'")
      }
    case .success(let root):
      guard case .mapping(let mapping) = root else {
        return report(place(root, file), "not a mapping", "write 'key: value' lines")
      }
      if mapping[Node(ConfigurationSchema.version.key)]?.scalar?.string
        != ConfigurationSchema.version.value
      {
        report(
          place(root, file), "the file does not say its version",
          "begin with 'heardd: \(ConfigurationSchema.version.value)'")
      }
      let folder = file.lastIndex(of: "/").map { String(file[..<$0]) }
      read(mapping, under: "", file, folder)
    }
  }

  private mutating func read(
    _ mapping: Node.Mapping, under prefix: String, _ file: String, _ folder: String?
  ) {
    for (keyNode, node) in mapping {
      guard let key = keyNode.scalar?.string else {
        report(place(keyNode, file), "a key must be a word", "write 'key: value' lines")
        continue
      }
      if prefix.isEmpty, key == ConfigurationSchema.version.key { continue }
      let path = prefix + key
      if let setting = ConfigurationSchema.settings.first(where: { $0.path == path }) {
        read(node, setting, file, folder)
      } else if ConfigurationSchema.settings.contains(where: { $0.path.hasPrefix("\(path).") }) {
        guard case .mapping(let inner) = node else {
          report(place(node, file), "'\(path)' holds further keys", "indent them below it")
          continue
        }
        read(inner, under: "\(path).", file, folder)
      } else {
        report(place(keyNode, file), "unknown key '\(path)'", Self.guess(key, under: prefix))
      }
    }
  }

  private mutating func read(_ node: Node, _ setting: Setting, _ file: String, _ folder: String?) {
    do throws(SettingProblem) {
      let value: SettingValue
      switch (node, setting.kind) {
      case (.sequence(let sequence), .tokens):
        value = .tokens(try sequence.map { node throws(SettingProblem) in try Self.token(node) })
      case (.sequence(let sequence), .addresses), (.sequence(let sequence), .paths):
        var texts: [String] = []
        for element in sequence {
          guard let scalar = element.scalar,
            case .texts(let more) = try setting.read(scalar.string, folder: folder)
          else { throw SettingProblem("'\(setting.path)' is a list of texts", "write [a, b]") }
          texts += more
        }
        value = .texts(texts)
      case (.scalar(let scalar), _):
        value = try setting.read(Self.text(scalar), folder: folder)
      default:
        throw SettingProblem("'\(setting.path)' takes one value", "write '\(setting.path): value'")
      }
      items[setting.path] = Item(value: value, origin: .file(place(node, file)))
    } catch {
      report(place(node, file), "\(setting.path): \(error.message)", error.hint)
    }
  }

  /// A plain `null` or nothing is the empty text.
  private static func text(_ scalar: Node.Scalar) -> String {
    scalar.style == .plain && ["~", "null"].contains(scalar.string) ? "" : scalar.string
  }

  private static func token(_ node: Node) throws(SettingProblem) -> AccessToken {
    guard case .mapping(let mapping) = node else {
      throw SettingProblem("a token is a mapping", "write {name: …, sha256: …, scopes: […]}")
    }
    let keys = ["name", "sha256", "scopes"]
    for key in mapping.keys where !keys.contains(key.scalar?.string ?? "") {
      throw SettingProblem("unknown key in a token", "use \(Spelling.list(keys))")
    }
    let scopes = AccessToken.Scope.allCases.map(\.rawValue)
    let digest = mapping[Node("sha256")]?.scalar?.string ?? ""
    guard let name = mapping[Node("name")]?.scalar?.string, !name.isEmpty,
      name.utf8.count <= 64, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw SettingProblem("a token has no name", "add 'name:', 64 letters at most") }
    guard digest.utf8.count == 64,
      digest.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else {
      throw SettingProblem(
        "the token '\(name)' has no digest", "make one with 'heardd token --name \(name)'")
    }
    guard case .sequence(let list)? = mapping[Node("scopes")],
      !list.isEmpty, list.allSatisfy({ scopes.contains($0.scalar?.string ?? "") })
    else {
      throw SettingProblem(
        "the token '\(name)' has unknown scopes, or none", "use \(Spelling.list(scopes))")
    }
    return AccessToken(name: name, sha256: digest, scopes: list.compactMap { $0.scalar?.string })
  }

  private static func guess(_ key: String, under prefix: String) -> String {
    let depth = prefix.split(separator: ".").count
    var known: [String] = []
    for setting in ConfigurationSchema.settings where setting.path.hasPrefix(prefix) {
      let name = String(setting.path.split(separator: ".")[depth])
      if !known.contains(name) { known.append(name) }
    }
    if let near = Spelling.nearest(to: key, among: known) { return "did you mean '\(near)'?" }
    return "use \(Spelling.list(known))"
  }

  private mutating func report(_ location: SourceLocation, _ message: String, _ hint: String) {
    problems.append(ConfigurationProblem(location: location, message: message, hint: hint))
  }

  private func place(_ node: Node, _ file: String) -> SourceLocation {
    SourceLocation(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }
}

/// One thing wrong in a configuration file: what, where, and what to do about it.
struct ConfigurationProblem: Hashable, Sendable, CustomStringConvertible {
  let location: SourceLocation
  let message: String
  let hint: String

  /// One line, as `heardd.yaml:7:3: error: unknown key 'htpp'; did you mean 'http'?`.
  var description: String { "\(location): error: \(message); \(hint)" }
}
