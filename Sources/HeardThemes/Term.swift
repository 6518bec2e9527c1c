internal import HeardText

/// Something that themes are made of, in one message: a phrase, or a lexicon entry.
struct Term: Hashable, Sendable {
  /// The same for the same term in the same language, on every machine.
  var hash: UInt64
  /// Where its reader finds it again, until the next message.
  var place: Int32
}

/// Tells about the terms of the message that was read last.
protocol TermReader: AnyObject {
  /// The words by which the term is known: lemmas, or the id of an entry.
  func words(of term: Term) -> [String]
  /// As it stood in the message, in lower case.
  func surface(of term: Term) -> String
  /// The words around it, pseudonymised; nil when there is no text.
  func example(of term: Term) -> ThemeExample?
}

/// Words around a term in a message.
public struct ThemeExample: Hashable, Sendable {
  /// Before it.
  public var left: String
  /// The term as it was written.
  public var match: String
  /// Behind it.
  public var right: String
}

/// Hashes that are the same in every process (``StableHash`` with a finisher).
enum TermHash {
  /// Of a string.
  static func of(_ text: String) -> UInt64 { mix(StableHash.of(text.utf8)) }

  /// Of two hashes in their order.
  static func combine(_ first: UInt64, _ second: UInt64) -> UInt64 {
    mix(first &* 0x9E37_79B9_7F4A_7C15 &+ (second ^ second >> 29))
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
