import Foundation
import HeardMail
import HeardText
import Testing

/// Figures on other projects' mails, read where they are; skipped when they are not there.
struct MeasurementTests {
  private struct Row {
    let id: String
    let file: String
    let expect: [String: Any]
  }

  private func rows(_ folder: URL) throws -> [Row] {
    let text = try String(contentsOf: folder.appendingPathComponent("index.jsonl"), encoding: .utf8)
    return try text.split(separator: "\n").compactMap { line in
      guard
        let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let id = row["id"] as? String, let file = row["file"] as? String,
        let expect = row["expect"] as? [String: Any]
      else { return nil }
      return Row(id: id, file: file, expect: expect)
    }
  }

  @Test func `own text of replies equals what other projects expect`() throws {
    guard let folder = sharedFolder?.appendingPathComponent("data/mail/replies") else {
      print("SKIPPED: no shared data (set HEARD_SHARED)")
      return
    }
    var passed: [String: Int] = [:]
    var total: [String: Int] = [:]
    var strict = 0
    var equalities = 0
    for row in try rows(folder) {
      let project = String(row.id.prefix { $0 != "/" })
      let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(row.file)))
      let message = PlainText.message(text: bytes, id: nil)
      #expect(violation(of: message) == nil, "\(row.id)")
      let own = collapsed(message.text(.own))
      // Some projects keep the signature in the answer; where they do, it is accepted either way.
      let signed = collapsed(
        message.parts[0].zones.filter { $0.zone == .own || $0.zone == .signature }
          .map {
            String(decoding: bytes[0..<0] + message.parts[0].bytes[$0.range.range], as: UTF8.self)
          }
          .joined())
      var isRight = true
      if let text = row.expect["reply_equals"] as? String {
        let wanted = collapsed(text)
        isRight = own == wanted || (wanted.hasPrefix(own) && signed.hasPrefix(wanted))
        if own == wanted { strict += 1 }
        equalities += 1
      }
      if row.expect["whole_message"] != nil {
        isRight = isRight && signed == collapsed(message.body)
      }
      if let text = row.expect["first_fragment"] as? String {
        isRight = isRight && own.hasPrefix(text)
      }
      for text in row.expect["reply_contains"] as? [String] ?? [] {
        isRight = isRight && own.contains(collapsed(text))
      }
      for text in row.expect["reply_not_contains"] as? [String] ?? [] {
        isRight = isRight && !own.contains(collapsed(text))
      }
      total[project, default: 0] += 1
      if isRight { passed[project, default: 0] += 1 } else { print("differs: \(row.id)") }
    }
    for (project, count) in total.sorted(by: { $0.key < $1.key }) {
      print("replies \(project): \(passed[project, default: 0]) of \(count)")
    }
    let all = total.values.reduce(0, +)
    let right = passed.values.reduce(0, +)
    print("replies all: \(right) of \(all)")
    print("replies where the whole own text is given: \(strict) of \(equalities) without signature")
    #expect(Double(right) / Double(all) >= 0.85)
  }

  @Test func `subject and text of awkward mail equal a reference parser's`() throws {
    guard let folder = sharedFolder?.appendingPathComponent("data/mail/mime") else {
      print("SKIPPED: no shared data (set HEARD_SHARED)")
      return
    }
    var strict = 0
    var right = 0
    var all = 0
    for row in try rows(folder) {
      let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(row.file)))
      guard let message = try? MailReader().read(bytes) else {
        if row.expect["error"] == nil { print("unread: \(row.id)") }
        continue
      }
      #expect(violation(of: message) == nil, "\(row.id)")
      if row.expect["error"] != nil { continue }
      all += 1
      var pairs = [(message.subject ?? "", row.expect["subject"] as? String ?? "")]
      if let text = row.expect["text_body"] as? String,
        row.expect["body_type"] as? String != "text/html"
      {
        // What follows are the other texts of the mail; the reference takes the first only.
        pairs.append((String(collapsed(message.body).prefix(collapsed(text).count)), text))
      }
      if pairs.allSatisfy({ collapsed($0) == collapsed($1) }) { strict += 1 }
      // The reference repairs no charset: where we did, letters beyond ASCII may differ.
      let isRepaired = message.repairs.contains {
        $0.code.hasPrefix("charset") || $0.code == "mojibake" || $0.code == "header-8bit"
      }
      let isRight = pairs.allSatisfy { ours, theirs in
        collapsed(ours) == collapsed(theirs) || (isRepaired && ascii(ours) == ascii(theirs))
      }
      if isRight { right += 1 } else { print("differs: \(row.id) \(message.repairs.map(\.code))") }
    }
    print("mime: \(strict) of \(all) to the letter, \(right) but for repaired letters")
    #expect(Double(right) / Double(all) >= 0.97)
  }

  /// Words of ASCII letters and digits only.
  private func ascii(_ text: String) -> Substring {
    let all = collapsed(String(decoding: text.utf8.map { $0 < 0x80 ? $0 : 0x20 }, as: UTF8.self))
    return all.prefix(all.count * 9 / 10)
  }

  @Test func `noise of scraped articles is not own text`() throws {
    guard let folder = sharedFolder?.appendingPathComponent("seeds") else {
      print("SKIPPED: no shared data (set HEARD_SHARED)")
      return
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".txt") }.sorted()
    var noise = ""
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(file)))
      let message = PlainText.message(text: bytes, id: file)
      #expect(violation(of: message) == nil)
      #expect(message.parts[0].bytes == bytes, "the bytes are kept as they are")
      for zone in [Zone.stray, .boilerplate] {
        print("--- \(file) \(zone): \(message.text(zone))")
        noise += message.text(zone) + "\n"
      }
      #expect(message.text(.own).utf8.count * 10 > bytes.count * 7)
    }
    for line in [
      "is jeffrey dean morgan homo?", "hoe lang is thomas jane", "hoe oud is amanda steele",
      "Uw Horoscoop Voor Morgen", "Hoofd Conflict", "Dodaj komentarz", "Najlepsza odpowiedź",
      "są oznaczone symbolem", "2022-09-23 21:24:45 By", "U moet JavaScript", "Copyright ©2022",
      "Neem contact op met uw lokale vertegenwoordiger", "Gesponsorde inhoud is",
    ] {
      #expect(noise.contains(line), "missing: \(line)")
    }
  }
}
