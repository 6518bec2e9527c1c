internal import HeardInput
internal import HeardSources

/// Which messages of a corpus are meant.
public struct CorpusFilter: Hashable, Sendable {
  /// One half, or nil for both.
  public var half: LabelledMessage.Half?
  /// Names of sets; empty for all.
  public var sets: [String]
  /// Languages as the sources give them; empty for all.
  public var languages: [String]

  /// Makes a filter; without arguments it takes every message.
  public init(
    half: LabelledMessage.Half? = nil, sets: [String] = [], languages: [String] = []
  ) {
    self.half = half
    self.sets = sets
    self.languages = languages
  }

  func takes(_ message: LabelledMessage) -> Bool {
    (half == nil || message.half == half) && (sets.isEmpty || sets.contains(message.set))
      && (languages.isEmpty || languages.contains(message.language))
  }

  /// Refuses names that no message had, so that a slip of the keys is not an empty table.
  func check(_ seen: SeenNames) throws(InputError) {
    guard !seen.sets.isEmpty else {
      throw InputError(.unknownForm, "the corpus is empty: it has no message")
    }
    for (asked, known, what) in [(sets, seen.sets, "set"), (languages, seen.languages, "language")]
    {
      for name in asked where !known.contains(name) {
        let names = known.sorted()
        let hint = Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
        throw InputError(
          .unknownForm,
          "no message of the \(what) '\(name)'; " + (hint ?? "there is \(Spelling.list(names))"))
      }
    }
  }
}

/// Names that came up in a scan.
struct SeenNames: Sendable {
  private(set) var sets: Set<String> = []
  private(set) var languages: Set<String> = []
  private var lastSet = ""
  private var lastLanguage = ""

  mutating func note(_ message: LabelledMessage) {
    // Neighbours mostly agree.
    if message.set != lastSet || sets.isEmpty {
      lastSet = message.set
      sets.insert(message.set)
    }
    if message.language != lastLanguage || languages.isEmpty {
      lastLanguage = message.language
      languages.insert(message.language)
    }
  }

  mutating func merge(_ other: SeenNames) {
    sets.formUnion(other.sets)
    languages.formUnion(other.languages)
  }
}
