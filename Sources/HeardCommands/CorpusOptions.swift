internal import ArgumentParser
internal import HeardCorpus
internal import HeardInput

/// Which messages of which corpora a command of the bench reads.
struct CorpusOptions: ParsableArguments {
  @Option(help: "Which half of each set: tune, check or both.")
  var half = Half.both

  @Option(help: "Only this set, named as its file, or corpus; repeatable.")
  var set: [String] = []

  @Option(help: "Only messages of this language, as the corpus gives it; repeatable.")
  var language: [String] = []

  @Option(
    help: ArgumentHelp(
      "Fields of foreign JSONL: name=path or name=path:word|word, or a file of 'name: path' lines.",
      valueName: "name=path"))
  var labelMap: [String] = []

  @Option(help: "Workers.")
  var jobs = 1

  @Argument(help: "Files and folders of JSONL; folders of mails.", completion: .file())
  var corpora: [String]

  enum Half: String, CaseIterable, ExpressibleByArgument {
    case tune
    case check
    case both
  }

  func validate() throws {
    guard (1...256).contains(jobs) else { throw ValidationError("--jobs takes 1 to 256") }
  }

  /// The scan that the options describe.
  func scan(half chosen: Half? = nil) throws(Failure) -> CorpusScan {
    let half = chosen ?? half
    return try CorpusOptions.reading { () throws(InputError) in
      CorpusScan(
        corpora, map: try LabelMap(labelMap),
        filter: CorpusFilter(
          half: LabelledMessage.Half(rawValue: half.rawValue), sets: set, languages: language),
        jobs: jobs)
    }
  }

  /// Gives trouble with a corpus the status that it has.
  static func reading<Value>(
    _ body: () throws(InputError) -> Value
  ) throws(Failure) -> Value {
    do throws(InputError) {
      return try body()
    } catch {
      throw Failure(BatchFailure.status(of: error), error.description)
    }
  }
}

/// How a report is written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
  case markdown
}
