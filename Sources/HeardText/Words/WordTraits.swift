/// What sentence ends depend on, for one spelling.
struct WordTraits: OptionSet {
  let rawValue: UInt16

  /// Its first letter is upper case.
  static let startsUpper = WordTraits(rawValue: 1 << 0)
  /// Its first letter is lower case.
  static let startsLower = WordTraits(rawValue: 1 << 1)
  /// Digits only.
  static let number = WordTraits(rawValue: 1 << 2)
  /// One letter, as an initial.
  static let singleLetter = WordTraits(rawValue: 1 << 3)
  /// Two letters or more, all upper case.
  static let capitals = WordTraits(rawValue: 1 << 4)
  /// An abbreviation after which its sentence goes on (`dhr.`, `ul.`).
  static let leading = WordTraits(rawValue: 1 << 5)
  /// An abbreviation that a sentence may end with (`enz.`, `itd.`).
  static let trailing = WordTraits(rawValue: 1 << 6)
  /// A month's name.
  static let month = WordTraits(rawValue: 1 << 7)
  /// The end of an internet address or a file name (`nl`, `com`, `pdf`).
  static let domain = WordTraits(rawValue: 1 << 8)
  /// Has a letter.
  static let word = WordTraits(rawValue: 1 << 9)
}

/// Shape of a spelling, read once when it is first met.
struct WordShape {
  var flags: FormFlags = []
  var traits: WordTraits = []
  /// Number of letters.
  var letters = 0

  /// Counts that the shape is decided from.
  struct Count {
    var letters = 0
    var upper = 0
    var lower = 0
    var digits = 0
    var symbols = 0
    var firstLetterUpper = false
    var firstLetterLower = false
    var currency = false
    /// Whether the very first character is a letter.
    var opensWithLetter = false
  }

  /// Decides the flags that do not need the normal form.
  init(_ count: Count) {
    letters = count.letters
    if count.letters > 0 {
      flags.insert(.word)
      traits.insert(.word)
    } else if count.digits > 0 {
      flags.insert(.number)
      traits.insert(.number)
    } else if count.symbols > 0 {
      flags.insert(.symbol)
    }
    if count.currency { flags.insert(.currency) }
    if count.letters >= 2, count.upper == count.letters {
      flags.insert(.capitals)
      traits.insert(.capitals)
    } else if count.firstLetterUpper, count.letters >= 2 {
      flags.insert(.capitalised)
    }
    if count.letters == 1, count.digits == 0 { traits.insert(.singleLetter) }
    if count.opensWithLetter {
      if count.firstLetterUpper { traits.insert(.startsUpper) }
      if count.firstLetterLower { traits.insert(.startsLower) }
    }
  }

  /// Reads the shape of raw bytes through ICU's character properties.
  init(of raw: TextBytes) {
    var count = Count()
    var index = 0
    while index < raw.count {
      let (value, length) = UTF8Reader.codePoint(raw, at: index, end: raw.count)
      count.add(CharacterTraits(of: value), first: index == 0)
      index += length
    }
    self.init(count)
  }
}

extension WordShape.Count {
  /// Counts one character.
  @inline(__always)
  mutating func add(_ character: CharacterTraits, first: Bool) {
    if character.contains(.letter) {
      letters += 1
      if letters == 1 {
        firstLetterUpper = character.contains(.upper)
        firstLetterLower = character.contains(.lower)
        opensWithLetter = first
      }
      if character.contains(.upper) { upper += 1 }
      if character.contains(.lower) { lower += 1 }
    } else if character.contains(.digit) {
      digits += 1
    } else if character.contains(.currency) {
      symbols += 1
      currency = true
    } else if character.contains(.emoji) {
      symbols += 1
    }
  }

  /// Counts one ASCII letter or digit.
  @inline(__always)
  mutating func addASCII(_ byte: UInt8, first: Bool) {
    let lowered = byte | 0x20
    if lowered >= 0x61, lowered <= 0x7A {
      letters += 1
      let isUpper = byte < 0x61
      if letters == 1 {
        firstLetterUpper = isUpper
        firstLetterLower = !isUpper
        opensWithLetter = first
      }
      if isUpper { upper += 1 } else { lower += 1 }
    } else if byte >= 0x30, byte <= 0x39 {
      digits += 1
    }
  }
}
