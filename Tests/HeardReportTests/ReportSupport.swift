import HeardBatch
import HeardDeadlines
import HeardInput
import HeardReport
import HeardRouter
import HeardTestSupport
import HeardThemes

/// Records made up for tests of reports.
enum Made {
  /// A day in seconds.
  static let day: Int64 = 86_400
  /// 2026-01-05, a Monday.
  static let start: Int64 = 1_767_571_200

  /// A judged message.
  static func record(
    _ id: String, day: Int = 0, sender: String? = "a", language: String = "nl",
    class name: String = "complaint", tags: [String] = [], anger: Int = 0,
    queue: String = "complaints", hits: [String] = []
  ) -> JudgedRecord {
    var record = JudgedRecord()
    record.id = id
    record.time = start + Int64(day) * Made.day + 3600
    record.sender = sender
    record.language = language
    record.messageClass = name
    record.tags = tags
    record.anger = anger
    record.queue = queue
    record.lexicon = "sha256:01"
    record.policy = "sha256:02"
    record.version = "1"
    record.hasHits = !hits.isEmpty
    record.hits = hits.map {
      JudgedRecord.Hit(entry: $0, form: String($0.split(separator: ".")[2]))
    }
    return record
  }

  /// Random records: some themes, some noise, some without a time or a sender, some errors.
  static func archive(_ count: Int, seed: UInt64) -> [JudgedRecord] {
    var generator = SeededGenerator(seed: seed)
    func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }
    return (0..<count).map { number in
      let language = ["nl", "pl", "en", "und"][Int.random(in: 0..<4, using: &generator)]
      let isComplaint = chance(0.5)
      var tags: [String] = []
      if isComplaint, chance(0.4) { tags.append("pricing-dispute") }
      if isComplaint, chance(0.2) { tags.append("anger") }
      let day = Int.random(in: 0..<120, using: &generator)
      var hits: [String] = []
      for word in 0..<12 where chance(word < 3 && tags.contains("pricing-dispute") ? 0.5 : 0.08) {
        // The last word begins late.
        if word != 2 || day > 95 { hits.append("\(language).price.word\(word)") }
      }
      var record = Made.record(
        "m\(number)", day: day,
        sender: chance(0.9)
          ? "sha256:\(Int.random(in: 0..<max(8, count / 3), using: &generator))" : nil,
        language: language,
        class: isComplaint ? "complaint" : ["question", "auto"][number % 2], tags: tags,
        anger: tags.contains("anger") ? 1 + number % 3 : 0, queue: ["billing", "care"][number % 2],
        hits: hits)
      if chance(0.05) { record.time = nil }
      if chance(0.02) { record.errorCode = "invalid-json" }
      return record
    }
  }

  /// The figures of records, as the command makes them.
  static func figures(
    _ records: [JudgedRecord], leastSenders: Int = 5, zone: String = "UTC",
    unit: ReportCalendar.Unit? = nil
  ) throws -> ReportFigures {
    var volumes = RecordVolumes()
    var facts = FactTable()
    let clock = LocalClock(zone)
    func day(_ record: JudgedRecord) -> Int? {
      ReportCalendar.day(of: record.time, by: clock)
    }
    for record in records {
      volumes.add(record, day: day(record))
      facts.add(record, day: day(record), each: false)
    }
    let calendar =
      volumes.span.map { ReportCalendar(from: $0.first, to: $0.last, unit: unit) }
      ?? ReportCalendar()
    var figures = ReportFigures(volumes, calendar, title: "Test", timeZone: zone)
    let exposure = facts.finish(periods: calendar.count) { calendar.period(of: $0) }
    figures.exposure = exposure
    figures.settings.leastSenders = leastSenders
    figures.themeSource = .hits
    figures.themes = try ThemeSearch(facts, exposure, settings: figures.settings).run(
      HitTerms { body throws(InputError) in for record in records { body(record) } })
    return figures
  }
}
