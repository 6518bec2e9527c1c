internal import ArgumentParser
internal import HeardCorpus
internal import HeardInput
internal import HeardText
internal import HeardTuning

/// `heard lexicon fairness`: swaps names, genders and regions, and looks what changes.
struct LexiconFairnessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fairness",
    abstract: "Swap names, genders and regions in messages; class, tags and queue must stay.",
    discussion: """
      Examples:
        heard lexicon fairness
        heard lexicon fairness corpus/pl --fail
        heard lexicon fairness --format json corpus | jq '.changes[].entries'

      The words that change places stand in <language>/swaps.tsv beside the lexicons: kind, one, \
      other. Each message is judged as it is and once a kind with all its words of that kind swapped; \
      what differs is listed with the entries that made the difference. Status 1 with --fail when \
      anything differs.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @Option(help: "Output: text or json.")
  var format = Format.text

  @Flag(help: "Exit with 1 when a message is judged otherwise.")
  var fail = false

  @Option(help: "Changes to list at most (text).")
  var show = 20

  @Option(help: "Folder with <language>/swaps.tsv; none is that of the lexicons.")
  var swaps: String?

  @OptionGroup var options: PipelineOptions

  @Argument(help: "Files and folders of labelled JSONL; none is the sample corpus.")
  var corpora: [String] = []

  func validate() throws {
    if show < 0 { throw ValidationError("--show takes 0 or more") }
  }

  func run() throws {
    let tables = try tables()
    let messages: [LabelledMessage]
    do throws(InputError) {
      messages = try CorpusReader.read(
        corpora.isEmpty ? [try corpus()] : corpora)
    } catch {
      throw Failure(error.code == .noInput ? .noInput : .data, error.description)
    }
    let fairness = Fairness(messages, swaps: tables, pipeline: try options.pipeline())
    switch format {
    case .text: try Terminal.write(FairnessReport.text(fairness, limit: show))
    case .json: try Terminal.write(FairnessReport.json(fairness))
    }
    if fail, !fairness.changes.isEmpty {
      throw Failure(.findings, "\(fairness.changes.count) variants are judged otherwise")
    }
  }

  private func corpus() throws(InputError) -> String {
    do throws(Failure) {
      return try Installation.find(
        nil, variable: "HEARD_CORPUS", name: "corpus", option: "a corpus")
    } catch {
      throw InputError(.noInput, error.message)
    }
  }

  private func tables() throws(Failure) -> [(language: String, table: FairnessSwaps)] {
    let folder: String
    if let swaps { folder = swaps } else { folder = try options.lexiconPath() }
    let tables = try SwapTables.read(folder)
    if tables.isEmpty {
      throw Failure(
        .configuration,
        "no <language>/\(FairnessSwaps.fileName) in \(folder); name the folder with --swaps")
    }
    return tables
  }
}
