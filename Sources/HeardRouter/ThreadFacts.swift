/// What is known of the conversation that a message belongs to, before it is routed.
///
/// Filled in at the edges, where state lives; a message without a known conversation has none.
public struct ThreadFacts: Hashable, Sendable {
  /// How the heat of the customer's messages moves.
  public enum AngerTrend: String, CaseIterable, Sendable {
    case cooling
    case steady
    case rising
  }

  /// Messages of the conversation before this one.
  public var contacts: Int
  /// The queue that the last of them went to; nil when it is not known.
  public var queue: String?
  /// How the heat moves from those to this one.
  public var trend: AngerTrend
  /// How often the conversation changed its queue.
  public var handOvers: Int

  /// Makes facts.
  public init(
    contacts: Int = 0, queue: String? = nil, trend: AngerTrend = .steady, handOvers: Int = 0
  ) {
    self.contacts = contacts
    self.queue = queue
    self.trend = trend
    self.handOvers = handOvers
  }
}
