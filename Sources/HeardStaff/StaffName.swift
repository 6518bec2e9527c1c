internal import HeardText

/// A name taken apart: given names, and the parts of the surname with their particles.
struct StaffName: Hashable, Sendable {
  /// One of the names of a double-barrelled surname, or the only one.
  struct Surname: Hashable, Sendable {
    /// As `van`, `den`; lower case, folded.
    var particles: [String]
    /// Lower case, with diacritics.
    var core: String
  }

  /// Lower case, with diacritics; single letters are initials.
  private(set) var given: [String] = []
  private(set) var surnames: [Surname] = []

  var isEmpty: Bool { given.isEmpty && surnames.isEmpty }

  /// Reads `Jan van den Berg`, `Sanne Jansen-de Vries`, `Kowalska, Anna`, `P. de Vries`, `Kevin`.
  init(_ name: String) {
    var words = StaffName.words(name)
    while let first = words.first, words.count > 1,
      NameWords.titles[StaffName.folded(first.text)] != nil
    {
      words.removeFirst()
    }
    guard !words.isEmpty else { return }
    if let comma = words.firstIndex(where: \.endsSurname), comma + 1 < words.count {
      // `Berg, Jan van den`: particles at the end belong to the surname.
      var rest = Array(words[(comma + 1)...])
      var particles: [String] = []
      while rest.count > 1, let last = rest.last, NameWords.particles.contains(last.text),
        last.text.count > 1
      {
        particles.insert(rest.removeLast().text, at: 0)
      }
      given = rest.map(\.text)
      surnames = StaffName.surnames(Array(words[...comma]))
      if !particles.isEmpty, !surnames.isEmpty, surnames[0].particles.isEmpty {
        surnames[0].particles = particles
      }
      return
    }
    guard words.count > 1 else {
      given = words.map(\.text)
      return
    }
    let start = StaffName.surnameStart(words)
    given = words[..<start].map(\.text)
    surnames = StaffName.surnames(Array(words[start...]))
  }

  private struct Word {
    var text: String
    /// Whether a hyphen ties it to the word before.
    var isTied = false
    /// Whether a comma follows, as in `Berg, Jan`.
    var endsSurname = false
  }

  /// A surname begins at a particle, or with the last word and what hyphens tie to it.
  private static func surnameStart(_ words: [Word]) -> Int {
    for index in words.indices.dropFirst()
    where NameWords.particles.contains(words[index].text) && words[index].text.count > 1
      && index + 1 < words.count
    {
      var start = index
      // `Jansen-de Vries`: the particle is in the middle of the surname.
      while start > 1, words[start].isTied { start -= 1 }
      return start
    }
    var start = words.count - 1
    while start > 1, words[start].isTied { start -= 1 }
    return start
  }

  private static func surnames(_ words: [Word]) -> [Surname] {
    var surnames: [Surname] = []
    var particles: [String] = []
    for (index, word) in words.enumerated() {
      if NameWords.particles.contains(word.text), index + 1 < words.count {
        particles.append(folded(word.text))
      } else {
        surnames.append(Surname(particles: particles, core: word.text))
        particles = []
      }
    }
    return surnames
  }

  private static func words(_ name: String) -> [Word] {
    var words: [Word] = []
    var current = ""
    var isTied = false
    func isLetter(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
    }
    for scalar in name.unicodeScalars {
      if isLetter(scalar) {
        current.unicodeScalars.append(scalar)
        continue
      }
      // An apostrophe belongs to O'Neill, and begins 't.
      if !current.isEmpty, scalar == "'" || scalar == "’" {
        current += "'"
        continue
      }
      if !current.isEmpty {
        words.append(Word(text: current.lowercased(), isTied: isTied))
        isTied = false
        current = ""
      }
      if scalar == "-" || scalar == "‑" || scalar == "–" { isTied = !words.isEmpty }
      if scalar == ",", !words.isEmpty { words[words.count - 1].endsSurname = true }
    }
    if !current.isEmpty { words.append(Word(text: current.lowercased(), isTied: isTied)) }
    return words
  }

  private static func folded(_ word: String) -> String { word }
}
