internal import CHeardICU
internal import CHeardMail

/// What is known of a charset by its name.
enum Charset {
  /// How far a label can be trusted.
  enum Family {
    /// UTF-8 or ASCII.
    case utf8
    /// No label, or one that says that nothing is known.
    case unlabelled
    /// A byte a character, ASCII below 0x80.
    case singleByte
    case other
  }

  /// The family of a normalised label.
  static func family(of label: String) -> Family {
    switch label {
    case "utf-8", "utf8", "us-ascii", "ascii", "ansi_x3.4-1968", "646": return .utf8
    case "", "unknown-8bit", "x-unknown", "unknown", "default", "default_charset", "8bit", "binary",
      "none", "x-user-defined", "iso-8859-8bit":
      return .unlabelled
    default: break
    }
    for prefix in ["iso-8859", "iso8859", "iso_8859", "windows-125", "cp125", "latin", "koi8"]
    where label.hasPrefix(prefix) {
      return .singleByte
    }
    return ["macintosh", "x-mac-roman", "cp850", "ibm850", "cp852", "ibm852", "windows-874"]
      .contains(label) ? .singleByte : .other
  }
}

extension TextDecoder {
  /// A label in lower case without quotes, spaces and other names of the same thing.
  static func normalised(_ label: String) -> String {
    var name: [UInt8] = []
    for byte in label.utf8.prefix(60)
    where byte > 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x27 {
      if byte == 0x3B { break }
      name.append(lower(byte))
    }
    let text = String(decoding: name, as: UTF8.self)
    switch text {
    case "utf8", "utf-8n", "x-utf-8", "unicode-1-1-utf-8", "utf_8": return "utf-8"
    case "latin1", "latin-1", "l1", "iso8859-1", "iso_8859-1", "iso-latin-1": return "iso-8859-1"
    case "latin2", "latin-2", "iso8859-2", "iso_8859-2": return "iso-8859-2"
    case "cp1250", "win-1250", "windows1250", "x-cp1250": return "windows-1250"
    case "cp1252", "win-1252", "windows1252", "x-cp1252", "ansi": return "windows-1252"
    case "ascii", "ansi_x3.4-1968", "646", "us": return "us-ascii"
    case "ks_c_5601-1987", "ks_c_5601": return "windows-949"
    case "gb2312", "gbk", "x-gbk": return "gb18030"
    default: return text
    }
  }

  /// The charset that a byte order mark names, and the mark's length.
  static func byteOrderMark(_ bytes: [UInt8]) -> (String, Int)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return ("utf-8", 3) }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return ("utf-32le", 4) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return ("utf-32be", 4) }
    if bytes.starts(with: [0xFF, 0xFE]) { return ("utf-16le", 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return ("utf-16be", 2) }
    return nil
  }

  /// UTF-16 without a mark: Latin text has a zero in every second byte.
  static func looksLikeUTF16(_ bytes: [UInt8]) -> String? {
    let sample = min(bytes.count, 2_000) & ~1
    guard sample >= 4 else { return nil }
    var zeros = (even: 0, odd: 0)
    for i in 0..<sample where bytes[i] == 0 {
      if i & 1 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let half = sample / 2
    if zeros.odd * 10 >= half * 7, zeros.even * 10 < half { return "utf-16le" }
    if zeros.even * 10 >= half * 7, zeros.odd * 10 < half { return "utf-16be" }
    return nil
  }

  /// By ICU, else by iconv; nil when neither knows the name.
  ///
  /// Gives the text and how many places had no meaning.
  static func convert(_ bytes: [UInt8], _ label: String) -> ([UInt8], Int)? {
    guard !label.isEmpty, label.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2C }) else {
      return nil
    }
    var length = 0
    var invalid = 0
    if let text = unsafe heard_charset_convert(label, bytes, bytes.count, &length, &invalid) {
      defer { unsafe heard_charset_free(text) }
      return (unsafe Array(UnsafeBufferPointer(start: text, count: length)), invalid)
    }
    if let text = unsafe heard_iconv(label, bytes, bytes.count, &length, &invalid) {
      defer { unsafe heard_free(text) }
      let out = unsafe Array(UnsafeBufferPointer(start: text, count: length))
      return scan(out) & UInt32(HEARD_TEXT_INVALID) == 0 ? (out, invalid) : nil
    }
    return nil
  }

  /// ICU's guess when it is fairly sure.
  static func detect(_ bytes: [UInt8]) -> String? {
    var name = [CChar](repeating: 0, count: 64)
    let room = name.count
    let confidence = unsafe heard_charset_guess(bytes, bytes.count, &name, room)
    guard confidence >= 40 else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// HEARD_TEXT_… flags of some bytes.
func scan(_ bytes: [UInt8]) -> UInt32 { unsafe heard_text_scan(bytes, bytes.count) }

/// Length of the valid UTF-8 sequence at an offset, 0 when there is none.
func sequence(_ bytes: [UInt8], _ at: Int) -> Int {
  unsafe bytes.withUnsafeBufferPointer {
    guard let base = $0.baseAddress else { return 0 }
    return unsafe heard_utf8_sequence(base + at, $0.count - at)
  }
}
