import HeardText

/// A step on the way through a phrase.
enum PhraseStep: Hashable {
  case element(UInt32)
  case tokenClass(TokenClass)
  case gap(Int)
}

/// Turns a pattern into the sequences that it stands for.
///
/// Alternatives and optionals multiply; more than ``limit`` sequences are an error, because then
/// the analyst meant several entries.
struct PatternExpansion {
  /// Sequences that one pattern may stand for.
  static let limit = 256

  /// Where a pattern cannot be compiled, and what to do.
  struct Problem: Error {
    var code: CompiledLexiconError.Code
    var message: String
    var help: String
  }

  let entry: EntrySource
  let normaliser: WordNormaliser
  let forms: (Language, String, String?) -> [InflectedForm]

  /// The sequences of a pattern, without doubles.
  func sequences(
    of pattern: PatternNode, _ elements: inout ElementTable
  ) throws(Problem) -> [[PhraseStep]] {
    var seen: Set<[PhraseStep]> = []
    var sequences: [[PhraseStep]] = []
    for raw in try expand(pattern, &elements) {
      let steps = Self.tidy(raw)
      let wordless = steps.allSatisfy { $0 == .tokenClass(.word) }
      guard !wordless else {
        throw Problem(
          code: .pattern, message: "the pattern can match without any word of its own",
          help: "leave at least one word outside (…)?")
      }
      guard Self.reach(steps) <= PhraseTable.longest else {
        throw Problem(
          code: .limit,
          message: "the pattern reaches over \(Self.reach(steps)) tokens, gaps included; "
            + "\(PhraseTable.longest) is the most",
          help: "shorten it or its gaps")
      }
      if seen.insert(steps).inserted { sequences.append(steps) }
    }
    return sequences
  }

  private func expand(
    _ node: PatternNode, _ elements: inout ElementTable
  ) throws(Problem) -> [[PhraseStep]] {
    switch node {
    case .word(let word):
      return try expand(word, &elements)
    case .tokenClass(let kind):
      return [[.tokenClass(kind)]]
    case .gap(let maximum):
      return [[.gap(max(0, maximum))]]
    case .sequence(let nodes):
      var sequences: [[PhraseStep]] = [[]]
      for node in nodes {
        let next = try expand(node, &elements)
        try checkCount(sequences.count * next.count)
        sequences = sequences.flatMap { head in next.map { head + $0 } }
      }
      return sequences
    case .alternatives(let nodes):
      var sequences: [[PhraseStep]] = []
      for node in nodes {
        sequences += try expand(node, &elements)
        try checkCount(sequences.count)
      }
      return sequences
    case .optional(let node):
      return [[]] + (try expand(node, &elements))
    }
  }

  private func checkCount(_ count: Int) throws(Problem) {
    guard count <= Self.limit else {
      throw Problem(
        code: .limit,
        message: "the pattern stands for more than \(Self.limit) sequences of words",
        help: "make several phrases or entries of it")
    }
  }

  // MARK: Words

  /// A word is one element of all its forms, and a sequence for each way to write it in several
  /// words (`bel ...8 terug`), whose first words again are one element.
  private func expand(
    _ word: WordPattern, _ elements: inout ElementTable
  ) throws(Problem) -> [[PhraseStep]] {
    var single: [ElementTable.Form] = []
    var rests: [[InflectedStep]] = []
    var firsts: [[InflectedStep]: [ElementTable.Form]] = [:]
    for form in writtenForms(word) {
      var steps = inflectedSteps(form)[...]
      guard case .word(let first)? = steps.popFirst() else { continue }
      let rest = Array(steps)
      if rest.isEmpty {
        if !single.contains(first) { single.append(first) }
      } else {
        if firsts[rest] == nil { rests.append(rest) }
        if firsts[rest]?.contains(first) != true { firsts[rest, default: []].append(first) }
      }
    }
    var sequences: [[PhraseStep]] = []
    if !single.isEmpty { sequences.append([step(single, &elements)]) }
    for rest in rests {
      var steps = [step(firsts[rest] ?? [], &elements)]
      for item in rest {
        switch item {
        case .gap(let maximum): steps.append(.gap(maximum))
        case .word(let form): steps.append(step([form], &elements))
        }
      }
      sequences.append(steps)
    }
    guard !sequences.isEmpty else {
      throw Problem(
        code: .pattern, message: "'\(word.text)' has no letter, digit or sign to look for",
        help: "write a word")
    }
    return sequences
  }

  private enum InflectedStep: Hashable {
    case word(ElementTable.Form)
    case gap(Int)
  }

  /// Everything that a word of the pattern may be written as, the word itself first.
  private func writtenForms(_ word: WordPattern) -> [InflectedForm] {
    let plain = word.text.filter { $0 != "|" }
    guard word.inflected else {
      return [InflectedForm(text: word.text, rule: "word")]
    }
    var all = forms(entry.language, word.text, entry.partOfSpeech)
    if all.isEmpty { all = [InflectedForm(text: plain, rule: "lemma")] }
    if entry.patterns == [.word(word)] {
      for form in entry.forms where !all.contains(where: { $0.text == form }) {
        all.append(InflectedForm(text: form, rule: "entry"))
      }
    }
    return all
  }

  private func inflectedSteps(_ form: InflectedForm) -> [InflectedStep] {
    form.text.split(separator: " ").flatMap { part -> [InflectedStep] in
      if part.hasPrefix("..."), let maximum = Int(part.dropFirst(3)) { return [.gap(maximum)] }
      return normaliser.words(String(part)).map { word in
        .word(ElementTable.Form(word: word, folds: !form.foldCollides))
      }
    }
  }

  private func step(
    _ forms: [ElementTable.Form], _ elements: inout ElementTable
  ) -> PhraseStep {
    .element(
      elements.element(
        ElementTable.Key(language: entry.language, mode: entry.mode, forms: forms)))
  }

  // MARK: Sequences

  /// Without gaps at the edges, which could be empty, and with neighbouring gaps as one.
  private static func tidy(_ steps: [PhraseStep]) -> [PhraseStep] {
    var tidy: [PhraseStep] = []
    for step in steps {
      if case .gap(let more) = step {
        if more == 0 || tidy.isEmpty { continue }
        if case .gap(let before)? = tidy.last {
          tidy[tidy.count - 1] = .gap(before + more)
          continue
        }
      }
      tidy.append(step)
    }
    if case .gap? = tidy.last { tidy.removeLast() }
    return tidy
  }

  private static func reach(_ steps: [PhraseStep]) -> Int {
    steps.reduce(0) { sum, step in
      if case .gap(let maximum) = step { return sum + min(maximum, 1 << 16) }
      return sum + 1
    }
  }
}
