internal import Foundation
public import HeardCorpus

/// A labelled message as a line of our corpus format.
public struct LabelRecord: Sendable {
  /// Classes by key.
  public static let classes: [(key: Character, name: String)] = [
    ("c", "complaint"), ("q", "question"), ("r", "request"), ("p", "praise"), ("a", "auto"),
    ("o", "other"),
  ]
  /// Tags by key; anger comes of its level.
  public static let tags: [(key: Character, name: String)] = [
    ("e", "expectation-gap"), ("s", "staff-targeted"), ("d", "pricing-dispute"),
  ]
  /// Signals by key.
  public static let signals: [(key: Character, name: String)] = [
    ("v", "poor-service"), ("m", "pricing-opinion"),
  ]

  /// The message's id.
  public var id: String
  /// `nl`, `pl` or `en`.
  public var language: String
  /// Its text, or the path of its mail.
  public var content: LabelledMessage.Content
  /// One of `classes`; nil until it is chosen.
  public var messageClass: String?
  /// 0 … 3.
  public var anger = 0
  /// Of `tags`; they hold for complaints only.
  public var tags: Set<String> = []
  /// Of `signals`.
  public var signals: Set<String> = []

  /// A record without labels.
  public init(_ message: LabelledMessage) {
    id = message.id
    language = message.language
    content = message.content
  }

  /// The tags that a record carries: none unless it is a complaint, `anger` from level 1.
  public var heldTags: [String] {
    guard messageClass == "complaint" else { return [] }
    return LabelRecord.tags.map(\.name).filter(tags.contains) + (anger > 0 ? ["anger"] : [])
  }

  /// The line, without its end.
  public var line: String {
    func list(_ names: [String]) -> String {
      "[" + names.map(ConcordanceReport.quoted).joined(separator: ",") + "]"
    }
    let body: (String, String) =
      switch content {
      case .text(let text): ("text", text)
      case .mail(let path): ("file", path)
      }
    let members = [
      "\"id\":\(ConcordanceReport.quoted(id))", "\"lang\":\(ConcordanceReport.quoted(language))",
      "\"\(body.0)\":\(ConcordanceReport.quoted(body.1))",
      "\"class\":\(ConcordanceReport.quoted(messageClass ?? "other"))", "\"anger\":\(anger)",
      "\"tags\":\(list(heldTags))",
      "\"signals\":\(list(LabelRecord.signals.map(\.name).filter(signals.contains)))",
    ]
    return "{" + members.joined(separator: ",") + "}"
  }

  /// Labels of a line of the corpus format; nil for a line that has none.
  struct Labels {
    var id: String
    var messageClass: String
    var anger: Int
    var tags: Set<String>

    init?(line: String) {
      guard
        let row = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let id = row["id"] as? String, let messageClass = row["class"] as? String
      else { return nil }
      self.id = id
      self.messageClass = messageClass
      anger = (row["anger"] as? NSNumber)?.intValue ?? 0
      tags = Set(row["tags"] as? [String] ?? [])
    }
  }
}
