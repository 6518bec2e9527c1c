internal import HeardCorpus
internal import HeardMail
internal import HeardRedaction
internal import HeardStatistics
internal import HeardText

/// Finds words and phrases that missed messages have and rightly left ones have not.
struct CandidateSearch {
  private let judged: [Suggestions.Judged]
  private let language: String
  private let settings: Suggestions.Settings
  private let counts: LabelCounts

  /// Pseudo-counts that the prior is worth, all words of a length together, as a share of the texts.
  private static let priorShare = 0.5

  init(_ judged: [Suggestions.Judged], language: String, settings: Suggestions.Settings) {
    self.judged = judged
    self.language = language
    self.settings = settings
    var counts = LabelCounts()
    for one in judged { counts.add(predicted: one.predicted, actual: one.actual) }
    self.counts = counts
  }

  /// A group of forms, or one phrase, and the messages that have it.
  private struct Group {
    var phrases: [PhraseIndex.Phrase]
    var messages: Set<Int>
    var score = 0.0
    var missed: Set<Int> = []
  }

  func run(sameLemma: (String) -> [String]) -> [Candidate] {
    let missed = Set(judged.indices.filter { judged[$0].actual && !judged[$0].predicted })
    guard missed.count >= settings.least else { return [] }
    let left = Set(judged.indices.filter { !judged[$0].actual && !judged[$0].predicted })
    var index = PhraseIndex(redactor: settings.redactor)
    for number in judged.indices { index.add(judged[number].message, number: number) }
    var groups = scored(index, missed: missed, left: left)
    groups = merged(groups, index, sameLemma: sameLemma)
    groups = rescored(groups, index, missed: missed, left: left)
    // What says nothing by itself (the, and) would catch far more than it finds.
    let worth = groups.filter { after($0, left: left).f1 > counts.f1 - 0.01 }
    return distinct(worth).map { candidate($0, left: left) }
  }

  // MARK: Scores

  /// Sums of counts over all phrases of a length.
  private struct Totals {
    var missed = 0.0
    var left = 0.0
    var all = 0.0
  }

  private func totals(_ index: PhraseIndex, _ missed: Set<Int>, _ left: Set<Int>) -> [Totals] {
    var totals = Array(repeating: Totals(), count: PhraseIndex.longest + 1)
    for (phrase, numbers) in index.messages {
      totals[phrase.count].all += Double(numbers.count)
      for number in numbers {
        if missed.contains(number) { totals[phrase.count].missed += 1 }
        if left.contains(number) { totals[phrase.count].left += 1 }
      }
    }
    return totals
  }

  private func score(_ group: Group, _ totals: [Totals], left: Set<Int>) -> Double {
    let total = totals[group.phrases[0].count]
    let priorTotal = max(1, CandidateSearch.priorShare * (total.missed + total.left))
    return LogOdds.score(
      first: Double(group.missed.count), second: Double(group.messages.intersection(left).count),
      totals: (total.missed, total.left),
      prior: priorTotal * Double(group.messages.count) / max(1, total.all), priorTotal: priorTotal)
  }

  private func scored(_ index: PhraseIndex, missed: Set<Int>, left: Set<Int>) -> [Group] {
    let totals = totals(index, missed, left)
    var groups: [Group] = []
    for (phrase, numbers) in index.messages {
      // A word may lack messages of its own that its other forms have.
      let needed = phrase.count == 1 ? 1 : settings.least
      var group = Group(phrases: [phrase], messages: Set(numbers))
      group.missed = group.messages.intersection(missed)
      guard group.missed.count >= needed else { continue }
      group.score = score(group, totals, left: left)
      if group.score > 0 { groups.append(group) }
    }
    return groups.sorted(by: CandidateSearch.isBefore)
  }

  private func rescored(
    _ groups: [Group], _ index: PhraseIndex, missed: Set<Int>, left: Set<Int>
  ) -> [Group] {
    let totals = totals(index, missed, left)
    return groups.map { group in
      var group = group
      group.missed = group.messages.intersection(missed)
      group.score = score(group, totals, left: left)
      return group
    }
    .filter { $0.missed.count >= settings.least && $0.score > 0 }
    .sorted(by: CandidateSearch.isBefore)
  }

  private static func isBefore(_ one: Group, _ other: Group) -> Bool {
    one.score == other.score
      ? one.phrases[0].lexicographicallyPrecedes(other.phrases[0]) : one.score > other.score
  }

  // MARK: Groups

  /// Words that are forms of one lemma count together; so many words are looked up at most.
  private static let lookups = 400

  private func merged(
    _ groups: [Group], _ index: PhraseIndex, sameLemma: (String) -> [String]
  ) -> [Group] {
    var result: [Group] = []
    var taken: Set<String> = []
    var lookups = 0
    for group in groups {
      guard group.phrases[0].count == 1 else {
        result.append(group)
        continue
      }
      let word = group.phrases[0][0]
      if taken.contains(word) { continue }
      var group = group
      // Forms of the shortest words are other words more often than not.
      if lookups < CandidateSearch.lookups, word.count > 3 {
        lookups += 1
        for form in sameLemma(word) where form != word && !taken.contains(form) {
          guard let numbers = index.messages[[form]] else { continue }
          group.phrases.append([form])
          group.messages.formUnion(numbers)
        }
      }
      taken.formUnion(group.phrases.map { $0[0] })
      result.append(group)
    }
    return result
  }

  /// Without phrases that say no more than a stronger one: same missed messages, shared words.
  private func distinct(_ groups: [Group]) -> [Group] {
    var kept: [Group] = []
    for group in groups {
      let words = Set(group.phrases.flatMap { $0 })
      let isKnown = kept.contains { one in
        group.missed.isSubset(of: one.missed)
          && !words.isDisjoint(with: one.phrases.flatMap { $0 })
      }
      if !isKnown { kept.append(group) }
      if kept.count >= settings.limit { break }
    }
    return kept
  }

  // MARK: Result

  private func candidate(_ group: Group, left: Set<Int>) -> Candidate {
    let wrong = group.messages.intersection(left)
    let shown = group.missed.sorted() + wrong.sorted()
    var lines: [ConcordanceLine] = []
    for number in shown where lines.count < settings.lines {
      if let line = line(judged[number], group.phrases) { lines.append(line) }
    }
    return Candidate(
      language: language, phrase: group.phrases[0].joined(separator: " "),
      forms: group.phrases.map { $0.joined(separator: " ") }.sorted(), score: group.score,
      missed: group.missed.count, left: wrong.count, before: counts,
      after: after(group, left: left), lines: lines)
  }

  /// Counts if every message with the group had the label.
  private func after(_ group: Group, left: Set<Int>) -> LabelCounts {
    let wrong = group.messages.intersection(left).count
    var after = counts
    after.truePositives += group.missed.count
    after.falseNegatives -= group.missed.count
    after.falsePositives += wrong
    after.trueNegatives -= wrong
    return after
  }

  /// The first place of a phrase in a message.
  private func line(
    _ one: Suggestions.Judged, _ phrases: [PhraseIndex.Phrase]
  ) -> ConcordanceLine? {
    let analyzer = TextAnalyzer()
    var document = Document()
    for part in one.message.parts {
      analyzer.analyze(part.bytes, into: &document)
      let words = document.tokens.map { analyzer.memory.normal($0.form) }
      for start in words.indices {
        for phrase in phrases where words[start...].starts(with: phrase) {
          let range =
            Int(document.tokens[start].start)..<Int(document.tokens[start + phrase.count - 1].end)
          let context = KeyWordContext(
            part.bytes, width: settings.width, redactor: settings.redactor)
          let (left, match, right) = context.cut(range)
          return ConcordanceLine(
            id: one.labelled.id, set: one.labelled.set, language: language, left: left,
            match: match, right: right, source: one.actual ? "missed" : "rightly left")
        }
      }
    }
    return nil
  }
}
