internal import Heard
internal import HeardLexicon
internal import HeardRouter

/// Something that a check found: what, how bad, where, and what to do.
struct Finding {
  let check: String
  /// note, warning or error.
  let level: String
  let location: SourceLocation
  let message: String
  let hint: String
  /// One line for people.
  let description: String
}

/// Findings of a check as text, JSON or SARIF.
struct Findings {
  /// What found them, as `heard lexicon lint`.
  let tool: String
  /// The folder that files are named from; empty for the current one.
  let folder: String
  /// Every check there is, with what it looks for.
  let checks: [(name: String, summary: String)]
  /// In the order in which they are shown.
  let findings: [Finding]

  /// One a line.
  var text: String { findings.map(\.description).joined(separator: "\n") }

  /// One object, with the folder and a list of findings: check, level, file, line, column, message,
  /// hint.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("folder")
    writer.string(folder)
    writer.key("findings")
    writer.openArray()
    for finding in findings {
      writer.openObject()
      writer.key("check")
      writer.string(finding.check)
      writer.key("level")
      writer.string(finding.level)
      writer.key("file")
      writer.string(finding.location.file)
      writer.key("line")
      writer.integer(finding.location.line)
      writer.key("column")
      writer.integer(finding.location.column)
      writer.key("message")
      writer.string(finding.message)
      writer.key("hint")
      writer.string(finding.hint)
      writer.closeObject()
    }
    writer.closeArray()
    writer.closeObject()
    writer.endLine()
    return writer.finish()
  }

  /// A SARIF 2.1.0 log with one run; columns count scalars, as Yams does.
  var sarif: [UInt8] {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("$schema")
    writer.string("https://json.schemastore.org/sarif-2.1.0.json")
    writer.key("version")
    writer.string("2.1.0")
    writer.key("runs")
    writer.openArray()
    writer.openObject()
    writeTool(into: &writer)
    writer.key("columnKind")
    writer.string("unicodeCodePoints")
    writer.key("results")
    writer.openArray()
    for finding in findings { write(finding, into: &writer) }
    writer.closeArray()
    writer.closeObject()
    writer.closeArray()
    writer.closeObject()
    writer.endLine()
    return writer.finish()
  }

  private func writeTool(into writer: inout JSONWriter) {
    writer.key("tool")
    writer.openObject()
    writer.key("driver")
    writer.openObject()
    writer.key("name")
    writer.string(tool)
    writer.key("semanticVersion")
    writer.string(Version.current)
    writer.key("rules")
    writer.openArray()
    for check in checks {
      writer.openObject()
      writer.key("id")
      writer.string(check.name)
      writer.key("shortDescription")
      write(text: check.summary, into: &writer)
      writer.closeObject()
    }
    writer.closeArray()
    writer.closeObject()
    writer.closeObject()
  }

  private func write(_ finding: Finding, into writer: inout JSONWriter) {
    writer.openObject()
    writer.key("ruleId")
    writer.string(finding.check)
    if let index = checks.firstIndex(where: { $0.name == finding.check }) {
      writer.key("ruleIndex")
      writer.integer(index)
    }
    writer.key("level")
    writer.string(finding.level)
    writer.key("message")
    write(text: "\(finding.message); \(finding.hint)", into: &writer)
    writer.key("locations")
    writer.openArray()
    writer.openObject()
    writer.key("physicalLocation")
    writer.openObject()
    writer.key("artifactLocation")
    writer.openObject()
    writer.key("uri")
    writer.string(uri(of: finding.location.file))
    writer.closeObject()
    writer.key("region")
    writer.openObject()
    writer.key("startLine")
    writer.integer(max(1, finding.location.line))
    writer.key("startColumn")
    writer.integer(max(1, finding.location.column))
    writer.closeObject()
    writer.closeObject()
    writer.closeObject()
    writer.closeArray()
    writer.closeObject()
  }

  private func write(text: String, into writer: inout JSONWriter) {
    writer.openObject()
    writer.key("text")
    writer.string(text)
    writer.closeObject()
  }

  /// The file's path as a URI reference (RFC 3986): relative where the folder is.
  private func uri(of file: String) -> String {
    var base = Substring(folder)
    while base.hasPrefix("./") { base = base.dropFirst(2) }
    while base.hasSuffix("/") { base = base.dropLast() }
    let path = base.isEmpty || base == "." ? file : "\(base)/\(file)"
    let hexadecimal = Array("0123456789ABCDEF".utf8)
    var uri: [UInt8] = Array((path.hasPrefix("/") ? "file://" : "").utf8)
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        uri.append(byte)
      default:
        uri += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return String(decoding: uri, as: UTF8.self)
  }
}

extension Findings {
  /// Findings of `heard lexicon lint`.
  init(lexicons folder: String, _ diagnostics: [Diagnostic]) {
    self.init(
      tool: "heard lexicon lint", folder: folder,
      checks: LexiconCheck.allCases.map { ($0.rawValue, $0.summary) },
      findings: diagnostics.map {
        Finding(
          check: $0.check.rawValue, level: $0.severity.rawValue, location: $0.location,
          message: $0.message, hint: $0.hint, description: $0.description)
      })
  }

  /// Findings of `heard policy check`, whose files are named from where it runs.
  init(policy problems: [PolicyProblem]) {
    self.init(
      tool: "heard policy check", folder: "",
      checks: PolicyCheck.allCases.map { ($0.rawValue, $0.summary) },
      findings: problems.map {
        Finding(
          check: $0.check.rawValue, level: $0.severity.rawValue, location: $0.location,
          message: $0.message, hint: $0.hint, description: $0.description)
      })
  }
}
