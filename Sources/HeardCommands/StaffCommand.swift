internal import ArgumentParser
internal import Heard
internal import HeardInput
internal import HeardMail
internal import HeardRouter
internal import HeardSources
internal import HeardStaff
internal import HeardText

/// `heard staff`: the directory of the staff.
struct StaffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "staff",
    abstract: "Check the directory of the staff, and find its people in texts.",
    discussion: """
      A directory is YAML, or a sheet saved as CSV with the columns id, name, aliases, role, team, \
      manager, gender (f, m), leads, queue:

        staff: heard/1
        teams:
        - {id: counter, name: Counter, lead: "12", queue: staff-counter}
        people:
        - {id: "12", name: Tomasz Zając, role: team lead, team: counter, manager: "3"}
        - {id: "17", name: Anna Kowalska, team: counter}
      """,
    subcommands: [StaffCheckCommand.self, StaffFindCommand.self])
}

/// `heard staff check`.
struct StaffCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a directory: unknown teams and managers, people nobody is above.",
    discussion: """
      Examples:
        heard staff check staff.yaml
        heard staff check staff.csv

      Status 78 when the directory cannot be used, 1 with --strict when it has warnings.
      """)

  @Flag(help: "Exit with status 1 when there are warnings.")
  var strict = false

  @Argument(help: "The directory.", completion: .file(extensions: ["yaml", "csv"]))
  var file: String

  func run() throws {
    try HandlingFiles.expect(file)
    let text = try HandlingFiles.text(file, "the staff directory")
    let read: (directory: StaffDirectory, warnings: [PolicyProblem])
    do throws(PolicyError) {
      read = try StaffDirectory.read(file: file, text: text)
    } catch {
      throw Failure(.configuration, error.description)
    }
    for warning in read.warnings { Terminal.complain(warning.description) }
    let people = read.directory.people.count
    try Terminal.write("\(people) people, \(read.directory.teams.count) teams\n")
    if strict, !read.warnings.isEmpty { throw Failure(.findings, "") }
  }
}

/// `heard staff find`.
struct StaffFindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "List the staff named in mails or texts.",
    discussion: """
      Examples:
        heard staff find --staff staff.yaml letter.eml
        echo 'Skarga na panią Kowalską' | heard staff find --staff staff.yaml

      A line a mention, tabs between: file, part, bytes, the name as written, certainty, ids. Several \
      ids: nobody can tell from the name who is meant.
      """)

  @Option(help: "The directory.", completion: .file(extensions: ["yaml", "csv"]))
  var staff: String

  @Argument(help: "Mails or texts; - or none is standard input.", completion: .file())
  var files: [String] = []

  func run() throws {
    let matcher = StaffMatcher(try HandlingFiles.staff(staff))
    var status = ExitStatus.done
    for path in files.isEmpty ? ["-"] : files {
      let message: Message
      do {
        let bytes = try FileReader.read(path, limit: Limits().mailBytes)
        message =
          MailReader.looksLikeMail(bytes)
          ? try MailReader().read(bytes) : PlainText.message(text: bytes, id: nil)
      } catch let problem as FileReader.Problem {
        Terminal.complain("\(path): \(problem.message)")
        status = .noInput
        continue
      } catch {
        Terminal.complain("\(path): no message: \(error)")
        status = .data
        continue
      }
      for part in message.parts {
        for mention in matcher.mentions(in: part.bytes) {
          let name = MarkedText.printable(part.bytes[mention.range.range])
          try Terminal.write(
            "\(path)\t\(part.name.rawValue)\t\(mention.range.start)-\(mention.range.end)\t\(name)\t"
              + "\(mention.certainty.rawValue)\t\(mention.people.joined(separator: ","))\n")
        }
      }
    }
    if status != .done { throw Failure(status, "") }
  }
}
