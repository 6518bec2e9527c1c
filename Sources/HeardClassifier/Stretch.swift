import HeardLexicon
import HeardMail
import HeardText

/// A sentence, which lies in one zone: the unit in which evidence counts.
struct Stretch {
  /// Ascending over the message; consecutive only for neighbours in one zone of one part.
  var number: Int
  var part: Int
  var zone: Zone
  var tokens: Range<Int>
  var language: Language
  /// The punctuation after its last token.
  var ending: Gap
  /// What stands in front of its tokens, the first aside: all of it, and perhaps more.
  var marks: Gap
  /// Whether a word of it may be written in capitals.
  var mayShout: Bool

  /// Whether it asks.
  ///
  /// `?!` and `??` are asked in anger, and weaken nothing.
  var isQuestion: Bool { ending.contains(.question) && !ending.contains(.repeated) }
}

/// One match of an entry inside a stretch, with what surrounds it.
struct Hit: BitwiseCopyable {
  var entry: Int
  /// First and last token in the document.
  var first: Int
  var last: Int
  /// Whether another entry matches the same tokens.
  var isShared = false
  /// Number of its clause in the stretch.
  var clause: Int
  /// Number of its part of a clause, which conjunctions divide too.
  var segment: Int
  /// Circumstances that hold for it, before the entry's own choice of scopes.
  var scopes: Scopes = []
  var intensity: Int32 = 1000
  var softness: Int32 = 1000
  /// Of a contrast; 1000 for none.
  var contrast: Int32 = 1000
  /// First token of the operator that negates it, and the one behind its last; the same when none
  /// does.
  var negatorStart = 0
  var negatorEnd = 0

  /// Several intensifiers multiply up to this, thousandths.
  static let intensityLimit: Int32 = 2500
}

/// A scope operator found in a stretch.
struct OperatorHit: BitwiseCopyable {
  var rule: ScopeOperator
  var language: Language
  var first: Int
  var last: Int
  var clause: Int
  var segment: Int

  /// Operators of contrast with a reach of one or two only divide: they are conjunctions.
  static let conjunctionReach = 2

  /// Whether it divides clauses and weighs nothing.
  var isConjunction: Bool {
    rule.scope == .contrast && rule.reach <= Self.conjunctionReach
  }

  /// Whether two negators agree, as in Polish (`nikt nigdy nie`), and do not undo each other.
  var hasConcord: Bool { language == .polish }

  /// Whether it opens a clause, as `but`, `because` and `if` do.
  var opensClause: Bool {
    rule.scope == .contrast || (rule.scope == .hypothetical && rule.direction == .forward)
  }
}

/// Where a clause or a part of one begins.
struct Boundary: BitwiseCopyable {
  var token: Int
  /// Whether a new clause begins, and not just the next link of a chain (`rude and slow`).
  var isClause: Bool
  /// Tokens behind it that a negator in front of it still reaches (`not polite and helpful`).
  var passes: Int
}
