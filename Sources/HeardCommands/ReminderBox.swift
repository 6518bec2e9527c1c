internal import Glibc
internal import Heard
internal import HeardCases
internal import HeardDeadlines
internal import HeardInput
internal import HeardRouter
internal import HeardSources

/// What a reminder says: ids and times, nothing that a customer wrote.
enum ReminderText {
  /// Names a reminder: the same one has the same name, another of the same clock or of a message that
  /// is called the same has not.
  static func name(_ item: DueItem) -> String {
    let key =
      "\(item.handle)\n\(item.message)\n\(item.regime)\n\(item.step.rawValue)\n\(item.due)\n"
      + (item.reminder.map(String.init) ?? "")
    return String(SHA256.name(Array(key.utf8)).dropFirst(7).prefix(24))
  }

  /// One line of JSON for the queue `reminders`.
  static func record(_ item: DueItem, now: Int64) -> String {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("schema")
    writer.string("heard-reminder/1")
    writer.key("id")
    writer.string("reminder-\(name(item))")
    writer.key("queue")
    writer.string("reminders")
    writer.key("about")
    writer.openObject()
    DueList.write(item, now: now, into: &writer)
    writer.closeObject()
    writer.closeObject()
    return String(decoding: writer.finish(), as: UTF8.self)
  }

  /// A mail (RFC 5322) that is marked as sent by a program (RFC 3834).
  static func mail(_ item: DueItem, now: Int64) -> String {
    let left = DueList.daysLeft(item, now: now)
    let when = item.due < now ? "overdue" : left == 0 ? "due today" : "due in \(left) days"
    let reference =
      item.message.contains("@") && item.message.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    var lines = [
      "From: heard <heard@localhost>",
      "To: \(item.queue) <\(item.queue)@localhost>",
      "Subject: \(item.step.rawValue) \(when): \(item.queue), \(item.regime)",
      "Date: \(date(now))",
      "Message-ID: <reminder-\(name(item))@heard.localhost>",
      "Auto-Submitted: auto-generated",
      "X-Heard-Queue: reminders",
      "X-Heard-Due: \(ISOTime.text(item.due)); regime=\(item.regime)",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: 8bit",
    ]
    if reference, item.message.utf8.count < 900 {
      lines.append("References: <\(item.message)>")
    }
    lines += [
      "", "\(item.step.rawValue): \(when)", "", "due:        \(DueList.local(item))",
      "regime:     \(item.regime)", "queue:      \(item.queue)",
      "message:    \(Printable.text(item.message))",
      "received:   \(ISOTime.text(item.received))", "contacts:   \(item.contacts)",
      "in time:    when \(item.meetsBy)", "on silence: \(item.onSilence)", "",
    ]
    return lines.joined(separator: "\n")
  }

  /// As `Sat, 21 Nov 2026 10:00:00 +0000`.
  private static func date(_ seconds: Int64) -> String {
    let text = ISOTime.text(seconds)
    guard let day = CivilDate(text.prefix(10)) else { return text }
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return "\(weekdays[day.weekday.rawValue - 1]), \(day.day) \(months[day.month - 1]) \(day.year) "
      + "\(text.dropFirst(11).prefix(8)) +0000"
  }
}

/// The Maildir of the queue `reminders`.
struct ReminderBox {
  /// The Maildir; its folders are made.
  let folder: String

  /// Writes a reminder whole or not at all; one that is there already is left.
  ///
  /// Its name is made of what it says, so that one that is delivered again after a crash replaces
  /// itself.
  func deliver(_ item: DueItem, now: Int64) throws(Failure) {
    for path in [parent, folder, "\(folder)/tmp", "\(folder)/new", "\(folder)/cur"] {
      guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
    }
    let name = "heard-\(ReminderText.name(item))"
    let temporary = "\(folder)/tmp/\(name).\(getpid())"
    // Of a process with the same number, that was killed.
    unsafe unlink(temporary)
    do throws(SystemFailure) {
      let file = try FileDescriptor(creating: temporary, mode: 0o600)
      try file.write(Array(ReminderText.mail(item, now: now).utf8))
      try file.synchronize()
      guard unsafe rename(temporary, "\(folder)/new/\(name)") == 0 else { throw SystemFailure() }
      // The account holds a reminder for sent once this returns, so its name must be on disk.
      try FileDescriptor(folder: "\(folder)/new").synchronize()
    } catch {
      unsafe unlink(temporary)
      throw Failure(.cannotCreate, "\(folder)/new: cannot be written: \(error)")
    }
  }

  private var parent: String {
    let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count > 1 ? parts.dropLast().joined(separator: "/") : "."
  }

  private func failure(_ path: String) -> Failure {
    Failure(.cannotCreate, "\(path): cannot be written: \(Terminal.systemReason())")
  }
}
