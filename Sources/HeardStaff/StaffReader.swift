public import HeardSources
internal import Yams

extension StaffDirectory {
  /// Reads a directory: CSV when the file's name ends so, else YAML.
  ///
  /// - Returns: the directory and warnings.
  /// - Throws: every error of the file, with its line.
  public static func read(
    file: String, text: String
  ) throws(PolicyError) -> (directory: StaffDirectory, warnings: [PolicyProblem]) {
    var reader = StaffReader(file: file)
    if file.lowercased().hasSuffix(".csv") || file.lowercased().hasSuffix(".tsv") {
      do throws(CSVText.Failure) {
        reader.read(try CSVText.read(text))
      } catch {
        throw PolicyError(
          code: .invalid,
          problems: [
            PolicyProblem(
              severity: .error, location: SourceLocation(file: file, line: error.line, column: 1),
              message: error.message, hint: "save the sheet as CSV again")
          ])
      }
    } else {
      switch YAMLText.root(file: file, text: text) {
      case .failure(let error):
        throw PolicyError(
          code: .invalid,
          problems: error.diagnostics.map {
            PolicyProblem(
              severity: .error, location: $0.location, message: $0.message, hint: $0.hint)
          })
      case .success(let root): reader.read(root)
      }
    }
    reader.check()
    guard !reader.settings.hasErrors else {
      throw PolicyError(code: .invalid, problems: reader.settings.problems)
    }
    return (
      StaffDirectory(
        people: reader.people, teams: reader.teams, digest: SHA256.name(text.utf8)),
      reader.settings.problems
    )
  }
}

/// Reads one file of staff.
private struct StaffReader {
  private static let version = "heard/1"
  private static let personKeys = [
    "id", "name", "aliases", "role", "team", "manager", "gender", "note",
  ]
  private static let teamKeys = ["id", "name", "lead", "queue", "note"]
  private static let columns = [
    "id", "name", "aliases", "role", "team", "manager", "gender", "leads", "queue", "note",
  ]

  private(set) var settings: SettingsReader
  private(set) var people: [StaffMember] = []
  private(set) var teams: [StaffTeam] = []
  /// Whether teams are what people say they are in, as in a sheet.
  private var teamsAreImplied = false

  init(file: String) { settings = SettingsReader(file: file) }

  // MARK: YAML

  mutating func read(_ root: Node) {
    guard let top = settings.mapping(root, ["staff", "people", "teams"], of: "a staff file") else {
      return
    }
    if settings.text(top["staff"]) != StaffReader.version {
      settings.report(
        top["staff"] ?? root, "the file does not say its version",
        "begin with 'staff: \(StaffReader.version)'")
    }
    for node in settings.sequence(top["teams"], named: "teams") {
      guard let values = settings.mapping(node, StaffReader.teamKeys, of: "a team") else {
        continue
      }
      let id = settings.required(values, "id", in: node)
      teams.append(
        StaffTeam(
          id: id, name: settings.text(values["name"]) ?? id, lead: settings.text(values["lead"]),
          queue: settings.text(values["queue"]), location: settings.location(node)))
    }
    for node in settings.sequence(top["people"], named: "people") {
      guard let values = settings.mapping(node, StaffReader.personKeys, of: "a person") else {
        continue
      }
      people.append(
        StaffMember(
          id: settings.required(values, "id", in: node),
          name: settings.required(values, "name", in: node),
          aliases: settings.texts(values["aliases"], named: "aliases"),
          role: settings.text(values["role"]) ?? "", team: settings.text(values["team"]),
          manager: settings.text(values["manager"]),
          gender: settings.choice(values["gender"], "gender"), location: settings.location(node)))
    }
  }

  // MARK: CSV

  mutating func read(_ rows: [CSVText.Row]) {
    teamsAreImplied = true
    guard let head = rows.first else {
      return report(1, "an empty sheet", "begin with a row of columns: id,name,role,team,manager")
    }
    let names = head.cells.map { $0.lowercased() }
    for name in names where !StaffReader.columns.contains(name) {
      let guess = Spelling.nearest(to: name, among: StaffReader.columns)
      report(
        head.line, "unknown column '\(name)'",
        guess.map { "did you mean '\($0)'?" } ?? "use \(Spelling.list(StaffReader.columns))")
    }
    for name in ["id", "name"] where !names.contains(name) {
      report(head.line, "no column '\(name)'", "add it")
    }
    guard !settings.hasErrors else { return }
    for row in rows.dropFirst() { read(row, names) }
  }

  private mutating func read(_ row: CSVText.Row, _ names: [String]) {
    guard row.cells.contains(where: { !$0.isEmpty }) else { return }
    func cell(_ name: String) -> String? {
      guard let place = names.firstIndex(of: name), row.cells.indices.contains(place) else {
        return nil
      }
      let text = row.cells[place].drop { $0 == " " }
      return text.isEmpty ? nil : String(text)
    }
    for name in ["id", "name"] where cell(name) == nil {
      report(row.line, "the row has no \(name)", "fill the cell, or remove the row")
    }
    let gender = cell("gender")
    if let gender, GrammaticalGender(rawValue: gender) == nil {
      report(row.line, "'\(gender)' is no gender", "use f, m or leave the cell empty")
    }
    let location = SourceLocation(file: settings.file, line: row.line, column: 1)
    let person = StaffMember(
      id: cell("id") ?? "", name: cell("name") ?? "",
      aliases: (cell("aliases") ?? "").split(separator: ";")
        .map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty },
      role: cell("role") ?? "", team: cell("team") ?? cell("leads"), manager: cell("manager"),
      gender: gender.flatMap(GrammaticalGender.init), location: location)
    people.append(person)
    if let team = person.team, !teams.contains(where: { $0.id == team }) {
      teams.append(StaffTeam(id: team, name: team, lead: nil, queue: nil, location: location))
    }
    guard let led = cell("leads") else { return }
    if let place = teams.firstIndex(where: { $0.id == led }) {
      if let lead = teams[place].lead {
        report(row.line, "the team '\(led)' is led by '\(lead)' already", "keep one lead")
      }
      teams[place].lead = person.id
      teams[place].queue = cell("queue")
    } else {
      teams.append(
        StaffTeam(id: led, name: led, lead: person.id, queue: cell("queue"), location: location))
    }
  }

  private mutating func report(_ line: Int, _ message: String, _ hint: String) {
    settings.report(
      at: SourceLocation(file: settings.file, line: line, column: 1), message, hint)
  }

  // MARK: Both

  /// What only shows when all are read.
  mutating func check() {
    var ids: Set<String> = []
    for person in people where !person.id.isEmpty && !ids.insert(person.id).inserted {
      settings.report(at: person.location, "a second person '\(person.id)'", "give each an id")
    }
    var teamIDs: Set<String> = []
    for team in teams where !team.id.isEmpty && !teamIDs.insert(team.id).inserted {
      settings.report(at: team.location, "a second team '\(team.id)'", "rename it")
    }
    for person in people {
      if let team = person.team, !teamIDs.contains(team) {
        unknown("team", team, among: teamIDs, at: person.location)
      }
      if let manager = person.manager, !ids.contains(manager) {
        unknown("manager", manager, among: ids, at: person.location)
      }
    }
    for team in teams {
      if let lead = team.lead, !ids.contains(lead) {
        unknown("lead", lead, among: ids, at: team.location)
      }
    }
    guard !settings.hasErrors else { return }
    // The names are put in no message: a log is no place for a directory.
    let directory = StaffDirectory(people: people, teams: teams, digest: "")
    for person in people where directory.superiors(of: person.id).isEmpty {
      settings.report(
        at: person.location, "nobody is above '\(person.id)': a complaint about them has no taker",
        "name a manager, or a lead of the team who is somebody else", .warning)
    }
    for person in people where StaffName(person.name).isEmpty {
      settings.report(
        at: person.location, "the name of '\(person.id)' has no word in it", "write it in letters")
    }
  }

  private mutating func unknown(
    _ what: String, _ id: String, among known: Set<String>, at location: SourceLocation
  ) {
    let guess = Spelling.nearest(to: id, among: known.sorted()).map { "did you mean '\($0)'?" }
    settings.report(at: location, "unknown \(what) '\(id)'", guess ?? "add it to the file")
  }
}
