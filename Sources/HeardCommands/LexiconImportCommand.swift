internal import ArgumentParser
internal import HeardInput
internal import HeardLexiconTools
internal import HeardSources

/// `heard lexicon import`: takes a sheet back into the lexicon files.
struct LexiconImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take a CSV of heard lexicon export back into the lexicon files.",
    discussion: """
      Examples:
        heard lexicon import lexicons.csv --dry-run
        heard lexicon import lexicons.csv
        heard lexicon import staff.csv my-lexicons

      Only keys whose cells changed are written anew; comments and order stay. New ids become new \
      entries at the end of their file. Nothing is written when a row is wrong. Commas, semicolons \
      and tabs are read, with or without a byte order mark.
      """)

  @Flag(help: "Say what would change, and write nothing.")
  var dryRun = false

  @Flag(help: "Take entries away that the sheet lacks.")
  var deleteMissing = false

  @Argument(help: "The sheet.", completion: .file(extensions: ["csv"]))
  var sheet: String

  @Argument(help: "Folder of lexicons; none is the one that would be used.", completion: .directory)
  var folder: String?

  func run() throws {
    let folder = try LexiconFolder(folder)
    let csv = try read()
    let plan: LexiconSheet.Plan
    do throws(LexiconError) {
      plan = try LexiconSheet.plan(
        csv, name: sheet, files: LexiconSheet.files(in: folder.path), removesMissing: deleteMissing)
      if !dryRun { try LexiconSheet.write(plan, into: folder.path) }
    } catch {
      throw Failure(.configuration, error.description)
    }
    for id in plan.changed { try Terminal.write("changed  \(id)\n") }
    for id in plan.added { try Terminal.write("added    \(id)\n") }
    if deleteMissing {
      for id in plan.missing { try Terminal.write("removed  \(id)\n") }
    } else if !plan.missing.isEmpty {
      Terminal.complain(
        "\(plan.missing.count) entries are not in the sheet and stay; --delete-missing removes them"
      )
    }
    let verb = dryRun ? "would be written" : "written"
    try Terminal.write(
      "\(plan.changed.count) changed, \(plan.added.count) new; \(plan.files.count) files \(verb)\n")
    if !dryRun, !(plan.changed + plan.added).isEmpty {
      Terminal.complain("run heard lexicon expand --write when a lemma is new")
    }
  }

  private func read() throws(Failure) -> String {
    let bytes: [UInt8]
    do throws(FileReader.Problem) {
      bytes = try FileReader.read(sheet, limit: 256 << 20)
    } catch {
      throw Failure(.noInput, "\(sheet): \(error.message)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.data, "\(sheet): the sheet is no UTF-8; save it as 'CSV UTF-8'")
    }
    return text
  }
}
