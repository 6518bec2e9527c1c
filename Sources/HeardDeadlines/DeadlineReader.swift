internal import HeardLexicon
public import HeardSources
internal import Yams

extension DeadlineRules {
  /// Reads regimes and bindings.
  ///
  /// - Parameter files: names and texts; what one file lists the others may use.
  /// - Returns: the rules and warnings.
  /// - Throws: every error of the files, with line and column.
  public static func read(
    files: [(file: String, text: String)]
  ) throws(PolicyError) -> (rules: DeadlineRules, warnings: [PolicyProblem]) {
    var reader = DeadlineReader()
    for (file, text) in files {
      switch YAMLText.root(file: file, text: text) {
      case .failure(let error):
        throw PolicyError(
          code: .invalid,
          problems: error.diagnostics.map {
            PolicyProblem(
              severity: .error, location: $0.location, message: $0.message, hint: $0.hint)
          })
      case .success(let root): reader.read(root, file: file)
      }
    }
    reader.check()
    guard !reader.problems.contains(where: { $0.severity == .error }) else {
      throw PolicyError(code: .invalid, problems: reader.problems)
    }
    let digest = SHA256.name(files.flatMap { Array($0.text.utf8) + [0] })
    return (
      DeadlineRules(
        regimes: reader.regimes, bindings: reader.bindings, extraHolidays: reader.holidays,
        digest: digest), reader.problems
    )
  }
}

/// Reads deadline files one after the other; ``check()`` looks at them together.
private struct DeadlineReader {
  private static let version = "heard/1"
  private static let topKeys = ["deadlines", "regimes", "bindings", "extra-holidays"]
  private static let regimeKeys = [
    "id", "jurisdiction", "sector", "complainant", "acknowledge", "final", "extension", "unit",
    "clock-start", "meets-by", "on-silence", "days-off", "holidays", "zone", "valid-from",
    "valid-to", "source", "checked-on", "confidence", "note",
  ]
  private static let bindingKeys = [
    "id", "recipient", "queue", "class", "regimes", "zone", "holidays", "days-off", "remind",
  ]

  private(set) var regimes: [Regime] = []
  private(set) var bindings: [DeadlineBinding] = []
  private(set) var holidays: [HolidayCalendar: Set<CivilDate>] = [:]
  private(set) var problems: [PolicyProblem] = []

  mutating func read(_ root: Node, file: String) {
    var reader = SettingsReader(file: file)
    defer { problems += reader.problems }
    guard let top = reader.mapping(root, DeadlineReader.topKeys, of: "a deadlines file") else {
      return
    }
    if reader.text(top["deadlines"]) != DeadlineReader.version {
      reader.report(
        top["deadlines"] ?? root, "the file does not say its version",
        "begin with 'deadlines: \(DeadlineReader.version)'")
    }
    for node in reader.sequence(top["regimes"], named: "regimes") { regime(node, &reader) }
    for node in reader.sequence(top["bindings"], named: "bindings") { binding(node, &reader) }
    guard let extra = top["extra-holidays"] else { return }
    let names = HolidayCalendar.allCases.map(\.rawValue)
    for (name, days) in reader.mapping(extra, names, of: "'extra-holidays'") ?? [:] {
      guard let calendar = HolidayCalendar(rawValue: name) else { continue }
      for node in reader.sequence(days, named: name) {
        if let day = reader.value(node, "day", "write 2026-11-21", { CivilDate($0) }) {
          holidays[calendar, default: []].insert(day)
        }
      }
    }
  }

  private mutating func regime(_ node: Node, _ reader: inout SettingsReader) {
    guard let values = reader.mapping(node, DeadlineReader.regimeKeys, of: "a regime") else {
      return
    }
    let id = name(values, node, &reader)
    let unit: TimeSpan.Unit =
      switch reader.text(values["unit"]) ?? "calendar" {
      case "business": .businessDays
      default: .days
      }
    if let written = reader.text(values["unit"]), !["calendar", "business"].contains(written) {
      reader.report(values["unit"] ?? node, "unknown unit '\(written)'", "use calendar or business")
    }
    func span(_ text: String) -> TimeSpan? {
      guard let span = TimeSpan(text) else { return nil }
      return span.unit == .days ? TimeSpan(span.count, unit) : span
    }
    let hint = "write e.g. 14 days, 6 weeks or 15 business days"
    let acknowledge = reader.value(values["acknowledge"], "length of time", hint, span)
    let final = reader.value(values["final"], "length of time", hint, span)
    if acknowledge == nil, final == nil {
      reader.report(node, "the regime has no clock", "add 'final:' or 'acknowledge:'")
    }
    let extending = reader.value(
      values["extension"], "extension",
      "write +4 weeks for so much more, or 60 days for so much in all"
    ) { text -> Regime.Extension? in
      text.hasPrefix("+")
        ? span(String(text.dropFirst())).map { .more($0) } : span(text).map { .total($0) }
    }
    let regime = Regime(
      id: id, jurisdiction: reader.required(values, "jurisdiction", in: node),
      sector: reader.required(values, "sector", in: node),
      complainant: reader.text(values["complainant"]) ?? "any", acknowledge: acknowledge,
      final: final, extending: extending,
      clockStart: reader.choice(values["clock-start"], "start of the clock") ?? .receipt,
      meetsBy: reader.choice(values["meets-by"], "way to be in time") ?? .sent,
      onSilence: reader.text(values["on-silence"]) ?? "",
      daysOff: reader.choice(values["days-off"], "treatment of days off") ?? .count,
      calendar: reader.choice(values["holidays"], "calendar of holidays") ?? .weekends,
      zone: zone(values["zone"], &reader),
      validFrom: day(values["valid-from"], &reader), validTo: day(values["valid-to"], &reader),
      source: reader.required(values, "source", in: node),
      checkedOn: day(values["checked-on"], &reader) ?? CivilDate(dayNumber: 0),
      confidence: reader.choice(values["confidence"], "confidence") ?? .low,
      location: reader.location(node))
    for key in ["checked-on", "confidence"] where values[key] == nil {
      reader.report(node, "no '\(key)'", "add '\(key):'")
    }
    if let from = regime.validFrom, let to = regime.validTo, to < from {
      reader.report(node, "the regime ends before it begins", "swap valid-from and valid-to")
    }
    regimes.append(regime)
  }

  private mutating func binding(_ node: Node, _ reader: inout SettingsReader) {
    guard let values = reader.mapping(node, DeadlineReader.bindingKeys, of: "a binding") else {
      return
    }
    let id = name(values, node, &reader)
    let classes = reader.texts(values["class"], named: "class")
    for name in classes where MessageClass(rawValue: name) == nil {
      reader.report(
        values["class"] ?? node, "unknown class '\(name)'",
        "use \(Spelling.list(MessageClass.allCases.map(\.rawValue)))")
    }
    let recipients = reader.texts(values["recipient"], named: "recipient")
    let queues = reader.texts(values["queue"], named: "queue")
    if recipients.isEmpty, queues.isEmpty {
      reader.report(
        node, "the binding names no recipient and no queue",
        "add 'recipient: \"*@shop.example\"' or 'queue: complaints'; a regime is never guessed")
    }
    let names = reader.texts(values["regimes"], named: "regimes")
    if names.isEmpty { reader.report(node, "the binding names no regime", "add 'regimes: […]'") }
    let remind = reader.texts(values["remind"], named: "remind").compactMap { text -> TimeSpan? in
      if let span = TimeSpan(text) { return span }
      reader.report(values["remind"] ?? node, "'\(text)' is no length of time", "write 3 days")
      return nil
    }
    bindings.append(
      DeadlineBinding(
        id: id, recipients: recipients.map(Glob.init), queues: Set(queues),
        classes: classes.isEmpty ? [MessageClass.complaint.rawValue] : Set(classes),
        regimes: names, zone: zone(values["zone"], &reader),
        calendar: reader.choice(values["holidays"], "calendar of holidays"),
        daysOff: reader.choice(values["days-off"], "treatment of days off"), remind: remind,
        location: reader.location(node)))
  }

  private func name(
    _ values: [String: Node], _ node: Node, _ reader: inout SettingsReader
  ) -> String {
    let id = reader.required(values, "id", in: node)
    if !id.isEmpty, !SettingsReader.isName(id) {
      reader.report(
        values["id"] ?? node, "an id is lower-case letters, digits and hyphens", "rename it")
    }
    return id
  }

  private func zone(_ node: Node?, _ reader: inout SettingsReader) -> LocalClock? {
    reader.value(node, "time zone", "write a name as Europe/Amsterdam") { LocalClock($0) }
  }

  private func day(_ node: Node?, _ reader: inout SettingsReader) -> CivilDate? {
    reader.value(node, "day", "write 2026-11-21") { CivilDate($0) }
  }

  /// What only shows when all files are read.
  mutating func check() {
    var reader = SettingsReader(file: "")
    defer { problems += reader.problems }
    for (index, one) in regimes.enumerated() {
      for other in regimes[..<index] where other.id == one.id && overlap(one, other) {
        reader.report(
          at: one.location,
          "the regime '\(one.id)' holds on some days that that of "
            + "\(other.location) holds on too", "give them 'valid-from' and 'valid-to'")
      }
    }
    let known = Set(regimes.map(\.id)).sorted()
    var ids: Set<String> = []
    for binding in bindings {
      if !ids.insert(binding.id).inserted {
        reader.report(at: binding.location, "a second binding '\(binding.id)'", "rename it")
      }
      for id in binding.regimes {
        let rows = regimes.filter { $0.id == id }
        if rows.isEmpty {
          let guess = Spelling.nearest(to: id, among: known).map { "did you mean '\($0)'?" }
          reader.report(
            at: binding.location, "unknown regime '\(id)'", guess ?? "use \(Spelling.list(known))")
        }
        if binding.zone == nil, rows.contains(where: { $0.zone == nil }) {
          reader.report(
            at: binding.location, "nobody says whose clocks '\(id)' goes by",
            "add 'zone: Europe/Amsterdam' or the like to the binding")
        }
        if rows.contains(where: { $0.confidence == .low }) {
          reader.report(
            at: binding.location, "the regime '\(id)' is of low confidence",
            "check its source before relying on it", .warning)
        }
      }
    }
  }

  private func overlap(_ one: Regime, _ other: Regime) -> Bool {
    let starts = [one.validFrom, other.validFrom].compactMap { $0 }.max()
    let ends = [one.validTo, other.validTo].compactMap { $0 }.min()
    guard let starts, let ends else { return true }
    return starts <= ends
  }
}
