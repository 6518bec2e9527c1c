internal import Heard
internal import HeardBatch
internal import HeardDeadlines
internal import HeardInput
internal import HeardReport
internal import HeardRouter
internal import HeardSQLite
internal import HeardThemes

/// Goes through the records of a report.
struct ReportMaker {
  let outputs: [String]
  let clock: LocalClock?
  let period: ReportCalendar.Unit?
  /// Local days reported on, counted from 1970.
  let days: ClosedRange<Int>
  let title: String
  let themes: ThemeOptions

  /// The figures.
  ///
  /// - Parameter messages: words for themes; nil: lexicon entries, where records have them.
  func figures(messages: MessageTerms?) throws(Failure) -> ReportFigures {
    var volumes = RecordVolumes()
    var facts = FactTable()
    var hasHits = false
    let wantsThemes = messages != nil || !outputs.contains("-")
    try read(wantsHits: false) { record in
      let day = day(of: record)
      guard isMeant(day) else {
        volumes.leftOut += 1
        return
      }
      volumes.add(record, day: day)
      hasHits = hasHits || record.hasHits
      if wantsThemes { facts.add(record, day: day, each: themes.countUnnamed) }
    }
    let calendar = volumes.span.map {
      ReportCalendar(from: $0.first, to: $0.last, unit: period)
    }
    var figures = ReportFigures(
      volumes, calendar ?? ReportCalendar(), title: title, timeZone: clock?.zone ?? "UTC")
    figures.settings = themes.settings
    figures.isRevealed = themes.reveal
    figures.countsUnnamed = themes.countUnnamed
    guard messages != nil || hasHits && wantsThemes else { return figures }
    figures.unheard = (facts.withoutSender, facts.withoutID)
    let exposure = facts.finish(periods: figures.calendar.count) {
      figures.calendar.period(of: $0)
    }
    figures.exposure = exposure
    let search = ThemeSearch(facts, exposure, settings: themes.settings)
    do throws(RunError) {
      if let messages {
        figures.themeSource = .messages
        figures.themes = try search.run(messages)
      } else {
        figures.themeSource = .hits
        figures.themes = try search.run(
          HitTerms { body throws(InputError) in
            try Self.read(outputs, wantsHits: true) { record in
              if isMeant(day(of: record)) { body(record) }
            }
          })
      }
    } catch {
      throw BatchFailure.failure(error, canResume: false)
    }
    if let messages, facts.count > 0 { try Self.check(messages.meetings, records: facts.count) }
    return figures
  }

  /// Says when records and messages do not belong together: themes would be missing in silence.
  private static func check(_ meetings: MessageMeetings, records: Int) throws(Failure) {
    let reason =
      meetings.firstError.map {
        "; \(meetings.errors) could not be read, as \($0.location): \($0.message)"
      } ?? ""
    guard meetings.met > 0 else {
      throw Failure(
        .data,
        "none of the \(records) records is of a message of --messages: are they the inputs of that "
          + "run, with the same --text-field and --id-field?" + reason)
    }
    let missing = records - meetings.met
    guard missing > 0 else { return }
    Terminal.complain(
      "\(missing) of \(records) records are of no message of --messages; themes are without them"
        + reason)
  }

  /// Who raised the themes, as JSON lines.
  func raised(_ themes: [Theme]) throws(Failure) -> [UInt8] {
    var list = RaisedList(themes)
    try read(wantsHits: false) { record in
      if isMeant(day(of: record)) { list.add(record) }
    }
    return list.lines()
  }

  private func day(of record: borrowing JudgedRecord) -> Int? {
    ReportCalendar.day(of: record.time, by: clock)
  }

  /// Whether a record is reported on; one without a time is, unless a time is asked for.
  private func isMeant(_ day: Int?) -> Bool {
    guard let day else { return days == Int.min...Int.max }
    return days.contains(day)
  }

  private func read(
    wantsHits: Bool, _ body: (borrowing JudgedRecord) -> Void
  ) throws(Failure) {
    do throws(InputError) {
      try Self.read(outputs, wantsHits: wantsHits, body)
    } catch {
      throw Failure(BatchFailure.status(of: error), error.description)
    }
  }

  private static func read(
    _ outputs: [String], wantsHits: Bool, _ body: (borrowing JudgedRecord) -> Void
  ) throws(InputError) {
    for output in outputs {
      if [".sqlite", ".sqlite3", ".db"].contains(where: output.hasSuffix) {
        try DatabaseRecords.read(output, wantsHits: wantsHits, body)
      } else {
        try JudgedRecords(wantsHits: wantsHits).read([output], body)
      }
    }
  }
}

/// Files that a report writes.
enum ReportFile {
  /// Writes a file, which appears under its name when it is whole; - is standard output.
  ///
  /// - Parameter isPrivate: whether its owner alone may read it.
  static func write(
    _ bytes: [UInt8], to path: String, isPrivate: Bool = false
  ) throws(Failure) {
    guard path != "-" else { return try Terminal.write(bytes) }
    let partial = PartialFile(path)
    partial.discard()
    do throws(SystemFailure) {
      if partial.isSpecial {
        try FileDescriptor(writing: path, keeping: 0).write(bytes)
      } else {
        let file = try FileDescriptor(
          creating: partial.temporaryPath, mode: isPrivate ? 0o600 : 0o644)
        try file.write(bytes)
        try file.synchronize()
      }
    } catch {
      partial.discard()
      throw Failure(.cannotCreate, "\(path): cannot be written: \(error)")
    }
    do throws(RunError) {
      try partial.publish()
    } catch {
      throw BatchFailure.failure(error, canResume: false)
    }
  }

  /// Makes a folder unless it is there.
  static func makeFolder(_ path: String) throws(Failure) {
    do throws(RunError) {
      try PartialFile.makeFolder(path)
    } catch {
      throw BatchFailure.failure(error, canResume: false)
    }
  }
}
