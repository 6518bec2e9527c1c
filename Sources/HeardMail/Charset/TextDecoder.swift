internal import CHeardICU
internal import CHeardMail

// Bytes in some charset → valid UTF-8 with `\n` line ends.
//
// Steps: (1) a byte order mark or the look of UTF-16 decides; (2) what is ASCII or valid UTF-8 and
// called so stays; (3) what is called something else is converted by ICU, or by iconv when ICU does
// not know the name; (4) a label that cannot be true is replaced by the likeliest one, and that is
// reported; (5) text that was encoded twice is turned back once; (6) line ends become `\n`, NULs go.
// Start reading at `TextDecoder.decode`.

/// Turns the bytes of one text into UTF-8 and notes what was wrong with them.
struct TextDecoder {
  private var noted = Repairs()
  var repairs: [Repair] { noted.all }

  /// Decodes `bytes`, which claim to be in `label` (empty: no claim).
  mutating func decode(_ bytes: [UInt8], label: String) -> [UInt8] {
    let flags = scan(bytes)
    // Nearly all text: ASCII, with line feeds only.
    if flags == 0, label.isEmpty || label == "utf-8" || label == "us-ascii" { return bytes }
    // The rest of it: UTF-8, and nothing else to see to.
    if flags == UInt32(HEARD_TEXT_NON_ASCII), label.isEmpty || label == "utf-8",
      bytes.first != 0xEF
    {
      return bytes
    }
    var label = Self.normalised(label)
    if let (name, length) = Self.byteOrderMark(bytes) {
      label = name
      let rest = Array(bytes.dropFirst(length))
      return finish(rest, label: label, flags: scan(rest))
    }
    if flags & UInt32(HEARD_TEXT_NUL) != 0, let name = Self.looksLikeUTF16(bytes) {
      if label != name { note("charset-relabelled", "read as \(name), labelled \(shown(label))") }
      label = name
    }
    return finish(bytes, label: label, flags: flags)
  }

  /// The text of bytes that are not UTF-8 or not said to be; nil: they are it as they stand.
  private mutating func decodeLabelled(
    _ bytes: [UInt8], label: String, flags: UInt32
  ) -> [UInt8]? {
    let ascii = flags & UInt32(HEARD_TEXT_NON_ASCII) == 0
    let valid = flags & UInt32(HEARD_TEXT_INVALID) == 0
    switch Charset.family(of: label) {
    case .utf8, .unlabelled:
      if ascii {
        return flags & UInt32(HEARD_TEXT_ESCAPE) != 0 ? convertEscaped(bytes) : nil
      }
      if valid {
        if label == "us-ascii" { note("charset-relabelled", "read as utf-8, labelled us-ascii") }
        return nil
      }
      return guess(bytes, label: label)
    case .singleByte:
      if ascii { return nil }
      if valid {
        note("charset-relabelled", "read as utf-8, labelled \(shown(label))")
        return nil
      }
      return singleByte(bytes, label: label)
    case .other:
      if let (text, invalid) = Self.convert(bytes, label) {
        if invalid > 0, valid, !ascii {
          note("charset-relabelled", "read as utf-8, labelled \(shown(label))")
          return nil
        }
        if invalid > 0 {
          note("invalid-bytes", "\(invalid) places have no meaning in \(shown(label))")
        }
        return text
      }
      note("charset-unknown", "no charset has the name of the label")
      return ascii || valid ? nil : guess(bytes, label: "")
    }
  }

  /// ISO-2022 texts are ASCII with escapes; they often come without a label.
  private mutating func convertEscaped(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.containsASCII("\u{1B}$b") || bytes.containsASCII("\u{1B}$@"),
      let (text, invalid) = Self.convert(bytes, "iso-2022-jp"), invalid == 0
    else { return nil }
    note("charset-relabelled", "read as iso-2022-jp")
    return text
  }

  /// Not valid UTF-8 and said to be UTF-8, or nothing said.
  private mutating func guess(_ bytes: [UInt8], label: String) -> [UInt8] {
    let mix = UTF8Mix(bytes)
    if mix.sequences > 0, mix.sequences >= mix.strays {
      note("invalid-utf8", "\(mix.strays) bytes are not UTF-8")
      return repairMixed(bytes)
    }
    let best = SingleByte.plausible(bytes, label: nil)
    if best.score <= 0, let name = Self.detect(bytes), let (text, bad) = Self.convert(bytes, name),
      bad == 0
    {
      note("charset-relabelled", "read as \(name), labelled \(shown(label))")
      return text
    }
    note("charset-relabelled", "read as \(best.page.label), labelled \(shown(label))")
    return Self.convert(bytes, best.page.label)?.0 ?? repairMixed(bytes)
  }

  private mutating func singleByte(_ bytes: [UInt8], label: String) -> [UInt8] {
    var name = label == "iso-8859-1" || label == "us-ascii" ? "windows-1252" : label
    if let page = SingleByte.Page(label: name) {
      let best = SingleByte.plausible(bytes, label: page)
      if best.page != page {
        note("charset-relabelled", "read as \(best.page.label), labelled \(shown(label))")
        name = best.page.label
      }
    }
    guard let (text, invalid) = Self.convert(bytes, name) else {
      note("charset-unknown", "no charset has the name of the label")
      return guess(bytes, label: "")
    }
    if invalid > 0 { note("invalid-bytes", "\(invalid) places have no meaning in \(shown(name))") }
    return text
  }

  /// Keeps the valid sequences; the stray bytes are read in the likeliest single-byte charset.
  private func repairMixed(_ bytes: [UInt8]) -> [UInt8] {
    let page = SingleByte.plausible(UTF8Mix.strayBytes(bytes), label: nil).page
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + bytes.count / 8)
    var at = 0
    while at < bytes.count {
      let length = sequence(bytes, at)
      if length > 0 {
        out.append(contentsOf: bytes[at..<at + length])
        at += length
      } else {
        let truncated = UTF8Mix.isTruncatedLead(bytes, at)
        if !truncated, let (text, bad) = Self.convert([bytes[at]], page.label), bad == 0 {
          out.append(contentsOf: text)
        } else {
          out.append(contentsOf: [0xEF, 0xBF, 0xBD])
        }
        at += 1
      }
    }
    return out
  }

  /// The text of bytes with those flags, without what was encoded twice, CR and NULs.
  private mutating func finish(_ bytes: [UInt8], label: String, flags: UInt32) -> [UInt8] {
    var text = bytes
    var flags = flags
    if let decoded = decodeLabelled(bytes, label: label, flags: flags) {
      text = decoded
      flags = scan(decoded)
    }
    if flags & UInt32(HEARD_TEXT_NON_ASCII) != 0 {
      if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
      let (repaired, count) = Mojibake.repair(text)
      if count > 0 {
        note("mojibake", "\(count) places were encoded twice")
        text = repaired
      }
    }
    if flags & UInt32(HEARD_TEXT_NUL) != 0 { note("nul-bytes", "NUL bytes were dropped") }
    if flags & UInt32(HEARD_TEXT_NUL | HEARD_TEXT_CR) != 0 { text = LineEnds.normalised(text) }
    return text
  }

  mutating func note(_ code: String, _ detail: String) { noted.note(code, detail) }

  /// A label for people: only names that ICU knows, for others are the sender's own words.
  private func shown(_ label: String) -> String {
    if label.isEmpty { return "nothing" }
    // ICU passes over marks in names, and over what follows a comma.
    let isPlain = label.utf8.allSatisfy {
      isASCIILetter($0) || isDigit($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E
    }
    guard isPlain, unsafe heard_charset_known(label) else { return "an unknown name" }
    return label
  }
}
