/// The check digits of numbers that name a person or an account.
///
/// Each takes digits 0 to 9 and says whether they can be such a number. A number that fails its
/// check is none: an order number of nine digits is no BSN.
public enum IdentifierChecks {
  /// Dutch citizen service number: nine digits, eleven-test, not all the same.
  public static func isBSN(_ digits: [Int]) -> Bool {
    guard digits.count == 9, Set(digits).count > 1 else { return false }
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    return zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11 == 0
  }

  /// Polish citizen number: eleven digits, a possible date of birth, check digit.
  public static func isPESEL(_ digits: [Int]) -> Bool {
    guard digits.count == 11 else { return false }
    // The century is in the month: 1900 adds 0, 2000 adds 20, 2100 40, 2200 60, 1800 80.
    let month = (digits[2] * 10 + digits[3]) % 20
    let day = digits[4] * 10 + digits[5]
    guard (1...12).contains(month), (1...31).contains(day) else { return false }
    let weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]
    let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
    return (10 - sum % 10) % 10 == digits[10]
  }

  /// Polish tax number: ten digits, check digit, not all the same.
  public static func isNIP(_ digits: [Int]) -> Bool {
    guard digits.count == 10, Set(digits).count > 1, digits[0] != 0 else { return false }
    let weights = [6, 5, 7, 2, 3, 4, 5, 6, 7]
    return zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11 == digits[9]
  }

  /// Payment card: 13 to 19 digits, Luhn, not all the same.
  public static func isCard(_ digits: [Int]) -> Bool {
    guard (13...19).contains(digits.count), Set(digits).count > 1, digits[0] != 0 else {
      return false
    }
    var sum = 0
    for (index, digit) in digits.reversed().enumerated() {
      let doubled = index % 2 == 1 ? digit * 2 : digit
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0
  }

  /// International account number in upper case without spaces: length of its country, mod 97.
  public static func isIBAN(_ text: [UInt8]) -> Bool {
    guard (15...34).contains(text.count), text.prefix(2).allSatisfy(isLetter),
      text[2..<4].allSatisfy(isDigit),
      text.dropFirst(4).allSatisfy({ isLetter($0) || isDigit($0) })
    else { return false }
    let country = String(decoding: text.prefix(2), as: UTF8.self)
    if let length = ibanLengths[country], text.count != length { return false }
    var remainder = 0
    for byte in text.dropFirst(4) + text.prefix(4) {
      if isDigit(byte) {
        remainder = (remainder * 10 + Int(byte) - 48) % 97
      } else {
        remainder = (remainder * 100 + Int(byte) - 55) % 97
      }
    }
    return remainder == 1
  }

  private static let ibanLengths = [
    "NL": 18, "PL": 28, "GB": 22, "IE": 22, "BE": 16, "DE": 22, "FR": 27, "ES": 24, "IT": 27,
    "AT": 20, "LU": 20, "PT": 25, "DK": 18, "SE": 24, "NO": 15, "FI": 18, "CZ": 24, "SK": 24,
    "LT": 20, "LV": 21, "EE": 20, "CH": 21,
  ]

  private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
