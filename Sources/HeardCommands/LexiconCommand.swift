internal import ArgumentParser
internal import HeardLexicon

/// `heard lexicon`: looks after lexicons.
struct LexiconCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lexicon", abstract: "Check, try, expand, exchange and build lexicons.",
    subcommands: [
      LexiconLintCommand.self, LexiconTestCommand.self, LexiconExpandCommand.self,
      LexiconBuildCommand.self, LexiconExportCommand.self, LexiconImportCommand.self,
    ])
}
