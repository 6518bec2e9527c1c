/// A reply as JSON: `{reply, id?, incoming?}`.
struct ReplyRequest: Decodable {
  var reply: String
  var id: String?
  /// The message that is replied to.
  var incoming: MessageRequest?

  init(from decoder: any Decoder) throws {
    let fields = try Fields(decoder, ["reply", "id", "incoming"])
    guard let reply = try fields.text("reply", limit: .max) else {
      throw MessageRequestError(pointer: "/reply", message: "the field is missing")
    }
    self.reply = reply
    id = try fields.text("id", limit: 250)
    incoming = try fields.object("incoming", MessageRequest.self)
  }
}
