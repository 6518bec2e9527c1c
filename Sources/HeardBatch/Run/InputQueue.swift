internal import HeardInput
internal import Synchronization

/// The inputs of a run, one after the other, shared by the workers.
final class InputQueue: Sendable {
  private struct State {
    var sources: ArraySlice<any BlockSource>
    var nextIndex: Int
    /// Blocks that were judged by another run.
    var done: Set<Int>
    /// The bytes that are judged, counted through all inputs; nil: all.
    var range: Range<Int>?
    /// Sizes of the inputs before each one, for `range`.
    var starts: [Int]
    var error: InputError?
  }

  private let state: Mutex<State>

  /// Begins at the start, or where a checkpoint is.
  ///
  /// - Parameters:
  ///   - sizes: content of each input in bytes, for a shard.
  ///   - range: what is judged of it.
  init(
    _ sources: sending [any BlockSource], from checkpoint: Checkpoint, sizes: [Int] = [],
    range: Range<Int>? = nil
  ) throws(InputError) {
    var starts: [Int] = []
    var sum = 0
    for size in sizes {
      starts.append(sum)
      sum += size
    }
    guard checkpoint.input <= sources.count else {
      throw InputError(.usage, "the checkpoint is of more inputs than these")
    }
    if let range {
      for (source, start) in zip(sources, starts) {
        source.stops = [range.lowerBound, range.upperBound].filter { $0 > start && $0 < Int.max }
          .map { $0 - start }
      }
    }
    if checkpoint.place != SourcePlace(), sources.indices.contains(checkpoint.input) {
      try sources[checkpoint.input].seek(to: checkpoint.place)
    }
    state = Mutex(
      State(
        sources: sources[checkpoint.input...], nextIndex: checkpoint.blocks,
        done: Set(checkpoint.done), range: range, starts: starts))
  }

  /// What a worker is to do.
  enum Turn {
    /// Judge the block.
    case judge
    /// Nothing: the block was judged by another run.
    case pass
    /// Go home: the end, an error, or a signal that asks for the end.
    case end
  }

  /// Fills the block with what comes next.
  func next(into block: inout Block) -> Turn {
    state.withLock { state in
      do throws(InputError) {
        while state.error == nil, !StopSignal.isReceived, let source = state.sources.first {
          let input = state.sources.startIndex
          guard try source.next(into: &block) else {
            state.sources.removeFirst()
            continue
          }
          if let range = state.range {
            let start = state.starts[input] + block.firstByte
            if start >= range.upperBound {
              state.sources.removeAll()
              return .end
            }
            if start < range.lowerBound { continue }
          }
          block.input = input
          block.index = state.nextIndex
          state.nextIndex += 1
          return state.done.remove(block.index) == nil ? .judge : .pass
        }
      } catch {
        // A signal interrupts a read that waits; that is no error.
        if !StopSignal.isReceived { state.error = error }
      }
      return .end
    }
  }

  /// What was wrong with the input, after all that came before was handed out.
  var error: InputError? { state.withLock(\.error) }
}
