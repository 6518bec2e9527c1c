internal import Synchronization

/// Bytes that messages under way may hold together.
///
/// Two thousand clients with a large message each must not take the machine's memory; those beyond
/// are told to come back.
final class MemoryBudget: Sendable {
  /// What one connection holds of it, given back when the connection goes.
  struct Share: ~Copyable {
    private let budget: MemoryBudget
    private var held = 0

    fileprivate init(_ budget: MemoryBudget) { self.budget = budget }

    deinit { budget.used.subtract(held, ordering: .relaxed) }

    /// Holds so many bytes from now on; false, and nothing changes, when there is no room.
    mutating func resize(to bytes: Int) -> Bool {
      let more = bytes - held
      if more > 0, budget.used.add(more, ordering: .relaxed).newValue > budget.limit {
        budget.used.subtract(more, ordering: .relaxed)
        return false
      }
      if more < 0 { budget.used.subtract(-more, ordering: .relaxed) }
      held = bytes
      return true
    }
  }

  private let limit: Int
  private let used = Atomic(0)

  /// - Parameter limit: bytes.
  init(_ limit: Int) { self.limit = limit }

  /// A share that holds nothing yet.
  func share() -> Share { Share(self) }
}
