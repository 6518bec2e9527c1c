internal import HeardClassifier
internal import HeardCorpus
internal import HeardLexicon
internal import HeardMail
internal import HeardRedaction
internal import HeardStatistics
internal import HeardText

/// Finds entries without which a label would be met better.
///
/// Leaving an entry out takes its own evidence away, and the frames that have it as a half.
struct HarmSearch {
  private let judged: [Suggestions.Judged]
  private let kinds: [EvidenceKind]
  private let lexicon: CompiledLexicon
  private let settings: Suggestions.Settings

  init(
    _ judged: [Suggestions.Judged], label: Label, lexicon: CompiledLexicon,
    settings: Suggestions.Settings
  ) {
    self.judged = judged
    kinds = label.kinds
    self.lexicon = lexicon
    self.settings = settings
  }

  /// What leaving an entry out changes.
  private struct Effect {
    var harm: [Int] = []
    var good = 0
  }

  func run() -> [HarmfulEntry] {
    var effects: [Int: Effect] = [:]
    var counts: [String: LabelCounts] = [:]
    for (number, one) in judged.enumerated() {
      counts[one.labelled.language, default: LabelCounts()].add(
        predicted: one.predicted, actual: one.actual)
      guard one.predicted else { continue }
      for entry in decisive(one) {
        if one.actual {
          effects[entry, default: Effect()].good += 1
        } else {
          effects[entry, default: Effect()].harm.append(number)
        }
      }
    }
    let ranked = effects.filter { $0.value.harm.count > $0.value.good }.sorted {
      let nets = ($0.value.harm.count - $0.value.good, $1.value.harm.count - $1.value.good)
      return nets.0 == nets.1 ? $0.key < $1.key : nets.0 > nets.1
    }
    return ranked.prefix(settings.limit).map { entry, effect in
      let language = judged[effect.harm[0]].labelled.language
      let before = counts[language] ?? LabelCounts()
      var after = before
      after.falsePositives -= effect.harm.count
      after.trueNegatives += effect.harm.count
      after.truePositives -= effect.good
      after.falseNegatives += effect.good
      return HarmfulEntry(
        id: lexicon.entryID(entry), harm: effect.harm.count, good: effect.good, before: before,
        after: after, lines: effect.harm.prefix(settings.lines).compactMap { line($0, entry) })
    }
  }

  /// Entries of which each by itself carries the label: without it the sums fall below.
  private func decisive(_ one: Suggestions.Judged) -> [Int] {
    let contributions = one.assessment.contributions.filter { $0.milli != 0 }
    var entries: Set<Int> = []
    for contribution in contributions {
      if case .entry(let index) = contribution.source { entries.insert(index) }
    }
    return entries.sorted().filter { entry in
      let own = contributions.filter { $0.source == .entry(entry) }
      return kinds.allSatisfy { kind in
        let sum = one.assessment.sums[kind.index]
        guard holds(kind, sum) else { return true }
        var lost = own.filter { $0.kind == kind }.reduce(Int32(0)) { $0 + $1.milli }
        for frame in contributions where frame.kind == kind {
          guard case .frame = frame.source else { continue }
          if own.contains(where: { isHalf($0, of: frame) }) { lost += frame.milli }
        }
        return lost != 0 && !holds(kind, sum - lost)
      }
    }
  }

  private func holds(_ kind: EvidenceKind, _ sum: Int32) -> Bool {
    switch kind {
    case .valence: sum < 0
    case _ where EvidenceKind.signals.contains(kind): sum >= lexicon.signalThreshold
    default: sum >= 0
    }
  }

  private func isHalf(_ half: Contribution, of frame: Contribution) -> Bool {
    guard case .frame(let index) = frame.source, half.part == frame.part else { return false }
    let rule = lexicon.frames[index]
    guard half.kind == rule.first || half.kind == rule.second else { return false }
    return half.range.start == frame.range.start || half.range.end == frame.range.end
  }

  private func line(_ number: Int, _ entry: Int) -> ConcordanceLine? {
    let one = judged[number]
    guard
      let hit = one.assessment.contributions.first(where: {
        $0.source == .entry(entry) && !$0.range.isEmpty
      }), one.message.parts.indices.contains(hit.part)
    else { return nil }
    let context = KeyWordContext(
      one.message.parts[hit.part].bytes, width: settings.width, redactor: settings.redactor)
    let (left, match, right) = context.cut(hit.range.range)
    return ConcordanceLine(
      id: one.labelled.id, set: one.labelled.set, language: one.labelled.language, left: left,
      match: match, right: right, source: "wrongly caught")
  }
}
