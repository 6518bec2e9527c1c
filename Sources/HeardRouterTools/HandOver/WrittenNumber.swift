/// Digits in groups, as people write a telephone number: `+31 (0)20-123 45 67`.
struct WrittenNumber {
  /// Where the groups of digits stand.
  private(set) var groups: [Range<Int>] = []
  /// Whether `+` or `00` stands in front.
  private(set) var isInternational = false
  private let bytes: [UInt8]
  private let start: Int

  /// Reads the number that begins at a place; nil when letters touch it or it has too few digits.
  init?(_ bytes: [UInt8], from start: Int, to end: Int) {
    self.bytes = bytes
    self.start = start
    if start > 0, PhoneSearch.isWord(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: "@") {
      return nil
    }
    var place = start
    if bytes[place] == UInt8(ascii: "+") {
      isInternational = true
      place += 1
      while place < end, bytes[place] == 0x20 || bytes[place] == UInt8(ascii: "(") { place += 1 }
    }
    while place < end, PhoneSearch.isDigit(bytes[place]), groups.count < 9 {
      let first = place
      while place < end, PhoneSearch.isDigit(bytes[place]) { place += 1 }
      groups.append(first..<place)
      // Separators: at most ` (0) `, and digits behind them.
      var next = place
      while next < end, next - place < 4, Array(" .-()/".utf8).contains(bytes[next]) { next += 1 }
      guard next > place, next < end, PhoneSearch.isDigit(bytes[next]) else { break }
      place = next
    }
    if let last = groups.last?.upperBound, last < end, PhoneSearch.isWord(bytes[last]) {
      // `55-0912abc`: the last group is part of a word.
      groups.removeLast()
    }
    guard groups.reduce(0, { $0 + $1.count }) >= 7 else { return nil }
    if !isInternational, written.hasPrefix("00") { isInternational = true }
  }

  /// From its first sign to its last digit.
  var range: Range<Int> { start..<(groups.last?.upperBound ?? start) }

  private var written: String {
    String(decoding: groups.flatMap { bytes[$0] }, as: UTF8.self)
  }

  /// All digits; without the `00` of an international number.
  var digits: String {
    isInternational && bytes[start] != UInt8(ascii: "+") ? String(written.dropFirst(2)) : written
  }

  /// The number up to one of its groups.
  func prefix(_ count: Int) -> WrittenNumber {
    var number = self
    number.groups = Array(groups.prefix(count))
    return number
  }

  /// Whether the way it is written does not make it something else: a date, an amount, an order
  /// number, a citizen number.
  func isPlausible(isOffered: Bool) -> Bool {
    let lengths = groups.map(\.count)
    let digits = digits
    guard !isDate(lengths), !isAmount else { return false }
    if isInternational { return (9...15).contains(digits.utf8.count) }
    if digits.hasPrefix("0") { return (10...11).contains(digits.utf8.count) }
    // A Polish number has nothing that tells it from others: it is offered, or written in threes.
    guard digits.utf8.count == 9 else { return false }
    return isOffered || lengths == [3, 3, 3] || lengths == [2, 3, 2, 2]
  }

  private func isDate(_ lengths: [Int]) -> Bool {
    guard lengths.count >= 3, !isInternational else { return false }
    return lengths[0] <= 2 && lengths[1] <= 2 && lengths[2] == 4
      || lengths[0] == 4 && lengths[1] <= 2 && lengths[2] <= 2
  }

  /// Whether a currency or a decimal part follows.
  private var isAmount: Bool {
    let end = range.upperBound
    if end + 1 < bytes.count, [44, 46].contains(bytes[end]), PhoneSearch.isDigit(bytes[end + 1]) {
      return true
    }
    let rest = String(
      decoding: bytes[min(end, bytes.count)..<min(end + 8, bytes.count)], as: UTF8.self
    )
    .drop { $0 == " " }.lowercased()
    return ["zł", "zl", "pln", "eur", "€", "gbp", "£"].contains { rest.hasPrefix($0) }
  }
}

/// What the words in front of a number say that it is.
enum PhoneCues {
  enum Cue {
    /// To be called on.
    case offered
    /// The sender called it: it is the other side's.
    case called
    /// Of an order, an account, a person.
    case otherNumber
    case none
  }

  private static let otherNumbers = [
    "iban", "konto", "konta", "rekening", "pesel", "nip", "regon", "bsn", "kvk", "krs", "btw",
    "vat",
    "fax", "faks", "order", "bestel", "zamówien", "zamowien", "factuur", "faktur", "invoice",
    "account", "klantnummer", "customer number", "ticket", "zgłosz", "zglosz", "kenmerk", "polis",
  ]
  private static let called = [
    "gebeld naar", "belde naar", "bel naar", "belde ik", "dzwoniłem na", "dzwoniłam na",
    "dzwonilem na", "dzwonilam na", "dzwonię na", "called your", "rang your", "i called", "i rang",
    "phoned your", "jullie nummer", "uw nummer", "państwa numer", "your number", "infolini",
  ]
  private static let offered = [
    "tel", "phone", "mobile", "mobiel", "gsm", "kom", "bel mij", "bel me", "bellen op", "bereik",
    "dzwon", "zadzwon", "numer", "call me", "ring me", "reach me", "call back", "terugbel",
    "nummer",
    "my number", "kontakt", "contact", "t:", "m:",
  ]

  /// The nearest cue in the same sentence; what names another number is stronger.
  static func cue(before place: Int, in bytes: [UInt8], from start: Int) -> Cue {
    var first = max(start, place - 48)
    // Not beyond the sentence, the line, or another number.
    for index in stride(from: place - 1, through: first, by: -1)
    where [10, 33, 63, 59].contains(bytes[index])
      || PhoneSearch.isDigit(bytes[index]) && index < place - 2
      || bytes[index] == 46 && index + 1 < place && bytes[index + 1] == 32 && index < place - 2
    {
      first = index + 1
      break
    }
    guard first < place else { return .none }
    let words = String(decoding: bytes[first..<place], as: UTF8.self).lowercased()
    if called.contains(where: words.contains) { return .called }
    if otherNumbers.contains(where: words.contains) { return .otherNumber }
    if offered.contains(where: words.contains) { return .offered }
    return .none
  }
}
