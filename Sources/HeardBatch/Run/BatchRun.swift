internal import Dispatch
public import Heard
internal import Synchronization

/// Judges a corpus with several workers and writes the records in the order of the input.
///
/// Each worker takes the next block, judges it, waits for its turn and writes; so memory is that of
/// as many blocks as there are workers, and the output is the same whatever their number (law 8).
public struct BatchRun {
  /// How a run is done.
  public struct Options: Sendable {
    /// Workers, at least 1.
    public var jobs = 1
    /// Whether records carry hits, near misses and zones.
    public var explain = false
    /// The field of a JSONL record that holds the text.
    public var textKey = "text"
    /// The field of a JSONL record that holds the id.
    public var idKey = "id"

    /// Lines for people on standard output, beside the records.
    public var summary: Summary?

    /// Makes, for each worker, what changes a judgement before it is written; needs explanations.
    public var makeHandler: (@Sendable () -> (Judgement) -> Judgement)?

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

  /// Where the records go.
  public enum Destination: Sendable {
    case standardOutput
    /// Written beside its final place and moved there when complete, so that a broken run leaves
    /// no file that looks whole.
    case file(String)
  }

  /// Runs to the end of the input.
  ///
  /// - Parameter progress: called after every block, by one worker at a time, in order.
  public func run(
    _ input: sending [any BlockSource], to destination: Destination,
    progress: @escaping @Sendable (RunStatistics) -> Void
  ) throws(RunError) -> RunStatistics {
    switch destination {
    case .standardOutput:
      return try run(input, into: .standardOutput(), progress: progress)
    case .file(let path):
      let partial = PartialFile(path)
      if partial.isSpecial {
        return try run(input, into: try create(path), progress: progress)
      }
      do throws(RunError) {
        let statistics = try run(
          input, into: try create(partial.temporaryPath), progress: progress)
        try publish(partial, as: path)
        return statistics
      } catch {
        partial.discard()
        throw error
      }
    }
  }

  private func create(_ path: String) throws(RunError) -> FileDescriptor {
    do throws(SystemFailure) {
      return try FileDescriptor(writing: path)
    } catch {
      throw .creation(path, error)
    }
  }

  private func publish(_ partial: PartialFile, as path: String) throws(RunError) {
    do throws(SystemFailure) {
      try partial.publish()
    } catch {
      throw .creation(path, error)
    }
  }

  private func run(
    _ input: sending [any BlockSource], into file: consuming FileDescriptor,
    progress: @escaping @Sendable (RunStatistics) -> Void
  ) throws(RunError) -> RunStatistics {
    let output = try OrderedOutput(file, summaryHeader: options.summary?.header)
    let queue = InputQueue(input)
    let pipeline = pipeline
    let options = options
    DispatchQueue.concurrentPerform(iterations: max(1, options.jobs)) { _ in
      guard let json = JSONRecordReader(textKey: options.textKey, idKey: options.idKey) else {
        output.fail(.input(InputError(.readFailed, "no memory for the JSON reader")))
        return
      }
      let judge = BlockJudge(pipeline: pipeline, json: json, options: options)
      var block = Block()
      while !output.hasFailed {
        do throws(InputError) {
          guard try queue.next(into: &block) else { return }
        } catch {
          output.fail(.input(error))
          return
        }
        guard output.write(judge.judge(block), of: block.index, then: progress) else { return }
      }
    }
    return try output.finish()
  }
}

/// The inputs of a run, one after the other, shared by the workers.
private final class InputQueue: Sendable {
  private struct State {
    var sources: ArraySlice<any BlockSource>
    var nextIndex = 0
  }

  private let state: Mutex<State>

  init(_ sources: sending [any BlockSource]) {
    state = Mutex(State(sources: sources[...]))
  }

  func next(into block: inout Block) throws(InputError) -> Bool {
    let result: Result<Bool, InputError> = state.withLock { state in
      do throws(InputError) {
        while let source = state.sources.first {
          if try source.next(into: &block) {
            block.index = state.nextIndex
            state.nextIndex += 1
            return .success(true)
          }
          state.sources.removeFirst()
        }
        return .success(false)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
