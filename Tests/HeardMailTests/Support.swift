import Foundation
import HeardMail
import HeardText

/// Folder of the data that are not part of this package; nil when they are not there.
let sharedFolder: URL? = {
  let environment = ProcessInfo.processInfo.environment["HEARD_SHARED"]
  let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let beside = root.deletingLastPathComponent().appendingPathComponent("shared")
  let folder = environment.map { URL(fileURLWithPath: $0) } ?? beside
  return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()

extension Message {
  /// The text of one zone of the body, as it stands.
  func text(_ zone: Zone, of name: TextPart.Name = .body) -> String {
    var out: [UInt8] = []
    for part in parts where part.name == name {
      for span in part.zones where span.zone == zone {
        out.append(contentsOf: part.bytes[span.range.range])
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The whole body.
  var body: String {
    String(decoding: parts.first { $0.name == .body }?.bytes ?? [], as: UTF8.self)
  }

  /// The subject, if there is one.
  var subject: String? {
    parts.first { $0.name == .subject }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }
}

/// White space as one space, none at the ends.
func collapsed(_ text: String) -> String {
  text.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
}

/// Law 5: zones ascend without gap or overlap from 0 to the end; and the bytes are valid UTF-8.
func violation(of message: Message) -> String? {
  for part in message.parts {
    var at: UInt32 = 0
    for span in part.zones {
      if span.range.start != at { return "\(part.name): gap or overlap at byte \(at)" }
      if span.range.end <= span.range.start { return "\(part.name): empty span at byte \(at)" }
      at = span.range.end
    }
    if Int(at) != part.bytes.count {
      return "\(part.name): zones end at \(at) of \(part.bytes.count)"
    }
    if String(validating: part.bytes, as: UTF8.self) == nil { return "\(part.name): invalid UTF-8" }
    if part.bytes.contains(0x0D) || part.bytes.contains(0) { return "\(part.name): CR or NUL" }
  }
  return nil
}
