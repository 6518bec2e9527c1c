/// Words with letters held for emphasis: `slechttt`, `zóóóó`.
enum Stretching {
  /// Letters in a row from which they are held; two are spelling.
  static let held = 3
  /// Held places that are tried with one and with two letters each.
  static let places = 3

  /// The word with each held letter written once or twice, the shortest first; none when no
  /// letter is held or too little of the word is left.
  static func shortened(_ word: [UInt8]) -> [[UInt8]] {
    guard mayBeHeld(word) else { return [] }
    let scalars = Array(String(decoding: word, as: UTF8.self).unicodeScalars)
    guard scalars.count > held, scalars.count <= 128 else { return [] }
    var runs: [(scalar: Unicode.Scalar, count: Int)] = []
    for scalar in scalars {
      if let last = runs.last, last.scalar == scalar {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((scalar, 1))
      }
    }
    let heldRuns = runs.indices.filter { runs[$0].count >= held }
    guard !heldRuns.isEmpty, heldRuns.count <= places, runs.count >= 2 else { return [] }
    return (0..<1 << heldRuns.count).map { choice in
      var text = ""
      for (index, run) in runs.enumerated() {
        var count = run.count
        if let place = heldRuns.firstIndex(of: index) { count = choice >> place & 1 + 1 }
        for _ in 0..<count { text.unicodeScalars.append(run.scalar) }
      }
      return Array(text.utf8)
    }
  }

  /// Whether three letters in a row can be the same, by bytes: the last bytes of letters of the
  /// same length stand as far apart as those are long.
  private static func mayBeHeld(_ word: [UInt8]) -> Bool {
    for length in 1...4 {
      for index in stride(from: 2 * length, to: word.count, by: 1)
      where word[index] == word[index - length] && word[index] == word[index - 2 * length] {
        return true
      }
    }
    return false
  }
}
