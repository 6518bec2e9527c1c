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
    var companions = [UInt64](repeating: 0, count: elementCount / 64 + 1)
    var number: UInt32 = 0
    for phrase in phrases {
      let steps = Self.steps(of: phrase.steps)
      let order = steps.indices.sorted { costs(steps[$0].label) < costs(steps[$1].label) }
      guard let anchor = order.first else { continue }
      var candidate = PhraseTable.Candidate(
        mask: 0, number: phrase.entry, languages: LanguageSet(phrase.language).rawValue,
        place: PhraseTable.Place.alone.rawValue)
      if steps.count > 1 {
        let chosen = Self.companions(of: anchor, in: steps, costs)
        candidate.number = number
        candidate.mask = steps[chosen[0]].label.mask
        candidate.place = Self.place(from: anchor, to: chosen[0], in: steps).rawValue
        if chosen.count > 1 {
          candidate.otherMask = steps[chosen[1]].label.mask
          candidate.otherPlace = Self.place(from: anchor, to: chosen[1], in: steps).rawValue
        }
        for companion in chosen {
          guard case .elements(let elements) = steps[companion].label else { continue }
          for element in elements { companions[Int(element / 64)] |= 1 << UInt64(element % 64) }
        }
        image.add(
          [
            UInt32(image.count(of: .steps)), UInt32(steps.count) | UInt32(anchor) << 16,
            phrase.entry,
          ], to: .phrases)
        for step in steps { Self.add(step, to: &image) }
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
    for bits in companions {
      image.add(
        [UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits >> 32)],
        to: .companions)
    }
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

    var mask: UInt64 {
      switch self {
      case .elements(let elements): elements.reduce(0) { $0 | PhraseTable.bit($1) }
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

  private static func add(_ step: Step, to image: inout ImageWriter) {
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
    case .tokenClass(let tokenClass):
      kind = .tokenClass
      value = 1 << UInt32(tokenClass.number)
    }
    image.add(
      PhraseTable.Step(
        mask: step.label.mask, value: value, count: UInt16(clamping: count),
        skip: UInt8(clamping: step.skip), kind: kind
      ).words, to: .steps)
  }

  // MARK: Choices

  /// What a token costs that has a label: about how many of a text's tokens have it.
  ///
  /// Nobody's counts of words are needed to tell function words: they are in many phrases, and
  /// short.
  private func costs(_ table: ElementTable) -> (Label) -> Int {
    var uses = [Int](repeating: 0, count: table.keys.count)
    for phrase in phrases {
      for case .elements(let elements) in phrase.steps {
        for element in elements { uses[Int(element)] += 1 }
      }
    }
    for (element, key) in table.keys.enumerated() {
      let shortest = key.forms.map(\.word.normal.utf8.count).min() ?? 0
      if shortest <= 3 { uses[element] *= 4 } else if shortest <= 5 { uses[element] *= 2 }
    }
    return { label in
      switch label {
      case .elements(let elements): elements.reduce(0) { $0 + uses[Int($1)] }
      case .tokenClass(.currency): 1000
      case .tokenClass(.number): 4000
      case .tokenClass(.name): 20_000
      case .tokenClass(.word): 1_000_000
      }
    }
  }

  /// The steps other than the anchor that are met by chance least, two at most.
  private static func companions(
    of anchor: Int, in steps: [Step], _ costs: (Label) -> Int
  ) -> [Int] {
    func chance(_ index: Int) -> Int {
      costs(steps[index].label) * distances(from: anchor, to: index, in: steps).count
    }
    let others = steps.indices.filter { $0 != anchor }
    return Array(others.sorted { chance($0) < chance($1) }.prefix(2))
  }

  private static func place(from anchor: Int, to other: Int, in steps: [Step]) -> PhraseTable.Place {
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
