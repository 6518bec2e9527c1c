import HeardText

/// Chooses for each phrase of a lexicon the word by which it is looked for, and writes
/// ``PhraseTable``'s part of an image.
///
/// Most phrases hold a function word (*ik*, *nie*, *the*), often as their first, and most tokens of
/// a text are such words: to follow every phrase from its first word is to try hundreds of phrases
/// at every other token. Each phrase has an anchor instead: the step whose words are in the fewest
/// phrases. A token is looked at only for the phrases that are anchored in it, and each of them is
/// tried only when its companions, the next rarest two of its steps, may stand near enough.
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

  /// Writes anchors, phrases, their steps and sets of elements.
  func write(into image: inout ImageWriter, elements table: ElementTable) {
    let elementCount = table.keys.count
    let costs = costs(table)
    // By element, and behind those by token class.
    var anchored = [[PhraseTable.Candidate]](
      repeating: [], count: elementCount + TokenClass.allCases.count)
    var bits = MaskBits(phrases.map(\.steps), costs: costs)
    var number: UInt32 = 0
    for phrase in phrases {
      let steps = Self.steps(of: phrase.steps)
      let order = steps.indices.sorted {
        Self.cost(steps[$0].label, costs) < Self.cost(steps[$1].label, costs)
      }
      guard let anchor = order.first else { continue }
      var candidate = PhraseTable.Candidate(
        mask: 0, number: phrase.entry, languages: LanguageSet(phrase.language).rawValue,
        place: PhraseTable.Place.alone.rawValue)
      if steps.count > 1 {
        let chosen = Self.companions(of: anchor, in: steps, costs, bits)
        candidate.number = number
        candidate.mask = steps[chosen[0]].label.mask(bits)
        candidate.place = Self.place(from: anchor, to: chosen[0], in: steps).rawValue
        if chosen.count > 1 {
          candidate.otherMask = steps[chosen[1]].label.mask(bits)
          candidate.otherPlace = Self.place(from: anchor, to: chosen[1], in: steps).rawValue
        }
        for companion in chosen {
          guard case .elements(let elements) = steps[companion].label else { continue }
          for element in elements { bits.markCompanion(element) }
        }
        image.add(
          [
            UInt32(image.count(of: .steps)), UInt32(steps.count) | UInt32(anchor) << 16,
            phrase.entry,
          ], to: .phrases)
        for step in steps { Self.add(step, bits, to: &image) }
        number += 1
      }
      for place in steps[anchor].label.places(elementCount) { anchored[place].append(candidate) }
    }
    for candidates in anchored {
      image.add([UInt32(image.count(of: .candidates)), UInt32(candidates.count)], to: .anchors)
      let sorted = candidates.sorted {
        ($0.place, $0.languages, $0.number) < ($1.place, $1.languages, $1.number)
      }
      for candidate in sorted { image.add(candidate.words, to: .candidates) }
    }
    image.set(.bits, bits.words)
  }

  // MARK: Steps

  /// A step that takes a token.
  private struct Step {
    var label: Label
    /// Tokens that may be skipped in front of it.
    var skip: Int
  }

  private enum Label {
    case elements([UInt32])
    case tokenClass(TokenClass)

    func mask(_ bits: MaskBits) -> UInt64 {
      switch self {
      case .elements(let elements): elements.reduce(0) { $0 | bits.bit($1) }
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

  private static func add(_ step: Step, _ bits: MaskBits, to image: inout ImageWriter) {
    let value: UInt32
    var count = 1
    let kind: PhraseTable.Step.Kind
    switch step.label {
    case .elements(let elements) where elements.count == 1:
      kind = .element
      value = elements[0]
    case .elements(let elements):
      kind = .set
      value = UInt32(image.count(of: .sets))
      count = elements.count
      for element in elements { image.add([element], to: .sets) }
      // Sets are looked at four elements at a time; no element has this number.
      while image.count(of: .sets) % 4 != 0 { image.add([UInt32.max], to: .sets) }
    case .tokenClass(let tokenClass):
      kind = .tokenClass
      value = 1 << UInt32(tokenClass.number)
    }
    image.add(
      PhraseTable.Step(
        mask: step.label.mask(bits), value: value, count: UInt16(clamping: count),
        skip: UInt8(clamping: step.skip), kind: kind
      ).words, to: .steps)
  }

  // MARK: Choices

  /// About how many of ten thousand tokens have each element.
  ///
  /// Nobody's counts of words are needed for a guess that is good enough to choose by: words of
  /// everyday grammar are known, and of the others the short ones and those of many phrases are
  /// met more often.
  private func costs(_ table: ElementTable) -> [Int] {
    var uses = [Int](repeating: 0, count: table.keys.count)
    for phrase in phrases {
      for case .elements(let elements) in phrase.steps {
        for element in elements { uses[Int(element)] += 1 }
      }
    }
    return table.keys.enumerated().map { element, key in
      let isGrammar = key.forms.contains { StopWords.contains($0.word.normal, key.language) }
      let shortest = key.forms.map(\.word.normal.utf8.count).min() ?? 0
      let base = isGrammar ? 100 : shortest <= 3 ? 10 : shortest <= 5 ? 4 : 1
      return base + uses[element] / 20
    }
  }

  private static func cost(_ label: Label, _ costs: [Int]) -> Int {
    switch label {
    case .elements(let elements): elements.reduce(0) { $0 + costs[Int($1)] }
    case .tokenClass(.currency): 30
    case .tokenClass(.number): 150
    case .tokenClass(.name): 600
    case .tokenClass(.word): 10_000
    }
  }

  /// The steps other than the anchor that seem to be met by chance least, two at most.
  private static func companions(
    of anchor: Int, in steps: [Step], _ costs: [Int], _ bits: MaskBits
  ) -> [Int] {
    func chance(_ index: Int) -> Int {
      let own =
        if case .tokenClass = steps[index].label {
          cost(steps[index].label, costs)
        } else {
          bits.load(steps[index].label.mask(bits))
        }
      return own * distances(from: anchor, to: index, in: steps).count
    }
    let others = steps.indices.filter { $0 != anchor }
    return Array(others.sorted { chance($0) < chance($1) }.prefix(2))
  }

  private static func place(from anchor: Int, to other: Int, in steps: [Step]) -> PhraseTable.Place
  {
    PhraseTable.Place(distances(from: anchor, to: other, in: steps))
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

extension TokenClass {
  /// Its place in `allCases`.
  var number: Int { TokenClass.allCases.firstIndex(of: self) ?? 0 }
}
