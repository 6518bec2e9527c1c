internal import ArgumentParser
internal import Heard
internal import HeardCorpus
internal import HeardInput
internal import HeardLexicon
internal import HeardSources
internal import HeardText
internal import HeardTuning

/// `heard frequencies`: how often each entry is found, and how well it tells a tag.
struct FrequenciesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frequencies",
    abstract: "Count every entry and form in a corpus; mark the dead and the redundant.",
    discussion: """
      Examples:
        heard frequencies corpus --tag anger --limit 30
        heard frequencies corpus --dead
        heard frequencies corpus --entry nl.staff.onbeschoft
        heard frequencies inbox.jsonl --forms --format tsv > entries.tsv

      Shares are of the messages that have text in the entry's language. T/O goes from 0 (found \
      only without the tag) through .5 (says nothing) to 1 (found only with it). 'in errors' \
      counts messages with a label wrongly given to which the entry contributed. Marks: dead, \
      never found; redundant, every match lies within one of another entry; always with, found \
      in the same messages. With --language only entries of that language are counted.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case tsv
    case json
  }

  @Option(help: "The label that the table is about.")
  var tag = "complaint"

  @Option(help: "Output: text, tsv or json.")
  var format = Format.text

  @Option(help: "Only this entry, with its forms; repeatable.")
  var entry: [String] = []

  @Flag(help: "Only entries that were never found.")
  var dead = false

  @Flag(help: "A row for every form too.")
  var forms = false

  @Option(help: "Write this many entries.")
  var limit: Int?

  @OptionGroup var corpus: CorpusOptions
  @OptionGroup var options: PipelineOptions

  func validate() throws {
    _ = try EvaluateCommand.label(tag)
    if let limit, limit < 1 { throw ValidationError("--limit takes 1 or more") }
  }

  func run() throws {
    let label = try EvaluateCommand.label(tag)
    let pipeline = try options.pipeline()
    try check(pipeline.lexicon)
    let scan = try corpus.scan()
    let frequencies = try CorpusOptions.reading { () throws(InputError) in
      try Frequencies(scan, pipeline: pipeline)
    }
    // Entries of other languages cannot be dead where they are not looked for.
    let languages = Set(corpus.language).intersection(Language.read.map(\.code))
    let all = frequencies.entries.filter {
      languages.isEmpty || languages.contains($0.language) || entry.contains($0.id)
    }
    var entries = all
    if !entry.isEmpty { entries = entries.filter { entry.contains($0.id) } }
    if dead {
      entries = entries.filter(\.isDead)
    } else if entry.isEmpty {
      entries = entries.filter { !$0.isDead && $0.occurrences.messages > 0 }
        .sorted {
          ($1.occurrences.messages, $0.id) < ($0.occurrences.messages, $1.id)
        }
    }
    let report = FrequencyReport(
      label: label, showsForms: forms || !entry.isEmpty, limit: limit)
    switch format {
    case .tsv: try Terminal.write(report.tsv(entries))
    case .json: try Terminal.write(report.json(entries))
    case .text:
      try Terminal.write(report.text(entries))
      try Terminal.write(
        "\n\(frequencies.messages) messages; of \(all.count) entries "
          + "\(all.count(where: \.isDead)) dead, \(all.count(where: \.isRedundant)) redundant, "
          + "\(all.count { !$0.alwaysWith.isEmpty }) always with another\n")
    }
  }

  private func check(_ lexicon: CompiledLexicon) throws(Failure) {
    let names = (0..<lexicon.entryCount).map(lexicon.entryID)
    for id in entry where !names.contains(id) {
      let hint = Spelling.nearest(to: id, among: names).map { "did you mean '\($0)'?" }
      throw Failure(
        .usage, "no entry '\(id)' in the lexicon; " + (hint ?? "ids are those of the lexicon files")
      )
    }
  }
}
