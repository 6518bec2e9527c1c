internal import ArgumentParser
internal import HeardDeadlines
internal import HeardInput
internal import HeardReport
internal import HeardRouter

/// `heard report`: what came in, and what about.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make a page of what came in: volumes, anger, themes, and who raised them.",
    discussion: """
      Examples:
        heard run archive/ -o judged.jsonl --with-meta --sender-key key
        heard report judged.jsonl -o report.html
        heard report judged.jsonl --messages archive/ -o report.html --time-zone Europe/Amsterdam
        heard report part-*.jsonl --messages archive/ -o report.html    # shards: the same page
        heard report judged.jsonl --figures figures.json --csv figures/ -o report.html
        heard report judged.jsonl --messages archive/ -o report.html --raised raised.jsonl
        heard told pending raised.jsonl --ledger told.jsonl --change return-label   # close the loop

      The page is one file that loads nothing; it reads well on a screen, dark or light, and on paper. \
      Outputs are JSON lines, tables or databases of `heard run`. Time and sender come from \
      --with-meta; without them there are totals only, and no themes.

      Themes are words and phrases of up to three words, all forms of a word together, that recur \
      under a tag more than elsewhere. They need the words: --messages names the inputs of the run, \
      which are read again and joined to their records by id. Without --messages, records made with \
      --explain give themes of lexicon entries: known words only, and no examples. A theme needs \
      --least-senders different senders, and a sender counts once a period, so that nobody makes a \
      theme alone. What names somebody is pseudonymised and no theme.

      --raised writes who raised each theme: ids of messages and pseudonyms of senders, readable by \
      you alone. `heard told` keeps account of who was told what changed.

      The same records give the same bytes, in one output or in several, in any order.
      """)

  @Option(
    name: [.short, .long], help: "Where the page goes; - is standard output.",
    completion: .file())
  var output = "-"

  @Option(help: "Write the figures as JSON, too.", completion: .file())
  var figures: String?

  @Option(
    help: "Folder for the figures as tables: volumes.csv, themes.csv.", completion: .directory)
  var csv: String?

  @Option(help: "Write who raised the themes, as JSON lines.", completion: .file())
  var raised: String?

  @Option(help: "What stands above the page.")
  var title = "What customers wrote"

  @Option(help: "Whose days they are, as Europe/Warsaw.")
  var timeZone = "UTC"

  @Option(
    help: "Length of a period: day, week, month, quarter or year; else as suits the time.",
    transform: { word in
      guard let unit = ReportCalendar.Unit(rawValue: word) else {
        throw ValidationError("--period takes day, week, month, quarter or year, not '\(word)'")
      }
      return unit
    })
  var period: ReportCalendar.Unit?

  @Option(help: "Only what was sent on this day or later, as 2026-01-01.")
  var since: String?

  @Option(help: "Only what was sent on this day or earlier.")
  var until: String?

  @OptionGroup(title: "Themes") var themes: ThemeOptions
  @OptionGroup(title: "Messages") var input: InputArguments
  @OptionGroup var options: PipelineOptions

  @Argument(help: "Outputs of heard run.", completion: .file())
  var outputs: [String]

  func validate() throws {
    guard LocalClock(timeZone) != nil else {
      throw ValidationError("--time-zone takes a name as Europe/Amsterdam, not '\(timeZone)'")
    }
    for (name, day) in [("--since", since), ("--until", until)] {
      if let day, CivilDate(day) == nil {
        throw ValidationError("\(name) takes a day, as 2026-01-31, not '\(day)'")
      }
    }
    if let first = since.flatMap({ CivilDate($0) }), let last = until.flatMap({ CivilDate($0) }),
      last.dayNumber < first.dayNumber
    {
      throw ValidationError("--until is before --since: there is no day to report on")
    }
    if raised != nil, outputs.contains("-") {
      throw ValidationError("--raised reads the records twice, and standard input cannot be")
    }
    if !themes.messages.isEmpty, outputs.contains("-") {
      throw ValidationError("name the records as files when there are --messages")
    }
  }

  func run() throws {
    let files = [output, figures, raised].compactMap { $0 }.filter { $0 != "-" }
    let inputs = outputs + themes.messages
    for file in files where inputs.contains(where: { Self.areSame($0, file) }) {
      throw Failure(.usage, "\(file): is an input too; name another file")
    }
    for (place, path) in outputs.enumerated() {
      guard let other = outputs[..<place].first(where: { Self.areSame($0, path) }) else { continue }
      throw Failure(
        .usage,
        other == path
          ? "\(path): is there twice; name each output once"
          : "\(path): is \(other) by another name; name each output once")
    }
    let maker = ReportMaker(
      outputs: outputs, clock: LocalClock(timeZone), period: period,
      days: (since.flatMap { CivilDate($0)?.dayNumber } ?? Int.min)...(until.flatMap {
        CivilDate($0)?.dayNumber
      } ?? Int.max), title: title, themes: themes)
    let made = try maker.figures(
      messages: themes.messages.isEmpty
        ? nil : try themes.source(input: input.options, options: options))
    if let figures { try ReportFile.write(ReportData.json(made), to: figures) }
    if let csv {
      try ReportFile.makeFolder(csv)
      try ReportFile.write(Array(ReportData.volumes(made).utf8), to: "\(csv)/volumes.csv")
      try ReportFile.write(Array(ReportData.themes(made).utf8), to: "\(csv)/themes.csv")
    }
    if let raised {
      try ReportFile.write(try maker.raised(made.themes), to: raised, isPrivate: true)
    }
    try ReportFile.write(Array(ReportPage(made).html.utf8), to: output)
  }

  private static func areSame(_ one: String, _ other: String) -> Bool {
    guard one != other else { return true }
    guard let facts = FileFacts(one), let others = FileFacts(other) else { return false }
    return facts.isSame(others)
  }
}
