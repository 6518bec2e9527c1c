internal import HeardBatch
internal import Synchronization

/// Takes the terms of messages on one thread.
///
/// A worker is made by the thread that uses it, and looked at by others only when that has ended.
protocol TermWorker: AnyObject, Sendable {
  /// Takes the terms of a message.
  func take(_ number: Int, _ terms: [Term], _ reader: any TermReader)
  /// Takes a word inside a sentence; only called while names are being learnt.
  func sight(_ hash: UInt64, isCapitalised: Bool)
}

extension TermWorker {
  func sight(_ hash: UInt64, isCapitalised: Bool) {}
}

/// Where terms come from; can be gone through again and again.
protocol TermSource {
  /// Gives all terms to workers, and returns these.
  ///
  /// - Parameter names: words that are taken for names; nil while they are being learnt.
  func scan<Worker: TermWorker>(
    _ facts: FactTable, names: NameSieve?, _ make: @escaping @Sendable () -> Worker
  ) throws(RunError) -> [Worker]
}

/// The workers of a scan.
final class WorkerList<Worker: TermWorker>: Sendable {
  private let list = Mutex<[Worker]>([])

  func add(_ worker: Worker) { list.withLock { $0.append(worker) } }

  var all: [Worker] { list.withLock { $0 } }
}

// Unchecked: see TermWorker.
final class SieveWorker: TermWorker, @unchecked Sendable {
  private(set) var terms = TermSieve()
  private(set) var names = NameSieve()
  /// Messages that were read of each voice with several.
  private(set) var messages: [UInt32]
  private let facts: FactTable

  init(_ facts: FactTable) {
    self.facts = facts
    messages = Array(repeating: 0, count: facts.sharedVoices)
  }

  func take(_ number: Int, _ terms: [Term], _ reader: any TermReader) {
    for term in terms { self.terms.add(term.hash) }
    let voice = Int(facts.facts[number].sharedVoice)
    if voice >= 0 { messages[voice] += 1 }
  }

  func sight(_ hash: UInt64, isCapitalised: Bool) {
    names.add(hash, isCapitalised: isCapitalised)
  }
}

// Unchecked: see TermWorker.
final class CountWorker: TermWorker, @unchecked Sendable {
  private(set) var counts = TermCounts()
  private let facts: FactTable
  private let sieve: TermSieve
  private let shared: SharedVoices
  private let recent: Int

  /// Makes a worker.
  ///
  /// - Parameters:
  ///   - shared: the voices with several messages, of all workers.
  ///   - recent: the first of the periods that are of late.
  init(_ facts: FactTable, sieve: TermSieve, shared: SharedVoices, recent: Int) {
    self.facts = facts
    self.sieve = sieve
    self.shared = shared
    self.recent = recent
  }

  func take(_ number: Int, _ terms: [Term], _ reader: any TermReader) {
    let fact = facts.facts[number]
    guard fact.sharedVoice < 0 else {
      let hashes = terms.lazy.map(\.hash).filter(sieve.passes)
      if let voice = shared.add(fact, Array(hashes)) {
        counts.add(voice, isRecent: Int(voice.period) >= recent)
      }
      return
    }
    let bits = FactTable.bits(fact.labels)
    let isRecent = Int(fact.period) >= recent
    for term in terms where sieve.passes(term.hash) {
      counts.add(term.hash, bits, language: fact.language, isRecent: isRecent)
    }
  }
}

/// What was gathered of a term.
struct GatheredTerm {
  /// An example and where it stands in the order in which examples are chosen.
  struct Ranked {
    var rank: UInt64
    var sender: UInt64
    var example: ThemeExample
  }

  var words: [String] = []
  var members: [UInt32] = []
  var surfaces: [String: Int] = [:]
  /// By label.
  var examples: [[Ranked]] = Array(repeating: [], count: ThemeLabel.allCases.count)

  /// Puts an example in its place; one a sender, and none twice.
  mutating func add(_ ranked: Ranked, label: Int, limit: Int) {
    if let same = examples[label].firstIndex(where: {
      $0.sender == ranked.sender || $0.example == ranked.example
    }) {
      guard ranked.rank < examples[label][same].rank else { return }
      examples[label].remove(at: same)
    }
    let place =
      examples[label].firstIndex { ranked.rank < $0.rank } ?? examples[label].endIndex
    examples[label].insert(ranked, at: place)
    if examples[label].count > limit { examples[label].removeLast() }
  }

  mutating func add(_ other: GatheredTerm, limit: Int) {
    if words.isEmpty { words = other.words }
    members += other.members
    surfaces.merge(other.surfaces, uniquingKeysWith: +)
    for label in examples.indices {
      for ranked in other.examples[label] { add(ranked, label: label, limit: limit) }
    }
  }
}

// Unchecked: see TermWorker.
final class GatherWorker: TermWorker, @unchecked Sendable {
  private(set) var gathered: [UInt64: GatheredTerm]
  private let facts: FactTable
  private let examples: Int

  init(_ chosen: Set<UInt64>, _ facts: FactTable, examples: Int) {
    gathered = Dictionary(uniqueKeysWithValues: chosen.map { ($0, GatheredTerm()) })
    self.facts = facts
    self.examples = examples
  }

  func take(_ number: Int, _ terms: [Term], _ reader: any TermReader) {
    let fact = facts.facts[number]
    for term in terms {
      guard let place = gathered.index(forKey: term.hash) else { continue }
      gathered.values[place].members.append(UInt32(number))
      if gathered.values[place].words.isEmpty {
        gathered.values[place].words = reader.words(of: term)
      }
      gathered.values[place].surfaces[reader.surface(of: term), default: 0] += 1
      // By sender, then by message: who writes every week is quoted no sooner than anybody else.
      let rank =
        TermHash.combine(fact.sender, term.hash) & ~0xFFFF_FFFF
        | TermHash.combine(fact.key, term.hash) >> 32
      // Made once for all labels, and only when one wants it: it is dear.
      lazy var example = examples > 0 ? reader.example(of: term) : nil
      for label in 0..<ThemeLabel.allCases.count where fact.labels & 1 << UInt8(label) != 0 {
        let known = gathered.values[place].examples[label]
        if known.count == examples, let last = known.last, last.rank < rank { continue }
        guard let example else { continue }
        gathered.values[place].add(
          .init(rank: rank, sender: fact.sender, example: example), label: label, limit: examples)
      }
    }
  }
}
