internal import Heard

/// What ``Fairness`` found, as text and JSON; ids and single words, no messages.
public enum FairnessReport {
  /// A table of counts, then a paragraph a change.
  public static func text(_ fairness: Fairness, limit: Int) -> String {
    var text = "| lang | swap | tried | changed |\n| --- | --- | ---: | ---: |\n"
    for count in fairness.counts {
      text += "| \(count.language) | \(count.kind) | \(count.tried) | \(count.changed) |\n"
    }
    for change in fairness.changes.prefix(limit) {
      let words = change.swaps.map { "\($0.from) → \($0.to)" }
      text += "\n\(change.id) (\(change.kind)): \(words.joined(separator: ", "))\n"
      text += line("class", change.before.messageClass, change.after.messageClass)
      text += line(
        "tags", change.before.tags.joined(separator: ", "),
        change.after.tags.joined(separator: ", "))
      text += line("queue", change.before.queue, change.after.queue)
      for shift in change.shifts.prefix(6) {
        text += "  \(signed(shift.milli)) \(shift.kind)  \(shift.entry)\n"
      }
    }
    let hidden = fairness.changes.count - min(limit, fairness.changes.count)
    if hidden > 0 { text += "\n\(hidden) more; --show lists more of them\n" }
    return text
  }

  private static func line(_ name: String, _ before: String, _ after: String) -> String {
    guard before != after else { return "" }
    return "  \(name): \(before.isEmpty ? "–" : before) → \(after.isEmpty ? "–" : after)\n"
  }

  private static func signed(_ milli: Int) -> String {
    let fraction = String(milli.magnitude % 1000)
    return (milli < 0 ? "−" : "+") + "\(milli.magnitude / 1000)."
      + String(repeating: "0", count: 3 - fraction.count) + fraction
  }

  /// One object: `counts` and `changes`.
  public static func json(_ fairness: Fairness) -> [UInt8] {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("counts")
    writer.openArray()
    for count in fairness.counts {
      writer.openObject()
      writer.key("language")
      writer.string(count.language)
      writer.key("swap")
      writer.string(count.kind)
      writer.key("tried")
      writer.integer(count.tried)
      writer.key("changed")
      writer.integer(count.changed)
      writer.closeObject()
    }
    writer.closeArray()
    writer.key("changes")
    writer.openArray()
    for change in fairness.changes { write(change, into: &writer) }
    writer.closeArray()
    writer.closeObject()
    writer.endLine()
    return writer.finish()
  }

  private static func write(_ change: Fairness.Change, into writer: inout JSONWriter) {
    writer.openObject()
    writer.key("id")
    writer.string(change.id)
    writer.key("language")
    writer.string(change.language)
    writer.key("swap")
    writer.string(change.kind)
    writer.key("words")
    writer.openArray()
    for swap in change.swaps { writer.strings([swap.from, swap.to]) }
    writer.closeArray()
    for (name, verdict) in [("before", change.before), ("after", change.after)] {
      writer.key(name == "before" ? "before" : "after")
      writer.openObject()
      writer.key("class")
      writer.string(verdict.messageClass)
      writer.key("tags")
      writer.strings(verdict.tags)
      writer.key("queue")
      writer.string(verdict.queue)
      writer.closeObject()
    }
    writer.key("entries")
    writer.openArray()
    for shift in change.shifts {
      writer.openObject()
      writer.key("entry")
      writer.string(shift.entry)
      writer.key("tag")
      writer.string(shift.kind)
      writer.key("difference")
      writer.thousandths(shift.milli)
      writer.closeObject()
    }
    writer.closeArray()
    writer.closeObject()
  }
}
