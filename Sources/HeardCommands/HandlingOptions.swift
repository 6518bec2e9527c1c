internal import ArgumentParser
internal import Glibc
internal import Heard
internal import HeardBatch
internal import HeardCases
internal import HeardLexicon
internal import HeardRouter
internal import HeardTuning

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

  /// Whether any of it was asked for.
  var isUsed: Bool { staff != nil || !deadlines.isEmpty || cases != nil }

  func validate() throws {
    if staffKey != nil, staff == nil { throw ValidationError("--staff-key goes with --staff") }
    if let received, ISOTime.read(received) == nil {
      throw ValidationError("--received takes 2026-11-21T10:00:00Z, not '\(received)'")
    }
  }

  /// The time that was given.
  func receivedTime() throws(Failure) -> Int64? { received.flatMap(ISOTime.read) }

  /// Reads what was asked for.
  func rules() throws(Failure) -> HandlingRules {
    var rules = HandlingRules()
    if let staff { rules.staff = try HandlingFiles.staff(staff) }
    if let staffKey {
      let key = try RedactionOptions.key(staffKey)
      rules.pseudonym = { key.token(staff: $0) }
    }
    if !deadlines.isEmpty { rules.deadlines = try HandlingFiles.deadlines(deadlines) }
    rules.cases = try caseFile.open()
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
      key = SHA256.name(try RedactionOptions.key(staffKey).authenticate(Array("run".utf8)))
    }
    var rules: String?
    if !deadlines.isEmpty {
      rules = SHA256.name(
        try HandlingFiles.deadlineTexts(deadlines).map(\.text).joined(separator: "\0").utf8)
    }
    let directory = try staff.map { path throws(Failure) in
      SHA256.name(try HandlingFiles.text(path, HandlingFiles.directoryName).utf8)
    }
    return [
      ("--staff", directory), ("--staff-key", key), ("--deadlines", rules), ("--cases", cases),
      ("--retain", cases == nil ? nil : caseFile.retain),
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
    help: "File that keeps account of conversations (SQLite, made when missing).",
    completion: .file())
  var cases: String?

  @Option(
    help:
      "File with the key of its digests (16 bytes or more); else HEARD_CASES_KEY, else FILE.key.")
  var casesKey: String?

  @Option(help: "How long messages are remembered, as 90d or 12w.")
  var retain = "90d"

  func validate() throws {
    guard CaseFileOptions.seconds(retain) != nil else {
      throw ValidationError(
        "--retain takes days or weeks from 1d to 3660d, as 90d, not '\(retain)'")
    }
    if casesKey != nil, cases == nil { throw ValidationError("--cases-key goes with --cases") }
  }

  /// Opens the account, forgetting what is too old; nil when none was asked for.
  func open() throws(Failure) -> CaseStore? {
    guard let path = cases else { return nil }
    let key = try readKey(beside: path)
    do throws(CaseError) {
      let store = try CaseStore(
        path: path, key: key, retain: CaseFileOptions.seconds(retain) ?? 90 * 86_400)
      try store.expire(now: Int64(time(nil)))
      return store
    } catch {
      throw CaseFileOptions.failure(error)
    }
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
    if let named = casesKey ?? Terminal.environment("HEARD_CASES_KEY") {
      return try CaseFileOptions.read(named)
    }
    let own = path + ".key"
    if let made = try CaseFileOptions.make(own) { return made }
    return try CaseFileOptions.read(own)
  }

  private static func read(_ path: String) throws(Failure) -> [UInt8] {
    // How long it must be is what opening the account checks.
    do throws(FileReader.Problem) {
      return try FileReader.read(path, limit: 4096)
    } catch {
      throw Failure(.configuration, "\(path): the key of --cases: \(error.message)")
    }
  }

  /// Makes a key file that nobody else reads; nil when there is one.
  private static func make(_ path: String) throws(Failure) -> [UInt8]? {
    guard unsafe access(path, F_OK) != 0 else { return nil }
    // Written aside and linked under its name whole: another process sees all of it or nothing.
    let partial = "\(path).\(getpid())"
    let file = unsafe Glibc.open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw Failure(.cannotCreate, "\(path): no key can be made: \(Terminal.systemReason())")
    }
    defer {
      close(file)
      unsafe unlink(partial)
    }
    var generator = SystemRandomNumberGenerator()
    var key: [UInt8] = []
    while key.count < 32 { key.append(UInt8.random(in: 0...255, using: &generator)) }
    let written = unsafe key.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
    guard written == key.count, fsync(file) == 0 else {
      throw Failure(.inputOutput, "\(path): the key cannot be written: \(Terminal.systemReason())")
    }
    guard unsafe link(partial, path) == 0 else {
      if errno == EEXIST { return nil }
      throw Failure(.cannotCreate, "\(path): no key can be made: \(Terminal.systemReason())")
    }
    return key
  }
}

/// Reads the files that messages are handled with.
enum HandlingFiles {
  static let directoryName = "the staff directory"

  static func staff(_ path: String) throws(Failure) -> StaffDirectory {
    let text = try text(path, directoryName)
    do throws(PolicyError) {
      return try StaffDirectory.read(file: path, text: text).directory
    } catch {
      throw Failure(.configuration, error.description)
    }
  }

  /// The files and the regimes that come with heard, each once.
  static func deadlineTexts(
    _ paths: [String]
  ) throws(Failure) -> [(file: String, text: String)] {
    let shipped = try Installation.find(
      nil, variable: "HEARD_DEADLINES", name: "policies/deadlines.yaml", option: "--deadlines")
    var files: [(file: String, text: String)] = []
    for path in [shipped] + paths where !files.contains(where: { $0.file == path }) {
      files.append((path, try text(path, "the deadlines")))
    }
    return files
  }

  /// The rules of the files, with the regimes that come with heard.
  static func deadlines(_ paths: [String]) throws(Failure) -> DeadlineRules {
    let files = try deadlineTexts(paths)
    do throws(PolicyError) {
      let (rules, warnings) = try DeadlineRules.read(files: files)
      for warning in warnings { Terminal.complain(warning.description) }
      return rules
    } catch {
      throw Failure(.configuration, error.description)
    }
  }

  static func text(_ path: String, _ what: String) throws(Failure) -> String {
    let bytes: [UInt8]
    do throws(FileReader.Problem) {
      bytes = try FileReader.read(path, limit: 16 << 20)
    } catch {
      throw Failure(.configuration, "\(path): \(what) cannot be read: \(error.message)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.configuration, "\(path): \(what): no valid UTF-8; save it as UTF-8")
    }
    return text
  }
}
