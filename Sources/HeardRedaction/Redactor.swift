internal import HeardRouter
public import HeardStaff
internal import HeardText

/// Replaces what names a person by tokens: numbers with their check digits, phones, addresses,
/// names behind a title.
///
/// Pseudonymised text is still personal data: who holds the key can test a guess, and a story can
/// give somebody away without any number. Names without a title are not found, but for those of a
/// staff directory, which are found in all their forms.
public struct Redactor: Sendable {
  private let key: RedactionKey
  private let staff: StaffDirectory?

  /// Makes a redactor; with the same key the same person has the same token.
  ///
  /// - Parameter staff: whose names get the token of their id, whatever form they have.
  public init(key: RedactionKey, staff: StaffDirectory? = nil) {
    self.key = key
    self.staff = staff
  }

  /// The text with tokens.
  public func redact(_ text: String) -> RedactedText { redact(Array(text.utf8)) }

  /// The text with tokens; bytes that are no UTF-8 are kept as they are.
  public func redact(_ bytes: [UInt8]) -> RedactedText {
    var spans: [(kind: RedactedKind, range: Range<Int>, canonical: String)] = []
    var place = 0
    var scanner = IdentifierScanner(bytes)
    while place < bytes.count {
      guard let found = scanner.find(at: place) else {
        place = scanner.next(after: place)
        continue
      }
      spans.append(found)
      place = found.range.upperBound
    }
    let tokens = spans.map { ($0.kind, $0.range, key.token($0.kind, $0.canonical)) }
    return RedactedText(bytes, withStaff(bytes, tokens))
  }

  private typealias Span = (kind: RedactedKind, range: Range<Int>, token: String)

  /// The spans with those of the staff, which take the place of names found by their title.
  private func withStaff(_ bytes: [UInt8], _ spans: [Span]) -> [Span] {
    guard let staff else { return spans }
    let named: [Span] = StaffMatcher(staff).mentions(in: bytes).map {
      (.person, $0.range.range, key.token(staff: $0.people.joined(separator: "|")))
    }
    let kept = spans.filter { $0.kind != .person || !Self.overlaps($0, named) }
    // A name inside an address is part of the address.
    let free = named.filter { !Self.overlaps($0, kept) }
    return (kept + free).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Whether a span overlaps one of others, which ascend and do not overlap each other.
  private static func overlaps(_ span: Span, _ others: [Span]) -> Bool {
    var low = 0
    var high = others.count
    while low < high {
      let middle = (low + high) / 2
      if others[middle].range.upperBound <= span.range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < others.count && others[low].range.lowerBound < span.range.upperBound
  }
}

/// Finds what names a person at a place of a text, the most certain kind first.
struct IdentifierScanner {
  typealias Found = (kind: RedactedKind, range: Range<Int>, canonical: String)

  let bytes: [UInt8]
  private let numbers: NumberScanner
  private let words: WordScanner

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    numbers = NumberScanner(bytes: bytes)
    words = WordScanner(bytes: bytes)
  }

  /// What begins here: only at the start of a word or a number.
  mutating func find(at place: Int) -> Found? {
    let byte = bytes[place]
    if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "(") { return numbers.phone(at: place) }
    guard byte.isWordByte, place == 0 || !bytes[place - 1].isWordByte else { return nil }
    if let email = words.email(at: place) { return email }
    if byte.isLetter, let iban = numbers.iban(at: place) { return iban }
    if byte.isDigit {
      // Part of a longer number with separators that was not taken as a whole: 12.345,67.
      if place >= 2, bytes[place - 2].isDigit, [44, 46].contains(bytes[place - 1]) { return nil }
      return numbers.number(at: place)
    }
    return numbers.britishPostcode(at: place) ?? words.name(at: place)
  }

  /// The next place where something can begin.
  func next(after place: Int) -> Int {
    guard bytes[place].isWordByte else { return place + 1 }
    var next = place
    while next < bytes.count, bytes[next].isWordByte { next += 1 }
    return next
  }
}

extension UInt8 {
  var isDigit: Bool { (48...57).contains(self) }
  var isUpper: Bool { (65...90).contains(self) }
  var isLetter: Bool { isUpper || (97...122).contains(self) }
  /// Letters, digits, and all bytes of scalars beyond ASCII.
  var isWordByte: Bool { isLetter || isDigit || self >= 0x80 }
}
