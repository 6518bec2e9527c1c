/// Takes unknown Dutch words apart: `klantenservicemedewerker`, `bezorgprobleem`.
///
/// Conservative, for a wrong part is a wrong hit: only entries that say so (`match: {compound: …}`)
/// take part; the known part has at least four letters and the rest at least three; and a rest
/// that is a prefix or a suffix of Dutch makes another word of it (`aanklacht`, `foutloos`).
struct DutchCompounds {
  static let shortestWord = 7
  static let longestWord = 64
  static let shortestPart = 4
  static let shortestRest = 3

  let phrases: PhraseTable

  /// Elements of the longest known head and of the longest known modifier.
  func elements(_ word: [UInt8]) -> [FormLookup.Found] {
    guard word.count >= Self.shortestWord else { return [] }
    let hasHead = phrases.compounds.mayHaveHead(word)
    let hasModifier = phrases.compounds.mayHaveModifier(word)
    guard hasHead || hasModifier else { return [] }
    let letters = Self.letterStarts(word)
    guard letters.count >= Self.shortestWord, letters.count <= Self.longestWord else { return [] }
    return (hasHead ? head(word, letters) : []) + (hasModifier ? modifier(word, letters) : [])
  }

  /// The longest known last part.
  private func head(_ word: [UInt8], _ letters: [Int]) -> [FormLookup.Found] {
    let last = letters.count - Self.shortestPart
    guard Self.shortestRest <= last else { return [] }
    for split in Self.shortestRest...last {
      let place = letters[split]
      guard !Self.prefixes.contains(Array(word[..<place])) else { continue }
      let found = parts(word[place...], .head)
      if !found.isEmpty { return found }
    }
    return []
  }

  /// The longest known first part, with or without a linking sound behind it.
  private func modifier(_ word: [UInt8], _ letters: [Int]) -> [FormLookup.Found] {
    let last = letters.count - Self.shortestRest
    guard Self.shortestPart <= last else { return [] }
    for split in stride(from: last, through: Self.shortestPart, by: -1) {
      let found = parts(word[..<letters[split]], .modifier)
      if found.isEmpty { continue }
      let rests = Self.rests(of: word[letters[split]...])
      if rests.contains(where: { Self.letterStarts(Array($0)).count >= Self.shortestRest }),
        !rests.contains(where: Self.isSuffix)
      {
        return found
      }
    }
    return []
  }

  private func parts(_ key: ArraySlice<UInt8>, _ role: PostingFlags) -> [FormLookup.Found] {
    guard let form = phrases.form(key), phrases.flags(form: form).contains(role) else { return [] }
    var found: [FormLookup.Found] = []
    phrases.postings(form: form) { element, flags in
      if flags.contains(role) { found.append(FormLookup.Found(element: element, flags: flags)) }
    }
    return found
  }

  /// What follows a first part, by every way to read a linking sound before it.
  private static func rests(of rest: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    links.filter { rest.starts(with: $0) }.map { rest.dropFirst($0.count) }
  }

  /// Whether a rest is a suffix, up to two letters of inflection behind it.
  private static func isSuffix(_ rest: ArraySlice<UInt8>) -> Bool {
    suffixes.contains { rest.starts(with: $0) && rest.count <= $0.count + 2 }
  }

  /// Where each letter starts; empty when something is no letter of a Latin alphabet.
  static func letterStarts(_ word: [UInt8]) -> [Int] {
    var starts: [Int] = []
    for (index, byte) in word.enumerated() {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), 0xC3, 0xC4, 0xC5: starts.append(index)
      case 0x80..<0xC0: continue
      default: return []
      }
    }
    return starts
  }

  private static let links: [[UInt8]] = ["", "s", "e", "en", "n"].map { Array($0.utf8) }

  /// What in front of a noun makes another word, not a compound.
  private static let prefixes: Set<[UInt8]> = Set(
    [
      "aan", "achter", "bij", "door", "her", "mis", "onder", "ont", "oor", "over", "tegen", "toe",
      "uit", "ver", "voor", "wan", "weg", "mede", "niet", "non", "anti", "oer", "samen", "terug",
    ].map { Array($0.utf8) })

  /// What behind a noun makes another word, not a compound.
  private static let suffixes: [[UInt8]] = [
    "achtig", "baar", "eloos", "eren", "erig", "haftig", "heid", "ing", "isch", "istisch", "je",
    "kje", "lijk", "loos", "loze", "pje", "schap", "sel", "ster", "tje", "vol", "vrij", "vrije",
    "waardig", "waarts", "zaam",
  ].map { Array($0.utf8) }
}
