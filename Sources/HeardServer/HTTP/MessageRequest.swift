internal import FoundationEssentials
internal import Heard
internal import HeardLexicon
internal import HeardMail
internal import HeardSources
internal import HeardText

/// A message as JSON: `{text, id?, lang?, meta?}`.
///
/// Unknown fields are refused: a misspelt one would otherwise be ignored in silence.
struct MessageRequest: Decodable {
  /// What is known of the message beside its text.
  struct Meta: Decodable {
    var subject: String?
    var from: String?
    var to: [String]

    init(from decoder: any Decoder) throws {
      let fields = try Fields(decoder, ["subject", "from", "to"])
      subject = try fields.text("subject", limit: 2_500)
      from = try fields.text("from", limit: 250)
      to = try fields.texts("to", count: 1_000, limit: 250)
    }
  }

  var text: String
  var id: MessageID
  var language: Language?
  var meta: Meta?

  /// Languages that a client may name.
  static let languages = ["nl", "pl", "en", "other", "und"]

  init(from decoder: any Decoder) throws {
    let fields = try Fields(decoder, ["text", "id", "lang", "meta"])
    guard let text = try fields.text("text", limit: .max) else {
      throw MessageRequestError(pointer: "/text", message: "the field is missing")
    }
    self.text = text
    if let id = try fields.text("id", limit: 250) { self.id = .text(id) } else { id = .none }
    if let code = try fields.text("lang", limit: 250) {
      guard let language = Language(code: code) else {
        throw MessageRequestError(
          pointer: "/lang", message: "use one of \(Self.languages.joined(separator: ", "))")
      }
      self.language = language
    }
    meta = try fields.object("meta", Meta.self)
  }

  /// The message to judge.
  var message: Message {
    var message = PlainText.message(text: Array(text.utf8), id: nil)
    guard let meta else { return message }
    if let subject = meta.subject, !subject.isEmpty {
      let parts = PlainText.message(text: Array(subject.utf8), id: nil).parts
      message.parts =
        parts.map { TextPart(name: .subject, bytes: $0.bytes, zones: $0.zones) } + message.parts
      message.headers.append(HeaderField(name: "Subject", value: subject))
    }
    if let from = meta.from { message.sender = Mailbox(name: "", address: from) }
    message.recipients = meta.to.map { Mailbox(name: "", address: $0) }
    return message
  }
}

/// What is wrong with a field, and where (RFC 6901).
struct MessageRequestError: Error {
  let pointer: String
  let message: String
}

/// The fields of an object, of which none is unknown.
struct Fields {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private let container: KeyedDecodingContainer<Name>
  private let path: String

  init(_ decoder: any Decoder, _ known: [String]) throws {
    path = decoder.codingPath.map { "/\($0.stringValue)" }.joined()
    container = try decoder.container(keyedBy: Name.self)
    for key in container.allKeys where !known.contains(key.stringValue) {
      let name = key.stringValue.prefix(64).replacing(scalar: "~", with: "~0").replacing(
        scalar: "/", with: "~1")
      throw MessageRequestError(
        pointer: "\(path)/\(name)", message: "unknown field; use \(known.joined(separator: ", "))")
    }
  }

  /// - Parameter limit: Unicode scalars at most, as JSON Schema counts them.
  func text(_ name: String, limit: Int) throws -> String? {
    guard let text = try value(name, String.self, "a string") else { return nil }
    return try checked(text, name, limit)
  }

  /// - Parameters:
  ///   - count: texts at most.
  ///   - limit: as in ``text(_:limit:)``, of each.
  func texts(_ name: String, count: Int, limit: Int) throws -> [String] {
    let texts = try value(name, [String].self, "a list of strings") ?? []
    guard texts.count <= count else {
      throw MessageRequestError(
        pointer: "\(path)/\(name)", message: "the list has more than \(count) items")
    }
    return try texts.map { try checked($0, name, limit) }
  }

  func object<Value: Decodable>(_ name: String, _ type: Value.Type) throws -> Value? {
    try value(name, type, "an object")
  }

  /// The value of a field, which `null` is not; nil when it is missing.
  private func value<Value: Decodable>(
    _ name: String, _ type: Value.Type, _ kind: String
  ) throws -> Value? {
    guard container.contains(Name(stringValue: name)) else { return nil }
    do {
      return try container.decode(type, forKey: Name(stringValue: name))
    } catch is DecodingError {
      throw MessageRequestError(pointer: "\(path)/\(name)", message: "the field must be \(kind)")
    }
  }

  private func checked(_ text: String, _ name: String, _ limit: Int) throws -> String {
    guard text.utf8.count <= limit || text.unicodeScalars.count <= limit else {
      throw MessageRequestError(
        pointer: "\(path)/\(name)", message: "the field has more than \(limit) characters")
    }
    return text
  }
}
