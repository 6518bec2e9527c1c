/// Encoded words of header values (RFC 2047): `=?utf-8?Q?Caf=C3=A9?=`.
///
/// Words beside each other in one charset are joined before they are decoded, for programs break
/// characters over two words. Wrong lengths, spaces inside and missing ends are taken as meant.
struct EncodedWords {
  var repairs = Repairs()

  /// The value with its words decoded; valid UTF-8 for valid UTF-8.
  mutating func decoded(_ value: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(value.count)
    var pending: [UInt8] = []
    var charset = ""
    var at = 0
    var textStart = 0
    while at + 1 < value.count {
      guard value[at] == 0x3D, value[at + 1] == 0x3F, let word = EncodedWord(value, at) else {
        at += 1
        continue
      }
      // White space between two words is not part of the text.
      let between = value[textStart..<at]
      if textStart == 0 || !between.allSatisfy(isSpace) {
        flush(&pending, charset, &out)
        out.append(contentsOf: between)
      } else if word.charset != charset {
        flush(&pending, charset, &out)
      }
      charset = word.charset
      pending.append(contentsOf: word.bytes)
      at = word.end
      textStart = at
    }
    flush(&pending, charset, &out)
    out.append(contentsOf: value[textStart...])
    return out
  }

  private mutating func flush(_ bytes: inout [UInt8], _ charset: String, _ out: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    var decoder = TextDecoder()
    out.append(contentsOf: decoder.decode(bytes, label: charset))
    repairs.add(decoder.repairs)
    bytes.removeAll(keepingCapacity: true)
  }
}

/// One word: `=?charset*language?B or Q?text?=`.
private struct EncodedWord {
  var charset: String
  var bytes: [UInt8]
  /// Offset after the word.
  var end: Int

  init?(_ value: [UInt8], _ start: Int) {
    var at = start + 2
    while at < value.count, value[at] != 0x3F, at - start < 80 { at += 1 }
    guard at + 2 < value.count, value[at] == 0x3F, value[at + 2] == 0x3F else { return nil }
    let name = value[start + 2..<at].prefix { $0 != 0x2A }
    guard !name.isEmpty, !name.contains(where: isSpace) else { return nil }
    charset = String(decoding: name.map(lower), as: UTF8.self)
    let encoding = lower(value[at + 1])
    guard encoding == 0x71 || encoding == 0x62 else { return nil }
    let from = at + 3
    var to = from
    while to + 1 < value.count, !(value[to] == 0x3F && value[to + 1] == 0x3D) { to += 1 }
    // A word without its end goes to the end of the value.
    let isOpen = to + 1 >= value.count
    if isOpen { to = value.count }
    end = isOpen ? value.count : to + 2
    let text = value[from..<to]
    bytes = encoding == 0x71 ? Self.quoted(text) : Self.base64(text)
  }

  private static func quoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var at = text.startIndex
    while at < text.endIndex {
      if text[at] == 0x3D, at + 2 < text.endIndex, let high = hex(text[at + 1]),
        let low = hex(text[at + 2])
      {
        out.append(high << 4 | low)
        at += 3
      } else {
        out.append(text[at] == 0x5F ? 0x20 : text[at])
        at += 1
      }
    }
    return out
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte - 0x30 }
    let letter = lower(byte) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }

  /// Padding in the middle ends a group and nothing else; strange bytes are passed over.
  private static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var group: UInt32 = 0
    var count = 0
    for byte in text {
      let digit: UInt32
      switch byte {
      case 0x41...0x5A: digit = UInt32(byte - 0x41)
      case 0x61...0x7A: digit = UInt32(byte - 0x61) + 26
      case 0x30...0x39: digit = UInt32(byte - 0x30) + 52
      case 0x2B, 0x2D: digit = 62
      case 0x2F: digit = 63
      case 0x3D:
        append(group, count, &out)
        (group, count) = (0, 0)
        continue
      default: continue
      }
      group = group << 6 | digit
      count += 1
      if count == 4 {
        append(group, count, &out)
        (group, count) = (0, 0)
      }
    }
    append(group, count, &out)
    return out
  }

  private static func append(_ group: UInt32, _ count: Int, _ out: inout [UInt8]) {
    switch count {
    case 4:
      out.append(UInt8(group >> 16 & 0xFF))
      out.append(UInt8(group >> 8 & 0xFF))
      out.append(UInt8(group & 0xFF))
    case 3:
      out.append(UInt8(group >> 10 & 0xFF))
      out.append(UInt8(group >> 2 & 0xFF))
    case 2: out.append(UInt8(group >> 4 & 0xFF))
    default: break
    }
  }
}
