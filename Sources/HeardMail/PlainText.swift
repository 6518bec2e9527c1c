/// Reads text that is not mail: a form, a chat, a scraped page.
///
/// Same zones, same repairs.
public enum PlainText {
  /// Makes a message of UTF-8 text; other charsets are recognised, read and reported.
  ///
  /// - Parameters:
  ///   - charset: what the text claims to be in; empty without a claim.
  ///   - limits: how much of it is read.
  public static func message(
    text: [UInt8], id: String?, charset: String = "", limits: Limits = .init()
  ) -> Message {
    var decoder = TextDecoder()
    var bytes = text
    var isTooLong = false
    if bytes.count > limits.textBytes * 4 {
      bytes.removeSubrange((limits.textBytes * 4)...)
      isTooLong = true
    }
    bytes = decoder.decode(bytes, label: charset)
    if bytes.count > limits.textBytes {
      isTooLong = true
      bytes.removeSubrange(limits.textBytes...)
      while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
      if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
    }
    if isTooLong {
      decoder.note("text-too-long", "only \(limits.textBytes) bytes of the text are read")
    }
    var draft = DraftText()
    draft.append(bytes, zone: nil)
    var message = Message()
    message.id = id
    message.parts = [
      TextPart(name: .body, bytes: bytes, zones: Zoner.zones(of: draft, subject: nil))
    ]
    message.repairs = decoder.repairs
    return message
  }
}
