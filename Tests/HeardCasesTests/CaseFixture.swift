import Foundation
import Heard
import HeardCases
import HeardClassifier
import HeardLexicon
import HeardMail
import HeardRouter
import HeardText

/// A folder of its own for a real file, removed when the fixture goes.
final class CaseFixture {
  let folder: URL
  static let key = Array("a key of some length".utf8)
  /// 2026-06-01T10:00:00Z.
  static let start: Int64 = 1_780_308_000

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "heard-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var path: String { folder.appendingPathComponent("cases.db").path }

  func store(key: [UInt8] = CaseFixture.key, retain: Int64 = 90 * 86_400) throws -> CaseStore {
    try CaseStore(path: path, key: key, retain: retain)
  }

  /// All bytes of the file and its log.
  func bytes() throws -> Data {
    var all = Data()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      all += try Data(contentsOf: folder.appendingPathComponent(name))
    }
    return all
  }
}

/// A mail of these headers and this text.
func mail(
  _ id: String, from: String = "sanne@example.org", subject: String = "Levering",
  text: String = "x",
  headers: [HeaderField] = []
) -> Message {
  var lines = "From: <\(from)>\nTo: <help@shop.example>\nSubject: \(subject)\nMessage-ID: <\(id)>\n"
  for field in headers { lines += "\(field.name): \(field.value)\n" }
  let read = try? MailReader().read(Array("\(lines)\n\(text)\n".utf8))
  return read ?? Message()
}

func judged(_ messageClass: MessageClass = .complaint, anger: Int = 0, signals: [EvidenceKind] = [])
  -> Assessment
{
  var assessment = Assessment()
  assessment.messageClass = messageClass
  assessment.anger = anger
  assessment.signals = signals
  assessment.language = .dutch
  return assessment
}

func decision(_ queue: String) -> Decision {
  Decision(queue: queue, priority: "normal", rule: "r", steps: [], obligations: [])
}
