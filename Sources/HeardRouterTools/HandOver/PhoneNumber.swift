public import HeardMail
public import HeardText

/// A telephone number that somebody can be called back on.
public struct PhoneNumber: Hashable, Sendable {
  /// As `+31201234567` (E.164).
  public var e164: String
  /// `nl`, `pl`, `gb`, or `other` for a number of another country.
  public var country: String
  /// Whether the words around offer it for calling, as *bel mij op*, *tel.*
  public var isOffered: Bool
  /// Which text of the message.
  public var part: TextPart.Name
  /// What it stands in.
  public var zone: Zone
  /// Law 1: bytes of that part.
  public var range: ByteRange
}

/// The numbering plans of the Netherlands, Poland and the United Kingdom, as far as they tell a number
/// that a person answers from one that costs money, and from a number that is none.
enum NumberingPlan {
  /// The number in E.164 with its country, or nil when no plan has it.
  ///
  /// - Parameters:
  ///   - digits: all digits, in order.
  ///   - isInternational: whether `+` or `00` stood in front (which is not among the digits).
  ///   - language: of the text, for national numbers that two countries could have.
  static func read(
    _ digits: String, isInternational: Bool, language: Language
  ) -> (e164: String, country: String)? {
    if isInternational { return international(digits) }
    let isTrunk = digits.hasPrefix("0")
    let national = isTrunk ? String(digits.dropFirst()) : digits
    var plans: [(country: String, code: String, holds: Bool)] = [
      ("nl", "31", isTrunk && isDutch(national)),
      ("gb", "44", isTrunk && isBritish(national)),
      ("pl", "48", !isTrunk && isPolish(national)),
    ]
    if language == .english { plans.swapAt(0, 1) }
    return plans.first { $0.holds }.map { ("+\($0.code)\(national)", $0.country) }
  }

  private static func international(_ digits: String) -> (e164: String, country: String)? {
    for (country, code, holds) in [
      ("nl", "31", isDutch), ("pl", "48", isPolish), ("gb", "44", isBritish),
    ] as [(String, String, (String) -> Bool)] where digits.hasPrefix(code) {
      // `+31 (0)20 …`: the trunk zero is not dialled.
      var national = String(digits.dropFirst(2))
      if national.hasPrefix("0") { national.removeFirst() }
      return holds(national) ? ("+\(code)\(national)", country) : nil
    }
    guard (8...15).contains(digits.utf8.count), !digits.hasPrefix("0") else { return nil }
    return ("+\(digits)", "other")
  }

  /// Whether the Netherlands have it: nine digits.
  ///
  /// An area of two or three digits, a mobile, or 085 and 088 of firms; not 0800, 0900 and their like,
  /// nor pagers.
  static func isDutch(_ national: String) -> Bool {
    guard national.utf8.count == 9 else { return false }
    let two = Int(national.prefix(2)) ?? 0
    switch two {
    case 61...65, 68, 85, 88: return true
    case 10, 13, 15, 20, 23, 24, 26, 30, 33, 35, 36, 38, 40, 43, 45, 46, 50, 53, 55, 58, 70...79:
      return true
    // Three-digit areas: 0111, 0223, 0318 …
    case 11, 16...18, 22, 25, 29, 31, 32, 34, 41, 47...49, 51, 52, 54, 56, 57, 59: return true
    default: return false
    }
  }

  /// Whether Poland has it: nine digits, mobiles and areas by their first two.
  static func isPolish(_ national: String) -> Bool {
    guard national.utf8.count == 9 else { return false }
    switch Int(national.prefix(2)) ?? 0 {
    case 45, 50, 51, 53, 57, 60, 66, 69, 72, 73, 78, 79, 88: return true
    case 12...18, 22...25, 29, 32...34, 41...44, 46, 48, 52, 54...56, 58, 59, 61...63, 65, 67, 68,
      71, 74...77, 81...87, 89, 91, 94, 95:
      return true
    default: return false
    }
  }

  /// Whether Britain has it: ten digits, nine in a few areas.
  ///
  /// Places (01, 02), firms (03) and mobiles (07); not 070 and 076, 08 and 09.
  static func isBritish(_ national: String) -> Bool {
    let count = national.utf8.count
    let two = Int(national.prefix(2)) ?? 0
    switch two {
    case 11...19: return count == 10 || count == 9
    case 20, 23, 24, 28, 29: return count == 10
    case 30, 33, 34, 37: return count == 10
    case 71...75, 77...79: return count == 10
    default: return false
    }
  }
}
