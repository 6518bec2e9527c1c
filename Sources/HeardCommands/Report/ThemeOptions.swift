internal import ArgumentParser
internal import HeardInput
internal import HeardRedaction
internal import HeardThemes

/// How themes are looked for.
struct ThemeOptions: ParsableArguments {
  @Option(
    help: "Inputs of the run, for the words of themes: a file, folder or pattern (repeatable).",
    completion: .file())
  var messages: [String] = []

  @Option(help: "Different senders that a theme needs, 2 or more.")
  var leastSenders = 5

  @Option(name: .customLong("themes"), help: "Themes a tag and language (1 to 100).")
  var limit = 6

  @Option(help: "Examples of each theme (0 to 10).")
  var examples = 1

  @Flag(help: "Messages that name no sender count as one of somebody else each.")
  var countUnnamed = false

  @Flag(help: "Let words that are written as names be themes.")
  var names = false

  @Flag(help: "Show examples as they were written. Handle the page as the messages themselves.")
  var reveal = false

  @Option(
    help: "File with the key of tokens, which say then who is who: «PHONE:7f3a».",
    completion: .file())
  var redactKey: String?

  @Option(
    help: "Directory of the staff, whose names are found in all their forms.",
    completion: .file(extensions: ["yaml", "csv"]))
  var redactStaff: String?

  @Option(help: "Workers that read the messages (1 to 256).")
  var jobs = 1

  func validate() throws {
    guard leastSenders >= 2 else {
      throw ValidationError("--least-senders takes 2 or more: one customer is no theme")
    }
    guard (1...100).contains(limit), (0...10).contains(examples), (1...256).contains(jobs) else {
      throw ValidationError("--themes takes 1 to 100, --examples 0 to 10, --jobs 1 to 256")
    }
    if reveal, redactKey != nil || redactStaff != nil {
      throw ValidationError("--reveal shows everything; leave out the key and the staff")
    }
  }

  /// The same for the search.
  var settings: ThemeSearch.Settings {
    var settings = ThemeSearch.Settings()
    settings.leastSenders = leastSenders
    settings.limit = limit
    settings.examples = examples
    return settings
  }

  /// The words of the messages.
  func source(input: InputOptions, options: PipelineOptions) throws(Failure) -> MessageTerms {
    let folder = try LexiconFolder(options.lexicons)
    var redactor: Redactor?
    if !reveal {
      let staff = try redactStaff.map(HandlingFiles.staff)
      // Without a key, tokens do not say who is who, so it need not be secret.
      let key =
        try redactKey.map { path throws(Failure) in try RedactionOptions.key(path) }
        ?? RedactionKey(Array("tokens without numbers".utf8)) ?? .random()
      redactor = Redactor(key: key, staff: staff)
    }
    var source = MessageTerms(
      messages, options: input, pipeline: try options.pipeline(),
      lemmas: LemmaTable(try folder.locks()), redactor: redactor)
    source.numbersTokens = redactKey != nil
    source.allowsNames = names
    source.jobs = jobs
    return source
  }
}
