/// ASCII emoticons: eyes `:` `;` `=`, perhaps a tear `'` and a nose `-`, and a mouth.
///
/// They stand in gaps. A mouth that is a letter (`:D`, `:P`) is a token of its own after the gap;
/// the emoticon is still read from where its eyes are.
public enum Emoticon {
  /// One emoticon in a text.
  struct Match {
    /// Bytes, mouth included.
    var length: Int
    /// From -1 (sad or angry) to 1 (glad).
    var valence: Double
  }

  /// The mood of the last emoticon whose eyes lie in `gap`: from -1 (sad or angry) to 1 (glad), or
  /// nil when there is none.
  ///
  /// - Parameters:
  ///   - bytes: the whole text.
  ///   - gap: from the end of one token to the start of the next.
  public static func valence(in bytes: [UInt8], gap: ByteRange) -> Double? {
    bytes.withTextBytes { bytes in
      var valence: Double?
      var index = Int(gap.start)
      let end = min(Int(gap.end), bytes.count)
      while index < end {
        if let match = match(bytes, at: index) {
          valence = match.valence
          index += match.length
        } else {
          index += 1
        }
      }
      return valence
    }
  }

  /// The emoticon whose eyes are at `index`, if any.
  static func match(_ base: TextBytes, at index: Int) -> Match? {
    let textEnd = base.count
    let eyes = base[index]
    guard eyes == UInt8(ascii: ":") || eyes == UInt8(ascii: ";") || eyes == UInt8(ascii: "=")
    else { return nil }
    var at = index + 1
    var tear = false
    if at < textEnd, base[at] == UInt8(ascii: "'") {
      tear = true
      at += 1
    }
    var nose = false
    if at < textEnd, base[at] == UInt8(ascii: "-") {
      nose = true
      at += 1
    }
    guard at < textEnd else { return nil }
    let mouth = base[at]
    let isSlash = mouth == UInt8(ascii: "/") || mouth == UInt8(ascii: "\\")
    let isLetter = mouth | 0x20 >= 0x61 && mouth | 0x20 <= 0x7A
    guard var valence = mood(mouth) else { return nil }
    if eyes == UInt8(ascii: ";"), valence < 0, !tear, isSlash || isLetter { return nil }
    if tear { valence = mouth == UInt8(ascii: ")") ? 0.5 : -1 }
    // A mouth drawn out, as in `:-(((`.
    var end = at + 1
    while end < textEnd, base[end] == mouth { end += 1 }
    let next = end < textEnd ? base[end] : 0x20
    if isSlash {
      // `http://`, `en=/pad`, `a:/b` are addresses.
      if end != at + 1 || RunBytes.contains(next) { return nil }
      if !nose, index > 0, RunBytes.contains(base[index - 1]) { return nil }
    }
    if isLetter {
      // The letter must be a word by itself, and the eyes no colon of the text before.
      if RunBytes.contains(next) { return nil }
      if eyes != UInt8(ascii: ":") && !nose { return nil }
      if !nose, index > 0, RunBytes.contains(base[index - 1]) { return nil }
    }
    return Match(length: end - index, valence: valence)
  }

  private static func mood(_ mouth: UInt8) -> Double? {
    switch mouth {
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "D"): 1
    case UInt8(ascii: "P"), UInt8(ascii: "p"): 0.5
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "@"): -1
    case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "|"), UInt8(ascii: "S"),
      UInt8(ascii: "s"), UInt8(ascii: "X"), UInt8(ascii: "x"), UInt8(ascii: "C"),
      UInt8(ascii: "c"):
      -0.5
    case UInt8(ascii: "O"), UInt8(ascii: "o"): 0
    default: nil
    }
  }
}
