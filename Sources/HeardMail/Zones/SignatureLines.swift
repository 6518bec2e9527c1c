/// What a line under a closing looks like.
enum SignatureLines {
  /// Whether a line is a name, a role, a number or an address, and nothing that somebody says.
  ///
  /// Capitals and digits are what such lines are made of. "Geld terug graag" has neither, so it is
  /// own text, and so is a role in small letters.
  static func isLike(_ page: LinePage, _ index: Int) -> Bool {
    if page.isRule(index) { return true }
    let line = page.lines[index]
    let bytes = page.bytes[line.start..<line.end]
    let words = bytes.split { isSpace($0) }
    guard words.count <= 16, !Speech.isIn(page, index) else { return false }
    let isAddress = bytes.contains(0x40)
    let last = page.last(index)
    if last == 0x21 || last == 0x3F { return isAddress }
    if isMailingList(page, index) { return true }
    let isLink = bytes.containsASCII("www.") || bytes.containsASCII("http")
    if isAddress || isLink, words.count <= 3 { return true }
    let small = words.indices.filter { isSmall(words[$0], isLast: $0 == words.count - 1) }
    if small.isEmpty { return true }
    // A word before a number: `klantnummer 12345`.
    return small == [0] && bytes.count(where: isDigit) >= 3
  }

  /// Whether a word begins with a small letter and is none that stands between names or before
  /// numbers, no abbreviation and no address.
  private static func isSmall(_ word: ArraySlice<UInt8>, isLast: Bool) -> Bool {
    let letters = word.drop { !isLetterByte($0) }
    guard let first = letters.first else { return false }
    if word.contains(where: { isDigit($0) || $0 == 0x40 }) { return false }
    // At the end of a line a full stop ends a sentence: "Nukkige ober."
    if (isLast ? letters.dropLast() : letters).contains(0x2E) || letters.last == 0x3A {
      return false
    }
    if first < 0x80 {
      guard first &- 0x61 < 26 else { return false }
      return !betweenNames.contains(letters.prefix(while: isLetterByte))
    }
    let scalar = String(decoding: letters.prefix(4), as: UTF8.self).unicodeScalars.first
    return scalar?.properties.isLowercase ?? false
  }

  /// `users mailing list`, as Mailman signs.
  private static func isMailingList(_ page: LinePage, _ index: Int) -> Bool {
    page.wordCount(index) <= 5 && page.text(index).suffix(12).startsASCII("mailing list")
  }

  private static let betweenNames: Set<ArraySlice<UInt8>> = Set(
    [
      "de", "der", "den", "ten", "ter", "van", "von", "und", "en", "i", "and", "of", "for", "voor",
      "dla", "ds", "w", "z", "na", "do", "te", "bij", "at", "in", "la", "le", "du", "di", "da",
      "el",
      "tel", "fax", "mob", "mobiel", "mobile", "telefoon", "telefon", "phone", "mail", "email", "e",
      "web", "www", "http", "https", "kvk", "btw", "nip", "regon", "krs", "ul", "al", "os", "nr",
    ].map { Array($0.utf8)[...] })
}
