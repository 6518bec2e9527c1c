import HeardLexicon
import HeardMail
import HeardText

/// Turns the hits of a stretch into evidence.
///
/// evidence = weight × intensity × the factors of the scopes that hold, that the entry lets in and
/// that matter to the kind (``KindRules``). A negated entry is evidence of its `negated` weights
/// instead; without any, of its valence turned at half weight.
extension Scorer {
  /// Adds the words first, then the emoji, which count only beside words.
  mutating func addHits(
    in stretch: Stretch, document: borrowing Document, memory: TokenMemory
  ) {
    hasNegativeWords = false
    praisedClauses.removeAll(keepingCapacity: true)
    let rolesBefore = roles[KindRules.person].count
    var symbols = false
    for hit in hits {
      if hit.first == hit.last, isSymbol(hit.first, document: document, memory: memory) {
        symbols = true
      } else {
        add(hit, in: stretch, document: document)
      }
    }
    if symbols { addSymbols(in: stretch, document: document, memory: memory) }
    for index in rolesBefore..<roles[KindRules.person].count {
      let clause = roles[KindRules.person][index].clause
      roles[KindRules.person][index].isPraised =
        clause < praisedClauses.count && praisedClauses[clause]
    }
  }

  /// Whether a token is an emoji or a currency sign; a letter of ASCII begins none.
  private func isSymbol(
    _ token: Int, document: borrowing Document, memory: TokenMemory
  ) -> Bool {
    let first = document.bytes[Int(document.tokens[token].start)]
    if (first | 0x20) &- 0x61 < 26 { return false }
    return memory.flags(document.tokens[token].form).contains(.symbol)
  }

  private mutating func addSymbols(
    in stretch: Stretch, document: borrowing Document, memory: TokenMemory
  ) {
    let besideNegative =
      hasNegativeWords || (lastNegativeStretch >= 0 && lastNegativeStretch == stretch.number - 1)
    let besideWords = stretch.tokens.contains {
      memory.flags(document.tokens[$0].form).contains(.word)
    }
    for hit in hits
    where hit.first == hit.last
      && memory.flags(document.tokens[hit.first].form).contains(.symbol)
    {
      let entry = table.entries[hit.entry]
      let accuses = weights(entry.evidence).contains { isNegative($0.kind, $0.milli) }
      if accuses ? besideNegative : besideWords {
        add(hit, in: stretch, document: document)
      } else {
        for weight in weights(entry.evidence) {
          miss(
            .entry(hit.entry), kind: Int(weight.kind), .noWords, lost: weight.milli,
            zone: stretch.zone, part: stretch.part, range: range(of: hit, in: document))
        }
      }
    }
  }

  private mutating func add(_ hit: Hit, in stretch: Stretch, document: borrowing Document) {
    let entry = table.entries[hit.entry]
    let active = hit.scopes.intersection(entry.scopes)
    let place = Place(
      hit: hit, stretch: stretch, range: range(of: hit, in: document),
      negator: hit.negator.isEmpty
        ? ByteRange(0, 0)
        : ByteRange(
          document.tokens[hit.negator.lowerBound].start,
          document.tokens[hit.negator.upperBound - 1].end))
    let counts = stretch.zone == scoredZone && admits(hit.entry, in: stretch)
    if !active.contains(.negation) {
      // By number: a slice would be retained and released for every hit.
      for index in entry.evidence {
        let weight = table.weights[Int(index)]
        add(weight, plain: weight.milli, active: active, at: place, counts: counts)
      }
      return
    }
    let circumstances = active.subtracting([.negation, .intensifier, .diminisher])
    for weight in weights(entry.evidence) {
      if !table.kindScopes[Int(weight.kind)].contains(.negation) {
        add(weight, plain: weight.milli, active: circumstances, at: place, counts: counts)
        continue
      }
      var instead: Int32 = 0
      if entry.negated.isEmpty, Int(weight.kind) == KindRules.valence {
        instead = FixedPoint.times(weight.milli, -500)
        add(
          .init(kind: weight.kind, milli: instead), plain: weight.milli, active: circumstances,
          negated: true, at: place, counts: counts)
      }
      if explains, counts, weight.milli != instead {
        miss(
          .entry(hit.entry), kind: Int(weight.kind), .negated, lost: weight.milli - instead,
          zone: stretch.zone, part: stretch.part, range: place.range, by: place.negator)
      }
    }
    for weight in weights(entry.negated) {
      let plain = weights(entry.evidence).first { $0.kind == weight.kind }?.milli ?? 0
      add(
        weight, plain: plain, active: circumstances, negated: true, at: place, counts: counts)
    }
  }

  /// Where a hit stands, for its contributions and roles.
  private struct Place {
    var hit: Hit
    var stretch: Stretch
    var range: ByteRange
    var negator: ByteRange
  }

  /// Adds one weight, and keeps it as a role when a frame may ask for it.
  private mutating func add(
    _ weight: ScoringTable.Weight, plain: Int32, active: Scopes, negated: Bool = false,
    at place: Place, counts: Bool
  ) {
    let kind = Int(weight.kind)
    var scopes = active.intersection(table.kindScopes[kind])
    let value = FixedPoint.times(weight.milli, factor(scopes, place.hit))
    if negated { scopes.insert(.negation) }
    let stretch = place.stretch
    guard stretch.zone == scoredZone else {
      // Only when somebody wants to see it: shown, and worth nothing.
      add(
        .entry(place.hit.entry), kind: kind, milli: 0, plain: plain, scopes: scopes,
        zone: stretch.zone, part: stretch.part, range: place.range)
      miss(
        .entry(place.hit.entry), kind: kind, .zone(stretch.zone), lost: value, zone: stretch.zone,
        part: stretch.part, range: place.range)
      return
    }
    note(kind, value, at: place, scopes: scopes)
    if counts {
      add(
        .entry(place.hit.entry), kind: kind, milli: value, plain: plain, scopes: scopes,
        zone: stretch.zone, part: stretch.part, range: place.range)
      if explains, !negated, abs(value) < abs(weight.milli) {
        miss(
          .entry(place.hit.entry), kind: kind, .weakened(scopes), lost: weight.milli - value,
          zone: stretch.zone, part: stretch.part, range: place.range)
      }
    } else {
      miss(
        .entry(place.hit.entry), kind: kind, .cap, lost: value, zone: stretch.zone,
        part: stretch.part, range: place.range)
    }
  }

  /// Remembers what later steps ask of a hit that stands in the scored zone.
  private mutating func note(_ kind: Int, _ value: Int32, at place: Place, scopes: Scopes) {
    if isNegative(UInt8(kind), value) { hasNegativeWords = true }
    if kind == KindRules.valence && value >= 1000 || kind == KindRules.praise && value >= 500 {
      while praisedClauses.count <= place.hit.clause { praisedClauses.append(false) }
      praisedClauses[place.hit.clause] = true
    }
    guard value > 0, table.isFrameRole[kind] else { return }
    roles[kind].append(
      Role(
        entry: place.hit.entry, strength: value, part: place.stretch.part,
        stretch: place.stretch.number, clause: place.hit.clause,
        first: positionBase + place.hit.first, last: positionBase + place.hit.last,
        range: place.range, language: place.stretch.language,
        isQuestion: place.stretch.isQuestion, isBehindBut: firstBut < place.hit.first,
        scopes: scopes))
  }

  /// The product of all factors that hold, in the order of the scopes' bits.
  private func factor(_ scopes: Scopes, _ hit: Hit) -> Int32 {
    if scopes.isEmpty { return 1000 }
    let factors = table.factors
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
    if entryMessages[entry] != message {
      entryMessages[entry] = message
      entryCounts[entry] = 0
    } else if entryStretches[entry] == stretch.number {
      return false
    }
    entryStretches[entry] = stretch.number
    if entryCounts[entry] >= table.entries[entry].maximum { return false }
    entryCounts[entry] += 1
    return true
  }

  /// Whether the evidence speaks against us, so that shouting beside it means anger.
  private func isNegative(_ kind: UInt8, _ milli: Int32) -> Bool {
    if Int(kind) == KindRules.valence { return milli <= -500 }
    return milli > 0 && table.accusing >> UInt32(kind) & 1 != 0
  }

  func weights(_ range: Range<Int32>) -> ArraySlice<ScoringTable.Weight> {
    table.weights[Int(range.lowerBound)..<Int(range.upperBound)]
  }

  private func range(of hit: Hit, in document: borrowing Document) -> ByteRange {
    ByteRange(document.tokens[hit.first].start, document.tokens[hit.last].end)
  }
}
