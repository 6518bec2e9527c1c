import HeardLexicon
import HeardMail
import HeardText

/// Turns the hits of a stretch into evidence.
///
/// evidence = weight × intensity × the factors of the scopes that hold, that the entry lets in and
/// that matter to the kind (``KindRules``). A negated entry is evidence of its `negated` weights
/// instead; without any, of its valence turned at half weight. Entries that match the same tokens
/// count once a kind (``SharedWords``).
extension Scorer {
  /// Adds the words first, then the emoji, which count only beside words.
  mutating func addHits(
    in stretch: Stretch, document: borrowing Document, memory: TokenMemory
  ) {
    hasNegativeWords = false
    praisedClauses.removeAll()
    let rolesBefore = roles.count
    var symbols = false
    var progress = Progress()
    for index in hits.indices {
      var hit = hits[index]
      findCircumstances(of: &hit, in: stretch, &progress)
      if hit.first == hit.last, Self.isSymbol(hit.first, document, memory) {
        hits[index] = hit
        symbols = true
      } else {
        add(hit, in: stretch, document: document)
      }
    }
    if symbols { addSymbols(in: stretch, document: document, memory: memory) }
    if praisedClauses.isEmpty { return }
    for index in rolesBefore..<roles.count where roles[index].kind == KindRules.person {
      let clause = Int(roles[index].clause)
      roles[index].isPraised = clause < praisedClauses.count && praisedClauses[clause]
    }
  }

  private mutating func addSymbols(
    in stretch: Stretch, document: borrowing Document, memory: TokenMemory
  ) {
    let besideNegative =
      hasNegativeWords || (lastNegativeStretch >= 0 && lastNegativeStretch == stretch.number - 1)
    let besideWords = stretch.tokens.contains {
      memory.flags(document.tokens[$0].form).contains(.word)
    }
    for index in hits.indices {
      let hit = hits[index]
      guard hit.first == hit.last, Self.isSymbol(hit.first, document, memory) else { continue }
      let evidence = entries[hit.entry].rules.evidence
      let isNegative = evidence.indices.contains {
        table.weights[$0].traits.isNegative(table.weights[$0].milli)
      }
      if isNegative ? besideNegative : besideWords {
        add(hit, in: stretch, document: document)
      } else {
        for place in evidence.indices {
          let weight = table.weights[place]
          miss(
            .entry(hit.entry), kind: Int(weight.kind), .noWords, lost: weight.milli,
            zone: stretch.zone, part: stretch.part, range: Self.range(of: hit, in: document))
        }
      }
    }
  }

  /// Whether the token is an emoji or a currency sign.
  private static func isSymbol(
    _ token: Int, _ document: borrowing Document, _ memory: TokenMemory
  ) -> Bool {
    // What begins with an ASCII letter is a word; most do, and need no look at the memory.
    let first = document.bytes[Int(document.tokens[token].start)] | 0x20
    if first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z") { return false }
    return memory.flags(document.tokens[token].form).contains(.symbol)
  }

  private mutating func add(
    _ hit: Hit, in stretch: Stretch, document: borrowing Document
  ) {
    let entry = entries[hit.entry].rules
    let active = hit.scopes.intersection(entry.scopes)
    let range = Self.range(of: hit, in: document)
    if !explains, !active.contains(.negation) {
      // The same as below, for those who want to see no more than the sums.
      guard stretch.zone == scoredZone else { return }
      let counts = admits(hit.entry, in: stretch)
      for index in entry.evidence.indices {
        let weight = table.weights[index]
        let scopes = active.intersection(weight.scopes)
        let value = Self.value(of: weight, under: scopes, hit, table.factors)
        note(weight, value, of: hit, in: stretch, range, scopes: scopes)
        if counts { sum(rest(of: value, kind: Int(weight.kind), hit), kind: Int(weight.kind)) }
      }
      return
    }
    let counts = stretch.zone == scoredZone && admits(hit.entry, in: stretch)
    if !active.contains(.negation) {
      for index in entry.evidence.indices {
        let weight = table.weights[index]
        add(
          weight, plain: weight.milli, active: active, of: hit, in: stretch, range, counts: counts)
      }
      return
    }
    let circumstances = active.subtracting([.negation, .intensifier, .diminisher])
    for index in entry.evidence.indices {
      let weight = table.weights[index]
      if !weight.scopes.contains(.negation) {
        add(
          weight, plain: weight.milli, active: circumstances, of: hit, in: stretch, range,
          counts: counts)
        continue
      }
      var instead: Int32 = 0
      if entry.negated.isEmpty, weight.traits.contains(.valence) {
        instead = FixedPoint.times(weight.milli, -500)
        var turned = weight
        turned.milli = instead
        add(
          turned, plain: weight.milli, active: circumstances, negated: true, of: hit, in: stretch,
          range, counts: counts)
      }
      if explains, counts, weight.milli != instead {
        miss(
          .entry(hit.entry), kind: Int(weight.kind), .negated, lost: weight.milli - instead,
          zone: stretch.zone, part: stretch.part, range: range,
          by: Self.negator(of: hit, in: document))
      }
    }
    for index in entry.negated.indices {
      let weight = table.weights[index]
      let same = entry.evidence.indices.first { table.weights[$0].kind == weight.kind }
      let plain = same.map { table.weights[$0].milli } ?? 0
      add(
        weight, plain: plain, active: circumstances, negated: true, of: hit, in: stretch, range,
        counts: counts)
    }
  }

  /// Adds one weight, and keeps it as a role when a frame may ask for it.
  private mutating func add(
    _ weight: ScoringTable.Weight, plain: Int32, active: Scopes, negated: Bool = false,
    of hit: Hit, in stretch: Stretch, _ range: ByteRange, counts: Bool
  ) {
    let kind = Int(weight.kind)
    var scopes = active.intersection(weight.scopes)
    let value = Self.value(of: weight, under: scopes, hit, table.factors)
    if negated { scopes.insert(.negation) }
    guard stretch.zone == scoredZone else {
      // Only when somebody wants to see it: shown, and worth nothing.
      add(
        .entry(hit.entry), kind: kind, milli: 0, plain: plain, scopes: scopes,
        zone: stretch.zone, part: stretch.part, range: range)
      miss(
        .entry(hit.entry), kind: kind, .zone(stretch.zone), lost: value, zone: stretch.zone,
        part: stretch.part, range: range)
      return
    }
    note(weight, value, of: hit, in: stretch, range, scopes: scopes)
    if counts {
      let rest = rest(of: value, kind: kind, hit)
      if rest != 0 || value == 0 {
        add(
          .entry(hit.entry), kind: kind, milli: rest, plain: plain, scopes: scopes,
          zone: stretch.zone, part: stretch.part, range: range)
      }
      if explains, rest != value {
        miss(
          .entry(hit.entry), kind: kind, .said, lost: value - rest, zone: stretch.zone,
          part: stretch.part, range: range)
      }
      if explains, !negated, abs(value) < abs(weight.milli) {
        miss(
          .entry(hit.entry), kind: kind, .weakened(scopes), lost: weight.milli - value,
          zone: stretch.zone, part: stretch.part, range: range)
      }
    } else {
      miss(
        .entry(hit.entry), kind: kind, .cap, lost: value, zone: stretch.zone,
        part: stretch.part, range: range)
    }
  }

  /// Remembers what later steps ask of a hit that stands in the scored zone.
  @inline(__always)
  private mutating func note(
    _ weight: ScoringTable.Weight, _ value: Int32, of hit: Hit,
    in stretch: Stretch, _ range: ByteRange, scopes: Scopes
  ) {
    if weight.traits.isNegative(value) { hasNegativeWords = true }
    if weight.traits.praises(value) {
      praisedClauses.resize(to: max(praisedClauses.count, hit.clause + 1), filling: false)
      praisedClauses[hit.clause] = true
    }
    let bit: UInt64 = 1 << UInt64(weight.kind)
    guard value > 0, table.frameRoles & bit != 0 else { return }
    roleKinds |= bit
    keepRole(
      Role(
        kind: weight.kind, strength: value, hit: hit, stretch: stretch, range: range,
        positionBase: positionBase, isBehindBut: firstBut < hit.first, scopes: scopes))
  }

  /// What a value adds to those of other entries on the same tokens.
  @inline(__always)
  private mutating func rest(of value: Int32, kind: Int, _ hit: Hit) -> Int32 {
    hit.isShared ? shared.rest(of: value, kind: kind, hit) : value
  }

  /// A weight under the scopes that hold.
  @inline(__always)
  private static func value(
    of weight: ScoringTable.Weight, under scopes: Scopes, _ hit: Hit,
    _ factors: ScoringTable.Factors
  ) -> Int32 {
    scopes.isEmpty ? weight.milli : FixedPoint.times(weight.milli, factor(scopes, hit, factors))
  }

  /// Puts a role at the end of its kind's chain.
  private mutating func keepRole(_ role: Role) {
    let kind = Int(role.kind)
    let index = Int32(truncatingIfNeeded: roles.count)
    if lastRole[kind] == Role.none {
      firstRole[kind] = index
    } else {
      roles[Int(lastRole[kind])].next = index
    }
    lastRole[kind] = index
    roles.append(role)
  }

  /// The product of all factors that hold, in the order of the scopes' bits.
  private static func factor(
    _ scopes: Scopes, _ hit: Hit, _ factors: ScoringTable.Factors
  ) -> Int32 {
    var product: Int32 = 1000
    if scopes.contains(.intensifier) { product = FixedPoint.times(product, hit.intensity) }
    if scopes.contains(.diminisher) { product = FixedPoint.times(product, hit.softness) }
    if scopes.contains(.hypothetical) { product = FixedPoint.times(product, factors.hypothetical) }
    if scopes.contains(.question) { product = FixedPoint.times(product, factors.question) }
    if scopes.contains(.quotation) { product = FixedPoint.times(product, factors.quotation) }
    if scopes.contains(.otherPerson) { product = FixedPoint.times(product, factors.otherPerson) }
    if scopes.contains(.contrast) { product = FixedPoint.times(product, hit.contrast) }
    return product
  }

  /// Whether the entry may count once more: once a stretch, and `max` times a message.
  private mutating func admits(_ entry: Int, in stretch: Stretch) -> Bool {
    let number = Int32(truncatingIfNeeded: stretch.number)
    if entries[entry].message != message {
      entries[entry].message = message
      entries[entry].count = 0
    } else if entries[entry].stretch == number {
      return false
    }
    entries[entry].stretch = number
    guard entries[entry].count < entries[entry].rules.maximum else { return false }
    entries[entry].count += 1
    return true
  }

  private static func range(of hit: Hit, in document: borrowing Document) -> ByteRange {
    ByteRange(document.tokens[hit.first].start, document.tokens[hit.last].end)
  }

  /// The bytes of the operator that negates a hit.
  private static func negator(of hit: Hit, in document: borrowing Document) -> ByteRange {
    hit.negatorStart == hit.negatorEnd
      ? ByteRange(0, 0)
      : ByteRange(
        document.tokens[hit.negatorStart].start, document.tokens[hit.negatorEnd - 1].end)
  }
}
