/// Lines that have nothing to do with the text around them, as scraped pages have: search queries,
/// links to other pages, a headline twice.
///
/// Only in long prose that came without a mail: several long paragraphs and a lone short line between
/// them, which asks as a query does or has capitals as a headline has. Whoever says something in it
/// keeps his line.
enum StrayLines {
  static func mark(_ page: inout LinePage) {
    guard isLongProse(page) else { return }
    var counts: [[UInt8]: Int]?
    for at in page.lines.indices {
      let line = page.lines[at]
      guard line.zone == nil, !line.isBlank, line.count < 160, page.isIsolated(at) else { continue }
      if repeatsInNext(page, at) || isLogo(page, at) {
        page.lines[at].zone = .stray
        continue
      }
      guard line.count < 60 else { continue }
      let shape = shape(page, at)
      guard shape != .other else { continue }
      if counts == nil { counts = wordCounts(page) }
      if let counts, isOffTopic(page, at, counts, shape) { page.lines[at].zone = .stray }
    }
  }

  /// At least 1,500 bytes, most of them in paragraphs of 200 and more.
  private static func isLongProse(_ page: LinePage) -> Bool {
    guard page.bytes.count >= 1_500 else { return false }
    var inLong = 0
    for line in page.lines where line.zone == nil && line.count >= 200 { inLong += line.count }
    return inLong * 10 >= page.bytes.count * 7
  }

  private enum Shape {
    /// Begins as questions do, with no capital and no full stop: a query.
    case query
    /// Every word with a capital: a link to another page.
    case title
    case other
  }

  private static func shape(_ page: LinePage, _ index: Int) -> Shape {
    let line = page.lines[index]
    let words = page.bytes[line.start..<line.end].split { isSpace($0) }
    guard words.count >= 3, words.count <= 9 else { return .other }
    let last = page.last(index)
    if queryStarts.contains(words[0]), ![0x2E, 0x21, 0x3A, 0x3B, 0x2C].contains(last) {
      // A query has no capital at all; a list or a wrapped line often has.
      let isSmall = !words.contains { ($0.first ?? 0) &- 0x41 < 26 }
      return isSmall && !speaks(page, index, isQuery: true) ? .query : .other
    }
    if [0x2E, 0x21, 0x3F, 0x3A, 0x3B, 0x2C].contains(last) { return .other }
    let isTitle = words.allSatisfy { ($0.first ?? 0) &- 0x41 < 26 }
    return isTitle && !speaks(page, index, isQuery: false) ? .title : .other
  }

  /// Whether a person is in a line besides those who are asked for: "is mijn pakket al weg".
  private static func speaks(_ page: LinePage, _ index: Int, isQuery: Bool) -> Bool {
    let text = page.text(index)
    let words = text.split(separator: 0x20)
    // The verb of a question says nothing, and a headline may address its reader.
    let rest = isQuery ? words.filter { !queryVerbs.contains($0) } : words
    let found = rest.reduce(into: Speech.Words()) { $0.formUnion(Speech.words($1)) }
    return !found.subtracting(isQuery ? [] : .secondPerson).isEmpty
  }

  private static let queryStarts = set([
    "is", "hoe", "wie", "wat", "waar", "wanneer", "how", "who", "what", "where", "when", "why",
    "jak", "kto", "gdzie", "kiedy", "ile", "czy",
  ])
  private static let queryVerbs = set(["is", "are", "was", "were", "jest", "byl", "czy"])

  private static func set(_ words: [String]) -> Set<ArraySlice<UInt8>> {
    Set(words.map { Array($0.utf8)[...] })
  }

  /// How often each word of four letters and more is in the text.
  private static func wordCounts(_ page: LinePage) -> [[UInt8]: Int] {
    var counts: [[UInt8]: Int] = [:]
    let folded = Fold.folded(Array(page.bytes.prefix(100_000)))
    for word in folded.split(whereSeparator: { !isLetterByte($0) }) where word.count >= 4 {
      if counts.count > 20_000 { break }
      counts[Array(word), default: 0] += 1
    }
    return counts
  }

  /// Whether at least half of a line's longer words, or all of a title's, are nowhere else.
  private static func isOffTopic(
    _ page: LinePage, _ index: Int, _ counts: [[UInt8]: Int], _ shape: Shape
  ) -> Bool {
    let words = page.text(index).split(whereSeparator: { !isLetterByte($0) }).filter {
      $0.count >= 4
    }
    guard !words.isEmpty else { return false }
    let strangers = words.filter { counts[Array($0), default: 0] <= 1 }.count
    return shape == .query ? strangers * 2 >= words.count : strangers * 3 >= words.count * 2
  }

  /// A breadcrumb with the headline that follows: `Home Sport Headline` above `Headline`.
  private static func repeatsInNext(_ page: LinePage, _ index: Int) -> Bool {
    guard let next = page.nextFilled(index + 1), page.lines[next].zone == nil else { return false }
    let here = page.text(index)
    let there = page.text(next)
    return there.count >= 20 && here.count < there.count + 60
      && here.suffix(there.count) == there[...]
  }

  /// A picture's name: `Some Magazine-logo`.
  private static func isLogo(_ page: LinePage, _ index: Int) -> Bool {
    let text = page.text(index)
    return page.wordCount(index) <= 5
      && text.suffix(5).elementsEqual([0x2D, 0x6C, 0x6F, 0x67, 0x6F])
  }
}
