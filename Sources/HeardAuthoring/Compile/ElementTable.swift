internal import HeardLexicon
import HeardText

/// Elements: the words of patterns, each with every form that it may take in a text.
///
/// Two entries that ask for the same word in the same way share an element, so that the matcher
/// looks at it once.
struct ElementTable {
  /// What makes two words of patterns the same element.
  struct Key: Hashable {
    var language: Language
    var mode: MatchingMode
    /// Sorted, each once.
    var forms: [Form]
  }

  /// A spelling of an element.
  struct Form: Hashable, Comparable {
    var word: NormalWord
    /// Whether its spelling without diacritics is no other word.
    var folds: Bool

    static func < (one: Form, other: Form) -> Bool {
      let a = one.word.normal.utf8
      let b = other.word.normal.utf8
      return a.elementsEqual(b)
        ? !one.folds && other.folds : a.lexicographicallyPrecedes(b)
    }
  }

  private(set) var keys: [Key] = []
  private var numbers: [Key: UInt32] = [:]

  /// The element of these forms; a new one gets the next number.
  mutating func element(_ key: Key) -> UInt32 {
    if let number = numbers[key] { return number }
    let number = UInt32(keys.count)
    keys.append(key)
    numbers[key] = number
    return number
  }

  /// Writes forms, postings and the hash table.
  ///
  /// A form is written under its normal spelling and, where that is no other word, under its
  /// spelling without diacritics.
  func write(into image: inout ImageWriter) {
    var postings: [String: [UInt32: PostingFlags]] = [:]
    var order: [String] = []
    func add(_ key: String, _ element: Int, _ flags: PostingFlags) {
      guard !key.isEmpty else { return }
      if postings[key] == nil { order.append(key) }
      postings[key, default: [:]][UInt32(element), default: []].formUnion(flags)
    }
    for (number, element) in keys.enumerated() {
      let common = Self.flags(element)
      for form in element.forms {
        add(form.word.normal, number, common.union(.exact))
        if form.folds && element.mode.folds && form.word.folded != form.word.normal {
          add(form.word.folded, number, common.union(.folded))
        }
      }
    }
    var size = 16
    while size < order.count * 2 { size *= 2 }
    var compounds = CompoundFilter()
    var slots = [UInt32](repeating: 0, count: size)
    for (number, key) in order.enumerated() {
      let list = (postings[key] ?? [:]).sorted { $0.key < $1.key }
      let hash = FormHash.of(key.utf8)
      let place = image.place(of: key)
      let all = list.reduce(into: PostingFlags()) { $0.formUnion($1.value) }
      compounds.insert(Array(key.utf8), all)
      image.add(
        [
          hash, place.offset, UInt32(image.count(of: .postings)),
          UInt32(UInt16(clamping: place.count)) | all.rawValue << 16,
        ], to: .forms)
      for (element, flags) in list { image.add([element, flags.rawValue], to: .postings) }
      var slot = Int(hash) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(number) + 1
    }
    image.set(.slots, slots)
    image.set(.compounds, compounds.words)
  }

  private static func flags(_ element: Key) -> PostingFlags {
    var flags = PostingFlags(languageBits: LanguageSet(element.language).rawValue)
    // Only Dutch writes compounds as one word; elsewhere the mode says nothing.
    if element.language == .dutch {
      switch element.mode.compound {
      case .none: break
      case .head: flags.formUnion(.head)
      case .modifier: flags.formUnion(.modifier)
      case .any: flags.formUnion([.head, .modifier])
      }
    }
    if element.mode.letterCase == .notName { flags.formUnion(.notName) }
    if element.mode.folds { flags.formUnion(.folds) }
    return flags
  }
}
