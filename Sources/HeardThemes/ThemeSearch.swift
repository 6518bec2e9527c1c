// Looking for themes, in three readings of the messages, so that memory is bounded by what may be a
// theme and not by what was written.
//
// 1. Count roughly which terms are frequent enough, and which words are names (TermSieve, NameSieve).
// 2. Count the voices of those that are, with and without each label (TermCounts); choose by their
//    log-odds, corrected for how many were looked at.
// 3. Gather who raised the chosen ones, how, and when (GatheredTerm); leave out what another says
//    already, and look at the trends of the rest.
//
// Start reading at `ThemeSearch.run`.

public import HeardBatch

/// Looks for themes.
public struct ThemeSearch: Sendable {
  /// What to look for and how much to show.
  public struct Settings: Sendable {
    /// Different senders that a theme needs.
    public var leastSenders = 5
    /// Themes a label and language, but for those that move.
    public var limit = 6
    /// Examples of each.
    public var examples = 1
    /// Of the themes shown, the share that may be there by chance.
    public var falseShare = 0.05

    /// The usual settings.
    public init() {}
  }

  /// Terms that are counted exactly, at most (``TermSieve/close(least:limit:)``).
  private static let countedTerms = 1 << 18

  private let facts: FactTable
  private let exposure: Exposure
  private let settings: Settings
  private let recent: Int

  /// Prepares a search.
  ///
  /// - Parameter facts: all messages; ``FactTable/finish(periods:_:)`` gave the exposure.
  public init(_ facts: FactTable, _ exposure: Exposure, settings: Settings = .init()) {
    self.facts = facts
    self.exposure = exposure
    self.settings = settings
    recent = ThemeStatistics.recent(of: exposure.periods)
  }

  /// Themes among the phrases of messages.
  public func run(_ messages: MessageTerms) throws(RunError) -> [Theme] { try search(messages) }

  /// Themes among the lexicon entries of records.
  public func run(_ hits: HitTerms) throws(RunError) -> [Theme] { try search(hits) }

  private func search(_ source: some TermSource) throws(RunError) -> [Theme] {
    guard facts.count > 0 else { return [] }
    let (facts, recent, examples) = (facts, recent, settings.examples)
    let (sieve, names, messages) = try roughly(source)
    let shared = SharedVoices(messages: messages)
    var counts = TermCounts()
    for worker in try source.scan(
      facts, names: names,
      { CountWorker(facts, sieve: sieve, shared: shared, recent: recent) })
    {
      counts.add(worker.counts)
    }
    for voice in shared.takeRest() { counts.add(voice, isRecent: Int(voice.period) >= recent) }
    let candidates = choose(counts.counts)
    let chosen = Set(candidates.map(\.hash))
    guard !chosen.isEmpty else { return [] }
    var gathered: [UInt64: GatheredTerm] = [:]
    for worker in try source.scan(
      facts, names: names, { GatherWorker(chosen, facts, examples: examples) })
    {
      gathered.merge(worker.gathered) { one, other in
        var sum = one
        sum.add(other, limit: examples)
        return sum
      }
    }
    return ThemeAssembly(
      facts: facts, exposure: exposure, settings: settings, recent: recent
    ).themes(candidates, gathered)
  }

  /// The first reading: which terms are frequent enough, which words are names, and how many messages
  /// of each shared voice there are.
  private func roughly(
    _ source: some TermSource
  ) throws(RunError) -> (terms: TermSieve, names: NameSieve, messages: [UInt32]) {
    let facts = facts
    var terms = TermSieve()
    var names = NameSieve()
    var messages = [UInt32](repeating: 0, count: facts.sharedVoices)
    for worker in try source.scan(facts, names: nil, { SieveWorker(facts) }) {
      terms.add(worker.terms)
      names.add(worker.names)
      for voice in messages.indices { messages[voice] += worker.messages[voice] }
    }
    terms.close(least: settings.leastSenders, limit: ThemeSearch.countedTerms)
    return (terms, names, messages)
  }

  /// A term that may be a theme of a label.
  struct Candidate {
    var hash: UInt64
    var language: Int
    var label: ThemeLabel
    var keyness: Keyness
    var q: Double
    /// How far its share of late is from what it was, in standard errors.
    var change: Double
  }

  /// The terms that belong to a label, the strongest first, and those that move most.
  private func choose(_ counts: [UInt64: TermCounts.Counts]) -> [Candidate] {
    var chosen: [Candidate] = []
    for language in FactTable.languages.indices {
      let voices = exposure.voices(language: language)
      let late = voices[recent...].reduce(0, +)
      let early = voices[..<recent].reduce(0, +)
      for label in ThemeLabel.allCases {
        let totals = exposure.counts(label, language: language)
        var tested: [Candidate] = []
        for (hash, count) in counts
        where Int(count.language) == language
          && Int(count.with[label.rawValue]) >= settings.leastSenders
        {
          let with = Int(count.with[label.rawValue])
          let lately = Int(count.recent[label.rawValue])
          let change = Keyness(
            with: (min(lately, late), late), without: (min(with - lately, early), early))
          tested.append(
            Candidate(
              hash: hash, language: language, label: label,
              keyness: Keyness(
                with: (with, totals.with),
                without: (Int(count.without[label.rawValue]), totals.without)),
              q: 1, change: change.z))
        }
        // The order of a dictionary is another in every process.
        tested.sort { $0.hash < $1.hash }
        for (place, q) in ThemeStatistics.corrected(tested.map(\.keyness.p)).enumerated() {
          tested[place].q = q
        }
        let found = tested.filter { $0.q <= settings.falseShare && $0.keyness.logOdds > 0 }
        let strongest = found.sorted { ThemeSearch.isBefore($0, $1, \.keyness.z) }
          .prefix(settings.limit * 6)
        let taken = Set(strongest.map(\.hash))
        let moving = found.filter { !taken.contains($0.hash) }
          .sorted { ThemeSearch.isBefore($0, $1, \.change.magnitude) }.prefix(settings.limit * 2)
        chosen += strongest + moving
      }
    }
    return chosen
  }

  private static func isBefore(
    _ one: Candidate, _ other: Candidate, _ strength: KeyPath<Candidate, Double>
  ) -> Bool {
    let (first, second) = (one[keyPath: strength], other[keyPath: strength])
    return first == second ? one.hash < other.hash : first > second
  }
}
