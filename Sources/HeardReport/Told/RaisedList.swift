internal import Heard
public import HeardBatch
internal import HeardInput
public import HeardThemes

/// Who raised a theme: the messages, and the pseudonyms of who sent them.
public struct RaisedMessage: Hashable, Sendable {
  /// Id of the theme.
  public var theme: String
  /// The theme as people read it.
  public var text: String
  /// Id of the message.
  public var id: String
  /// When it was sent, seconds since 1970; nil when nobody knows.
  public var time: Int64?
  /// Pseudonym of who sent it; nil when it names no sender.
  public var sender: String?
}

/// Collects who raised the themes of a report.
public struct RaisedList {
  /// The name and version of the lines.
  static let schema = "heard-raised/1"

  private let themes: [Theme]
  private let members: ThemeMembers
  private var messages: [(theme: Int, message: RaisedMessage)] = []

  /// Takes the themes.
  public init(_ themes: [Theme]) {
    self.themes = themes
    members = ThemeMembers(themes)
  }

  /// Takes a record, which may have raised some.
  public mutating func add(_ record: borrowing JudgedRecord) {
    guard record.errorCode == nil, let id = record.id else { return }
    for place in members.themes(of: id) {
      messages.append(
        (
          place,
          RaisedMessage(
            theme: themes[place].id, text: themes[place].surface, id: id, time: record.time,
            sender: record.sender)
        ))
    }
  }

  /// The list as JSON lines: by theme in the order of the report, then by time and id.
  public func lines() -> [UInt8] {
    var writer = JSONWriter()
    let sorted = messages.sorted { one, other in
      if one.theme != other.theme { return one.theme < other.theme }
      if one.message.time != other.message.time {
        return (one.message.time ?? .max) < (other.message.time ?? .max)
      }
      return Array(one.message.id.utf8).lexicographicallyPrecedes(other.message.id.utf8)
    }
    var last: RaisedMessage?
    for (_, message) in sorted where message != last {
      last = message
      writer.openObject()
      for (key, text) in [
        ("schema", RaisedList.schema), ("theme", message.theme), ("text", message.text),
        ("id", message.id),
      ] {
        writer.key(key)
        writer.string(text)
      }
      writer.key("time")
      if let time = message.time.flatMap(Timestamp.text) {
        writer.string(time)
      } else {
        writer.null()
      }
      writer.key("sender")
      if let sender = message.sender { writer.string(sender) } else { writer.null() }
      writer.closeObject()
      writer.endLine()
    }
    return writer.finish()
  }

  /// Reads such a list.
  public static func read(_ path: String) throws(ToldError) -> [RaisedMessage] {
    try ToldLines.read(path, schema: schema).map { line in
      RaisedMessage(
        theme: line.text("theme"), text: line.text("text"), id: line.text("id"),
        time: Timestamp.seconds(Array(line.text("time").utf8)), sender: line.texts["sender"]?.first)
    }
  }
}
