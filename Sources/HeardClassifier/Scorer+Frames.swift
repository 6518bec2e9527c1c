import HeardLexicon
import HeardText

/// A hit that a frame may pair with another: its strength already carries its scopes.
struct Role {
  var entry: Int
  /// Thousandths, above 0; 1000 is normal.
  var strength: Int32
  var part: Int
  var stretch: Int
  var clause: Int
  /// First and last token, counted over all parts.
  var first: Int
  var last: Int
  var range: ByteRange
  var language: Language
  var isQuestion: Bool
  /// Whether a `but` stands in front of it in its sentence.
  var isBehindBut: Bool
  var scopes: Scopes
  /// Whether its clause praises.
  var isPraised = false
  /// Which pairs of roles have used it already, as bits.
  var usedPairs: UInt64 = 0
}

/// Pairs roles: what means something only together with something else.
///
/// Every second role, in the order of the text, takes the nearest first role that its frame allows.
/// Frames with the same two roles share what they use, so that a pair counts in the narrowest
/// window that it fits.
extension Scorer {
  /// Adds the evidence of all frames.
  mutating func addFrames() {
    for index in table.frames.indices {
      if roles[table.frames[index].first].isEmpty || roles[table.frames[index].second].isEmpty {
        continue
      }
      pair(table.frames[index], index)
    }
    if explains { noteMissingPartners() }
  }

  private mutating func pair(_ frame: ScoringTable.FrameRule, _ index: Int) {
    let bit: UInt64 = 1 << UInt64(min(frame.pair, 63))
    var count = 0
    var blocked: Role?
    var nearest = 0
    for second in roles[frame.second].indices {
      let role = roles[frame.second][second]
      if role.usedPairs & bit != 0 || !frame.languages.accepts(role.language) { continue }
      while nearest < roles[frame.first].count,
        roles[frame.first][nearest].last + frame.distance + 1 < role.first
      {
        nearest += 1
      }
      guard
        let partner = partner(of: role, in: frame, from: nearest, blocked: &blocked)
      else {
        if let blocked { noteBlocked(frame, index, role, blocked) }
        blocked = nil
        continue
      }
      if count == frame.maximum {
        noteCapped(frame, index, partner, role)
        return
      }
      count += 1
      roles[frame.second][second].usedPairs |= bit
      add(frame, index, partner, role)
    }
  }

  /// The nearest first role that fits; the earlier of two as near.
  private func partner(
    of role: Role, in frame: ScoringTable.FrameRule, from start: Int, blocked: inout Role?
  ) -> Role? {
    var best: Role?
    var bestDistance = frame.distance + 1
    var index = start
    while index < roles[frame.first].count {
      let candidate = roles[frame.first][index]
      if candidate.first > role.last + frame.distance + 1 { break }
      index += 1
      let distance = max(role.first - candidate.last, candidate.first - role.last, 1) - 1
      guard distance < bestDistance, fits(candidate, role, frame) else { continue }
      if isBlocked(candidate, role, frame) {
        blocked = candidate
        continue
      }
      best = candidate
      bestDistance = distance
    }
    return best
  }

  private func fits(_ first: Role, _ second: Role, _ frame: ScoringTable.FrameRule) -> Bool {
    if first.part != second.part || frame.ordered && first.first > second.first { return false }
    // Of two roles of one kind the second mention takes the first; none takes itself.
    if frame.first == frame.second, first.first >= second.first { return false }
    switch frame.window {
    case .clause: return first.stretch == second.stretch && first.clause == second.clause
    case .sentence: return first.stretch == second.stretch
    case .adjacent: return abs(first.stretch - second.stretch) <= 1
    }
  }

  /// Praise keeps a person out of frames beyond the clause ("Mark was patient; your system …"), and
  /// a `but` in between makes praise and a failing a balance, not sarcasm.
  private func isBlocked(
    _ first: Role, _ second: Role, _ frame: ScoringTable.FrameRule
  ) -> Bool {
    if frame.first == KindRules.person, first.isPraised {
      return first.stretch != second.stretch || first.clause != second.clause
    }
    if frame.first == KindRules.praise || frame.first == KindRules.valence {
      return second.isBehindBut && !(first.stretch == second.stretch && first.isBehindBut)
    }
    return false
  }

  private mutating func add(
    _ frame: ScoringTable.FrameRule, _ index: Int, _ first: Role, _ second: Role
  ) {
    let strength = min(FixedPoint.times(first.strength, second.strength), 1000)
    let isAsked = first.isQuestion && second.isQuestion
    let range = Self.span(first, second)
    for weight in frame.weights {
      var factor = strength
      var scopes = first.scopes.union(second.scopes)
      if isAsked, table.kindScopes[Int(weight.kind)].contains(.question) {
        factor = FixedPoint.times(factor, table.factors.question)
        scopes.insert(.question)
      }
      let value = FixedPoint.times(weight.milli, factor)
      add(
        .frame(index), kind: Int(weight.kind), milli: value, plain: weight.milli, scopes: scopes,
        zone: scoredZone, part: second.part, range: range)
      if explains, abs(value) < abs(weight.milli) {
        miss(
          .frame(index), kind: Int(weight.kind), .weakened(scopes), lost: weight.milli - value,
          zone: scoredZone, part: second.part, range: range)
      }
    }
  }

  private static func span(_ first: Role, _ second: Role) -> ByteRange {
    ByteRange(
      min(first.range.start, second.range.start), max(first.range.end, second.range.end))
  }

  // MARK: Near misses

  private mutating func noteBlocked(
    _ frame: ScoringTable.FrameRule, _ index: Int, _ second: Role, _ first: Role
  ) {
    guard explains else { return }
    miss(
      .frame(index), kind: Int(frame.main.kind), .praised, lost: frame.main.milli, zone: scoredZone,
      part: second.part, range: Self.span(first, second))
  }

  private mutating func noteCapped(
    _ frame: ScoringTable.FrameRule, _ index: Int, _ first: Role, _ second: Role
  ) {
    guard explains else { return }
    miss(
      .frame(index), kind: Int(frame.main.kind), .cap, lost: frame.main.milli, zone: scoredZone,
      part: second.part, range: Self.span(first, second))
  }

  /// Where no frame of a pair fired, the strongest half that was there, once a pair.
  private mutating func noteMissingPartners() {
    var noted: Set<Int> = []
    for (index, frame) in table.frames.enumerated() where noted.insert(frame.pair).inserted {
      let bit: UInt64 = 1 << UInt64(min(frame.pair, 63))
      if roles[frame.second].contains(where: { $0.usedPairs & bit != 0 }) { continue }
      let seconds = roles[frame.second]
      let halves = seconds.isEmpty ? roles[frame.first] : seconds
      guard let half = halves.max(by: { $0.strength < $1.strength }) else { continue }
      let missing = seconds.isEmpty ? frame.second : frame.first
      miss(
        .frame(index), kind: Int(frame.main.kind), .partnerMissing(KindRules.kinds[missing]),
        lost: FixedPoint.times(frame.main.milli, min(half.strength, 1000)), zone: scoredZone,
        part: half.part, range: half.range)
    }
  }
}

extension LanguageSet {
  /// Whether the set holds the language; text too short to tell is taken for any of them.
  fileprivate func accepts(_ language: Language) -> Bool {
    contains(language) || language == .undetermined
  }
}
