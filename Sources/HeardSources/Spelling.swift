/// Helpers for names and words in lexicon sources.
package enum Spelling {
  /// The word in the form that texts are compared in.
  package static func normal(_ word: some StringProtocol) -> String { word.lowercased() }

  /// The normal form without diacritics, as people write it who leave them out.
  package static func folded(_ word: String) -> String {
    if word.utf8.allSatisfy({ $0 < 0x80 }) { return word }
    var result = ""
    for scalar in word.unicodeScalars {
      if let plain = plainLetters[scalar] {
        result += plain
      } else if scalar.properties.generalCategory != .nonspacingMark {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static let plainLetters: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = ["ß": "ss", "æ": "ae", "œ": "oe", "ĳ": "ij"]
    for (plain, marked) in [
      ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ďđ"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"),
      ("i", "ìíîïĩīĭįı"), ("l", "ĺļľŀł"), ("n", "ñńņň"), ("o", "òóôõöøōŏő"), ("r", "ŕŗř"),
      ("s", "śŝşšș"), ("t", "ţťŧț"), ("u", "ùúûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
    ] {
      for scalar in marked.unicodeScalars { table[scalar] = plain }
    }
    return table
  }()

  /// The candidate nearest to `word` when it is near enough to be what was meant.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let limit = max(1, word.count / 3)
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
      let distance = editDistance(word, candidate)
      if distance <= limit, distance < (best?.distance ?? .max) { best = (distance, candidate) }
    }
    return best?.candidate
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one into the other.
  package static func editDistance(_ one: String, _ other: String) -> Int {
    let a = Array(one.unicodeScalars)
    let b = Array(other.unicodeScalars)
    // Names are short; a word that is not cannot be near any of them.
    guard a.count <= 64, b.count <= 64 else { return abs(a.count - b.count) + 64 }
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      before = last
      last = row
    }
    return last[b.count]
  }

  /// The words as a list in a sentence: `a, b or c`.
  package static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
