/// One line of a Hunspell affix file: strip this, add that, where the stem looks so.
struct HunspellAffix: Sendable {
  /// What one letter of a condition may be.
  enum Letter: Sendable {
    case any
    case one(of: [Unicode.Scalar])
    case none(of: [Unicode.Scalar])

    func accepts(_ scalar: Unicode.Scalar) -> Bool {
      switch self {
      case .any: true
      case .one(let scalars): scalars.contains(scalar)
      case .none(let scalars): !scalars.contains(scalar)
      }
    }
  }

  var isPrefix: Bool
  var flag: UInt32
  /// The flag as the file writes it.
  var flagName: String
  /// Whether it may stand together with an affix at the other end.
  var crosses: Bool
  var strip: [Unicode.Scalar]
  var add: [Unicode.Scalar]
  var condition: [Letter]
  /// Flags of what it makes (continuation classes).
  var continuation: [UInt32]

  /// `SFX d: ać>ał`, with `0` for nothing.
  var label: String {
    func shown(_ scalars: [Unicode.Scalar]) -> String {
      scalars.isEmpty ? "0" : String(String.UnicodeScalarView(scalars))
    }
    return "\(isPrefix ? "PFX" : "SFX") \(flagName): \(shown(strip))>\(shown(add))"
  }

  /// The word that it makes of a stem, or nil when the stem does not fit.
  func apply(to stem: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    guard fits(stem) else { return nil }
    return isPrefix ? add + stem.dropFirst(strip.count) : stem.dropLast(strip.count) + add
  }

  /// The stem that it made a word of, or nil when it cannot have.
  func undo(_ word: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    guard word.count >= add.count else { return nil }
    let stem: [Unicode.Scalar]
    if isPrefix {
      guard word.starts(with: add) else { return nil }
      stem = strip + word.dropFirst(add.count)
    } else {
      guard word.suffix(add.count).elementsEqual(add) else { return nil }
      stem = word.dropLast(add.count) + strip
    }
    return !stem.isEmpty && fits(stem) ? stem : nil
  }

  private func fits(_ stem: [Unicode.Scalar]) -> Bool {
    guard stem.count >= max(strip.count, condition.count) else { return false }
    if isPrefix {
      return stem.starts(with: strip) && zip(stem, condition).allSatisfy { $1.accepts($0) }
    }
    return stem.suffix(strip.count).elementsEqual(strip)
      && zip(stem.suffix(condition.count), condition).allSatisfy { $1.accepts($0) }
  }

  /// Reads a condition such as `[^aeiou]y`; nil when brackets do not close.
  static func condition(_ text: some StringProtocol) -> [Letter]? {
    if text == "." { return [] }
    var letters: [Letter] = []
    var set: [Unicode.Scalar]?
    var negated = false
    for scalar in text.unicodeScalars {
      if let open = set {
        if scalar == "]" {
          letters.append(negated ? .none(of: open) : .one(of: open))
          set = nil
        } else if scalar == "^", open.isEmpty, !negated {
          negated = true
        } else {
          set = open + [scalar]
        }
      } else if scalar == "[" {
        set = []
        negated = false
      } else {
        letters.append(scalar == "." ? .any : .one(of: [scalar]))
      }
    }
    return set == nil ? letters : nil
  }
}
