internal import CHeardLexicon
import HeardText

// A phrase compared step by step with the tokens around its anchor.
extension PhraseSearch {
  /// Where one side of a phrase ends at best: farthest from the anchor, and there with the words
  /// whose mask is lowest.
  private struct Side {
    /// Tokens from the anchor; −1 while there is no way.
    var distance = -1
    var words: UInt64 = 0
  }

  @inline(never)
  mutating func compare(_ start: Int, at token: Int, _ tables: MatchTables) {
    let phrase = tables.phrase(start)
    let first = phrase.firstStep
    let anchor = first &+ phrase.anchor
    let end = first &+ phrase.steps
    // Up to the first gap on each side there is one way only.
    var right = Side(distance: 0, words: 1)
    var step = anchor &+ 1
    while step < end {
      let wanted = tables.step(step)
      if wanted.skip != 0 { break }
      right.distance &+= 1
      let place = token &+ right.distance
      guard place < sentence.upperBound, takes(wanted, place, tables) else { return }
      right.words |= 1 &<< UInt64(truncatingIfNeeded: right.distance)
      step &+= 1
    }
    var left = Side(distance: 0, words: 0)
    var before = anchor
    while before > first, tables.step(before).skip == 0 {
      before &-= 1
      left.distance &+= 1
      let place = token &- left.distance
      guard place >= sentence.lowerBound, takes(tables.step(before), place, tables) else { return }
      left.words |= 1 &<< UInt64(truncatingIfNeeded: left.distance)
    }
    if step < end {
      let start = right
      right = Side()
      goRight(
        step, end, from: token, token &+ start.distance, words: start.words, &right, tables)
      if right.distance < 0 { return }
    }
    if before > first {
      let start = left
      left = Side()
      goLeft(
        before, first, from: token, token &- start.distance, words: start.words, &left, tables)
      if left.distance < 0 { return }
    }
    let distance = UInt64(truncatingIfNeeded: left.distance)
    // The left side's bits count away from the anchor; turned round they count from the first token.
    let reversed = left.words == 0 ? 0 : left.words.reversed &>> (63 &- distance)
    wide.append(
      Found(
        entry: phrase.entry, first: token &- left.distance, last: token &+ right.distance,
        words: right.words &<< distance | reversed))
  }

  /// Compares a phrase without gaps, whose tokens stand side by side.
  @inline(never)
  mutating func compareRow(_ hit: UInt64, _ tables: MatchTables) {
    let phrase = tables.phrase(Self.phrase(hit))
    let (anchor, count) = (phrase.anchor, phrase.steps)
    let start = Self.token(hit) &- anchor
    guard start >= sentence.lowerBound, start &+ count <= sentence.upperBound else { return }
    for index in 0..<count where index != anchor {
      let label = tables.label(tables.step(phrase.firstStep &+ index))
      guard tables.mask(start &+ index) & label.mask != 0,
        reallyTakes(label, start &+ index, tables)
      else { return }
    }
    wide.append(
      Found(
        entry: phrase.entry, first: start, last: start &+ count &- 1,
        words: .max &>> UInt64(truncatingIfNeeded: 64 &- count)))
  }

  /// Takes the steps from `step` on by tokens behind `token`.
  private mutating func goRight(
    _ step: Int, _ end: Int, from anchor: Int, _ token: Int, words: UInt64, _ best: inout Side,
    _ tables: MatchTables
  ) {
    if step == end {
      let distance = token &- anchor
      if distance > best.distance || distance == best.distance && words < best.words {
        best = Side(distance: distance, words: words)
      }
      return
    }
    let wanted = tables.step(step)
    var next = token &+ 1
    let last = min(next &+ wanted.skip, sentence.upperBound &- 1)
    while next <= last {
      if takes(wanted, next, tables) {
        let bit = UInt64(1) &<< UInt64(truncatingIfNeeded: next &- anchor)
        goRight(step &+ 1, end, from: anchor, next, words: words | bit, &best, tables)
      }
      next &+= 1
    }
  }

  /// Takes the steps before `step`, down to `first`, by tokens in front of `token`.
  private mutating func goLeft(
    _ step: Int, _ first: Int, from anchor: Int, _ token: Int, words: UInt64, _ best: inout Side,
    _ tables: MatchTables
  ) {
    if step == first {
      let distance = anchor &- token
      let shift = UInt64(truncatingIfNeeded: 63 &- distance)
      if distance > best.distance
        || distance == best.distance
          && words.reversed &>> shift < best.words.reversed &>> shift
      {
        best = Side(distance: distance, words: words)
      }
      return
    }
    let wanted = tables.step(step &- 1)
    var next = token &- 1
    let last = max(next &- tables.step(step).skip, sentence.lowerBound)
    while next >= last {
      if takes(wanted, next, tables) {
        let bit = UInt64(1) &<< UInt64(truncatingIfNeeded: anchor &- next)
        goLeft(step &- 1, first, from: anchor, next, words: words | bit, &best, tables)
      }
      next &-= 1
    }
  }

  /// Whether a step takes a token.
  @inline(__always)
  private mutating func takes(
    _ step: PhraseTable.Step, _ token: Int, _ tables: MatchTables
  ) -> Bool {
    let label = tables.label(step)
    guard tables.mask(token) & label.mask != 0, steps < budget else { return false }
    steps &+= 1
    return reallyTakes(label, token, tables)
  }

  @inline(__always)
  private func reallyTakes(
    _ label: PhraseTable.Label, _ token: Int, _ tables: MatchTables
  ) -> Bool {
    let spelling = tables.spelling(token)
    if label.kind == .tokenClass {
      let bit = UInt8(truncatingIfNeeded: label.value)
      return spelling.classes & bit != 0
        && (bit != TokenClassBits.name || isName(token, spelling, tables))
    }
    var index = Int(spelling.first_posting)
    let end = index &+ Int(spelling.postings)
    if label.kind == .element {
      let wanted = SIMD4<UInt32>(repeating: label.value)
      while index < end {
        let four = tables.fourPostings(index)
        index &+= 4
        if any(four .== wanted) { return true }
        if any(four .== wanted | FormResolver.Posting.notName),
          !isName(token, spelling, tables)
        {
          return true
        }
      }
      return false
    }
    while index < end {
      let posting = tables.posting(index)
      index &+= 1
      if isInSet(posting.element, label, tables) {
        if posting.rawValue & FormResolver.Posting.notName == 0 { return true }
        if !isName(token, spelling, tables) { return true }
      }
    }
    return false
  }

  private func isInSet(
    _ element: UInt32, _ label: PhraseTable.Label, _ tables: MatchTables
  ) -> Bool {
    let wanted = SIMD4<UInt32>(repeating: element)
    var place = Int(label.value)
    let end = place &+ Int(label.count)
    while place < end {
      if any(tables.fourOfSet(place) .== wanted) { return true }
      place &+= 4
    }
    return false
  }

  /// Whether a token is a name: a capital letter where nothing begins.
  @inline(__always)
  private func isName(
    _ token: Int, _ spelling: heard_spelling, _ tables: MatchTables
  ) -> Bool {
    spelling.classes & TokenClassBits.name != 0 && token != sentence.lowerBound
      && spelling.gap_or_word & Self.openers == 0
  }
}

extension UInt64 {
  /// The bits in the opposite order.
  @inline(__always)
  fileprivate var reversed: UInt64 {
    var value = byteSwapped
    value = (value & 0x0F0F_0F0F_0F0F_0F0F) &<< 4 | (value &>> 4) & 0x0F0F_0F0F_0F0F_0F0F
    value = (value & 0x3333_3333_3333_3333) &<< 2 | (value &>> 2) & 0x3333_3333_3333_3333
    return (value & 0x5555_5555_5555_5555) &<< 1 | (value &>> 1) & 0x5555_5555_5555_5555
  }
}
