internal import Dispatch
public import Heard
public import HeardInput
internal import HeardLexicon
internal import HeardRouter

/// Judges a corpus with several workers and writes the records in the order of the input.
///
/// Each worker takes the next block, judges it, waits for its turn and writes; so memory is that of
/// as many blocks as there are workers, and the output is the same whatever their number (law 8).
public struct BatchRun: Sendable {
  /// How a run is done.
  public struct Options: Sendable {
    /// Workers, at least 1.
    public var jobs = 1
    /// Whether records carry hits, near misses and zones.
    public var explain = false
    /// How records are written.
    public var form = RecordForm.jsonLines
    /// Makes a pseudonym of a sender; with one, records say when they were sent and by whom.
    public var sign: (@Sendable (String) -> String)?
    /// The file of each queue, when files are per queue; ``QueueSink/fileOfQueue``.
    public var queueFiles: [String: Int] = [:]
    /// Whether blocks may be written in the order in which they are done.
    public var unordered = false
    /// Seconds between checkpoints; 0: one behind every block.
    public var checkpointInterval = 5.0
    /// The piece of the corpus to judge; nil: all.
    public var shard: Shard?
    /// Lines for people on standard output, beside the records.
    public var summary: Summary?

    /// Makes, for each worker, what changes a judgement before it is written.
    public var makeHandler: (@Sendable () -> (Judgement) -> Judgement)?
    /// Whether what it changes carries explanations.
    public var handlerExplains = false
    /// Whether messages are only read, for a handler that wants their texts: they are handed over with
    /// an assessment and a decision that say nothing.
    public var onlyReads = false
    /// What the handler's changes depend on, as names and values without secrets: a run goes on only
    /// while they are the same.
    public var handlerFacts: [(name: String, value: String)] = []

    /// The defaults.
    public init() {}
  }

  /// A line a message for people.
  public struct Summary: Sendable {
    let header: String
    let line: @Sendable (Judgement) -> String

    /// Makes a summary.
    public init(header: String, line: @escaping @Sendable (Judgement) -> String) {
      self.header = header
      self.line = line
    }
  }

  private let pipeline: Pipeline
  private let options: Options

  /// Prepares a run.
  public init(pipeline: Pipeline, options: Options) {
    self.pipeline = pipeline
    self.options = options
  }

  /// Runs to the end of the input, or until a signal asks for the end (``StopSignal/listen()``).
  ///
  /// - Parameters:
  ///   - plan: the inputs.
  ///   - sink: where the records go.
  ///   - resumes: whether to go on where the checkpoint beside the output says; without one, the run
  ///     begins at the start.
  ///   - progress: called after every block, by one worker at a time; first with what was done
  ///     before.
  public func run(
    _ plan: sending InputPlan, to sink: sending any RecordSink, resumes: Bool = false,
    progress: @escaping @Sendable (RunStatistics) -> Void
  ) throws(RunError) -> RunOutcome {
    let file = plan.isRepeatable ? sink.checkpointPath.map { CheckpointFile($0) } : nil
    if resumes, file == nil {
      throw .notResumable(
        plan.isRepeatable
          ? "\(sink.name) cannot be gone on with; --resume needs a file of its own, with -o FILE"
          : "standard input and pipes cannot be read again; --resume needs files")
    }
    var start = Checkpoint()
    start.identity = file == nil ? [] : try identity(plan)
    let saved = resumes ? try file?.read() : nil
    if let saved {
      if let difference = saved.difference(from: start.identity) {
        throw .notResumable(
          "\(sink.name) cannot be gone on with: \(difference); begin anew, without --resume")
      }
      if saved.isComplete {
        try sink.publish()
        if options.shard != nil { try ShardNote.write(saved, of: sink.name) }
        file?.remove()
        return RunOutcome(statistics: saved.statistics, stopStatus: nil)
      }
      start = saved
    } else {
      // Before the output is emptied: no checkpoint may speak of what is gone.
      file?.remove()
      ShardNote.remove(of: sink.name)
    }
    let fields = plan.fields
    let queue = try inputs(plan, start)
    try sink.begin(at: saved?.mark)
    progress(start.statistics)
    let output = try OrderedOutput(
      sink, from: start, checkpoint: file, every: options.checkpointInterval,
      isShard: options.shard != nil, isOrdered: !options.unordered,
      summaryHeader: options.summary?.header)
    let (pipeline, options) = (pipeline, options)
    DispatchQueue.concurrentPerform(iterations: max(1, options.jobs)) { _ in
      guard let json = JSONRecordReader(fields, readsOrigin: options.sign != nil) else {
        output.fail(.input(InputError(.readFailed, "no memory for the JSON reader")))
        return
      }
      let judge = BlockJudge(pipeline: pipeline, json: json, options: options)
      var block = Block()
      while !output.hasFailed {
        switch queue.next(into: &block) {
        case .end: return
        case .pass: output.pass(block)
        case .judge:
          guard output.write(judge.judge(block), of: block, then: progress) else { return }
        }
      }
    }
    return try output.finish(inputError: queue.error)
  }

  private func inputs(_ plan: sending InputPlan, _ start: Checkpoint) throws(RunError) -> InputQueue
  {
    do throws(InputError) {
      guard let shard = options.shard else {
        return try InputQueue(try plan.sources(), from: start)
      }
      let sizes = try plan.contentSizes()
      return try InputQueue(
        try plan.sources(), from: start, sizes: sizes, range: shard.range(of: sizes.reduce(0, +)))
    } catch {
      throw .input(error)
    }
  }

  static let formFact = "the form of the output"
  static let perQueue = ", a file a queue"

  /// What the bytes of the output depend on.
  func identity(_ plan: InputPlan) throws(RunError) -> [Checkpoint.Fact] {
    typealias Fact = Checkpoint.Fact
    let shard = options.shard.map { "\($0.number)/\($0.count)" } ?? "all"
    let facts = [
      Fact(name: "the version of heard", value: "\(Version.current) \(Version.schema)"),
      Fact(name: "the lexicon", value: pipeline.lexicon.digest),
      Fact(name: "the policy", value: pipeline.policy.digest),
      Fact(
        name: BatchRun.formFact,
        value: options.form.name + (options.queueFiles.isEmpty ? "" : BatchRun.perQueue)),
      Fact(name: "--explain", value: "\(options.explain)"),
      Fact(name: "--with-meta", value: options.sign.map { $0("") } ?? "false"),
      Fact(name: "--unordered", value: "\(options.unordered)"),
      Fact(name: ShardNote.factName, value: shard),
    ]
    let others = options.handlerFacts
    do throws(InputError) {
      return facts + (others + (try plan.facts())).map { Fact(name: $0.name, value: $0.value) }
    } catch {
      throw .input(error)
    }
  }
}
