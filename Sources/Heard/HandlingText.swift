internal import HeardDeadlines
internal import HeardMail
public import HeardRouter
internal import HeardStaff
internal import HeardText

/// What records, packets and lists say of the handling of a message.
public enum HandlingText {
  /// Writes the members that are known into the open object: `received`, `thread`, `parties`, `due`.
  public static func write(_ handling: Handling, into writer: inout JSONWriter) {
    if let received = handling.received {
      writer.key("received")
      writer.string(ISOTime.text(received))
    }
    if let thread = handling.thread {
      writer.key("thread")
      writer.openObject()
      writer.key("contacts")
      writer.integer(thread.contacts)
      if let queue = thread.queue {
        writer.key("queue")
        writer.string(queue)
      }
      writer.key("trend")
      writer.string(thread.trend.rawValue)
      writer.key("handOvers")
      writer.integer(thread.handOvers)
      writer.closeObject()
    }
    if let parties = handling.parties {
      writer.key("parties")
      writer.openArray()
      for party in parties { write(party, into: &writer) }
      writer.closeArray()
    }
    if let due = handling.due {
      writer.key("due")
      writer.openArray()
      for clock in due { write(clock, into: &writer) }
      writer.closeArray()
    }
  }

  private static func write(_ party: Party, into writer: inout JSONWriter) {
    writer.openObject()
    writer.key("role")
    writer.string(party.role.rawValue)
    writer.key("people")
    writer.strings(party.people)
    if let certainty = party.certainty {
      writer.key("certainty")
      writer.string(certainty.rawValue)
    }
    if !party.mentions.isEmpty {
      writer.key("mentions")
      writer.openArray()
      for mention in party.mentions {
        writer.openObject()
        writer.key("part")
        writer.string(mention.part.rawValue)
        writer.key("bytes")
        writer.openArray()
        writer.integer(Int(mention.range.start))
        writer.integer(Int(mention.range.end))
        writer.closeArray()
        writer.closeObject()
      }
      writer.closeArray()
    }
    writer.closeObject()
  }

  private static func write(_ clock: DeadlineClock, into writer: inout JSONWriter) {
    writer.openObject()
    writer.key("regime")
    writer.string(clock.regime)
    writer.key("step")
    writer.string(clock.step.rawValue)
    writer.key("due")
    writer.string(ISOTime.text(clock.due))
    writer.key("day")
    writer.string(clock.day.description)
    writer.key("zone")
    writer.string(clock.clock.zone)
    if let extended = clock.extended {
      writer.key("extended")
      writer.string(ISOTime.text(extended))
    }
    writer.key("meetsBy")
    writer.string(clock.meetsBy.rawValue)
    if !clock.onSilence.isEmpty {
      writer.key("onSilence")
      writer.string(clock.onSilence)
    }
    writer.key("confidence")
    writer.string(clock.confidence.rawValue)
    writer.closeObject()
  }
}
