internal import HeardLexicon
internal import HeardSources
import HeardText

/// A step on the way through a phrase.
enum PhraseStep: Hashable {
  /// Any of some elements, ascending.
  case elements([UInt32])
  case tokenClass(TokenClass)
  case gap(Int)
}

/// Turns a pattern into the sequences that it stands for.
///
/// Alternatives and optionals multiply, but `(a|b|c)` of single words is one step, by any of three
/// elements. More than ``limit`` sequences are an error, because the analyst meant several entries.
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
  let forms: LexiconCompiler.Forms

  /// The sequences of a pattern, without doubles.
  func sequences(
    of pattern: PatternNode, _ elements: inout ElementTable
  ) throws(Problem) -> [[PhraseStep]] {
    let raw = try expand(pattern)
    var seen: Set<[PhraseStep]> = []
    var sequences: [[PhraseStep]] = []
    for steps in raw {
      let steps = Self.tidy(steps.map { step($0, &elements) })
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

  /// A step whose elements, each all its forms, have no numbers yet.
  private enum Step: Hashable {
    case words([[ElementTable.Form]])
    case tokenClass(TokenClass)
    case gap(Int)
  }

  private func step(_ step: Step, _ elements: inout ElementTable) -> PhraseStep {
    switch step {
    case .tokenClass(let kind): return .tokenClass(kind)
    case .gap(let maximum): return .gap(maximum)
    case .words(let words):
      let numbers = words.map { forms in
        elements.element(
          ElementTable.Key(language: entry.language, mode: entry.mode, forms: forms))
      }
      return .elements(Array(Set(numbers)).sorted())
    }
  }

  /// The sequences of a node.
  private func expand(_ node: PatternNode) throws(Problem) -> [[Step]] {
    switch node {
    case .word(let word):
      return try expand(word)
    case .tokenClass(let kind):
      return [[.tokenClass(kind)]]
    case .gap(let maximum):
      return [[.gap(max(0, maximum))]]
    case .sequence(let nodes):
      var sequences: [[Step]] = [[]]
      for node in nodes {
        let next = try expand(node)
        try checkCount(sequences.count * next.count)
        sequences = sequences.flatMap { head in next.map { head + $0 } }
      }
      return sequences
    case .alternatives(let nodes):
      var sequences: [[Step]] = []
      for node in nodes {
        sequences += try expand(node)
      }
      sequences = Self.joined(sequences)
      try checkCount(sequences.count)
      return sequences
    case .optional(let node):
      return [[]] + (try expand(node))
    }
  }

  /// With one step for all alternatives that are one word.
  private static func joined(_ sequences: [[Step]]) -> [[Step]] {
    var words: [[ElementTable.Form]] = []
    var others: [[Step]] = []
    for sequence in sequences {
      if sequence.count == 1, case .words(let more) = sequence[0] {
        for forms in more where !words.contains(forms) { words.append(forms) }
      } else if !others.contains(sequence) {
        others.append(sequence)
      }
    }
    return words.isEmpty ? others : [[.words(words)]] + others
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

  /// A word is one step with all its forms, and a sequence for each way to write it in several
  /// words (`bel ...8 terug`), whose first words again are one step.
  private func expand(_ word: WordPattern) throws(Problem) -> [[Step]] {
    var single: Set<ElementTable.Form> = []
    var rests: [[InflectedStep]] = []
    var firsts: [[InflectedStep]: Set<ElementTable.Form>] = [:]
    for form in writtenForms(word) {
      var steps = inflectedSteps(form)[...]
      guard case .word(let first)? = steps.popFirst() else { continue }
      let rest = Array(steps)
      if rest.isEmpty {
        single.insert(first)
      } else {
        if firsts[rest] == nil { rests.append(rest) }
        firsts[rest, default: []].insert(first)
      }
    }
    var sequences: [[Step]] = single.isEmpty ? [] : [[.words([single.sorted()])]]
    for rest in rests {
      let steps = rest.map { item -> Step in
        switch item {
        case .gap(let maximum): .gap(maximum)
        case .word(let form): .words([[form]])
        }
      }
      sequences.append([.words([(firsts[rest] ?? []).sorted()])] + steps)
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

  /// Everything that a word of the pattern may be written as.
  ///
  /// A lemma that was never expanded still matches as it is written; lint reports it.
  private func writtenForms(_ word: WordPattern) -> [InflectedForm] {
    if let forms = forms(word, entry), !forms.isEmpty { return forms }
    let own = word.inflected && entry.isLemma ? entry.forms : []
    return ([word.text.replacing("|", with: "")] + own).map {
      InflectedForm(text: $0, rule: "lemma")
    }
  }

  private func inflectedSteps(_ form: InflectedForm) -> [InflectedStep] {
    form.text.split(separator: " ").flatMap { part -> [InflectedStep] in
      if part.hasPrefix("..."), let maximum = Int(part.dropFirst(3)) { return [.gap(maximum)] }
      return normaliser.words(String(part)).map { word in
        .word(ElementTable.Form(word: word, folds: !form.foldCollides))
      }
    }
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
