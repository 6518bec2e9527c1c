internal import HeardLexicon
import HeardText

/// Chooses for each phrase of a lexicon the word by which it is looked for, and writes
/// ``PhraseTable``'s part of an image.
///
/// Most phrases hold a function word (*ik*, *nie*, *the*), often as their first, and most tokens of
/// a text are such words: to follow every phrase from its first word is to try hundreds of phrases
/// at every other token. Each phrase has an anchor instead: the step whose words are in the fewest
/// phrases. A token is looked at only for the phrases that are anchored in it, and each of them is
/// tried only when its companions, the next rarest three of its steps, may stand near enough.
struct PhrasePlan {
  private struct Phrase: Hashable {
    var steps: [PhraseStep]
    var language: Language
    var entry: UInt32
  }

  private var phrases: [Phrase] = []
  private var known: Set<Phrase> = []

  /// Adds a sequence that ends an entry; gaps stand only between other steps.
  mutating func add(_ steps: [PhraseStep], language: Language, entry: UInt32) {
    let phrase = Phrase(steps: steps, language: language, entry: entry)
    if known.insert(phrase).inserted { phrases.append(phrase) }
  }

  /// Writes anchors, candidates, phrases and what their steps ask.
  func write(into image: inout ImageWriter, elements table: ElementTable, counts: WordCounts) {
    let elementCount = table.keys.count
    let costs = costs(table, counts)
    let rows = phrases.map { Self.steps(of: $0.steps) }
    let anchors = rows.map { steps in
      steps.indices.min { Self.cost(steps[$0].label, costs) < Self.cost(steps[$1].label, costs) }
    }
    var bits = MaskBits(Self.choices(rows, anchors, costs), costs: costs)
    var groups = Groups()
    var labels = Labels()
    for index in phrases.indices {
      let (phrase, steps) = (phrases[index], rows[index])
      guard let anchor = anchors[index] else { continue }
      var candidates = [
        PhraseTable.Candidate(
          test: PhraseTable.Candidate.test([]),
          number: phrase.entry | PhraseTable.Candidate.alone, language: phrase.language)
      ]
      if steps.count > 1 {
        let isRow = steps.allSatisfy { $0.skip == 0 }
        let number =
          UInt32(image.count(of: .rows)) | (isRow ? PhraseTable.Candidate.row : 0)
        let chosen = Self.companions(of: anchor, in: steps, costs, bits)
        candidates = Self.tests(chosen).map {
          PhraseTable.Candidate(test: $0, number: number, language: phrase.language)
        }
        for companion in chosen {
          guard case .elements(let elements) = steps[companion.step].label else { continue }
          for element in elements { bits.markCompanion(element) }
        }
        image.add([phrase.entry, UInt32(steps.count) | UInt32(anchor) << 8], to: .rows)
        for step in steps {
          let label = labels.number(of: step.label, in: &image)
          image.add([label | UInt32(clamping: step.skip) << 24], to: .rows)
        }
      }
      groups.add(candidates, anchoredIn: steps[anchor].label)
    }
    groups.write(into: &image, elementCount: elementCount)
    image.set(.bits, bits.words)
  }

  /// Candidates by the step that is their anchor: they stand once, however many elements it takes.
  private struct Groups {
    private struct Key: Hashable {
      var label: Label
      var language: Language
      var isAlone: Bool

      /// Where a worker's list of candidates has them (``FormResolver/lanes``).
      var rank: Int { Int(language.rawValue) * 2 + (isAlone ? 1 : 0) }
    }

    private var numbers: [Key: Int] = [:]
    private var groups: [(key: Key, candidates: [PhraseTable.Candidate])] = []

    /// Adds the candidates of one phrase.
    mutating func add(_ candidates: [PhraseTable.Candidate], anchoredIn label: Label) {
      guard let one = candidates.first else { return }
      let key = Key(label: label, language: one.language, isAlone: one.isAlone)
      let number = numbers[key] ?? groups.count
      if number == groups.count {
        numbers[key] = number
        groups.append((key, []))
      }
      groups[number].candidates += candidates
    }

    func write(into image: inout ImageWriter, elementCount: Int) {
      // By element, and behind those by token class.
      var anchored = [[[UInt32]]](
        repeating: [], count: elementCount + TokenClass.allCases.count)
      // The sort is stable: groups of one rank stay in the order in which they came.
      for group in groups.sorted(by: { $0.key.rank < $1.key.rank }) {
        let first = UInt32(image.count(of: .candidates))
        let sorted = group.candidates.sorted { ($0.number, $0.test) < ($1.number, $1.test) }
        for candidate in sorted { image.add(candidate.words, to: .candidates) }
        for place in group.key.label.places(elementCount) {
          anchored[place].append([first, UInt32(sorted.count)])
        }
      }
      for groups in anchored {
        image.add([UInt32(image.count(of: .groups)), UInt32(groups.count)], to: .anchors)
        for group in groups { image.add(group, to: .groups) }
      }
    }
  }

  // MARK: Steps

  /// A step that takes a token.
  private struct Step {
    var label: Label
    /// Tokens that may be skipped in front of it.
    var skip: Int
  }

  private enum Label: Hashable {
    case elements([UInt32])
    case tokenClass(TokenClass)

    var mask: UInt64 {
      switch self {
      case .elements(let elements): elements.reduce(0) { $0 | PhraseTable.maskBit($1) }
      case .tokenClass(let kind): PhraseTable.classBits(1 << UInt8(kind.number))
      }
    }

    func places(_ elementCount: Int) -> [Int] {
      switch self {
      case .elements(let elements): elements.map(Int.init)
      case .tokenClass(let kind): [elementCount + kind.number]
      }
    }
  }

  private static func steps(of steps: [PhraseStep]) -> [Step] {
    var taking: [Step] = []
    var skip = 0
    for step in steps {
      switch step {
      case .gap(let maximum):
        skip += maximum
        continue
      case .elements(let elements): taking.append(Step(label: .elements(elements), skip: skip))
      case .tokenClass(let kind): taking.append(Step(label: .tokenClass(kind), skip: skip))
      }
      skip = 0
    }
    return taking
  }

  /// What steps ask, each once.
  private struct Labels {
    private var numbers: [Label: UInt32] = [:]

    /// The number of a label in the image, to which a new one is added.
    mutating func number(of label: Label, in image: inout ImageWriter) -> UInt32 {
      if let number = numbers[label] { return number }
      let number = UInt32(image.count(of: .labels))
      image.add(Self.record(label, &image).words, to: .labels)
      numbers[label] = number
      return number
    }

    private static func record(_ label: Label, _ image: inout ImageWriter) -> PhraseTable.Label {
      switch label {
      case .tokenClass(let tokenClass):
        return PhraseTable.Label(
          mask: label.mask, value: 1 << UInt32(tokenClass.number), count: 1, kind: .tokenClass)
      case .elements(let elements) where elements.count == 1:
        return PhraseTable.Label(mask: label.mask, value: elements[0], count: 1, kind: .element)
      case .elements(let elements):
        let first = UInt32(image.count(of: .sets))
        for element in elements { image.add([element], to: .sets) }
        // Sets are looked at four elements at a time; no element has this number.
        while image.count(of: .sets) % 4 != 0 { image.add([UInt32.max], to: .sets) }
        return PhraseTable.Label(
          mask: label.mask, value: first, count: UInt16(clamping: elements.count), kind: .set)
      }
    }
  }

  // MARK: Choices

  /// About how many of a million tokens have each element.
  ///
  /// Words of many phrases are met more often than others.
  private func costs(_ table: ElementTable, _ counts: WordCounts) -> [Int] {
    var uses = [Int](repeating: 0, count: table.keys.count)
    for phrase in phrases {
      for case .elements(let elements) in phrase.steps {
        for element in elements { uses[Int(element)] += 1 }
      }
    }
    return table.keys.enumerated().map { element, key in counts.rate(key) + uses[element] * 5 }
  }

  private static func cost(_ label: Label, _ costs: [Int]) -> Int {
    switch label {
    case .elements(let elements): elements.reduce(0) { $0 + costs[Int($1)] }
    case .tokenClass(.currency): 3_000
    case .tokenClass(.number): 15_000
    case .tokenClass(.name): 60_000
    case .tokenClass(.word): 1_000_000
    }
  }

  /// A step other than the anchor, and where it may stand.
  private struct Companion {
    var step: Int
    var place: PhraseTable.Place
    /// About how many of a million places have it by chance.
    var chance: Int
    /// Ways to ask for it, of which one must hold: each the index of a bit, or of two.
    var ways: [[UInt32]] = []
  }

  /// The steps that a place holds, those first that seem to be met by chance least.
  private static func others(
    than anchor: Int, in steps: [Step], load: (Label) -> Int
  ) -> [Companion] {
    let others = steps.indices.filter { $0 != anchor }.compactMap { index -> Companion? in
      guard let place = PhraseTable.Place(distances(from: anchor, to: index, in: steps)) else {
        return nil
      }
      return Companion(step: index, place: place, chance: load(steps[index].label) * place.width)
    }
    return others.sorted { ($0.chance, $0.step) < ($1.chance, $1.step) }
  }

  /// The elements of each step that may become a companion: of each phrase one more than it gets.
  private static func choices(
    _ rows: [[Step]], _ anchors: [Int?], _ costs: [Int]
  ) -> [[UInt32]] {
    zip(rows, anchors).flatMap { steps, anchor -> [[UInt32]] in
      guard let anchor else { return [] }
      return others(than: anchor, in: steps) { cost($0, costs) }.prefix(most + 1).compactMap {
        guard case .elements(let elements) = steps[$0.step].label else { return nil }
        return elements
      }
    }
  }

  /// Companions of a phrase, and tests that may stand for it: of several, and of a single one.
  private static let most = 3
  private static let mostTests = 4
  private static let mostTestsOfOne = 32

  /// The steps other than the anchor that seem to be met by chance least, at most three, and such
  /// that few tests stand for them: a test asks for one bit of each.
  ///
  /// Where fewer than three are found, they are asked for twice, by their bits as companions and by
  /// those of their masks.
  private static func companions(
    of anchor: Int, in steps: [Step], _ costs: [Int], _ bits: MaskBits
  ) -> [Companion] {
    let others = others(than: anchor, in: steps) { label in
      if case .elements(let elements) = label { bits.load(elements) } else { cost(label, costs) }
    }
    var chosen: [Companion] = []
    var tests = 1
    for var other in others where chosen.count < most {
      other.ways = ways(other, steps[other.step].label, bits, twice: false)
      let limit = others.count == 1 ? mostTestsOfOne : mostTests
      guard tests * other.ways.count <= limit else { continue }
      // The same question twice says nothing more.
      if chosen.contains(where: { $0.ways == other.ways }) { continue }
      tests *= other.ways.count
      chosen.append(other)
    }
    if chosen.isEmpty, var other = others.first {
      other.ways = ways(other, steps[other.step].label, bits, twice: false)
      tests = other.ways.count
      chosen.append(other)
    }
    var left = most - chosen.count
    for index in chosen.indices where left > 0 {
      let ways = ways(chosen[index], steps[chosen[index].step].label, bits, twice: true)
      let more = tests / chosen[index].ways.count * ways.count
      guard ways[0].count > 1, more <= (chosen.count == 1 ? mostTestsOfOne : 2 * mostTests) else {
        continue
      }
      chosen[index].ways = ways
      tests = more
      left -= 1
    }
    return chosen
  }

  /// What may be asked for a companion, each once: a bit in its place, `twice` that in masks as well.
  private static func ways(
    _ companion: Companion, _ label: Label, _ bits: MaskBits, twice: Bool
  ) -> [[UInt32]] {
    typealias Candidate = PhraseTable.Candidate
    guard case .elements(let elements) = label else {
      return [[Candidate.index(companion.place, bit: label.mask.trailingZeroBitCount)]]
    }
    var ways: [[UInt32]] = []
    for element in elements {
      var way = [Candidate.index(companion.place, bit: bits.bit(element))]
      if twice {
        let bit = PhraseTable.maskBitNumber(element)
        way.append(Candidate.index(companion.place, bit: bit, ofMasks: true))
      }
      if !ways.contains(way) { ways.append(way) }
    }
    return ways
  }

  /// The tests of a phrase: one for each way to ask for all its companions.
  private static func tests(_ companions: [Companion]) -> [UInt32] {
    companions.reduce([[]]) { tests, companion in
      tests.flatMap { test in companion.ways.map { test + $0 } }
    }.map { PhraseTable.Candidate.test($0) }
  }

  /// How far behind the anchor another step can stand, in tokens; before it below zero.
  private static func distances(
    from anchor: Int, to other: Int, in steps: [Step]
  ) -> ClosedRange<Int> {
    let between = anchor < other ? anchor + 1...other : other + 1...anchor
    let least = between.count
    let most = least + between.reduce(0) { $0 + steps[$1].skip }
    return anchor < other ? least...most : -most ... -least
  }
}
