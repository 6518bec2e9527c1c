/// A word or phrase, in all its forms, that recurs in complaints or under a tag.
public struct Theme: Sendable {
  /// Language, label and words, as `nl.pricing-dispute.dubbel-afgeschreven`.
  ///
  /// The same in every report that has the theme.
  public var id: String
  /// A code, as `nl`.
  public var language: String
  /// What it is a theme of.
  public var label: ThemeLabel
  /// Its words as lemmas, or the id of a lexicon entry.
  public var words: [String]
  /// How it is written most often.
  public var surface: String
  /// Other ways to write it, and phrases around it, the most frequent first.
  public var variants: [String]
  /// Different people who raised it.
  public var senders: Int
  /// Messages in which they did.
  public var messages: Int
  /// How much more it belongs to its label than to the rest.
  public var keyness: Keyness
  /// The chance of that by accident, corrected for all that was looked at.
  public var q: Double
  /// Voices by period.
  public var voices: [Int]
  /// How it moves.
  public var trend: Trend
  /// Places in messages, pseudonymised; empty when there are no texts.
  public var examples: [ThemeExample]
  /// Numbers by which its messages are found (``ThemeMembers``).
  var members: [UInt64]
}

/// Finds the messages of themes among records.
public struct ThemeMembers: Sendable {
  private var themes: [UInt64: [Int]] = [:]

  /// Takes the themes of a report.
  public init(_ themes: [Theme]) {
    for (place, theme) in themes.enumerated() {
      for key in theme.members { self.themes[key, default: []].append(place) }
    }
  }

  /// The places of the themes that a message raised.
  public func themes(of id: String) -> [Int] { themes[FactTable.key(id)] ?? [] }
}
