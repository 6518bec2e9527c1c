internal import Heard
public import HeardCorpus
internal import HeardStatistics

/// Frequencies as a table or as JSON lines.
public struct FrequencyReport: Sendable {
  /// Labels that spreadsheets and programs get.
  private static let labels: [Label] = [
    .complaint, .anger, .expectationGap, .staffTargeted, .pricingDispute,
  ]

  /// The label that people see.
  public var label: Label
  /// Whether each form gets a row below its entry.
  public var showsForms: Bool
  /// Entries to write at most; nil for all.
  public var limit: Int?

  /// Makes a report.
  public init(label: Label = .complaint, showsForms: Bool = false, limit: Int? = nil) {
    self.label = label
    self.showsForms = showsForms
    self.limit = limit
  }

  /// A table with what the label of the report says of each entry.
  public func text(_ entries: [Frequencies.Entry]) -> String {
    var table = Table([
      "entry", ">messages", ">overall %", ">\(label.rawValue) %", ">rest %", ">T/O", ">senders",
      ">in errors", "marks",
    ])
    for entry in entries.prefix(limit ?? entries.count) {
      let isAsked = entry.base.with(label) + entry.base.without(label) > 0
      table.add([
        entry.id, "\(entry.occurrences.messages)", Figure.percent(entry.overall),
        isAsked ? Figure.percent(entry.tagged(label)) : "–",
        isAsked ? Figure.percent(entry.rest(label)) : "–",
        entry.ratio(label).map(Figure.share) ?? "–", "\(entry.senders)", "\(entry.errors)",
        marks(entry).joined(separator: ", "),
      ])
      guard showsForms else { continue }
      for form in entry.forms {
        let found = form.occurrences
        table.add([
          "  " + form.text, "\(found.messages)",
          Figure.percent(Frequencies.share(found.messages, entry.base.messages)),
          isAsked
            ? Figure.percent(Frequencies.share(found.with(label), entry.base.with(label))) : "–",
          isAsked
            ? Figure.percent(Frequencies.share(found.without(label), entry.base.without(label)))
            : "–",
          entry.ratio(form, label).map(Figure.share) ?? "–",
        ])
      }
    }
    return table.write(.text)
  }

  /// A row an entry (and form), with the shares of all five labels, safe for spreadsheets.
  public func tsv(_ entries: [Frequencies.Entry]) -> String {
    var table = Table(
      ["entry", "form", "language", "messages", "overall %"]
        + FrequencyReport.labels.flatMap { label in
          [" %", " rest %", " T/O"].map { label.rawValue + $0 }
        } + ["senders", "in errors", "marks"])
    for entry in entries.prefix(limit ?? entries.count) {
      table.add(
        row(entry, "", entry.occurrences)
          + ["\(entry.senders)", "\(entry.errors)", marks(entry).joined(separator: ", ")])
      guard showsForms else { continue }
      for form in entry.forms { table.add(row(entry, form.text, form.occurrences)) }
    }
    return table.write(.tsv)
  }

  private func row(
    _ entry: Frequencies.Entry, _ form: String, _ found: Occurrences
  ) -> [String] {
    [
      entry.id, form, entry.language, "\(found.messages)",
      Figure.percent(Frequencies.share(found.messages, entry.base.messages)),
    ]
      + FrequencyReport.labels.flatMap { label -> [String] in
        let tagged = Frequencies.share(found.with(label), entry.base.with(label))
        let rest = Frequencies.share(found.without(label), entry.base.without(label))
        return [
          Figure.percent(tagged), Figure.percent(rest),
          Frequencies.ratio(tagged, rest).map { Figure.decimals($0, 2) } ?? "",
        ]
      }
  }

  /// What an analyst should look at.
  private func marks(_ entry: Frequencies.Entry) -> [String] {
    var marks: [String] = []
    if entry.isOperator { marks.append("operator") }
    if entry.isDead { marks.append("dead") }
    if let other = entry.coveredBy.first { marks.append("redundant: \(other)") }
    if let other = entry.alwaysWith.first { marks.append("always with \(other)") }
    return marks
  }

  /// An object a line, an entry each.
  public func json(_ entries: [Frequencies.Entry]) -> [UInt8] {
    var writer = JSONWriter()
    for entry in entries.prefix(limit ?? entries.count) {
      writer.openObject()
      writer.key("entry")
      writer.string(entry.id)
      writer.key("lang")
      writer.string(entry.language)
      figures(entry.occurrences, entry.base, into: &writer)
      writer.key("senders")
      writer.integer(entry.senders)
      writer.key("in_errors")
      writer.integer(entry.errors)
      writer.key("marks")
      let names = [("operator", entry.isOperator), ("dead", entry.isDead)]
      writer.strings(names.filter(\.1).map(\.0))
      writer.key("covered_by")
      writer.strings(entry.coveredBy)
      writer.key("always_with")
      writer.strings(entry.alwaysWith)
      if showsForms {
        writer.key("forms")
        writer.openArray()
        for form in entry.forms {
          writer.openObject()
          writer.key("form")
          writer.string(form.text)
          figures(form.occurrences, entry.base, into: &writer)
          writer.closeObject()
        }
        writer.closeArray()
      }
      writer.closeObject()
      writer.endLine()
    }
    return writer.finish()
  }

  private func figures(
    _ found: Occurrences, _ base: Occurrences, into writer: inout JSONWriter
  ) {
    writer.key("messages")
    writer.integer(found.messages)
    writer.key("overall")
    writer.score(Frequencies.share(found.messages, base.messages))
    writer.key("labels")
    writer.openObject()
    for label in FrequencyReport.labels where base.with(label) + base.without(label) > 0 {
      let tagged = Frequencies.share(found.with(label), base.with(label))
      let rest = Frequencies.share(found.without(label), base.without(label))
      writer.key(label.rawValue)
      writer.openObject()
      writer.key("tagged")
      writer.score(tagged)
      writer.key("rest")
      writer.score(rest)
      if let ratio = Frequencies.ratio(tagged, rest) {
        writer.key("ratio")
        writer.score(ratio)
      }
      writer.closeObject()
    }
    writer.closeObject()
  }
}
