public import Heard
public import HeardInput
internal import HeardLexicon
internal import HeardText
internal import Synchronization

/// How often each entry of a lexicon, and each form of it, is found in a corpus, and how well it
/// tells a label.
public struct Frequencies: Sendable {
  /// One form of an entry: the words that matched.
  public struct Form: Hashable, Sendable {
    /// In small letters.
    public var text: String
    /// Where it was found.
    public var occurrences: Occurrences
  }

  /// One entry.
  public struct Entry: Hashable, Sendable {
    /// Its id.
    public var id: String
    /// The code of its language.
    public var language: String
    /// Whether it is no evidence and changes its neighbours, as negators do.
    public var isOperator: Bool
    /// Where it was found.
    public var occurrences: Occurrences
    /// Messages that have text of its language: what shares are shares of.
    public var base: Occurrences
    /// Distinct senders; a message without one counts as its own.
    public var senders: Int
    /// Messages with a label wrongly given to which it contributed.
    public var errors: Int
    /// Most frequent first.
    public var forms: [Form]
    /// Entries one of whose matches covers every match of this one.
    public var coveredBy: [String]
    /// Entries found in exactly the same messages.
    public var alwaysWith: [String]

    /// Whether it was never found, though there was text of its language.
    public var isDead: Bool { occurrences.messages == 0 && base.messages > 0 }
    /// Whether it says nothing that another does not say at the same words.
    public var isRedundant: Bool { !coveredBy.isEmpty }

    /// Share of the messages that have it.
    public var overall: Double { Frequencies.share(occurrences.messages, base.messages) }
    /// Share of the messages with the label that have it.
    public func tagged(_ label: Label) -> Double {
      Frequencies.share(occurrences.with(label), base.with(label))
    }
    /// Share of the messages without the label that have it.
    public func rest(_ label: Label) -> Double {
      Frequencies.share(occurrences.without(label), base.without(label))
    }
    /// From 0, found in messages without the label alone, to 1, in those with it alone; nil when it
    /// was found in no message that was asked.
    public func ratio(_ label: Label) -> Double? {
      Frequencies.ratio(tagged(label), rest(label))
    }
    /// The same of one of its forms.
    public func ratio(_ form: Form, _ label: Label) -> Double? {
      Frequencies.ratio(
        Frequencies.share(form.occurrences.with(label), base.with(label)),
        Frequencies.share(form.occurrences.without(label), base.without(label)))
    }
  }

  /// In the order of the lexicon.
  public let entries: [Entry]
  /// Messages that were read.
  public let messages: Int
  /// Messages that could not be judged.
  public let errors: Int
  /// Messages that an entry must be in before it is said to go with another.
  static let pairSupport = 3

  /// Counts a corpus.
  public init(_ scan: CorpusScan, pipeline: Pipeline) throws(InputError) {
    let sums = Mutex(Sums())
    let read = try scan.map(
      state: { FrequencyWorker(pipeline) },
      done: { worker in sums.withLock { $0.add(worker) } }
    ) { worker, message -> Bool? in
      worker.count(message)
      return true
    }
    let counted = sums.withLock { $0 }
    messages = read.count
    errors = counted.errors
    let lexicon = pipeline.lexicon
    let companions = Frequencies.companions(counted.tallies)
    entries = (0..<lexicon.entryCount).map { number in
      let source = lexicon.entry(number)
      let tally = counted.tallies[UInt32(number)] ?? EntryTally()
      func names(_ numbers: some Sequence<UInt32>) -> [String] {
        numbers.sorted().map { lexicon.entryID(Int($0)) }
      }
      return Entry(
        id: source.id, language: source.language.code, isOperator: source.scopeOperator != nil,
        occurrences: tally.occurrences,
        base: counted.totals[Int(source.language.rawValue)], senders: tally.senders.count,
        errors: tally.errors,
        forms: tally.forms.map { Form(text: $0.key, occurrences: $0.value) }
          .sorted {
            ($1.occurrences.messages, $0.text) < ($0.occurrences.messages, $1.text)
          },
        coveredBy: tally.occurrences.messages < 2 ? [] : names(tally.coverers ?? []),
        alwaysWith: names(companions[UInt32(number)] ?? []))
    }
  }

  private struct Sums: Sendable {
    var tallies: [UInt32: EntryTally] = [:]
    var totals = Array(repeating: Occurrences(), count: Language.allCases.count)
    var errors = 0

    mutating func add(_ worker: FrequencyWorker) {
      for (entry, tally) in worker.tallies { tallies[entry, default: EntryTally()].add(tally) }
      for place in totals.indices { totals[place].add(worker.totals[place]) }
      errors += worker.errors
    }
  }

  private struct MessageSet: Hashable {
    var signature: UInt64
    var count: Int
  }

  /// Entries of the same messages, by the sum of their hashes.
  private static func companions(_ tallies: [UInt32: EntryTally]) -> [UInt32: [UInt32]] {
    var groups: [MessageSet: [UInt32]] = [:]
    for (entry, tally) in tallies where tally.occurrences.messages >= pairSupport {
      let key = MessageSet(signature: tally.signature, count: tally.occurrences.messages)
      groups[key, default: []].append(entry)
    }
    var companions: [UInt32: [UInt32]] = [:]
    for group in groups.values where group.count > 1 {
      for entry in group { companions[entry] = group.filter { $0 != entry } }
    }
    return companions
  }

  package static func share(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }

  package static func ratio(_ tagged: Double, _ rest: Double) -> Double? {
    tagged + rest == 0 ? nil : tagged / (tagged + rest)
  }
}
