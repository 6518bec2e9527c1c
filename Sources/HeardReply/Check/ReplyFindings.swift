import HeardLexicon
import HeardText

/// Gathers what the rules find in one body.
struct ReplyFindings {
  let text: ReplyText
  let wording: ReplyWording
  let rules: Set<ReplyRule>
  private var findings: [ReplyFinding] = []

  init(text: ReplyText, wording: ReplyWording, rules: Set<ReplyRule>) {
    self.text = text
    self.wording = wording
    self.rules = rules
  }

  /// The language that the reply is mostly in.
  var language: Language { text.document.language }

  /// Adds a finding.
  ///
  /// - Parameters:
  ///   - level: nil: the level of the rule.
  ///   - suggestions: names in `rules.yaml`, the first that is there; the rule's own comes last.
  mutating func add(
    _ rule: ReplyRule, at range: ByteRange, _ message: String,
    level: Diagnostic.Severity? = nil, suggestions: [String] = [], entry: Int? = nil
  ) {
    guard rules.contains(rule) else { return }
    let place = self.place(of: Int(range.start))
    let spoken = entry.map { wording.lexicon.entry($0).language } ?? language
    findings.append(
      ReplyFinding(
        rule: rule, level: level ?? wording.settings.levels[rule] ?? rule.defaultLevel,
        part: text.part, range: range, line: place.line, column: place.column,
        text: String(decoding: text.document.bytes[range.range], as: UTF8.self), message: message,
        suggestion: wording.settings.suggestion(suggestions + [rule.rawValue], spoken),
        entry: entry.map { wording.lexicon.entryID($0) }))
  }

  /// Adds a finding for an entry that is one by itself.
  mutating func add(
    _ rule: ReplyRule, _ mark: ReplyMark, _ message: String, level: Diagnostic.Severity? = nil
  ) {
    add(
      rule, at: mark.range, message, level: level,
      suggestions: wording.concepts[mark.entry].map { [$0] } ?? [], entry: mark.entry)
  }

  /// The findings in the order of the text; of those of one rule that overlap the longest, and one.
  func inOrder() -> [ReplyFinding] {
    let longestFirst = findings.sorted { one, other in
      (other.range.count, one.range.start) < (one.range.count, other.range.start)
    }
    var kept: [ReplyFinding] = []
    for finding in longestFirst
    where !kept.contains(where: { $0.rule == finding.rule && $0.range.overlaps(finding.range) }) {
      kept.append(finding)
    }
    return kept.sorted { one, other in
      (one.range.start, one.range.end, one.rule.rawValue)
        < (other.range.start, other.range.end, other.rule.rawValue)
    }
  }

  /// One step below a level.
  static func below(_ level: Diagnostic.Severity) -> Diagnostic.Severity {
    level == .error ? .warning : .note
  }

  private func place(of offset: Int) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for byte in text.document.bytes[..<offset] {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (line, column)
  }
}
