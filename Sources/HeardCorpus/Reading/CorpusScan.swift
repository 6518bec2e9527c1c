internal import Dispatch
public import HeardInput
internal import Synchronization

/// Goes through corpora with several workers, and keeps what each message gave in order.
///
/// Only blocks are in memory, not the corpus; the result is the same whatever the number of workers.
public struct CorpusScan: Sendable {
  /// Files and folders.
  public var paths: [String]
  /// How foreign records are read.
  public var map: LabelMap
  /// Which messages are meant.
  public var filter: CorpusFilter
  /// Workers, at least 1.
  public var jobs: Int

  /// Prepares a scan.
  public init(
    _ paths: [String], map: LabelMap = .init(), filter: CorpusFilter = .init(), jobs: Int = 1
  ) {
    self.paths = paths
    self.map = map
    self.filter = filter
    self.jobs = jobs
  }

  /// Gives every message that is meant to `body`, and returns what it made of them, in order.
  ///
  /// - Parameters:
  ///   - state: makes what one worker keeps between messages.
  ///   - done: takes what a worker kept, when it has ended; one at a time, in no order.
  /// - Throws: inputs that cannot be read, and filters that leave nothing.
  public func map<State, Output: Sendable>(
    state: @Sendable () -> State, done: @Sendable (State) -> Void = { _ in },
    _ body: @Sendable (State, LabelledMessage) -> Output?
  ) throws(InputError) -> [Output] {
    let queue = ScanQueue<Output>(try sources())
    let map = map
    let filter = filter
    DispatchQueue.concurrentPerform(iterations: max(1, jobs)) { _ in
      guard let reader = BlockReader(map: map) else {
        queue.fail(InputError(.readFailed, "no memory for the JSON reader"))
        return
      }
      let kept = state()
      var block = Block()
      var seen = SeenNames()
      while queue.next(into: &block) {
        var outputs: [Output] = []
        do throws(InputError) {
          try reader.read(block) { message in
            seen.note(message)
            guard filter.takes(message), let output = body(kept, message) else { return }
            outputs.append(output)
          }
        } catch {
          queue.fail(error)
          return
        }
        queue.finish(block.index, outputs)
      }
      queue.end(seen) { done(kept) }
    }
    let (outputs, seen) = try queue.results()
    try filter.check(seen)
    return outputs
  }

  private func sources() throws(InputError) -> [any BlockSource] {
    var sources: [any BlockSource] = []
    for path in paths {
      for input in try CorpusFiles.inputs(path) {
        switch input {
        case .lines(let file): sources.append(try LineSource(path: file, content: .jsonLines))
        case .mails(let folder): sources.append(try FileSource(folder: folder))
        case .mail(let file): sources.append(FileSource(file: file))
        }
      }
    }
    return sources
  }
}

/// The blocks of a scan and what came of them, shared by its workers.
private final class ScanQueue<Output: Sendable>: Sendable {
  private struct State {
    var sources: ArraySlice<any BlockSource>
    var nextIndex = 0
    var outputs: [(index: Int, outputs: [Output])] = []
    var seen = SeenNames()
    var error: InputError?
  }

  private let state: Mutex<State>

  init(_ sources: sending [any BlockSource]) {
    state = Mutex(State(sources: sources[...]))
  }

  /// Fills the block; false when nothing is left or something failed.
  func next(into block: inout Block) -> Bool {
    state.withLock { state in
      do throws(InputError) {
        while state.error == nil, let source = state.sources.first {
          if try source.next(into: &block) {
            block.index = state.nextIndex
            state.nextIndex += 1
            return true
          }
          state.sources.removeFirst()
        }
      } catch {
        state.error = error
      }
      return false
    }
  }

  func finish(_ index: Int, _ outputs: [Output]) {
    state.withLock { $0.outputs.append((index, outputs)) }
  }

  func end(_ seen: SeenNames, _ body: () -> Void) {
    state.withLock { state in
      state.seen.merge(seen)
      body()
    }
  }

  func fail(_ error: InputError) {
    state.withLock { state in
      if state.error == nil { state.error = error }
    }
  }

  func results() throws(InputError) -> ([Output], SeenNames) {
    let (outputs, seen, error) = state.withLock { ($0.outputs, $0.seen, $0.error) }
    if let error { throw error }
    return (outputs.sorted { $0.index < $1.index }.flatMap(\.outputs), seen)
  }
}
