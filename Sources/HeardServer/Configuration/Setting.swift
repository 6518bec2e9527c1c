internal import HeardSources

/// A value of the configuration, read.
enum SettingValue: Hashable, Sendable {
  case text(String)
  case number(Int)
  case truth(Bool)
  case texts([String])
  case tokens([AccessToken])
}

/// A key of the configuration file: its kind, what holds when it is absent, and what it is for.
struct Setting: Sendable {
  /// What a value may be.
  enum Kind: Sendable {
    case text
    /// Relative to the folder of the file that names it.
    case path
    case paths
    /// A path, or a URL.
    case ledger
    /// A listening address: `127.0.0.1:8525`, `[::1]:8525`, `unix:/run/heard/x.sock`.
    case addresses
    case number(ClosedRange<Int>)
    /// Bytes: `512 KiB`, `10 MiB`.
    case size(ClosedRange<Int>)
    /// Milliseconds: `250 ms`, `10 s`, `5 min`.
    case duration(ClosedRange<Int>)
    case truth
    case choice([String])
    case tokens
  }

  let path: String
  let kind: Kind
  /// What holds when no file says otherwise, as a file would say it.
  let standard: String
  let help: String

  init(_ path: String, _ kind: Kind, _ standard: String, _ help: String) {
    self.path = path
    self.kind = kind
    self.standard = standard
    self.help = help
  }

  /// Reads a scalar.
  ///
  /// - Throws: what is wrong, for people.
  func read(_ text: String, folder: String?) throws(SettingProblem) -> SettingValue {
    switch kind {
    case .text: return .text(text)
    case .path: return .text(Self.resolve(text, folder))
    case .ledger:
      return .text(text.contains("://") ? text : Self.resolve(text, folder))
    case .paths: return .texts(text.isEmpty ? [] : [Self.resolve(text, folder)])
    case .addresses:
      if text.isEmpty { return .texts([]) }
      guard ListenAddress(text) != nil else {
        throw SettingProblem(
          "'\(text)' is no address",
          "write HOST:PORT, as 127.0.0.1:8525, or unix:/run/heard/name.sock")
      }
      return .texts([text])
    case .number(let range):
      guard let number = Int(text) else {
        throw SettingProblem("'\(text)' is no whole number", "write \(Self.describe(range))")
      }
      return .number(try check(number, range, "\(number)"))
    case .size(let range):
      guard let number = Quantity.bytes(text) else {
        throw SettingProblem("'\(text)' is no size", "write a number and B, KiB, MiB or GiB")
      }
      return .number(try check(number, range, text))
    case .duration(let range):
      guard let number = Quantity.milliseconds(text) else {
        throw SettingProblem("'\(text)' is no length of time", "write a number and ms, s, min or h")
      }
      return .number(try check(number, range, text))
    case .truth:
      guard let truth = ["true": true, "false": false][text] else {
        throw SettingProblem("'\(text)' is neither true nor false", "write true or false")
      }
      return .truth(truth)
    case .choice(let words):
      guard words.contains(text) else {
        let guess = Spelling.nearest(to: text, among: words).map { "did you mean '\($0)'?" }
        throw SettingProblem("'\(text)' is not known here", guess ?? "use \(Spelling.list(words))")
      }
      return .text(text)
    case .tokens:
      if text.isEmpty { return .tokens([]) }
      throw SettingProblem(
        "tokens are a list of mappings", "write '- {name: …, sha256: …, scopes: […]}' lines")
    }
  }

  /// A value as a file would say it.
  func write(_ value: SettingValue) -> String {
    switch (value, kind) {
    case (.number(let number), .size): Quantity.bytes(number)
    case (.number(let number), .duration): Quantity.milliseconds(number)
    case (.number(let number), _): "\(number)"
    case (.truth(let truth), _): "\(truth)"
    case (.text(let text), _): text.isEmpty ? "''" : Self.quoted(text)
    case (.texts(let texts), _): "[" + texts.map(Self.quoted).joined(separator: ", ") + "]"
    case (.tokens(let tokens), _):
      "["
        + tokens.map {
          "{name: \(Self.quoted($0.name)), sha256: \(Self.quoted($0.sha256)), "
            + "scopes: [\($0.scopes.map(Self.quoted).joined(separator: ", "))]}"
        }.joined(separator: ", ") + "]"
    }
  }

  private func check(
    _ number: Int, _ range: ClosedRange<Int>, _ text: String
  ) throws(SettingProblem) -> Int {
    guard range.contains(number) else {
      let low = write(.number(range.lowerBound))
      let high = write(.number(range.upperBound))
      throw SettingProblem("\(text) is out of range", "use \(low) to \(high)")
    }
    return number
  }

  private static func describe(_ range: ClosedRange<Int>) -> String {
    "\(range.lowerBound) to \(range.upperBound)"
  }

  private static func resolve(_ path: String, _ folder: String?) -> String {
    guard let folder, !path.isEmpty, !path.hasPrefix("/") else { return path }
    return "\(folder)/\(path)"
  }

  /// A text as YAML reads it back, on one line.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || [0x2D, 0x2E, 0x2F, 0x5F].contains($0)
    }
    if isPlain, !text.isEmpty, !text.hasPrefix("-") { return text }
    let isPrintable = text.unicodeScalars.allSatisfy {
      (0x20..<0x7F).contains($0.value)
        || $0.value >= 0xA0 && !$0.properties.isWhitespace
          && !$0.properties.isDefaultIgnorableCodePoint && !$0.properties.isNoncharacterCodePoint
    }
    if isPrintable { return "'" + text.replacing(scalar: "'", with: "''") + "'" }
    var written = "\""
    for scalar in text.unicodeScalars {
      if (0x20..<0x7F).contains(scalar.value), scalar != "\"", scalar != "\\" {
        written.unicodeScalars.append(scalar)
      } else {
        let digits = String(scalar.value, radix: 16)
        written += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return written + "\""
  }
}

/// What is wrong with a value, and what to do.
struct SettingProblem: Error, Hashable {
  let message: String
  let hint: String

  init(_ message: String, _ hint: String) {
    self.message = message
    self.hint = hint
  }
}
