internal import Heard
internal import HeardCorpus
internal import HeardTuning

/// `heard fit --words`: the layer of single words.
extension FitCommand {
  /// Names, genders and regions get no weight.
  func wordSettings(_ folder: LexiconFolder) throws(Failure) -> WordFit.Settings {
    var settings = WordFit.Settings()
    for (language, table) in try SwapTables.read(folder.path) { settings.swaps[language] = table }
    return settings
  }

  /// Says what was fitted and what it is worth on messages that it was not fitted on, and writes it
  /// where that was asked for.
  func report(
    _ fit: WordFit, _ unseen: [LabelledMessage], _ pipeline: Pipeline, _ folder: LexiconFolder
  ) throws {
    try Terminal.write(FitReport.words(fit))
    if !unseen.isEmpty {
      let table = FitReport.heldOut(
        unseen, before: try withoutWords(fit, pipeline), after: try compile(fit.lexicon))
      try Terminal.write(
        "\nOn the other half, \(unseen.count) messages, without words and with these:\n\n"
          + (table ?? ""))
    }
    if write {
      for (path, text) in fit.files where fit.changedPaths.contains(path) {
        try save(text, folder.path + "/" + path)
      }
    }
    try Terminal.write(
      "\n\(fit.changedPaths.count) files change"
        + (write ? ", which were written\n" : "; --write changes them\n"))
  }

  /// What heard says without the layer of single words.
  func withoutWords(_ fit: WordFit, _ pipeline: Pipeline) throws(Failure) -> Pipeline {
    Pipeline(
      lexicon: try compile(fit.lexiconWithoutWords), policy: pipeline.policy,
      limits: pipeline.limits)
  }
}
