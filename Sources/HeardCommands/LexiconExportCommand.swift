internal import ArgumentParser
internal import HeardLexiconTools
internal import HeardSources

/// `heard lexicon export`: the entries as CSV.
struct LexiconExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the entries as CSV, a row an entry, for a spreadsheet.",
    discussion: """
      Examples:
        heard lexicon export -o lexicons.csv
        heard lexicon export --only nl.staff | column -s, -t | less
        heard lexicon import lexicons.csv --dry-run

      Lists have an item a line in their cell, mappings 'key: value, key: value'. Cells that a \
      spreadsheet would run as formulas have an apostrophe in front; import takes it away.
      """)

  @Option(
    name: [.short, .long], help: "Where to write; none is standard output.", completion: .file())
  var output: String?

  @Option(help: "Only entries whose id begins with this.")
  var only: String?

  @Flag(help: "Begin with a byte order mark, by which Excel knows UTF-8.")
  var bom = false

  @Argument(help: "Folder of lexicons; none is the one that would be used.", completion: .directory)
  var folder: String?

  func run() throws {
    let folder = try LexiconFolder(folder)
    do throws(LexiconError) {
      let csv = try LexiconSheet.export(LexiconSheet.files(in: folder.path), only: only ?? "")
      let hasRows = csv.split(maxSplits: 1, whereSeparator: \.isNewline).count > 1
      let text = (bom ? "\u{FEFF}" : "") + csv
      if hasRows || only == nil {
        if let output {
          try LexiconFiles.write(text, to: output, named: output)
          return
        }
        try? Terminal.write(text)
        return
      }
    } catch {
      throw Failure(
        error.code == .unreadable ? .cannotCreate : .configuration, error.description)
    }
    throw Failure(
      .usage,
      "no entry's id begins with '\(only ?? "")'; ids are language.theme.name, as nl.staff.ober")
  }
}
