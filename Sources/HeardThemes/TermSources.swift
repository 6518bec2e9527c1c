public import Heard
public import HeardBatch
public import HeardInput
public import HeardRedaction
internal import HeardText
internal import Synchronization

/// Phrases of messages that were judged, read once more.
public struct MessageTerms: TermSource, Sendable {
  /// The inputs of the run.
  public var paths: [String]
  /// How they are read.
  public var options: InputOptions
  /// Reads and cuts the messages as the run did.
  public var pipeline: Pipeline
  /// Which words count together.
  public var lemmas: LemmaTable
  /// Pseudonymises examples, and keeps themes from what names somebody; nil: not.
  public var redactor: Redactor?
  /// Whether tokens in examples say who is who («PHONE:7f3a»), or only what stood there («PHONE»).
  public var numbersTokens = false
  /// Whether names may be themes.
  public var allowsNames = false
  /// Characters on each side of an example.
  public var width = 70
  /// Threads.
  public var jobs = 1
  /// What the first reading met.
  public let meetings = MessageMeetings()

  /// Prepares reading.
  public init(
    _ paths: [String], options: InputOptions, pipeline: Pipeline, lemmas: LemmaTable,
    redactor: Redactor?
  ) {
    self.paths = paths
    self.options = options
    self.pipeline = pipeline
    self.lemmas = lemmas
    self.redactor = redactor
  }

  func scan<Worker: TermWorker>(
    _ facts: FactTable, names: NameSieve?, _ make: @escaping @Sendable () -> Worker
  ) throws(RunError) -> [Worker] {
    let workers = WorkerList<Worker>()
    let source = self
    var run = BatchRun.Options()
    run.jobs = jobs
    run.unordered = true
    // Their records are there: what is wanted are the words.
    run.onlyReads = true
    run.makeHandler = {
      let worker = make()
      workers.add(worker)
      let reader = PhraseReader(
        lemmas: source.lemmas, redactor: source.redactor,
        names: source.allowsNames ? nil : names, width: source.width,
        numbersTokens: source.numbersTokens)
      let ids = MessageIDs()
      let meetings = names == nil ? source.meetings : nil
      return { judgement in
        if case .failed(let error) = judgement.outcome { meetings?.note(error) }
        if case .judged(let message, _, _) = judgement.outcome,
          let id = ids.text(judgement.id), let number = facts.number(id)
        {
          meetings?.note(number)
          reader.read(
            message, language: Int(facts.facts[number].language),
            sighting: names == nil ? { worker.sight($0, isCapitalised: $1) } : nil)
          worker.take(number, reader.terms, reader)
        }
        return MessageTerms.nothing
      }
    }
    let plan: InputPlan
    do throws(InputError) {
      plan = try InputPlan(paths, options: options)
      guard plan.isRepeatable else {
        throw InputError(
          .usage, "messages are read several times, and standard input cannot be; name files")
      }
    } catch {
      throw .input(error)
    }
    _ = try BatchRun(pipeline: pipeline, options: run).run(plan, to: NoSink()) { _ in }
    return workers.all
  }

  /// The record that nobody reads is a short one.
  private static let nothing = Judgement(
    id: .none, outcome: .failed(RecordError(code: "", message: "", location: "")))
}

/// Which records met their message, and what of the messages could not be read.
public final class MessageMeetings: Sendable {
  private struct State {
    /// By number; as long as the highest that was met.
    var isMet: [Bool] = []
    var met = 0
    var errors = 0
    var firstError: RecordError?
  }
  private let state = Mutex(State())

  func note(_ number: Int) {
    state.withLock { state in
      if number >= state.isMet.count {
        state.isMet += repeatElement(false, count: number + 1 - state.isMet.count)
      }
      guard !state.isMet[number] else { return }
      state.isMet[number] = true
      state.met += 1
    }
  }

  func note(_ error: RecordError) {
    state.withLock { state in
      state.errors += 1
      if state.firstError == nil { state.firstError = error }
    }
  }

  /// Records whose message was there.
  public var met: Int { state.withLock { $0.met } }
  /// Messages that could not be read.
  public var errors: Int { state.withLock { $0.errors } }
  /// One of those.
  public var firstError: RecordError? { state.withLock { $0.firstError } }
}

/// Takes records and keeps none.
private final class NoSink: RecordSink {
  let name = "nowhere"
  let checkpointPath: String? = nil
  func begin(at mark: OutputMark?) throws(RunError) {}
  func write(_ block: JudgedBlock) throws(RunError) {}
  func synchronize() throws(RunError) -> OutputMark { OutputMark([]) }
  func publish() throws(RunError) {}
  func discard() {}
}

/// Ids as records have them.
private struct MessageIDs {
  private let json = JSONFieldReader()

  func text(_ id: MessageID) -> String? {
    switch id {
    case .none: return nil
    case .text(let text): return text
    case .json(let raw):
      guard raw.first == UInt8(ascii: "\"") else { return String(decoding: raw, as: UTF8.self) }
      guard raw.contains(UInt8(ascii: "\\")) else {
        return String(decoding: raw.dropFirst().dropLast(), as: UTF8.self)
      }
      let line = Array("{\"id\":".utf8) + raw + Array("}".utf8)
      var text: String?
      try? json?.read(
        line + [UInt8](repeating: 0, count: JSONRecordReader.padding), 0..<line.count
      ) { _, value in
        if case .text(let found) = value { text = found }
      }
      return text
    }
  }
}

/// Lexicon entries that counted, from records with hits: themes without texts.
public struct HitTerms: TermSource {
  /// Hands over the records, hits and all.
  public var read: ((borrowing JudgedRecord) -> Void) throws(InputError) -> Void

  /// Prepares reading.
  public init(_ read: @escaping ((borrowing JudgedRecord) -> Void) throws(InputError) -> Void) {
    self.read = read
  }

  func scan<Worker: TermWorker>(
    _ facts: FactTable, names: NameSieve?, _ make: @escaping @Sendable () -> Worker
  ) throws(RunError) -> [Worker] {
    let worker = make()
    let reader = HitReader()
    do throws(InputError) {
      try read { record in
        guard record.errorCode == nil, let id = record.id, let number = facts.number(id) else {
          return
        }
        reader.read(record, language: Int(facts.facts[number].language))
        worker.take(number, reader.terms, reader)
      }
    } catch {
      throw .input(error)
    }
    return [worker]
  }
}

/// Tells about the entries of a record.
private final class HitReader: TermReader {
  private(set) var terms: [Term] = []
  private var hits: [JudgedRecord.Hit] = []

  func read(_ record: borrowing JudgedRecord, language: Int) {
    hits = record.hits
    terms.removeAll(keepingCapacity: true)
    var seen: Set<String> = []
    let prefix = FactTable.languages[language] + "."
    for (place, hit) in hits.enumerated()
    where hit.entry.hasPrefix(prefix) && !hit.form.isEmpty && seen.insert(hit.entry).inserted {
      terms.append(Term(hash: TermHash.of(hit.entry), place: Int32(place)))
    }
  }

  func words(of term: Term) -> [String] { [hits[Int(term.place)].entry] }
  func surface(of term: Term) -> String { hits[Int(term.place)].form.lowercased() }
  func example(of term: Term) -> ThemeExample? { nil }
}
