internal import Heard
internal import HeardRouter
internal import HeardSources

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

  /// A SARIF 2.1.0 log; columns count scalars, as Yams does.
  var sarif: [UInt8] {
    SARIFLog(
      tool: tool,
      rules: checks.map { SARIFLog.Rule(id: $0.name, summary: $0.summary) },
      results: findings.map { finding in
        SARIFLog.Result(
          rule: checks.firstIndex { $0.name == finding.check } ?? 0, level: finding.level,
          message: "\(finding.message); \(finding.hint)", uri: uri(of: finding.location.file),
          region: .place(line: finding.location.line, column: finding.location.column))
      }
    ).bytes
  }

  private func uri(of file: String) -> String {
    var base = Substring(folder)
    while base.hasPrefix("./") { base = base.dropFirst(2) }
    while base.hasSuffix("/") { base = base.dropLast() }
    return SARIFLog.uri(of: base.isEmpty || base == "." ? file : "\(base)/\(file)")
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
