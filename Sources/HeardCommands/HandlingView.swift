internal import Heard
internal import HeardDeadlines
internal import HeardMail
internal import HeardRouter
internal import HeardStaff
internal import HeardText

/// The handling of a message as lines for people.
enum HandlingView {
  /// A line for each thing that is known.
  static func text(_ handling: Handling, _ message: Message) -> String {
    lines(handling, message).map { "\($0.0): \($0.1)\n" }.joined()
  }

  /// Names and values.
  static func lines(
    _ handling: Handling, _ message: Message, staff: StaffDirectory? = nil
  ) -> [(String, String)] {
    var lines: [(String, String)] = []
    if let received = handling.received { lines.append(("received", ISOTime.text(received))) }
    if let thread = handling.thread {
      let count = thread.contacts == 1 ? "1 message" : "\(thread.contacts) messages"
      let queue = thread.queue.map { ", last in \($0)" } ?? ""
      let changes =
        thread.handOvers == 0 ? "" : ", handed over \(thread.handOvers)×"
      lines.append(
        ("conversation", "\(count) before\(queue)\(changes), heat \(thread.trend.rawValue)"))
    }
    for party in handling.parties ?? [] {
      var value = party.people.map { id in staff?.person(id).map { "\(id) \($0.name)" } ?? id }
        .joined(separator: " or ")
      if let certainty = party.certainty { value += " (\(certainty.rawValue))" }
      let names = party.mentions.compactMap { mention in
        message.parts.first { $0.name == mention.part }
          .map { Printable.text($0.bytes[mention.range.range]) }
      }
      if !names.isEmpty { value += ", as " + names.map { "‘\($0)’" }.joined(separator: ", ") }
      lines.append((party.role.rawValue, value))
    }
    for clock in handling.due ?? [] {
      lines.append(("due", due(clock)))
    }
    return lines
  }

  /// A clock in a line.
  static func due(_ clock: DeadlineClock) -> String {
    var text = "\(clock.step.rawValue) by \(clock.clock.text(clock.due)) (\(clock.regime)"
    if clock.confidence != .high { text += ", confidence \(clock.confidence.rawValue)" }
    text += ")"
    if let extended = clock.extended {
      text += "; extension to \(clock.clock.day(at: extended))"
    }
    if !clock.onSilence.isEmpty { text += "; on silence: \(clock.onSilence)" }
    return text
  }
}
