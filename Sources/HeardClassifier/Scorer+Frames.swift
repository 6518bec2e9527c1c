import HeardLexicon
import HeardText

/// A hit that a frame may pair with another: its strength already carries its scopes; in 72 bytes.
struct Role: BitwiseCopyable {
  /// `EvidenceKind.index`.
  var kind: UInt8
  var language: Language
  var isQuestion: Bool
  /// Whether a `but` stands in front of it in its sentence.
  var isBehindBut: Bool
  /// Whether its clause praises.
  var isPraised = false
  var scopes: Scopes
  /// The next role of its kind, or ``none``.
  var next = Role.none
  /// Thousandths, above 0; 1000 is normal.
  var strength: Int32
  var part: Int32
  var stretch: Int32
  var clause: Int32
  var range: ByteRange
  /// First and last token, counted over all parts.
  var first: Int
  var last: Int
  /// Which pairs of roles have used it already, as bits.
  var usedPairs: UInt64 = 0

  /// No role.
  static let none: Int32 = -1

  init(
    kind: UInt8, strength: Int32, hit: Hit, stretch: Stretch, range: ByteRange,
    positionBase: Int, isBehindBut: Bool, scopes: Scopes
  ) {
    self.kind = kind
    language = stretch.language
    isQuestion = stretch.isQuestion
    self.isBehindBut = isBehindBut
    self.scopes = scopes
    self.strength = strength
    part = Int32(truncatingIfNeeded: stretch.part)
    self.stretch = Int32(truncatingIfNeeded: stretch.number)
    clause = Int32(truncatingIfNeeded: hit.clause)
    self.range = range
    first = positionBase + hit.first
    last = positionBase + hit.last
  }
}

/// Pairs roles: what means something only together with something else.
///
/// Every second role, in the order of the text, takes the nearest first role that its frame allows.
/// Frames with the same two roles share what they use, so that a pair counts in the narrowest
/// window that it fits.
extension Scorer {
  /// Adds the evidence of all frames.
  mutating func addFrames() {
    let languages = scoredLanguages
    for index in table.frames.indices {
      if table.frames[index].roles & ~roleKinds != 0 { continue }
      if table.frames[index].languages.isDisjoint(with: languages) { continue }
      pair(table.frames[index], index)
    }
    if explains { noteMissingPartners(languages) }
  }

  /// The languages in which there can be roles; all, where a text is too short to tell.
  private var scoredLanguages: LanguageSet {
    var languages: LanguageSet = []
    for language in Language.allCases where languageBytes[Int(language.rawValue)] > 0 {
      languages.formUnion(language == .undetermined ? .read : LanguageSet(language))
    }
    return languages
  }

  private mutating func pair(_ frame: ScoringTable.FrameRule, _ index: Int) {
    let bit: UInt64 = 1 << UInt64(min(frame.pair, 63))
    var count = 0
    var blocked = Role.none
    var nearest = firstRole[frame.first]
    var second = firstRole[frame.second]
    while second != Role.none {
      let place = Int(second)
      second = roles[place].next
      if roles[place].usedPairs & bit != 0 { continue }
      if !frame.languages.accepts(roles[place].language) { continue }
      let first = roles[place].first
      while nearest != Role.none, roles[Int(nearest)].last + frame.distance + 1 < first {
        nearest = roles[Int(nearest)].next
      }
      if nearest == Role.none { return }
      let partner = partner(of: place, in: frame, from: nearest, blocked: &blocked)
      if partner == Role.none {
        if blocked != Role.none { noteBlocked(frame, index, roles[place], roles[Int(blocked)]) }
        blocked = Role.none
        continue
      }
      if count == frame.maximum {
        noteCapped(frame, index, roles[Int(partner)], roles[place])
        return
      }
      count += 1
      roles[place].usedPairs |= bit
      add(frame, index, roles[Int(partner)], roles[place])
    }
  }

  /// The nearest first role that fits, or none; the earlier of two as near.
  private func partner(
    of second: Int, in frame: ScoringTable.FrameRule, from start: Int32,
    blocked: inout Int32
  ) -> Int32 {
    let (first, last) = (roles[second].first, roles[second].last)
    var best = Role.none
    var bestDistance = frame.distance + 1
    var next = start
    while next != Role.none {
      let place = Int(next)
      let candidate = (first: roles[place].first, last: roles[place].last)
      if candidate.first > last + frame.distance + 1 { break }
      let distance = max(first - candidate.last, candidate.first - last, 1) - 1
      if distance < bestDistance, fits(place, second, frame) {
        if isBlocked(place, second, frame) {
          blocked = next
        } else {
          best = next
          bestDistance = distance
        }
      }
      next = roles[place].next
    }
    return best
  }

  private func fits(
    _ one: Int, _ other: Int, _ frame: ScoringTable.FrameRule
  ) -> Bool {
    let sentences = roles[one].stretch - roles[other].stretch
    if roles[one].part != roles[other].part { return false }
    if frame.ordered, roles[one].first > roles[other].first { return false }
    // Of two roles of one kind the second mention takes the first; none takes itself.
    if frame.first == frame.second, roles[one].first >= roles[other].first { return false }
    switch frame.window {
    case .clause: return sentences == 0 && roles[one].clause == roles[other].clause
    case .sentence: return sentences == 0
    case .adjacent: return abs(sentences) <= 1
    }
  }

  /// Praise keeps a person out of frames beyond the clause ("Mark was patient; your system …"), and
  /// a `but` in between makes praise and a failing a balance, not sarcasm.
  private func isBlocked(
    _ one: Int, _ other: Int, _ frame: ScoringTable.FrameRule
  ) -> Bool {
    let isOneSentence = roles[one].stretch == roles[other].stretch
    if frame.first == KindRules.person, roles[one].isPraised {
      return !isOneSentence || roles[one].clause != roles[other].clause
    }
    if frame.first == KindRules.praise || frame.first == KindRules.valence {
      return roles[other].isBehindBut && !(isOneSentence && roles[one].isBehindBut)
    }
    return false
  }

  private mutating func add(
    _ frame: ScoringTable.FrameRule, _ index: Int, _ first: Role, _ second: Role
  ) {
    let strength = min(FixedPoint.times(first.strength, second.strength), 1000)
    let isAsked = first.isQuestion && second.isQuestion
    let range = Self.span(first, second)
    for place in frame.weights.indices {
      let weight = table.weights[place]
      var factor = strength
      var scopes = first.scopes.union(second.scopes)
      if isAsked, weight.scopes.contains(.question) {
        factor = FixedPoint.times(factor, table.factors.question)
        scopes.insert(.question)
      }
      let value = FixedPoint.times(weight.milli, factor)
      add(
        .frame(index), kind: Int(weight.kind), milli: value, plain: weight.milli, scopes: scopes,
        zone: scoredZone, part: Int(second.part), range: range)
      if explains, abs(value) < abs(weight.milli) {
        miss(
          .frame(index), kind: Int(weight.kind), .weakened(scopes), lost: weight.milli - value,
          zone: scoredZone, part: Int(second.part), range: range)
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
      part: Int(second.part), range: Self.span(first, second))
  }

  private mutating func noteCapped(
    _ frame: ScoringTable.FrameRule, _ index: Int, _ first: Role, _ second: Role
  ) {
    guard explains else { return }
    miss(
      .frame(index), kind: Int(frame.main.kind), .cap, lost: frame.main.milli, zone: scoredZone,
      part: Int(second.part), range: Self.span(first, second))
  }

  /// Where no frame of a pair fired, the strongest half that was there, once a pair; of frames that
  /// may fire in the languages of the text.
  private mutating func noteMissingPartners(_ languages: LanguageSet) {
    var noted: Set<Int> = []
    for (index, frame) in table.frames.enumerated()
    where !frame.languages.isDisjoint(with: languages) && noted.insert(frame.pair).inserted {
      let bit: UInt64 = 1 << UInt64(min(frame.pair, 63))
      let seconds = rolesOfKind(frame.second, frame.languages)
      if seconds.contains(where: { roles[$0].usedPairs & bit != 0 }) { continue }
      let halves = seconds.isEmpty ? rolesOfKind(frame.first, frame.languages) : seconds
      guard let half = halves.max(by: { roles[$0].strength < roles[$1].strength }) else { continue }
      let missing = seconds.isEmpty ? frame.second : frame.first
      miss(
        .frame(index), kind: Int(frame.main.kind), .partnerMissing(KindRules.kinds[missing]),
        lost: FixedPoint.times(frame.main.milli, min(roles[half].strength, 1000)), zone: scoredZone,
        part: Int(roles[half].part), range: roles[half].range)
    }
  }

  private func rolesOfKind(_ kind: Int, _ languages: LanguageSet) -> [Int] {
    roles.indices.filter {
      Int(roles[$0].kind) == kind && languages.accepts(roles[$0].language)
    }
  }
}

extension LanguageSet {
  /// Whether the set holds the language; text too short to tell is taken for any of them.
  fileprivate func accepts(_ language: Language) -> Bool {
    contains(language) || language == .undetermined
  }
}
