internal import ArgumentParser
internal import Glibc
internal import Heard
internal import HeardCases
internal import HeardDeadlines
internal import HeardRedaction
internal import HeardRouter
internal import HeardSources
internal import HeardStaff

/// Which staff, deadlines and cases messages are handled with.
struct HandlingOptions: ParsableArguments {
  @Option(
    help: "Directory of the staff (YAML or CSV): who is named, who is to be heard, who takes it.",
    completion: .file(extensions: ["yaml", "csv"]))
  var staff: String?

  @Option(
    help: "File with the key of tokens that stand for the staff's ids; none: ids are written.")
  var staffKey: String?

  @Option(
    help: ArgumentHelp(
      "File that binds recipients or queues to regimes of policies/deadlines.yaml (repeatable)."),
    completion: .file(extensions: ["yaml"]))
  var deadlines: [String] = []

  @OptionGroup var caseFile: CaseFileOptions

  @Option(help: "Time of receipt as 2026-11-21T10:00:00Z; else that of the message's own headers.")
  var received: String?

  /// The account of conversations.
  var cases: String? { caseFile.cases }

  func validate() throws {
    if staffKey != nil, staff == nil { throw ValidationError("--staff-key goes with --staff") }
    if let received, ISOTime.read(received) == nil {
      throw ValidationError("--received takes 2026-11-21T10:00:00Z, not '\(received)'")
    }
  }

  /// The time that was given.
  func receivedTime() throws(Failure) -> Int64? { received.flatMap(ISOTime.read) }

  /// Reads what was asked for.
  ///
  /// - Parameters:
  ///   - complains: whether what is doubtful in the files goes to standard error.
  ///   - takesIn: whether messages are taken into the account; else it is only looked at.
  func rules(complains: Bool = true, takesIn: Bool = true) throws(Failure) -> HandlingRules {
    var rules = HandlingRules()
    if let staff { rules.staff = try HandlingFiles.staff(staff) }
    if let staffKey {
      let key = try RedactionOptions.key(staffKey, option: "--staff-key")
      rules.pseudonym = { key.token(staff: $0) }
    }
    if !deadlines.isEmpty {
      rules.deadlines = try HandlingFiles.deadlines(deadlines, complains: complains)
    }
    rules.cases = try caseFile.open(toTakeIn: takesIn)
    return rules
  }

  /// What records depend on here, for a run that goes on; no secrets, for it is written to a file.
  ///
  /// The account of conversations grows while a run reads it. It answers for a message that it knows
  /// as it did the first time, so which account it is says enough.
  func facts() throws(Failure) -> [(name: String, value: String)] {
    var key: String?
    if let staffKey {
      // Anybody who has the key can make this; it does not lead back to the key.
      key = SHA256.name(
        try RedactionOptions.key(staffKey, option: "--staff-key").authenticate(Array("run".utf8)))
    }
    var rules: String?
    if !deadlines.isEmpty {
      var texts: [String] = []
      for path in try HandlingFiles.deadlineFiles(deadlines) {
        texts.append(try HandlingFiles.text(path, "the deadlines"))
      }
      rules = SHA256.name(texts.joined(separator: "\0").utf8)
    }
    let directory = try staff.map { path throws(Failure) in
      SHA256.name(try HandlingFiles.text(path, "the staff directory").utf8)
    }
    return [
      ("--staff", directory), ("--staff-key", key), ("--deadlines", rules), ("--cases", cases),
      ("--retain", caseFile.retain),
      ("--received", received.flatMap(ISOTime.read).map(String.init)),
    ].map { ($0.0, $0.1 ?? "none") }
  }

  /// Handles a judgement; nothing changes when nothing was asked for.
  func handle(
    _ judged: Judgement, _ handler: MessageHandler, received: Int64?, keeps: Bool = true
  ) throws(Failure) -> Judgement {
    do throws(CaseError) {
      return try handler.handle(judged, received: received, keeps: keeps)
    } catch {
      throw CaseFileOptions.failure(error)
    }
  }
}

/// Which account of conversations.
struct CaseFileOptions: ParsableArguments {
  @Option(
    help: "File that keeps account of conversations (SQLite, made when messages are taken in).",
    completion: .file())
  var cases: String?

  @Option(
    help:
      "File with the key of its digests (16 bytes or more); else HEARD_CASES_KEY, else FILE.key.")
  var casesKey: String?

  @Option(
    help: "How long messages are remembered, as 90d or 12w; the file keeps it, 90d in a new one.")
  var retain: String?

  func validate() throws {
    if let retain, CaseFileOptions.seconds(retain) == nil {
      throw ValidationError(
        "--retain takes days or weeks from 1d to 3660d, as 90d, not '\(retain)'")
    }
    if casesKey != nil, cases == nil { throw ValidationError("--cases-key goes with --cases") }
  }

  /// Opens the account; nil when none was asked for.
  ///
  /// - Parameter takesIn: whether messages are to be taken in: then it is made when it is missing, and
  ///   forgets what is too old. To look at it, it must be there, and nothing goes.
  func open(toTakeIn takesIn: Bool) throws(Failure) -> CaseStore? {
    guard let path = cases else { return nil }
    if unsafe access(path, F_OK) != 0 {
      guard takesIn else {
        throw Failure(.noInput, "\(path): \(Terminal.systemReason()); check --cases")
      }
      try CaseFileOptions.checkFolder(of: path)
    }
    let key = try readKey(beside: path)
    do throws(CaseError) {
      let store = try CaseStore(path: path, key: key, retain: retain.flatMap(Self.seconds))
      if takesIn { try Self.expire(store) }
      return store
    } catch {
      throw CaseFileOptions.failure(error)
    }
  }

  /// Forgets what is too old, and says when that was due and never stopped.
  static func expire(_ store: CaseStore) throws(CaseError) {
    try store.expire(now: Int64(time(nil))) { count in
      Terminal.complain(
        "\(store.path): \(count) overdue \(count == 1 ? "clock" : "clocks") forgotten that nobody "
          + "stopped (--answered); --retain says how long messages are kept")
    }
  }

  /// Says which folder is missing; the key beside the file would fail first.
  private static func checkFolder(of path: String) throws(Failure) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    guard unsafe access(folder, F_OK) != 0 else { return }
    throw Failure(
      .cannotCreate, "\(path): cannot be made: \(folder): \(Terminal.systemReason()); check --cases"
    )
  }

  static func failure(_ error: CaseError) -> Failure {
    switch error.code {
    case .unreadable: Failure(.cannotCreate, error.description)
    case .unknownFile, .wrongKey: Failure(.configuration, error.description)
    case .unavailable: Failure(.temporary, error.description)
    }
  }

  /// `90d`, `12w` in seconds.
  static func seconds(_ text: String) -> Int64? {
    guard let unit = text.last, let count = Int64(text.dropLast()), count > 0 else { return nil }
    switch unit {
    case "d" where count <= 3660: return count * 86_400
    case "w" where count <= 520: return count * 7 * 86_400
    default: return nil
    }
  }

  private func readKey(beside path: String) throws(Failure) -> [UInt8] {
    let named = casesKey ?? Terminal.environment("HEARD_CASES_KEY")
    return try HandlingFiles.run { () throws(HandlingFileError) in
      try HandlingReader.key(named, beside: path)
    }
  }
}

/// Reads the files that messages are handled with.
enum HandlingFiles {
  static func staff(_ path: String) throws(Failure) -> StaffDirectory {
    try run { () throws(HandlingFileError) in try HandlingReader.staff(path) }
  }

  /// The files, behind the one with the regimes that come with heard.
  static func deadlineFiles(_ paths: [String]) throws(Failure) -> [String] {
    [
      try Installation.find(
        nil, variable: "HEARD_DEADLINES", name: "policies/deadlines.yaml", option: "--deadlines")
    ] + paths
  }

  /// The rules of the files, with the regimes that come with heard.
  ///
  /// - Parameter complains: whether what is doubtful goes to standard error.
  static func deadlines(
    _ paths: [String], complains: Bool = true
  ) throws(Failure) -> DeadlineRules {
    let files = try deadlineFiles(paths)
    let (rules, warnings) = try run { () throws(HandlingFileError) in
      try HandlingReader.deadlines(files)
    }
    if complains { for warning in warnings { Terminal.complain(warning) } }
    return rules
  }

  /// Makes sure that a file is there which is the input of a check, and no setting.
  static func expect(_ path: String) throws(Failure) {
    guard unsafe access(path, F_OK) != 0 else { return }
    throw Failure(.noInput, "\(path): \(Terminal.systemReason())")
  }

  static func text(_ path: String, _ what: String) throws(Failure) -> String {
    try run { () throws(HandlingFileError) in try HandlingReader.text(path, what) }
  }

  /// Runs what may fail for a file's sake.
  static func run<Value>(_ body: () throws(HandlingFileError) -> Value) throws(Failure) -> Value {
    do throws(HandlingFileError) {
      return try body()
    } catch {
      let status: ExitStatus =
        switch error.code {
        case .configuration: .configuration
        case .cannotCreate: .cannotCreate
        case .inputOutput: .inputOutput
        }
      throw Failure(status, error.message)
    }
  }
}
