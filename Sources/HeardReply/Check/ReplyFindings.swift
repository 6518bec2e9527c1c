internal import HeardLexicon
internal import HeardSources
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
    let spoken = entry.map { wording.languages[$0] } ?? language
    findings.append(
      ReplyFinding(
        rule: rule, level: level ?? wording.settings.levels[rule] ?? rule.defaultLevel,
        part: text.part, range: range, line: 1, column: 1,
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

  /// The findings in the order of the text, with their lines and columns; of those of one rule that
  /// overlap the longest, and one.
  func inOrder() -> [ReplyFinding] {
    var kept: [ReplyFinding] = []
    var last: [ReplyRule: Int] = [:]
    for finding in findings.sorted(by: { $0.place < $1.place }) {
      if let index = last[finding.rule], kept[index].range.overlaps(finding.range) {
        if kept[index].range.count < finding.range.count { kept[index] = finding }
      } else {
        last[finding.rule] = kept.count
        kept.append(finding)
      }
    }
    kept.sort { $0.place < $1.place }
    locate(&kept)
    return kept
  }

  /// Fills in lines and columns, in one pass over the text.
  private func locate(_ findings: inout [ReplyFinding]) {
    var line = 1
    var column = 1
    var offset = 0
    for index in findings.indices {
      for byte in text.document.bytes[offset..<Int(findings[index].range.start)] {
        if byte == 0x0A {
          line += 1
          column = 1
        } else if byte & 0xC0 != 0x80 {
          column += 1
        }
      }
      offset = Int(findings[index].range.start)
      findings[index].line = line
      findings[index].column = column
    }
  }

  /// One step below a level.
  static func below(_ level: Diagnostic.Severity) -> Diagnostic.Severity {
    level == .error ? .warning : .note
  }
}

extension ReplyFinding {
  /// Where it comes among others.
  fileprivate var place: (UInt32, UInt32, String) { (range.start, range.end, rule.rawValue) }
}
