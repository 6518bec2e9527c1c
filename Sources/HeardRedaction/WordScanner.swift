/// Finds e-mail addresses and names behind a title.
struct WordScanner {
  typealias Found = IdentifierScanner.Found

  let bytes: [UInt8]

  /// Bytes of an address on either side of its sign, and of a word that may be a title or a name.
  ///
  /// RFC 5321, 4.5.3.1, has 64 and 255. Words with signs in them are asked for at each part, and must
  /// not be read to their end each time.
  private static let longest = 256

  /// An address that begins here.
  func email(at place: Int) -> Found? {
    let limit = min(bytes.count, place + WordScanner.longest)
    var end = place
    while end < limit, bytes[end].isWordByte || WordScanner.isLocal(bytes[end]) {
      end += 1
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "@") else { return nil }
    var stop = end + 1
    var dots = 0
    let last = min(bytes.count, stop + WordScanner.longest)
    while stop < last, bytes[stop].isWordByte || bytes[stop] == 0x2E || bytes[stop] == 0x2D {
      if bytes[stop] == UInt8(ascii: ".") { dots += 1 }
      stop += 1
    }
    while stop > end, !bytes[stop - 1].isWordByte {
      stop -= 1
      if bytes[stop] == UInt8(ascii: ".") { dots -= 1 }
    }
    guard dots > 0, stop > end + 3 else { return nil }
    return (
      .email, place..<stop, String(decoding: bytes[place..<stop], as: UTF8.self).lowercased()
    )
  }

  /// Signs that the part of an address before the `@` may have: `. _ % + -`.
  private static func isLocal(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2E, 0x5F, 0x25, 0x2B, 0x2D: true
    default: false
    }
  }

  /// Which bytes a title may begin with; beyond ASCII any, for some of that is ASCII in lower case.
  private static let initials: [Bool] = {
    var initials = (0...255).map { $0 >= 0x80 }
    for first in titles.keys.compactMap(\.utf8.first) where first < 0x80 {
      initials[Int(first)] = true
      initials[Int(first & 0xDF)] = true
    }
    return initials
  }()

  /// A name behind a title that begins here; the title itself stays.
  func name(at place: Int) -> Found? {
    guard WordScanner.initials[Int(bytes[place])] else { return nil }
    guard let (title, titleEnd) = word(at: place) else { return nil }
    let folded = title.lowercased()
    let kind = WordScanner.titles[folded]
    guard let kind else { return nil }
    var place = titleEnd
    if kind == .abbreviation, place < bytes.count, bytes[place] == UInt8(ascii: ".") { place += 1 }
    var start: Int?
    var end = place
    var parts: [String] = []
    while parts.count < 4, let wordStart = skipSpace(place),
      let (next, wordEnd) = word(at: wordStart)
    {
      if start != nil, WordScanner.infixes.contains(next.lowercased()) {
        place = wordEnd
        continue
      }
      if start == nil, WordScanner.infixes.contains(next.lowercased()) {
        start = wordStart
        place = wordEnd
        continue
      }
      guard next.first?.isUppercase == true, !WordScanner.roles.contains(next.lowercased())
      else { break }
      start = start ?? wordStart
      parts.append(next.lowercased())
      place = wordEnd
      end = wordEnd
      // An initial keeps its full stop.
      if next.count == 1, place < bytes.count, bytes[place] == UInt8(ascii: ".") {
        place += 1
        end = place
      }
    }
    guard let start, !parts.isEmpty, end > start else { return nil }
    return (.person, start..<end, parts.last ?? "")
  }

  private enum Title { case full, abbreviation }

  private static let titles: [String: Title] = {
    var titles: [String: Title] = [:]
    for word in ["mevrouw", "meneer", "mijnheer", "heer", "juffrouw"] { titles[word] = .full }
    for word in ["pan", "pani", "pana", "panu", "panem", "panią", "panie", "panią", "państwo"] {
      titles[word] = .full
    }
    for word in ["miss", "sir", "madam", "mister", "doctor"] { titles[word] = .full }
    for word in ["mevr", "mw", "dhr", "mr", "mrs", "ms", "mx", "dr", "prof", "ks", "drs", "ir"] {
      titles[word] = .abbreviation
    }
    return titles
  }()

  private static let infixes: Set<String> = [
    "van", "de", "der", "den", "ten", "ter", "te", "het", "von", "la", "le", "el",
  ]

  /// What follows a title and is an office, no name.
  private static let roles: Set<String> = [
    "prezes", "prezesie", "dyrektor", "dyrektorze", "kierownik", "kierowniku", "doktor", "doktorze",
    "profesor", "profesorze", "mecenas", "redaktor", "państwo", "or", "and", "i", "oraz",
    "directeur", "voorzitter", "president", "manager",
  ]

  private func skipSpace(_ place: Int) -> Int? {
    guard place < bytes.count, bytes[place] == UInt8(ascii: " ") else { return nil }
    return place + 1
  }

  /// The word that begins here, with inner hyphens and apostrophes, and its end in the bytes, which
  /// the text does not tell where it was repaired.
  private func word(at place: Int) -> (String, Int)? {
    let limit = min(bytes.count, place + WordScanner.longest)
    var end = place
    while end < limit {
      if bytes[end].isLetter || bytes[end] >= 0x80 {
        end += 1
      } else if end > place, [39, 45].contains(bytes[end]), end + 1 < bytes.count,
        bytes[end + 1].isLetter
      {
        end += 1
      } else {
        break
      }
    }
    guard end > place else { return nil }
    return (String(decoding: bytes[place..<end], as: UTF8.self), end)
  }
}
