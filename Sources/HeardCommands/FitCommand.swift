internal import ArgumentParser
internal import Heard
internal import HeardAuthoring
internal import HeardCorpus
internal import HeardInput
internal import HeardLexicon
internal import HeardSources
internal import HeardTuning

/// `heard fit`: weights, biases and slopes from labelled messages, as a patch.
struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fit weights and biases to labelled messages, as a patch to review.",
    discussion: """
      Examples:
        heard fit corpus ../shared/data --patch fit.patch     # then read it, and: git apply fit.patch
        heard fit corpus --kind anger --list
        heard fit corpus ../shared/data --leave-out airline_en
        heard fit corpus ../shared/data --write
        heard fit corpus ../shared/data --words --write        # single words: words.yaml

      Fits on the half 'tune' and reports what that does on the half 'check', of which nothing was \
      seen; with --half both nothing is left to report but cross-validation. Logistic regression \
      that holds every weight where it is: it moves a weight only as far as the messages insist, \
      never past zero, and not at all where fewer than --least messages have it. Only numbers \
      change; comments, order and layout of the files stay.

      --leave-out fits without a set (and its documents in other sets) and measures on it: does what \
      was learnt hold elsewhere? It writes nothing.

      --words fits the other layer instead: single words as weak evidence, in the file words.yaml of \
      each language, and moves the biases by what they add on average. Figures are set beside those \
      without any words.
      """)

  enum Half: String, CaseIterable, ExpressibleByArgument {
    case tune
    case check
    case both
  }

  @Option(help: "Half to fit on: tune, check or both.")
  var half = Half.tune

  @Option(help: "Fit only this: complaint or a tag; may be repeated.")
  var kind: [String] = []

  @Option(help: "Fit without this set and measure on it; may be repeated; 'each' for every set.")
  var leaveOut: [String] = []

  @Option(help: "Hold weights this fast; cross-validation chooses among several. Above 0.")
  var strength: [Double] = []

  @Option(help: "Folds of the cross-validation, 2 to 20.")
  var folds = FitSettings().folds

  @Option(help: "Weights that count in fewer messages than this stay.")
  var least = FitSettings().minimumFirings

  @Flag(help: "Set biases by likelihood, not for the best F1.")
  var likelihood = false

  @Flag(help: "Take kinds too that gain nothing in cross-validation.")
  var force = false

  @Flag(help: "Fit single words (words.yaml) in place of the numbers of entries and scoring.")
  var words = false

  @Flag(help: "List the numbers that change.")
  var list = false

  @Option(help: "Write the patch here, as a unified diff; - is standard output.")
  var patch: String?

  @Flag(help: "Change the files.")
  var write = false

  @OptionGroup var options: PipelineOptions

  @Argument(help: "Files and folders of labelled JSONL.", completion: .file())
  var corpora: [String]

  func validate() throws {
    let kinds = FitSettings().kinds
    for name in kind where !kinds.contains(name) {
      throw ValidationError("--kind takes one of \(kinds.joined(separator: ", ")), not '\(name)'")
    }
    guard (2...20).contains(folds) else { throw ValidationError("--folds takes 2 to 20") }
    guard least >= 1 else { throw ValidationError("--least takes 1 or more") }
    guard strength.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw ValidationError("--strength takes numbers above 0")
    }
    let isTuned = folds != FitSettings().folds || least != FitSettings().minimumFirings
    if words,
      !kind.isEmpty || !strength.isEmpty || isTuned || likelihood || force || list || patch != nil
    {
      throw ValidationError(
        "--words takes --half, --leave-out and --write only: what is fitted is a file of its own")
    }
    if !leaveOut.isEmpty, write || patch != nil || half != .tune {
      throw ValidationError("--leave-out only measures: leave --write, --patch and --half away")
    }
  }

  func run() throws {
    let messages: [LabelledMessage]
    do {
      messages = try CorpusReader.read(corpora)
    } catch {
      throw Failure(error.code == .noInput ? .noInput : .data, error.description)
    }
    let folder = try LexiconFolder(options.lexicons)
    let files = try files(folder)
    let pipeline = try pipeline(files)
    if !leaveOut.isEmpty {
      try measureWithout(messages, folder, files, pipeline)
      return
    }
    let seen = messages.filter { half == .both || $0.half.rawValue == half.rawValue }
    let unseen = messages.filter { half != .both && $0.half.rawValue != half.rawValue }
    guard !seen.isEmpty else {
      throw Failure(
        .data, "no message is in the half '\(half.rawValue)'; name more corpora or another --half")
    }
    if words {
      let fit = WordFit(
        seen, pipeline: pipeline, files: files, settings: try wordSettings(folder))
      try report(fit, unseen, pipeline, folder)
      return
    }
    let fit = LexiconFit(seen, pipeline: pipeline, files: files, settings: settings)
    // With `--patch -` the patch has standard output for itself.
    let say: (String) throws -> Void =
      patch == "-" ? { Terminal.fputs($0) } : { try Terminal.write($0) }
    try say(FitReport.validation(fit, settings: settings))
    if list { try say("\n" + FitReport.changes(fit)) }
    try say(try heldOut(fit, unseen, pipeline))
    try deliver(fit, folder, say)
  }

  private var settings: FitSettings {
    var settings = FitSettings()
    if !kind.isEmpty { settings.kinds = settings.kinds.filter(kind.contains) }
    if !strength.isEmpty { settings.strengths = strength.sorted() }
    settings.folds = folds
    settings.minimumFirings = least
    settings.choosesBiases = !likelihood
    settings.takesLosses = force
    return settings
  }

  private func heldOut(
    _ fit: LexiconFit, _ unseen: [LabelledMessage], _ pipeline: Pipeline
  ) throws -> String {
    guard !unseen.isEmpty else {
      return "\nNo other figures: every message was fitted on, and what was learnt from is no "
        + "measure. Fit on --half tune, or name corpora with both halves.\n"
    }
    let table = FitReport.heldOut(unseen, before: pipeline, after: try compile(fit.lexicon)) ?? ""
    return "\nOn the other half, \(unseen.count) messages that were not fitted on:\n\n" + table
  }

  private func deliver(
    _ fit: LexiconFit, _ folder: LexiconFolder, _ say: (String) throws -> Void
  ) throws {
    let files = fit.changedPaths.count
    let summary = "\n\(fit.changes.count) numbers change in \(files) files"
    if let patch {
      let diff = fit.unifiedDiff(folder: folder.path)
      if patch == "-" {
        try Terminal.write(diff)
      } else {
        try save(diff, patch)
        try say("\(summary): \(patch)\n")
      }
    }
    if write {
      for (path, text) in fit.files where fit.changedPaths.contains(path) {
        try save(text, folder.path + "/" + path)
      }
      try say("\(summary), which were written\n")
    }
    if patch == nil, !write {
      try say("\(summary); --patch FILE writes them as a patch, --write changes the files\n")
    }
  }

  private func measureWithout(
    _ messages: [LabelledMessage], _ folder: LexiconFolder,
    _ files: [(path: String, text: String)], _ pipeline: Pipeline
  ) throws {
    let known = Set(messages.map(\.set)).sorted()
    let sets = leaveOut.contains("each") ? known : leaveOut
    let wordSettings = words ? try wordSettings(folder) : nil
    for set in sets where !known.contains(set) {
      throw Failure(
        .data, "no message is in the set '\(set)'; there are \(known.joined(separator: ", "))")
    }
    for set in sets {
      let seen = FitReport.leavingOut(set, of: messages.filter { $0.half == .tune })
      let unseen = messages.filter { $0.set == set && $0.half == .check }
      guard !seen.isEmpty, !unseen.isEmpty else {
        throw Failure(.data, "leaving out '\(set)' leaves nothing to fit on or to measure")
      }
      let before: Pipeline
      let after: CompiledLexicon
      if let wordSettings {
        let fit = WordFit(seen, pipeline: pipeline, files: files, settings: wordSettings)
        before = try withoutWords(fit, pipeline)
        after = try compile(fit.lexicon)
      } else {
        before = pipeline
        let fit = LexiconFit(seen, pipeline: pipeline, files: files, settings: settings)
        after = try compile(fit.lexicon)
      }
      let table = FitReport.heldOut(unseen, before: before, after: after) ?? ""
      try Terminal.write("Without \(set), measured on it (half check):\n\n\(table)\n")
    }
  }

  // MARK: Files

  private func files(_ folder: LexiconFolder) throws(Failure) -> [(path: String, text: String)] {
    do throws(LexiconError) {
      var files: [(path: String, text: String)] = []
      for file in try LexiconFiles.list(folder: folder.path) {
        let bytes = try LexiconFiles.read(folder.path + "/" + file.path, named: file.path)
        files.append((file.path, String(decoding: bytes, as: UTF8.self)))
      }
      return files
    } catch {
      throw Failure(
        .configuration, "\(error.description)\nfit needs a folder of sources, no compiled lexicon")
    }
  }

  private func pipeline(_ files: [(path: String, text: String)]) throws(Failure) -> Pipeline {
    let source: LexiconSource
    do throws(LexiconError) {
      source = try LexiconSource(files: files)
    } catch {
      throw Failure(.configuration, error.description)
    }
    return Pipeline(
      lexicon: try LexiconFolder.compile(source), policy: try options.readPolicy().policy)
  }

  func compile(_ lexicon: () throws -> CompiledLexicon) throws(Failure) -> CompiledLexicon {
    do {
      return try lexicon()
    } catch {
      throw Failure(.software, "the fitted lexicon cannot be compiled: \(error)")
    }
  }

  func save(_ text: String, _ path: String) throws(Failure) {
    do throws(LexiconError) {
      try LexiconFiles.write(text, to: path, named: path)
    } catch {
      throw Failure(.cannotCreate, error.description)
    }
  }
}
