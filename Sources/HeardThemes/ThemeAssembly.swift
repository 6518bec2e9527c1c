/// Makes themes of what was gathered.
struct ThemeAssembly {
  let facts: FactTable
  let exposure: Exposure
  let settings: ThemeSearch.Settings
  let recent: Int

  /// A theme while others are compared with it.
  private struct Draft {
    var theme: Theme
    /// Numbers of its messages, ascending.
    var members: [UInt32]
    /// Its words without function words.
    var words: Set<String>
    var chance: Double
    var isNew: Bool
    var slope: (slope: Double, error: Double)?
  }

  /// The themes, by language, label and strength.
  func themes(
    _ candidates: [ThemeSearch.Candidate], _ gathered: [UInt64: GatheredTerm]
  ) -> [Theme] {
    var groups: [[Draft]] = []
    for language in FactTable.languages.indices {
      for label in ThemeLabel.allCases {
        let drafts = candidates.filter { $0.language == language && $0.label == label }
          .sorted { one, other in
            if one.keyness.z != other.keyness.z { return one.keyness.z > other.keyness.z }
            // The longest of phrases that the same voices have says most.
            let words = [one, other].map { gathered[$0.hash]?.words.count ?? 0 }
            return words[0] == words[1] ? one.hash < other.hash : words[0] > words[1]
          }
          .compactMap { draft($0, gathered[$0.hash] ?? GatheredTerm()) }
        groups.append(distinct(drafts))
      }
    }
    let corrected = ThemeStatistics.corrected(groups.flatMap { $0.map(\.chance) })
    var next = 0
    var themes: [Theme] = []
    for var group in groups {
      for place in group.indices {
        group[place].theme.trend = trend(group[place], q: corrected[next])
        next += 1
      }
      let strongest = group.prefix(settings.limit)
      let moving = group.dropFirst(settings.limit).filter {
        [.new, .rising, .fading].contains($0.theme.trend.direction)
      }
      for draft in strongest + moving.prefix(max(1, settings.limit / 2)) {
        var theme = draft.theme
        theme.members = draft.members.map { facts.facts[Int($0)].key }
        themes.append(theme)
      }
    }
    return themes
  }

  private func draft(_ candidate: ThemeSearch.Candidate, _ term: GatheredTerm) -> Draft? {
    let bit = UInt8(1) << UInt8(candidate.label.rawValue)
    let members = Set(term.members.filter { facts.facts[Int($0)].labels & bit != 0 }).sorted()
    let senders = Set(members.map { facts.facts[Int($0)].sender })
    guard senders.count >= settings.leastSenders, !term.words.isEmpty else { return nil }
    var voices = Array(repeating: 0, count: exposure.periods)
    var heard: Set<UInt64> = []
    for member in members {
      let fact = facts.facts[Int(member)]
      guard heard.insert(fact.voice).inserted, fact.period >= 0 else { continue }
      voices[Int(fact.period)] += 1
    }
    let totals = exposure.voices(language: candidate.language)
    let slope = ThemeStatistics.slope(voices, of: totals)
    let late = ThemeStatistics.lateness(voices, of: totals, recent: recent)
    let surfaces = term.surfaces.sorted {
      $0.value == $1.value
        ? Array($0.key.utf8).lexicographicallyPrecedes($1.key.utf8) : $0.value > $1.value
    }.map(\.key)
    let language = FactTable.languages[candidate.language]
    let name = term.words.joined(separator: "-")
    let theme = Theme(
      id: "\(language).\(candidate.label.name)."
        + (name.hasPrefix(language + ".") ? String(name.dropFirst(language.count + 1)) : name),
      language: language, label: candidate.label, words: term.words,
      surface: surfaces.first ?? term.words.joined(separator: " "),
      variants: Array(surfaces.dropFirst()), senders: senders.count, messages: members.count,
      keyness: candidate.keyness, q: candidate.q, voices: voices,
      trend: Trend(direction: .unknown, q: 1, slope: nil, standardError: 0),
      examples: term.examples[candidate.label.rawValue].map(\.example),
      members: [])
    let chance =
      late ?? slope.map { 2 * ThemeStatistics.tail(($0.slope / $0.error).magnitude) } ?? 1
    return Draft(
      theme: theme, members: members,
      words: Set(term.words.filter { !FunctionWords.contains($0, language) }), chance: chance,
      isNew: late != nil, slope: slope)
  }

  private func trend(_ draft: Draft, q: Double) -> Trend {
    let direction: Trend.Direction
    if draft.slope == nil {
      direction = .unknown
    } else if q > settings.falseShare {
      direction = .steady
    } else if draft.isNew {
      direction = .new
    } else {
      direction = (draft.slope?.slope ?? 0) > 0 ? .rising : .fading
    }
    return Trend(
      direction: direction, q: q, slope: draft.slope?.slope,
      standardError: draft.slope?.error ?? 0)
  }

  /// How many numbers two ascending lists have in common.
  private static func common(_ one: [UInt32], _ other: [UInt32]) -> Int {
    var (first, second, common) = (0, 0, 0)
    while first < one.count, second < other.count {
      let (left, right) = (one[first], other[second])
      common += left == right ? 1 : 0
      first += left <= right ? 1 : 0
      second += right <= left ? 1 : 0
    }
    return common
  }

  /// Share of a theme's messages that a stronger one may have, when they share a word.
  private static let sharedMessages = 0.6
  /// Share of both themes' messages that they may have in common, when they share none.
  private static let commonMessages = 0.7

  /// Without themes that say what a stronger one says; these become variants of it.
  private func distinct(_ drafts: [Draft]) -> [Draft] {
    var kept: [Draft] = []
    for draft in drafts {
      let words = draft.words
      let same = kept.firstIndex { one in
        let shared = Double(ThemeAssembly.common(draft.members, one.members))
        if words.isDisjoint(with: one.theme.words) {
          let either = Double(draft.members.count + one.members.count) - shared
          return shared >= ThemeAssembly.commonMessages * either
        }
        return shared >= ThemeAssembly.sharedMessages * Double(draft.members.count)
      }
      guard let same else {
        kept.append(draft)
        continue
      }
      let surface = draft.theme.surface
      guard kept[same].theme.surface != surface, !kept[same].theme.variants.contains(surface) else {
        continue
      }
      // A longer phrase that most of them wrote says more than its word.
      let isFuller =
        draft.theme.words.count > kept[same].theme.words.count
        && kept[same].words.isSubset(of: draft.theme.words)
        && Double(draft.members.count)
          >= ThemeAssembly.sharedMessages * Double(kept[same].members.count)
        && surface.utf8.count > kept[same].theme.surface.utf8.count
      if isFuller {
        kept[same].theme.variants.insert(kept[same].theme.surface, at: 0)
        kept[same].theme.surface = surface
        kept[same].theme.examples = draft.theme.examples
      } else {
        kept[same].theme.variants.append(surface)
      }
    }
    return kept
  }
}
