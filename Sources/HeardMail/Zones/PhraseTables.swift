/// All phrasebooks together, ready for looking lines up.
enum PhraseTables {
  /// Add a language here.
  static let books: [Phrasebook] = [
    .dutch, .polish, .english, .german, .french, .spanish, .neighbours,
  ]

  static let attributionStarts = PhraseSet(all(\.attributionStarts))
  static let attributionVerbs = PhraseSet(all(\.attributionVerbs))
  static let fromFields = PhraseSet(all(\.fromFields))
  static let otherFields = PhraseSet(all(\.otherFields))
  static let originalMarks = PhraseSet(all(\.originalMarks))
  static let forwardMarks = PhraseSet(all(\.forwardMarks))
  static let closings = PhraseSet(all(\.closings))
  static let sentFrom = PhraseSet(all(\.sentFrom))
  static let disclaimerCues = PhraseSet(
    all(\.disclaimerCues) + all(\.disclaimerNames) + all(\.disclaimerRecipients),
    areWhole: false)
  static let disclaimerNames = PhraseSet(all(\.disclaimerNames), areWhole: false)
  static let disclaimerRecipients = PhraseSet(all(\.disclaimerRecipients), areWhole: false)
  static let disclaimers = PhraseSet(all(\.disclaimers), areWhole: false)
  static let registers = PhraseSet(all(\.registers), areWhole: false)
  static let formLabels = PhraseSet(all(\.formLabels))
  static let formNames = all(\.formNames)
  static let boilerplate = PhraseSet(all(\.boilerplate))
  static let boilerplateLines = Set(all(\.boilerplateLines))
  static let pointers = Set(all(\.pointers))
  static let pageFooters = PhraseSet(all(\.pageFooters))
  static let replyPrefixes = Set(all(\.replyPrefixes))
  static let forwardPrefixes = Set(all(\.forwardPrefixes))
  static let automaticSubjects = PhraseSet(all(\.automaticSubjects))
  static let automaticBodies = all(\.automaticBodies)
  static let stubs = all(\.stubs)

  private static func all(_ list: KeyPath<Phrasebook, [String]>) -> [[UInt8]] {
    var seen: Set<[UInt8]> = []
    return books.flatMap { $0[keyPath: list] }.map { Array($0.utf8) }.filter {
      seen.insert($0).inserted
    }
  }
}

/// Phrases that a line may begin with.
struct PhraseSet: Sendable {
  /// By first byte; longest first.
  private let buckets: [[[UInt8]]]

  /// Whether a phrase that ends in a letter must end with a word.
  private let areWhole: Bool

  init(_ phrases: [[UInt8]], areWhole: Bool = true) {
    self.areWhole = areWhole
    var buckets = [[[UInt8]]](repeating: [], count: 256)
    for phrase in phrases where !phrase.isEmpty { buckets[Int(phrase[0])].append(phrase) }
    self.buckets = buckets.map { $0.sorted { $0.count > $1.count } }
  }

  /// Length of the longest phrase at `from`, 0 when there is none.
  ///
  /// A phrase that ends in a letter
  /// must end with the word.
  func match(_ text: [UInt8], from: Int, to: Int) -> Int {
    guard from < to else { return 0 }
    for phrase in buckets[Int(text[from])] where to - from >= phrase.count {
      var i = 1
      while i < phrase.count, text[from + i] == phrase[i] { i += 1 }
      guard i == phrase.count else { continue }
      let after = from + i
      if areWhole, after < to, isLetterByte(phrase[i - 1]),
        isLetterByte(text[after]) || isDigit(text[after])
      {
        continue
      }
      return i
    }
    return 0
  }

  /// The different phrases that stand at the beginnings of words, at most `limit` of them.
  func count(in text: [UInt8], limit: Int) -> Int {
    var found: Set<ArraySlice<UInt8>> = []
    var isWordStart = true
    for at in text.indices {
      if isWordStart {
        let length = match(text, from: at, to: text.count)
        if length > 0, found.insert(text[at..<at + length]).inserted, found.count == limit {
          return limit
        }
      }
      isWordStart = !isLetterByte(text[at])
    }
    return found.count
  }

  /// Whether some phrase begins with this byte.
  func mayBegin(_ byte: UInt8) -> Bool { !buckets[Int(byte)].isEmpty }
}
