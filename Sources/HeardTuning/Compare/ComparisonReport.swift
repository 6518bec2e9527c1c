internal import Heard
public import HeardCorpus
internal import HeardLexicon
public import HeardStatistics

/// A comparison as a page or as JSON; it names messages by id and shows no text.
public enum ComparisonReport {
  /// Causes of one message to name at most.
  private static let causeLimit = 3

  /// The page.
  ///
  /// - Parameter samples: how many of the messages that moved are listed.
  public static func page(_ comparison: Comparison, _ form: Table.Form, samples: Int) -> String {
    let moved = comparison.moved
    var text =
      "\(comparison.messages) messages, \(moved.count) \(comparison.countsDuties ? "changed" : "moved"): "
      + "class \(moved.count { $0.old.messageClass != $0.new.messageClass }), "
      + "tags \(moved.count { $0.old.tags != $0.new.tags }), "
      + "queue \(moved.count { $0.old.queue != $0.new.queue })"
    if comparison.countsDuties {
      text += ", priority \(moved.count { $0.old.priority != $0.new.priority })"
      text += ", steps or obligations \(moved.count { $0.old.duties != $0.new.duties })"
    }
    text += "\n"
    if comparison.errors > 0 { text += "errors: \(comparison.errors)\n" }
    var sections: [(String, Table)] = []
    for (title, pick) in [
      ("Classes: old in rows, new in columns", { $0.messageClass }),
      ("Queues: old in rows, new in columns", { $0.queue }),
    ] as [(String, (MovedMessage.Verdict) -> String)] {
      var matrix = Confusion()
      for one in moved where pick(one.old) != pick(one.new) {
        matrix.add(actual: pick(one.old), predicted: pick(one.new))
      }
      sections.append((title, EvaluationReport.matrix(matrix)))
    }
    sections.append(("Tags", tags(moved)))
    if comparison.countsDuties { sections.append(("Steps and obligations", duties(moved))) }
    sections.append(("Responsible", responsible(comparison)))
    sections.append(("Labelled messages", labels(comparison)))
    sections.append(("Messages", messages(moved.prefix(samples))))
    for (title, table) in sections where !table.isEmpty {
      text += "\n" + (form == .markdown ? "## " : "") + title + "\n\n" + table.write(form)
    }
    if moved.count > samples, samples > 0 { text += "… and \(moved.count - samples) more\n" }
    return text
  }

  private static func tags(_ moved: [MovedMessage]) -> Table {
    var table = Table(["tag", ">gained", ">lost"])
    for kind in EvidenceKind.scores where kind != .complaint {
      let gained = moved.count { !$0.old.tags.contains(kind) && $0.new.tags.contains(kind) }
      let lost = moved.count { $0.old.tags.contains(kind) && !$0.new.tags.contains(kind) }
      if gained + lost > 0 { table.add([kind.rawValue, "\(gained)", "\(lost)"]) }
    }
    return table
  }

  private static func duties(_ moved: [MovedMessage]) -> Table {
    var table = Table(["what", ">gained", ">lost"])
    let all = Set(moved.flatMap { $0.old.duties + $0.new.duties })
    for duty in all.sorted() {
      let gained = moved.count { !$0.old.duties.contains(duty) && $0.new.duties.contains(duty) }
      let lost = moved.count { $0.old.duties.contains(duty) && !$0.new.duties.contains(duty) }
      if gained + lost > 0 { table.add([duty, "\(gained)", "\(lost)"]) }
    }
    return table
  }

  private static func responsible(_ comparison: Comparison) -> Table {
    var table = Table(["what", "evidence", ">messages", ">mean difference"])
    for one in comparison.responsible.prefix(20) {
      table.add([
        one.name, one.kind, "\(one.messages)",
        one.kind == "rule" ? "" : signed(Double(one.milli) / Double(max(1, one.messages))),
      ])
    }
    return table
  }

  private static func labels(_ comparison: Comparison) -> Table {
    var table = Table(["label", ">n", ">F1 old", ">F1 new", ">gained", ">lost", ">p"])
    for label in comparison.labels {
      let hasF1 = label.old.total > 0
      table.add([
        label.name, "\(label.count)", hasF1 ? Figure.share(label.old.f1) : "",
        hasF1 ? Figure.share(label.new.f1) : "", "\(label.gained)", "\(label.lost)",
        Figure.decimals(label.probability, 4),
      ])
    }
    return table
  }

  private static func messages(_ moved: some Collection<MovedMessage>) -> Table {
    var table = Table(["message", "lang", "class", "tags", "queue", "because of"])
    for one in moved {
      let tags =
        one.new.tags.filter { !one.old.tags.contains($0) }.map { "+" + $0.rawValue }
        + one.old.tags.filter { !one.new.tags.contains($0) }.map { "-" + $0.rawValue }
      let causes = one.causes.prefix(causeLimit).map { cause in
        cause.kind == "rule"
          ? cause.name : "\(cause.name) \(signed(Double(cause.milli))) \(cause.kind)"
      }
      table.add([
        one.id, one.language, arrow(one.old.messageClass, one.new.messageClass),
        tags.joined(separator: " "), arrow(one.old.queue, one.new.queue),
        causes.joined(separator: ", "),
      ])
    }
    return table
  }

  private static func arrow(_ old: String, _ new: String) -> String {
    old == new ? old : "\(old) → \(new)"
  }

  private static func signed(_ milli: Double) -> String {
    (milli < 0 ? "" : "+") + Figure.decimals(milli / 1000, 2)
  }

  /// The comparison as one JSON object and a line's end.
  public static func json(_ comparison: Comparison, samples: Int) -> [UInt8] {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("messages")
    writer.integer(comparison.messages)
    writer.key("errors")
    writer.integer(comparison.errors)
    writer.key("moved")
    writer.integer(comparison.moved.count)
    writer.key("responsible")
    writer.openArray()
    for one in comparison.responsible {
      writer.openObject()
      named(one.name, one.kind, into: &writer)
      writer.key("messages")
      writer.integer(one.messages)
      writer.key("difference")
      writer.thousandths(one.milli)
      writer.closeObject()
    }
    writer.closeArray()
    writer.key("labels")
    writer.openArray()
    for label in comparison.labels { json(label, into: &writer) }
    writer.closeArray()
    writer.key("samples")
    writer.openArray()
    for one in comparison.moved.prefix(samples) {
      json(one, duties: comparison.countsDuties, into: &writer)
    }
    writer.closeArray()
    writer.closeObject()
    writer.endLine()
    return writer.finish()
  }

  private static func named(_ name: String, _ kind: String, into writer: inout JSONWriter) {
    writer.key("name")
    writer.string(name)
    writer.key("kind")
    writer.string(kind)
  }

  private static func json(_ label: Comparison.LabelChange, into writer: inout JSONWriter) {
    writer.openObject()
    writer.key("name")
    writer.string(label.name)
    writer.key("n")
    writer.integer(label.count)
    if label.old.total > 0 {
      writer.key("f1_old")
      writer.score(label.old.f1)
      writer.key("f1_new")
      writer.score(label.new.f1)
    }
    writer.key("gained")
    writer.integer(label.gained)
    writer.key("lost")
    writer.integer(label.lost)
    writer.key("p")
    writer.score(label.probability)
    writer.closeObject()
  }

  private static func json(
    _ one: MovedMessage, duties: Bool, into writer: inout JSONWriter
  ) {
    writer.openObject()
    writer.key("id")
    writer.string(one.id)
    writer.key("set")
    writer.string(one.set)
    writer.key("lang")
    writer.string(one.language)
    for (name, verdict) in [("old", one.old), ("new", one.new)] {
      writer.key(name)
      writer.openObject()
      writer.key("class")
      writer.string(verdict.messageClass)
      writer.key("tags")
      writer.strings(verdict.tags.map(\.rawValue))
      writer.key("queue")
      writer.string(verdict.queue)
      writer.key("rule")
      writer.string(verdict.rule)
      if duties {
        writer.key("priority")
        writer.string(verdict.priority)
        writer.key("duties")
        writer.strings(verdict.duties)
      }
      writer.closeObject()
    }
    writer.key("causes")
    writer.openArray()
    for cause in one.causes {
      writer.openObject()
      named(cause.name, cause.kind, into: &writer)
      writer.key("difference")
      writer.thousandths(cause.milli)
      writer.closeObject()
    }
    writer.closeArray()
    writer.closeObject()
  }
}
