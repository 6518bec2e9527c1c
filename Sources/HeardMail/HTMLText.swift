internal import CHeardMail

/// The text of an HTML page, and what its mark-up says of the zones.
struct HTMLText {
  var bytes: [UInt8]
  /// From each offset on, what the mark-up says; nil where it says nothing.
  var marks: [(start: Int, zone: Zone?, isIndented: Bool)]
  var isTooDeep: Bool
  var isCut: Bool

  /// Reads a UTF-8 page; `limit` bounds the text in bytes.
  init(page: [UInt8], limit: Int) {
    bytes = []
    marks = []
    isTooDeep = false
    isCut = false
    guard let html = unsafe heard_html_text(page, page.count, limit) else { return }
    defer { unsafe heard_html_close(html) }
    bytes = unsafe Array(UnsafeBufferPointer(start: html.pointee.text, count: html.pointee.count))
    for i in 0..<(unsafe html.pointee.mark_count) {
      let mark = unsafe html.pointee.marks[i]
      let zone: Zone? =
        switch Int(mark.kind) {
        case Int(HEARD_HTML_QUOTED): .quoted
        case Int(HEARD_HTML_SIGNATURE): .signature
        case Int(HEARD_HTML_FORWARDED): .forwarded
        default: nil
        }
      marks.append((Int(mark.start), zone, Int(mark.kind) == Int(HEARD_HTML_INDENTED)))
    }
    isTooDeep = unsafe html.pointee.too_deep
    isCut = unsafe html.pointee.cut
  }
}
