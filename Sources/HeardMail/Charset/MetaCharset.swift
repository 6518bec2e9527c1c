/// The charset that an HTML page names in itself; used when its Content-Type names none.
enum MetaCharset {
  /// The name after `charset=` in the first two kilobytes, or nothing.
  static func find(_ page: [UInt8]) -> String {
    let head = page.prefix(2_048)
    guard let at = head.indexASCII("charset=") else { return "" }
    var from = at + 8
    while from < head.endIndex, [0x22, 0x27, 0x20].contains(head[from]) { from += 1 }
    var to = from
    while to < head.endIndex, to - from < 40,
      isDigit(head[to]) || isASCIILetter(head[to])
        || head[to] == 0x2D || head[to] == 0x5F || head[to] == 0x3A
    {
      to += 1
    }
    return String(decoding: head[from..<to], as: UTF8.self)
  }
}
