/// Whether somebody speaks in a line: the words of sentences, which names, addresses, footers and
/// legal text do without.
///
/// What speaks is the sender's own. A signature read as own text costs little, a complaint read as a
/// signature is lost, so whatever may be a sentence is taken for one.
enum Speech {
  /// Kinds of words that were found.
  struct Words: OptionSet {
    let rawValue: UInt8

    /// `ik`, `my`, `jestem`, `czekałam`.
    static let firstPerson = Words(rawValue: 1 << 0)
    /// `wij`, `our`, `mamy`.
    static let firstPersonPlural = Words(rawValue: 1 << 1)
    /// `uw`, `your`, `Państwa`.
    static let secondPerson = Words(rawValue: 1 << 2)
    /// Negations, verbs that help, conjunctions: `niet`, `was`, `ale`.
    static let sentence = Words(rawValue: 1 << 3)

    /// The sender speaks of himself or to the reader.
    static let persons: Words = [.firstPerson, .firstPersonPlural, .secondPerson]
  }

  /// The words of some lines.
  static func words(_ page: LinePage, _ range: Range<Int>) -> Words {
    var found: Words = []
    for index in range {
      let line = page.lines[index]
      // Of a long line only the beginning is folded.
      found.formUnion(
        line.count <= LinePage.foldedBytes
          ? words(page.folded[line.foldedStart..<line.foldedEnd])
          : words(Fold.folded(page.bytes[line.start..<line.end])[...]))
      if holdsCapitalI(page.bytes[line.start..<line.end]) { found.insert(.firstPerson) }
    }
    return found
  }

  /// Whether a line holds a word of any kind.
  static func isIn(_ page: LinePage, _ index: Int) -> Bool {
    !words(page, index..<index + 1).isEmpty
  }

  /// The words of a folded text; `I` is known only by its company there.
  static func words(_ folded: ArraySlice<UInt8>) -> Words {
    var found: Words = []
    var isAfterI = false
    eachWord(folded) { word in
      if let kinds = table[word] {
        found.formUnion(kinds)
      } else {
        found.formUnion(polishEnding(word))
      }
      if isAfterI, verbsAfterI.contains(word) { found.insert(.firstPerson) }
      isAfterI = word.count == 1 && word.first == 0x69
    }
    return found
  }

  /// Whether the sender speaks of himself or to the reader in small letters, so not in a name:
  /// `uw collega`, not `Uw Energie`.
  static func namesPersonsInSmallLetters(_ page: LinePage, _ range: Range<Int>) -> Bool {
    for index in range {
      let line = page.bytes[page.lines[index].start..<page.lines[index].end]
      if holdsCapitalI(line) { return true }
      var isFound = false
      eachWord(line) { word in
        guard !isFound, let first = word.first, !(first &- 0x41 < 26) else { return }
        isFound = !words(Fold.folded(word)[...]).isDisjoint(with: .persons)
      }
      if isFound { return true }
    }
    return false
  }

  // MARK: Words

  private static let table: [ArraySlice<UInt8>: Words] = {
    let lists: [(KeyPath<Phrasebook, [String]>, Words)] = [
      (\.firstPerson, .firstPerson), (\.firstPersonPlural, .firstPersonPlural),
      (\.secondPerson, .secondPerson), (\.sentenceWords, .sentence),
    ]
    var table: [ArraySlice<UInt8>: Words] = [:]
    for book in PhraseTables.books {
      for (list, kind) in lists {
        for word in book[keyPath: list] {
          table[Array(word.utf8)[...], default: []].formUnion(kind)
        }
      }
    }
    return table
  }()

  /// What follows `i` where it is the English pronoun without its capital, and not a Polish "and".
  private static let verbsAfterI: Set<ArraySlice<UInt8>> = Set(
    [
      "am", "was", "have", "had", "want", "would", "did", "do", "don't", "didn't", "can", "can't",
      "could", "will", "won't", "never", "still", "got", "paid", "ordered", "bought", "need",
      "hope",
    ].map { Array($0.utf8)[...] })

  /// Polish says who by the end of the verb: `czekałam`, `kupiliśmy`, `obiecaliście`.
  private static func polishEnding(_ word: ArraySlice<UInt8>) -> Words {
    guard word.count >= 5 else { return [] }
    func ends(_ text: StaticString) -> Bool {
      word.suffix(text.utf8CodeUnitCount).startsASCII(text)
    }
    if ends("lismy") || ends("lysmy") { return .firstPersonPlural }
    if ends("liscie") || ends("lyscie") { return .secondPerson }
    // Not `symbolem`, `celem`.
    let stems: [StaticString] = [
      "alem", "ilem", "ylem", "alam", "elam", "ilam", "ylam", "ulam",
    ]
    return stems.contains { ends($0) } ? .firstPerson : []
  }

  /// Whether English speaks: `I` as a word of its own.
  private static func holdsCapitalI(_ line: ArraySlice<UInt8>) -> Bool {
    for at in line.indices where line[at] == 0x49 {
      let opens = at == line.startIndex || !isWordByte(line[at - 1])
      let closes = at + 1 == line.endIndex || !isWordByte(line[at + 1]) || line[at + 1] == 0x27
      // "I." is an initial or a number.
      if opens, closes, at + 1 == line.endIndex || line[at + 1] != 0x2E { return true }
    }
    return false
  }

  /// Runs of letters, digits and inner apostrophes.
  private static func eachWord(_ text: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
    var at = text.startIndex
    while at < text.endIndex {
      guard isWordByte(text[at]) else {
        at += 1
        continue
      }
      let from = at
      while at < text.endIndex, isWordByte(text[at]) || text[at] == 0x27 { at += 1 }
      var to = at
      while text[to - 1] == 0x27 { to -= 1 }
      body(text[from..<to])
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool { isLetterByte(byte) || isDigit(byte) }
}
