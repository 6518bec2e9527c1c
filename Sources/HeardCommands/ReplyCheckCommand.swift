internal import ArgumentParser
internal import Heard
internal import HeardInput
internal import HeardMail
internal import HeardReply
internal import HeardSources
internal import HeardText

/// `heard reply check`: says what is wrong with the wording of a reply.
struct ReplyCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say where a reply commands, contradicts, refuses badly, passes on, or defends.",
    discussion: """
      Examples:
        heard reply check draft.txt
        heard reply check draft.eml --to complaint.eml
        echo 'U moet eerst bellen.' | heard reply check
        heard reply check --format sarif drafts/*.txt > replies.sarif
        heard reply check --only command --only language --to complaint.eml draft.txt
        heard reply check --also admission draft.txt     # a rule that is off by default
        heard reply check --list

      With --to the incoming message is judged as heard judges it: an angry customer is acknowledged \
      first, a complaint is thanked for, and the languages agree. Only the writer's own words are \
      checked: no quoted mail, signature or subject. Offsets are bytes of the decoded text. Nothing \
      is rewritten. docs/replies.md explains the rules.

      Status 0: nothing at --level or above; 1: findings; 65: no message; 78: rules in error.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case sarif
  }

  @Option(help: "The message that is replied to: a mail or a text.", completion: .file())
  var to: String?

  @Option(help: "Lowest level to print, and to make the status 1: note, warning or error.")
  var level = SeverityArgument.warning

  @Option(help: "Output: text, json (one object a line for each reply) or sarif (2.1.0).")
  var format = Format.text

  @Option(help: ArgumentHelp("Only this rule; repeatable.", valueName: "rule"))
  var only: [String] = []

  @Option(help: ArgumentHelp("This rule too; repeatable.", valueName: "rule"))
  var also: [String] = []

  @Flag(help: "List the rules with their levels.")
  var list = false

  @OptionGroup var wordingOptions: WordingOptions
  @OptionGroup var options: PipelineOptions

  @Argument(help: "Replies: mails or texts; - or none is standard input.", completion: .file())
  var files: [String] = []

  func validate() throws {
    for name in only + also where ReplyRule(rawValue: name) == nil {
      throw ValidationError("no rule '\(name)'; --list shows them")
    }
    if to == "-", files.isEmpty || files.contains("-") {
      throw ValidationError("only one of reply and --to can be standard input")
    }
  }

  func run() throws {
    let wording = try wordingOptions.wording()
    if list {
      try Terminal.write(ReplyCheckCommand.list(wording.settings))
      return
    }
    let rules = Set((only.isEmpty ? [] : only).compactMap(ReplyRule.init(rawValue:)))
    let checker = ReplyChecker(
      wording,
      rules: (rules.isEmpty ? wording.settings.enabled : rules)
        .union(also.compactMap(ReplyRule.init(rawValue:))))
    let incoming = try incomingMessage()
    var reports: [(path: String, isMail: Bool, report: ReplyReport)] = []
    for path in files.isEmpty ? ["-"] : files {
      let bytes = try ReplyCheckCommand.bytes(path)
      let reply = try ReplyCheckCommand.read(bytes, path)
      reports.append(
        (
          path, MailReader.looksLikeMail(bytes),
          ReplyReport(
            name: path, reply: reply, wording: wording,
            findings: checker.check(reply, to: incoming), level: level.severity)
        ))
    }
    switch format {
    case .text:
      for one in reports { try Terminal.write(ReplyFindingsText.lines(one.report, one.path)) }
    case .json: for one in reports { try Terminal.write(one.report.json) }
    case .sarif: try Terminal.write(ReplyCheckCommand.sarif(reports))
    }
    if reports.contains(where: { $0.report.worst != nil }) { throw Failure(.findings, "") }
  }

  /// What the message that is replied to is judged to be.
  private func incomingMessage() throws -> IncomingMessage? {
    guard let to else { return nil }
    let worker = try options.pipeline().makeWorker()
    let judgement = try MessageInput(worker: worker).judge(to, explain: false)
    if case .failed(let error) = judgement.outcome {
      throw Failure(.data, "\(error.location): \(error.message) [\(error.code)]")
    }
    return IncomingMessage(judgement)
  }

  private static func bytes(_ path: String) throws(Failure) -> [UInt8] {
    do throws(FileReader.Problem) {
      return try FileReader.read(path, limit: Limits().mailBytes)
    } catch {
      throw Failure(error.code == "too-large" ? .data : .noInput, "\(path): \(error.message)")
    }
  }

  private static func read(_ bytes: [UInt8], _ path: String) throws(Failure) -> Message {
    do throws(MailError) {
      return try ReplyChecker.read(bytes)
    } catch {
      throw Failure(.data, "\(path): \(error.message) [\(error.code.word)]")
    }
  }

  private static func list(_ settings: ReplySettings) -> String {
    ReplyRule.allCases.map { rule in
      let level = settings.levels[rule] ?? rule.defaultLevel
      return "\(rule.rawValue)\t\(settings.enabled.contains(rule) ? level.rawValue : "off")\t"
        + "\(rule.summary)\n"
    }.joined()
  }

  /// Lines and columns of a text are those of its file; those of a mail are of its decoded body.
  private static func sarif(
    _ reports: [(path: String, isMail: Bool, report: ReplyReport)]
  ) -> [UInt8] {
    let rules = ReplyRule.allCases
    return SARIFLog(
      tool: "heard reply check",
      rules: rules.map { SARIFLog.Rule(id: $0.rawValue, summary: $0.summary) },
      results: reports.flatMap { one in
        one.report.findings.map { finding in
          SARIFLog.Result(
            rule: rules.firstIndex(of: finding.rule) ?? 0, level: finding.level.rawValue,
            message: finding.suggestion.isEmpty
              ? finding.message : "\(finding.message); try: \(finding.suggestion)",
            uri: SARIFLog.uri(of: one.path == "-" ? "stdin" : one.path),
            region: one.isMail
              ? .part(
                name: one.report.parts[finding.part].name.rawValue,
                start: Int(finding.range.start), end: Int(finding.range.end))
              : .place(line: finding.line, column: finding.column))
        }
      }
    ).bytes
  }
}

/// Findings for people, one or two lines each.
enum ReplyFindingsText {
  /// Words of a finding that are shown at most.
  private static let shown = 48

  static func lines(_ report: ReplyReport, _ path: String) -> String {
    report.findings.map { finding in
      var line = "\(path):\(finding.line):\(finding.column): \(finding.level.rawValue): "
      line += "'\(shortened(finding.text))' \(finding.message) [\(finding.rule.rawValue)]\n"
      if !finding.suggestion.isEmpty { line += "    try: \(finding.suggestion)\n" }
      return line
    }.joined()
  }

  /// One line of text.
  private static func shortened(_ text: String) -> String {
    let flat = String(text.map { $0.isNewline ? " " : $0 })
    return flat.count > shown ? flat.prefix(shown - 1) + "…" : flat
  }
}
