import HeardTestSupport

/// Random text of every kind that word boundaries and normal forms find hard.
enum RandomText {
  private static func scalars(_ ranges: [ClosedRange<UInt32>]) -> [Unicode.Scalar] {
    ranges.flatMap { $0.compactMap(Unicode.Scalar.init) }
  }

  /// Letters, marks and signs, a family a row.
  static let families: [[Unicode.Scalar]] = [
    Array("abcdefghijklmnopqrstuvwxyzABCXYZ".unicodeScalars),
    Array("0123456789".unicodeScalars),
    Array("      \n\t".unicodeScalars),
    Array(".,:;_-'\"`$!?()/@#&*+=<>|~^%\\[]{}".unicodeScalars),
    scalars([0xA1...0xFF]),
    scalars([0x100...0x24F]),
    Array("’‘ʼ´＇“”„«»–—…·•‧․﹒：＿‿\u{A0}\u{202F}\u{3000}\u{2028}\u{85}".unicodeScalars),
    scalars([0x370...0x3FF, 0x1F00...0x1F40]),
    scalars([0x400...0x4FF]),
    scalars([0x4E00...0x4E40]) + Array("我要投诉中国日本語。、！？".unicodeScalars),
    scalars([0x3041...0x3060, 0x30A1...0x30C0, 0xFF66...0xFF9F]),
    scalars([0xAC00...0xAC20, 0x1100...0x1110, 0x1161...0x1170, 0x11A8...0x11B0]),
    scalars([0x5D0...0x5EA, 0x5F3...0x5F4, 0x621...0x640, 0x660...0x66C, 0x591...0x5A0]),
    scalars([0x904...0x940, 0xE01...0xE30]),
    scalars([0x300...0x32F, 0x338...0x338, 0x345...0x345, 0x20D0...0x20F0, 0x3099...0x309A]),
    Array(
      "\u{AD}\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{34F}\u{FE0F}\u{FE0E}\u{61C}".unicodeScalars),
    Array("😡👍😀🔥👩👨👧🚀☹☺❤©®™‼ℹ🏴🏽🏿\u{200D}\u{200D}\u{FE0F}\u{20E3}🇳🇱🇵".unicodeScalars),
    Array("€£¥₿￥zł$".unicodeScalars),
    Array("ﬁﬃĳŉſß½⅓⒈①㏂ﷺﷲÅΩKªºµ²Ⅳ㍿㎏ﾞ\u{1E9B}\u{1E9E}\u{130}\u{149}".unicodeScalars),
    scalars([0xFF01...0xFF5E]),
    scalars([0x2000...0x206F]),
    scalars([0x1D400...0x1D420, 0x1F100...0x1F110, 0x1F1E6...0x1F1EC, 0xE0020...0xE0030]),
  ]

  /// A text of 1 to `longest` characters out of a few families.
  static func make(longest: Int, _ generator: inout SeededGenerator) -> String {
    let count = Int.random(in: 1...longest, using: &generator)
    let mixed = (0..<3).map { _ in Int.random(in: 0..<families.count, using: &generator) }
    var text = String.UnicodeScalarView()
    for _ in 0..<count {
      // Letters oftener than the rest: words are what this is about.
      let pick = Int.random(in: 0..<5, using: &generator)
      let family = pick < 3 ? families[mixed[pick]] : families[pick == 3 ? 0 : mixed[0]]
      text.append(family[Int.random(in: 0..<family.count, using: &generator)])
    }
    return String(text)
  }
}
