internal import CHeardMail

/// Header values as they stand → decoded UTF-8.
struct HeaderDecoder {
  let limit: Int
  private let onlyGMime: Bool
  var repairs = Repairs()

  init(limit: Int, onlyGMime: Bool = false) {
    self.limit = limit
    self.onlyGMime = onlyGMime
  }

  /// One line of valid UTF-8, encoded words still encoded.
  mutating func unfolded(_ raw: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let cut = raw.count > limit
    if cut { repairs.note("header-too-long", "a header value was cut at \(limit) bytes") }
    let end = min(raw.count, limit)
    // Most are one line of ASCII already.
    if unsafe heard_text_scan(raw.baseAddress, end) == 0,
      unsafe !raw.prefix(end).contains(where: { $0 == 0x0A || $0 == 0x09 })
    {
      return unsafe Array(UnsafeBufferPointer(rebasing: raw.prefix(end)).trimmed())
    }
    var out: [UInt8] = []
    out.reserveCapacity(end)
    var beyondASCII = false
    var at = 0
    while at < end {
      let byte = unsafe raw[at]
      at += 1
      if byte == 0x0D || byte == 0x0A || byte == 0 || byte == 0x09 {
        if out.last != 0x20 { out.append(0x20) }
        while at < end, unsafe isSpace(raw[at]) { at += 1 }
      } else {
        if byte >= 0x80 { beyondASCII = true }
        out.append(byte)
      }
    }
    var value = Array(out.trimmed())
    if beyondASCII {
      if cut, let last = value.lastIndex(where: { $0 < 0x80 }) {
        value.removeSubrange((last + 1)...)
      }
      var decoder = TextDecoder()
      value = decoder.decode(value, label: "")
      repairs.note("header-8bit", "a header value has bytes beyond ASCII")
      repairs.add(decoder.repairs)
    }
    return value
  }

  /// The value with its encoded words decoded; always valid UTF-8.
  mutating func decoded(_ value: [UInt8]) -> [UInt8] {
    guard value.containsASCII("=?") else { return value }
    var words = EncodedWords()
    var out = words.decoded(value)
    repairs.add(words.repairs.all)
    // Words may decode to line ends; a header value has none.
    for i in out.indices where out[i] == 0x0A { out[i] = 0x20 }
    let (fixed, places) = Mojibake.repair(out)
    if places > 0 { repairs.note("mojibake", "\(places) places of a header were encoded twice") }
    return fixed
  }

  /// The mailboxes of an unfolded value.
  ///
  /// GMime finds them; the encoded words in names are hidden from it and decoded here, for it joins
  /// words before it undoes base64 and loses what follows padding.
  mutating func mailboxes(_ value: [UInt8], limit: Int) -> [Mailbox] {
    guard !value.isEmpty else { return [] }
    let hasWords = value.containsASCII("=?")
    var found = parsed(hasWords ? Self.replacing(value, 0x3F, by: 0x7E) : value, limit: limit)
    guard hasWords else { return found }
    for i in found.indices {
      let name = Self.replacing(Array(found[i].name.utf8), 0x7E, by: 0x3F)
      found[i].name = String(decoding: decoded(name), as: UTF8.self)
    }
    return found
  }

  /// Turns the second byte of each `=?` (or back, of each `=~`) into another.
  private static func replacing(_ value: [UInt8], _ old: UInt8, by new: UInt8) -> [UInt8] {
    var out = value
    for i in out.indices.dropFirst() where out[i] == old && out[i - 1] == 0x3D { out[i] = new }
    return out
  }

  private func parsed(_ value: [UInt8], limit: Int) -> [Mailbox] {
    var found: [Mailbox] = []
    unsafe withUnsafeMutablePointer(to: &found) { list in
      unsafe heard_addresses(value, value.count, limit, onlyGMime, list) { context, name, address in
        guard let list = unsafe context?.assumingMemoryBound(to: [Mailbox].self) else { return }
        unsafe list.pointee.append(Mailbox(name: string(name), address: string(address)))
      }
    }
    return found
  }

  /// Seconds since 1970 of a Date value.
  func date(_ value: [UInt8]) -> Int64? {
    var seconds: Int64 = 0
    return unsafe heard_date(value, value.count, onlyGMime, &seconds) ? seconds : nil
  }
}

/// A string of C's bytes; what is not UTF-8 becomes U+FFFD.
func string(_ text: heard_bytes) -> String {
  unsafe String(decoding: UnsafeBufferPointer(start: text.bytes, count: text.count), as: UTF8.self)
}

/// A copy of C's bytes.
func array(_ text: heard_bytes) -> [UInt8] {
  unsafe Array(UnsafeBufferPointer(start: text.bytes, count: text.count))
}
