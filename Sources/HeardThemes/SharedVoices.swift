internal import Synchronization

/// The terms of a voice's messages, as far as they have been read.
struct SharedVoice {
  let language: UInt8
  let period: Int16
  private var messages: [(bits: UInt16, terms: [UInt64])] = []

  init(language: UInt8, period: Int16) {
    self.language = language
    self.period = period
  }

  /// Takes a message in.
  mutating func add(_ terms: [UInt64], _ bits: UInt16) { messages.append((bits, terms)) }

  /// Each of its terms, with the labels of the messages that have it.
  func terms() -> [(hash: UInt64, bits: UInt16)] {
    var all = messages.flatMap { message in message.terms.map { (hash: $0, bits: message.bits) } }
    all.sort { $0.hash < $1.hash }
    var kept = 0
    for term in all {
      if kept > 0, all[kept - 1].hash == term.hash {
        all[kept - 1].bits |= term.bits
      } else {
        all[kept] = term
        kept += 1
      }
    }
    all.removeSubrange(kept...)
    return all
  }
}

/// Voices that have several messages, each until all of them were read: only then is it known what
/// the voice has, and it counts once.
///
/// In an archive that is ordered by time these are the senders of about one period. All workers share
/// them, as a voice's messages may be read by several.
final class SharedVoices: Sendable {
  private struct State {
    var open: [Int32: SharedVoice] = [:]
    /// Messages of each voice that are still to come.
    var left: [UInt32]
  }
  private let state: Mutex<State>

  /// Prepares the voices.
  ///
  /// - Parameter messages: how many messages of each voice there are to be read.
  init(messages: [UInt32]) { state = Mutex(State(left: messages)) }

  /// Takes the terms of a message in.
  ///
  /// - Returns: its voice when this was the last of its messages.
  func add(_ fact: FactTable.Fact, _ terms: [UInt64]) -> SharedVoice? {
    state.withLock { state in
      let voice = fact.sharedVoice
      state.open[voice, default: SharedVoice(language: fact.language, period: fact.period)]
        .add(terms, FactTable.bits(fact.labels))
      guard state.left[Int(voice)] > 1 else { return state.open.removeValue(forKey: voice) }
      state.left[Int(voice)] -= 1
      return nil
    }
  }

  /// Voices of which a message did not come again, as when a file was cut short meanwhile.
  func takeRest() -> [SharedVoice] {
    state.withLock { state in
      defer { state.open = [:] }
      return Array(state.open.values)
    }
  }
}
