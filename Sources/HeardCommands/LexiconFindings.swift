internal import Heard
internal import HeardLexicon

/// Findings of lint as text, JSON or SARIF.
struct LexiconFindings {
  /// The lexicon folder as it was named.
  let folder: String
  /// In the order of the files.
  let findings: [Diagnostic]

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
      writer.string(finding.check.rawValue)
      writer.key("level")
      writer.string(finding.severity.rawValue)
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
    let checks = LexiconCheck.allCases
    return SARIFLog(
      tool: "heard lexicon lint",
      rules: checks.map { SARIFLog.Rule(id: $0.rawValue, summary: $0.summary) },
      results: findings.map { finding in
        SARIFLog.Result(
          rule: checks.firstIndex(of: finding.check) ?? 0, level: finding.severity.rawValue,
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
