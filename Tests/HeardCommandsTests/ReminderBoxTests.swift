import Foundation
import HeardCases
import Testing

@testable import HeardCommands

/// Reminders as mails in a Maildir.
@Suite struct ReminderBoxTests {
  private static func item(_ handle: String, reminder: Int64) -> DueItem {
    var item = DueItem(regime: "pl-consumer")
    item.handle = handle
    item.message = "1.eml"
    item.queue = "complaints"
    item.due = 1_780_308_000
    item.zone = "Europe/Warsaw"
    item.reminder = reminder
    return item
  }

  /// Two customers' mails may be called the same, and a clock may be reminded of twice.
  @Test func everyReminderHasItsOwnFile() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "heard-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let box = ReminderBox(folder: folder.appendingPathComponent("reminders").path)
    let items = [
      Self.item("message-a", reminder: 1), Self.item("message-b", reminder: 1),
      Self.item("message-a", reminder: 2),
    ]
    for item in items + items { try box.deliver(item, now: 1_780_000_000) }
    let new = try FileManager.default.contentsOfDirectory(atPath: box.folder + "/new")
    #expect(new.count == 3, "each once, whatever is delivered again")
    #expect(try FileManager.default.contentsOfDirectory(atPath: box.folder + "/tmp").isEmpty)
    let ids = try new.map { name in
      try String(contentsOfFile: "\(box.folder)/new/\(name)", encoding: .utf8)
        .split(separator: "\n").first { $0.hasPrefix("Message-ID:") }
    }
    #expect(Set(ids).count == 3)
  }

  @Test func aStrangersIdSteersNothing() throws {
    var one = Self.item("message-a", reminder: 1)
    one.message = "\u{1B}[31mred\u{9B}2J\u{202E}@x"
    var other = Self.item("", reminder: 1)
    other.message = ""
    for text in [
      DueList(items: [one], now: 0).text(.text), DueList(items: [one], now: 0).text(.ics),
      ReminderText.mail(one, now: 0),
    ] {
      #expect(text.unicodeScalars.allSatisfy { !("\u{7F}"..."\u{9F}").contains($0) })
      #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
    }
    // Of records that have no id each is an event of its own.
    let events = DueList(items: [other, other], now: 0).text(.ics).split(separator: "\r\n")
      .filter { $0.hasPrefix("UID:") }
    #expect(Set(events).count == 2)
  }
}
