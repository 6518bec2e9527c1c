internal import ArgumentParser
internal import Glibc
internal import HeardCases
internal import HeardDeadlines
internal import HeardInput
internal import HeardRouter

/// `heard deadlines`: what is due.
struct DeadlinesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deadlines",
    abstract: "List what is due, remind, and say what was done.",
    discussion: """
      Examples:
        heard run mail/ --deadlines ours.yaml --cases cases.db -o judged.jsonl
        heard deadlines --cases cases.db                    # everything open, the earliest first
        heard deadlines --cases cases.db --within 3d --format csv
        heard deadlines judged.jsonl                        # from records, without a cases file
        heard deadlines --cases cases.db --remind --maildir /var/spool/heard   # e.g. from cron
        heard deadlines --cases cases.db --answered '88@example.com'
        heard deadlines --check ours.yaml

      Which regime holds for which recipient or queue stands in a file of yours (--deadlines of run, \
      classify, handover); policies/deadlines.yaml has the regimes and shows how. It is never \
      guessed from a letter. Check a regime in the statute before relying on it.

      --remind hands over each reminder once, to the queue 'reminders': as JSON lines, or with \
      --maildir as mails in the Maildir DIR/reminders. They name the message by its id and quote \
      nothing. --answered, --acknowledged and --extended take the ids of messages or of their records, \
      and for messages without an id what is listed (message-…); status 1 when no clock runs for one \
      of them, or several customers' messages are called so.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case csv
    case ics
  }

  @OptionGroup var caseFile: CaseFileOptions

  @Option(help: "Output: text, json (a line each), csv or ics (for calendars).")
  var format = Format.text

  @Option(help: "Only what is due within so much, as 3d or 2w, and what is overdue.")
  var within: String?

  @Flag(help: "Only what is overdue.")
  var overdue = false

  @Option(help: "The time to reckon from, as 2026-11-21T10:00:00Z; else now.")
  var at: String?

  @Flag(help: "Hand over the reminders whose time has come.")
  var remind = false

  @Option(
    help: "With --remind: write mails into the Maildir DIR/reminders.", completion: .directory)
  var maildir: String?

  @Flag(help: "With --remind: list them and hand nothing over.")
  var dryRun = false

  @Option(help: "This message was answered: nothing is due in its conversation (repeatable).")
  var answered: [String] = []

  @Option(help: "This message was acknowledged (repeatable).")
  var acknowledged: [String] = []

  @Option(help: "The customer was told of an extension (repeatable).")
  var extended: [String] = []

  @Option(help: "Check a file of regimes and bindings (repeatable).")
  var check: [String] = []

  @Argument(help: "Records of heard run with 'due' in them; - is standard input.")
  var records: [String] = []

  private var isChange: Bool { !answered.isEmpty || !acknowledged.isEmpty || !extended.isEmpty }

  func validate() throws {
    if let at, ISOTime.read(at) == nil {
      throw ValidationError("--at takes 2026-11-21T10:00:00Z, not '\(at)'")
    }
    if let within, CaseFileOptions.seconds(within) == nil {
      throw ValidationError("--within takes days or weeks, as 3d or 2w, not '\(within)'")
    }
    if check.isEmpty, records.isEmpty, caseFile.cases == nil {
      throw ValidationError("name a cases file with --cases, or files of records")
    }
    if remind || isChange, caseFile.cases == nil {
      throw ValidationError("reminders and what was done are kept in a cases file: --cases FILE")
    }
    if (answered + acknowledged + extended).contains("") {
      throw ValidationError(
        "a message without an id is named as it is listed, message-… and letters that only it has")
    }
    if maildir != nil || dryRun, !remind {
      throw ValidationError("--maildir and --dry-run go with --remind")
    }
  }

  func run() throws {
    if !check.isEmpty {
      for file in check { try HandlingFiles.expect(file) }
      let rules = try HandlingFiles.deadlines(check)
      try Terminal.write(
        "\(rules.regimes.count) regimes, \(rules.bindings.count) bindings\n")
      return
    }
    let now = at.flatMap(ISOTime.read) ?? Int64(time(nil))
    let cases = try caseFile.open(toTakeIn: false)
    do {
      if let cases, isChange {
        guard try change(cases) else { throw Failure(.findings, "") }
        return
      }
      if let cases, remind { return try remind(cases, now: now) }
    } catch let error as CaseError {
      throw CaseFileOptions.failure(error)
    }
    let limit = overdue ? now - 1 : within.flatMap(CaseFileOptions.seconds).map { now + $0 }
    var items: [DueItem] = []
    do throws(CaseError) {
      items = try cases?.due(before: limit) ?? []
    } catch {
      throw CaseFileOptions.failure(error)
    }
    do throws(InputError) {
      for path in records {
        items += try DueRecords.read(path).filter { $0.due <= limit ?? .max }
      }
    } catch {
      throw Failure(BatchFailure.status(of: error), error.description)
    }
    items.sort { ($0.due, $0.message, $0.regime) < ($1.due, $1.message, $1.regime) }
    try Terminal.write(DueList(items: items, now: now).text(format))
  }

  /// Whether any clock ran for each of the messages.
  private func change(_ cases: CaseStore) throws(CaseError) -> Bool {
    var stopped = 0
    var moved = 0
    var isComplete = true
    func note(_ count: Int, _ id: String, in total: inout Int) throws(CaseError) {
      total += count
      guard count == 0 else { return }
      let handles = try cases.handles(of: id)
      Terminal.complain(
        handles.count > 1
          ? "messages of \(handles.count) conversations are called '\(id)'; say which: "
            + handles.joined(separator: ", ")
          : "no such clock runs for '\(id)'")
      isComplete = false
    }
    for id in answered { try note(try cases.finish(id, step: .answer), id, in: &stopped) }
    for id in acknowledged { try note(try cases.finish(id, step: .acknowledge), id, in: &stopped) }
    for id in extended { try note(try cases.extend(id), id, in: &moved) }
    Terminal.complain("\(stopped) clocks stopped, \(moved) extended")
    return isComplete
  }

  private func remind(_ cases: CaseStore, now: Int64) throws(CaseError) {
    if dryRun {
      let items = try cases.pendingReminders(now: now)
      Terminal.fputs(DueList(items: items, now: now).text(.text))
      return
    }
    let maildir = maildir
    let count = try cases.remind(now: now) { items in
      if let maildir {
        let box = ReminderBox(folder: "\(maildir)/reminders")
        for item in items { try box.deliver(item, now: now) }
      } else {
        try Terminal.write(items.map { ReminderText.record($0, now: now) + "\n" }.joined())
      }
    }
    if maildir != nil { Terminal.complain("\(count) reminders") }
  }
}
