public import Heard
internal import HeardLexicon
public import HeardMail
public import HeardSources
internal import HeardText

/// Findings of one reply as JSON, the same for the command line and for servers.
public struct ReplyReport: Sendable {
  /// Names the reply, as its path; nil when it has no name.
  public var name: String?
  /// The parts that findings point into.
  public var parts: [TextPart]
  /// Names the wording lexicons.
  public var lexicon: String
  /// In the order of the text.
  public var findings: [ReplyFinding]

  /// Makes a report.
  ///
  /// - Parameter level: findings below it are left out.
  public init(
    name: String?, reply: Message, wording: ReplyWording, findings: [ReplyFinding],
    level: Diagnostic.Severity = .note
  ) {
    self.name = name
    parts = reply.parts
    lexicon = wording.lexicon.digest
    self.findings = findings.filter { $0.level >= level }
  }

  /// How bad the worst is; nil without findings.
  public var worst: Diagnostic.Severity? { findings.map(\.level).max() }

  /// One object in one line: `reply`, `lexicon`, `findings`.
  public var json: [UInt8] {
    var writer = JSONWriter()
    write(into: &writer)
    writer.endLine()
    return writer.finish()
  }

  /// The same object, as a value of something larger.
  public func write(into writer: inout JSONWriter) {
    writer.openObject()
    if let name {
      writer.key("reply")
      writer.string(name)
    }
    writer.key("lexicon")
    writer.string(lexicon)
    writer.key("findings")
    writer.openArray()
    for finding in findings { write(finding, into: &writer) }
    writer.closeArray()
    writer.closeObject()
  }

  private func write(_ finding: ReplyFinding, into writer: inout JSONWriter) {
    writer.openObject()
    writer.key("rule")
    writer.string(finding.rule.rawValue)
    writer.key("level")
    writer.string(finding.level.rawValue)
    writer.key("part")
    writer.string(parts[finding.part].name.rawValue)
    writer.key("start")
    writer.integer(Int(finding.range.start))
    writer.key("end")
    writer.integer(Int(finding.range.end))
    writer.key("line")
    writer.integer(finding.line)
    writer.key("column")
    writer.integer(finding.column)
    writer.key("text")
    writer.string(finding.text)
    writer.key("message")
    writer.string(finding.message)
    if !finding.suggestion.isEmpty {
      writer.key("suggestion")
      writer.string(finding.suggestion)
    }
    if let entry = finding.entry {
      writer.key("entry")
      writer.string(entry)
    }
    writer.closeObject()
  }
}
