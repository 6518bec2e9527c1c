/// Reads numbers that are written in groups, as people write them.
struct NumberScanner {
  typealias Found = IdentifierScanner.Found

  let bytes: [UInt8]

  /// Digits in groups with one separator between each two.
  private struct Groups {
    var ranges: [Range<Int>] = []
    /// The separators behind each group but the last.
    var separators: [UInt8] = []

    var lengths: [Int] { ranges.map(\.count) }
    var range: Range<Int> { (ranges.first?.lowerBound ?? 0)..<(ranges.last?.upperBound ?? 0) }
    /// Whether all separators are the same one, and one of these.
    func isJoined(by allowed: String) -> Bool {
      Set(separators).count <= 1 && separators.allSatisfy(Array(allowed.utf8).contains)
    }
  }

  /// What number begins with the digit here: the longest reading that holds.
  func number(at place: Int) -> Found? {
    let all = groups(at: place)
    for count in stride(from: all.ranges.count, through: 1, by: -1) {
      var groups = all
      groups.ranges = Array(all.ranges.prefix(count))
      groups.separators = Array(all.separators.prefix(count - 1))
      guard endsFreely(groups.range.upperBound) else { continue }
      if let found = read(groups) { return found }
    }
    return dutchPostcode(at: place)
  }

  private func read(_ groups: Groups) -> Found? {
    let digits = groups.ranges.flatMap { bytes[$0].map { Int($0) - 48 } }
    let canonical = digits.map(String.init).joined()
    func found(_ kind: RedactedKind) -> Found { (kind, groups.range, canonical) }
    let lengths = groups.lengths
    switch digits.count {
    case 26 where groups.isJoined(by: " -") && isPolishAccount(canonical):
      return (.iban, groups.range, "PL" + canonical)
    case 13...19
    where groups.isJoined(by: " -") && isCardLayout(lengths) && IdentifierChecks.isCard(digits):
      return found(.card)
    case 11 where lengths == [11] && IdentifierChecks.isPESEL(digits):
      return found(.pesel)
    case 10
    where [[10], [3, 3, 2, 2], [3, 2, 2, 3]].contains(lengths) && groups.isJoined(by: "- ")
      && IdentifierChecks.isNIP(digits):
      return found(.nip)
    case 9
    where [[9], [3, 3, 3], [4, 2, 3]].contains(lengths) && groups.isJoined(by: ". ")
      && !(groups.separators.contains(UInt8(ascii: " ")) && isCalledPhone(groups.range.lowerBound))
      && IdentifierChecks.isBSN(digits) && !isAmount(groups.range.upperBound):
      return found(.bsn)
    case 5 where lengths == [2, 3] && groups.isJoined(by: "-"):
      return isAmount(groups.range.upperBound) ? nil : found(.postcode)
    default:
      break
    }
    return phone(groups, canonical).map { (.phone, groups.range, $0) }
  }

  /// A number that is written with its country's code, or in brackets.
  func phone(at place: Int) -> Found? {
    if bytes[place] == UInt8(ascii: "(") {
      guard place + 1 < bytes.count, bytes[place + 1].isDigit || bytes[place + 1] == 43 else {
        return nil
      }
    }
    var end = place
    var digits = ""
    // Text may be nothing but brackets and digits; each of them asks again.
    while end < bytes.count, end - place < Self.longestPhone,
      bytes[end].isDigit || Self.phoneSigns.contains(bytes[end])
    {
      if bytes[end].isDigit { digits.append(Character(UnicodeScalar(bytes[end]))) }
      if bytes[end] == 43, end > place + 1 { break }
      end += 1
    }
    while end > place, !bytes[end - 1].isDigit { end -= 1 }
    let isInternational = bytes[place] == 43 || bytes[place + 1] == 43
    guard (isInternational ? 9...15 : 10...11).contains(digits.count), endsFreely(end) else {
      return nil
    }
    if !isInternational, !digits.hasPrefix("0") { return nil }
    return (.phone, place..<end, NumberScanner.national(digits))
  }

  private static let phoneSigns = Array("+ -.()/".utf8)

  /// Bytes of a telephone number at most: fifteen digits (ITU-T E.164) with signs between them.
  private static let longestPhone = 48

  /// The number as one would compare it: its last nine digits.
  private static func national(_ digits: String) -> String { String(digits.suffix(9)) }

  private func phone(_ groups: Groups, _ digits: String) -> String? {
    let lengths = groups.lengths
    guard !isDate(lengths), !isAmount(groups.range.upperBound) else { return nil }
    for code in ["0031", "0048", "0044"] where digits.hasPrefix(code) {
      return (12...15).contains(digits.count) ? NumberScanner.national(digits) : nil
    }
    let characters = Array(digits)
    guard lengths.count <= 5, lengths.dropFirst().allSatisfy({ $0 >= 2 }),
      !lengths.starts(with: [4, 4])
    else { return nil }
    if characters[0] == "0", characters.count > 1, characters[1] != "0" {
      // Dutch: ten digits. British: eleven, in some places ten.
      return [10, 11].contains(digits.count) && groups.separators.allSatisfy({ $0 != 47 })
        ? NumberScanner.national(digits) : nil
    }
    guard digits.count == 9, characters[0] != "0", groups.isJoined(by: " -") else { return nil }
    let isGrouped = lengths == [3, 3, 3] || lengths == [2, 3, 2, 2]
    guard isGrouped || isCalledPhone(groups.range.lowerBound) else { return nil }
    return digits.hasSuffix("000000") ? nil : digits
  }

  // MARK: Accounts and postcodes

  /// Letters and digits in any grouping by spaces that pass the test of their country.
  func iban(at place: Int) -> Found? {
    guard place + 4 < bytes.count, bytes[place + 1].isLetter, bytes[place + 2].isDigit,
      bytes[place + 3].isDigit
    else { return nil }
    var text: [UInt8] = []
    var end = place
    var last: Int?
    while end < bytes.count, text.count < 34 {
      if bytes[end].isLetter || bytes[end].isDigit {
        text.append(bytes[end].isDigit || bytes[end].isUpper ? bytes[end] : bytes[end] - 32)
        if endsFreely(end + 1), IdentifierChecks.isIBAN(text) { last = end + 1 }
      } else if bytes[end] != UInt8(ascii: " ") || end + 1 >= bytes.count
        || !(bytes[end + 1].isLetter || bytes[end + 1].isDigit)
      {
        break
      }
      end += 1
    }
    guard let last else { return nil }
    let canonical = bytes[place..<last].filter { $0 != 32 }
    return (
      .iban, place..<last, String(decoding: canonical, as: UTF8.self).uppercased()
    )
  }

  private func isPolishAccount(_ digits: String) -> Bool {
    IdentifierChecks.isIBAN(Array("PL\(digits)".utf8))
  }

  /// `1234 AB`, but not `2024 IN`: the letters are upper case and no SA, SD or SS.
  private func dutchPostcode(at place: Int) -> Found? {
    var end = place
    while end < bytes.count, bytes[end].isDigit { end += 1 }
    guard end - place == 4, bytes[place] != UInt8(ascii: "0") else { return nil }
    if end < bytes.count, bytes[end] == UInt8(ascii: " ") { end += 1 }
    guard end + 2 <= bytes.count, bytes[end].isUpper, bytes[end + 1].isUpper,
      endsFreely(end + 2)
    else { return nil }
    let letters = String(decoding: bytes[end..<end + 2], as: UTF8.self)
    guard !["SA", "SD", "SS"].contains(letters) else { return nil }
    // A year in front of a shouted word.
    let isYear = bytes[place..<place + 2].elementsEqual("20".utf8)
    if isYear, end > place + 4, NumberScanner.shortWords.contains(letters) { return nil }
    let digits = String(decoding: bytes[place..<place + 4], as: UTF8.self)
    return (.postcode, place..<end + 2, digits + letters)
  }

  private static let shortWords: Set<String> = [
    "IN", "IS", "OP", "EN", "OM", "DE", "WE", "TE", "AL", "JE", "ZE", "UW", "OF", "TO", "ON", "AT",
  ]

  /// `SW1A 1AA`, `M1 1AE`: upper case, with its space.
  func britishPostcode(at place: Int) -> Found? {
    var end = place
    while end < bytes.count, bytes[end].isUpper { end += 1 }
    guard (1...2).contains(end - place), end < bytes.count, bytes[end].isDigit else { return nil }
    end += 1
    if end < bytes.count, bytes[end].isDigit || bytes[end].isUpper { end += 1 }
    guard end + 4 <= bytes.count, bytes[end] == UInt8(ascii: " "), bytes[end + 1].isDigit,
      bytes[end + 2].isUpper, bytes[end + 3].isUpper, endsFreely(end + 4)
    else { return nil }
    let code = bytes[place..<end + 4].filter { $0 != 32 }
    return (.postcode, place..<end + 4, String(decoding: code, as: UTF8.self))
  }

  // MARK: Surroundings

  /// Groups of digits from here, each two with one separator between them.
  private func groups(at place: Int) -> Groups {
    var groups = Groups()
    var place = place
    while place < bytes.count, bytes[place].isDigit, groups.ranges.count < 8 {
      let start = place
      while place < bytes.count, bytes[place].isDigit { place += 1 }
      groups.ranges.append(start..<place)
      guard place + 1 < bytes.count, Array(" -./".utf8).contains(bytes[place]),
        bytes[place + 1].isDigit
      else { break }
      groups.separators.append(bytes[place])
      place += 1
    }
    groups.separators = Array(groups.separators.prefix(max(0, groups.ranges.count - 1)))
    return groups
  }

  private func endsFreely(_ end: Int) -> Bool {
    guard end < bytes.count else { return true }
    if bytes[end].isWordByte { return false }
    // A decimal part, or more of a longer number.
    return !(end + 1 < bytes.count && [44, 46].contains(bytes[end]) && bytes[end + 1].isDigit)
  }

  private func isCardLayout(_ lengths: [Int]) -> Bool {
    lengths.count == 1 || lengths == [4, 6, 5]
      || lengths.dropLast().allSatisfy { $0 == 4 } && (lengths.last ?? 0) <= 4
  }

  /// Days, months and years: 12-05-2024, 2024-05-12.
  private func isDate(_ lengths: [Int]) -> Bool {
    guard lengths.count >= 3 else { return false }
    return lengths[0] <= 2 && lengths[1] <= 2 && lengths[2] == 4
      || lengths[0] == 4 && lengths[1] <= 2 && lengths[2] <= 2
  }

  /// Whether a currency or a unit follows.
  private func isAmount(_ end: Int) -> Bool {
    let rest = bytes[min(end, bytes.count)..<min(end + 8, bytes.count)]
    let word = String(decoding: rest, as: UTF8.self).drop { $0 == " " }.lowercased()
    return ["zł", "zl", "pln", "eur", "€", "gbp", "£", "euro", "km", "kg", "%"]
      .contains { word.hasPrefix($0) }
  }

  /// Whether a word in front calls it a telephone number.
  private func isCalledPhone(_ start: Int) -> Bool {
    // Not beyond another number or another part of the sentence.
    let window = bytes[max(0, start - 24)..<start]
    let near = window.suffix(while: { !$0.isDigit && !Array(",;!?\n".utf8).contains($0) })
    let before = String(decoding: near, as: UTF8.self).lowercased()
    return ["tel", "phone", "kom", "dzwon", "mobile", "bel ", "gsm", "nummer is"]
      .contains { before.contains($0) }
  }
}

extension ArraySlice {
  /// The elements at the end that all pass.
  fileprivate func suffix(while isWanted: (Element) -> Bool) -> ArraySlice {
    var start = endIndex
    while start > startIndex, isWanted(self[start - 1]) { start -= 1 }
    return self[start...]
  }
}
