import HeardLexicon
import HeardText

/// Clauses of a stretch, and what its operators do to its hits.
///
/// 1. `gather` sorts matches into hits (evidence) and operators.
/// 2. `divide` finds clauses: punctuation, `but`, `because`, `if`; conjunctions make segments.
/// 3. `findCircumstances` puts a hit under the operators that reach it.
extension Scorer {
  /// Fills `hits` and `operators` from the matches of a stretch.
  ///
  /// A match inside a longer one is not looked at: the longer one says what its words mean there.
  mutating func gather(_ matches: borrowing ContiguousArray<Match>, _ range: Range<Int>) {
    hits.removeAll()
    operators.removeAll()
    shared.forget()
    for index in range {
      let match = matches[index]
      let first = Int(match.firstToken)
      let last = Int(match.lastToken)
      if match.covered { continue }
      let entry = entries[Int(match.entry)].rules
      if entry.scopeOperator >= 0 {
        operators.append(
          OperatorHit(
            rule: table.operators[Int(entry.scopeOperator)], language: entry.language,
            first: first, last: last, clause: 0, segment: 0))
      }
      if !entry.evidence.isEmpty || !entry.negated.isEmpty {
        var hit = Hit(entry: Int(match.entry), first: first, last: last, clause: 0, segment: 0)
        // Matches of the same tokens come one behind the other.
        if let before = hits.indices.last, hits[before].first == first, hits[before].last == last {
          hits[before].isShared = true
          hit.isShared = true
        }
        hits.append(hit)
      }
    }
  }

  /// How far the walk over a stretch's hits has come.
  struct Progress {
    /// Clause and segment of the hit before.
    var boundary = 0
    var clause = 0
    /// The first operator that may reach a hit.
    var nearest = 0
  }

  /// Sets the clause and the scopes of a hit; hits come in the order of the text.
  mutating func findCircumstances(
    of hit: inout Hit, in stretch: Stretch, _ progress: inout Progress
  ) {
    advance(&progress, to: hit.first)
    hit.clause = progress.clause
    hit.segment = progress.boundary
    if stretch.isQuestion { hit.scopes.insert(.question) }
    if !quotations.spans.isEmpty, quotations.contains(hit.first, hint: &quotationHint) {
      hit.scopes.insert(.quotation)
    }
    if operators.isEmpty { return }
    let limit = ScoringTable.reachLimit
    while progress.nearest < operators.count,
      operators[progress.nearest].last + limit < hit.first
    {
      progress.nearest += 1
    }
    applyOperators(from: progress.nearest, to: &hit)
    applyContrast(to: &hit)
  }

  /// Fills `boundaries`, numbers the clauses and segments of the operators, and finds contrasts.
  ///
  /// Only boundaries between the first and the last match matter: those in front of all change no
  /// match's place beside the others.
  mutating func divide(_ stretch: Stretch, document: borrowing Document) {
    boundaries.removeAll()
    firstBut = Int.max
    lastBut = Int.min
    nextConcession = 0
    concessions.removeAll()
    var first = hits[0].first
    var last = hits[hits.count - 1].first
    if !operators.isEmpty {
      first = min(first, operators[0].first)
      last = max(last, operators[operators.count - 1].first)
    }
    if stretch.marks.isDisjoint(with: .clauseEnd) {
      divideByWords(from: first)
    } else {
      divideByMarks(from: first, to: last, document: document)
    }
    var place = Progress()
    for index in operators.indices {
      advance(&place, to: operators[index].first)
      operators[index].clause = place.clause
      operators[index].segment = place.boundary
    }
    if !operators.isEmpty { findContrasts() }
  }

  /// Boundaries where words make them and marks cannot.
  private mutating func divideByWords(from first: Int) {
    var previous = first
    for index in operators.indices where operators[index].first != previous {
      // Of several operators at one token the first is asked.
      previous = operators[index].first
      if operators[index].opensClause { boundaries.append(Self.boundary(operators[index])) }
    }
  }

  private mutating func divideByMarks(from first: Int, to last: Int, document: borrowing Document) {
    var nextOperator = 0
    for token in first + 1..<last + 1 {
      while nextOperator < operators.count, operators[nextOperator].first < token {
        nextOperator += 1
      }
      if !document.tokens[token].gap.isDisjoint(with: .clauseEnd) {
        boundaries.append(Boundary(token: token, isClause: true, passes: 0))
      } else if nextOperator < operators.count, operators[nextOperator].first == token,
        operators[nextOperator].opensClause
      {
        boundaries.append(Self.boundary(operators[nextOperator]))
      }
    }
  }

  private static func boundary(_ opening: OperatorHit) -> Boundary {
    let passes = opening.isConjunction ? opening.rule.reach - 1 : 0
    return Boundary(token: opening.first, isClause: passes == 0, passes: passes)
  }

  private mutating func advance(_ place: inout Progress, to token: Int) {
    while place.boundary < boundaries.count, boundaries[place.boundary].token <= token {
      if boundaries[place.boundary].isClause { place.clause += 1 }
      place.boundary += 1
    }
  }

  /// Negators, intensifiers, diminishers, suppositions and other people within reach.
  private mutating func applyOperators(from start: Int, to hit: inout Hit) {
    var negators = 0
    var lastNegator: Range<Int> = 0..<0
    var index = start
    while index < operators.count,
      operators[index].first <= hit.last + ScoringTable.reachLimit
    {
      let found = operators[index]
      index += 1
      if found.rule.scope == .contrast || !reaches(found, hit) { continue }
      switch found.rule.scope {
      case .negation:
        // "not without reason": two negators side by side undo each other; in Polish they agree.
        if negators > 0, !found.hasConcord, lastNegator.upperBound == found.first {
          negators -= 1
          lastNegator = 0..<0
        } else {
          negators += 1
          lastNegator = found.first..<found.last + 1
          hit.negatorStart = found.first
          hit.negatorEnd = found.last + 1
        }
      case .intensifier:
        hit.scopes.insert(.intensifier)
        hit.intensity = FixedPoint.times(hit.intensity, found.rule.factorMilli)
        hit.intensity = min(max(hit.intensity, 0), Hit.intensityLimit)
      case .diminisher:
        hit.scopes.insert(.diminisher)
        hit.softness = FixedPoint.times(hit.softness, found.rule.factorMilli)
        hit.softness = min(max(hit.softness, 0), Hit.intensityLimit)
      default:
        hit.scopes.formUnion(found.rule.scope)
      }
    }
    if negators > 0 {
      hit.scopes.insert(.negation)
    } else {
      hit.negatorStart = 0
      hit.negatorEnd = 0
    }
  }

  /// Whether the hit lies in the operator's direction and reach, in its clause.
  private mutating func reaches(_ found: OperatorHit, _ hit: Hit) -> Bool {
    if hit.first > found.last {
      guard found.rule.direction != .backward, hit.first - found.last <= found.rule.reach
      else { return false }
      if hit.segment == found.segment { return true }
      // Behind one conjunction a negator still holds for the next link of the chain.
      guard hit.segment == found.segment + 1 else { return false }
      let boundary = boundaries[found.segment]
      return !boundary.isClause && hit.first - boundary.token <= boundary.passes
    }
    if hit.last < found.first {
      return found.rule.direction != .forward && found.first - hit.last <= found.rule.reach
        && hit.segment == found.segment
    }
    // In a gap of the hit: "bel ik u niet terug". An operator that is one of its words is covered.
    return found.rule.direction != .backward && hit.last > found.last
      && hit.last - found.last <= found.rule.reach
  }

  /// What stands in front of a `but` is worth less, what stands behind it more.
  ///
  /// An operator of contrast that works backward is a concession (`although`): its own clause is
  /// worth less and all the rest more.
  private mutating func applyContrast(to hit: inout Hit) {
    while nextConcession < concessions.count,
      concessions[nextConcession].clause < hit.clause
    {
      nextConcession += 1
    }
    let isConceded =
      nextConcession < concessions.count && concessions[nextConcession].clause == hit.clause
      && concessions[nextConcession].last < hit.first
    if isConceded || lastBut > hit.last && firstBut >= hit.first {
      hit.contrast = table.factors.contrastBefore
    } else if firstBut < hit.first || !concessions.isEmpty {
      hit.contrast = table.factors.contrastAfter
    } else {
      return
    }
    hit.scopes.insert(.contrast)
  }

  /// Sorts the operators of contrast: where the first and the last `but` stand, and concessions.
  private mutating func findContrasts() {
    for index in operators.indices {
      let found = operators[index]
      guard found.rule.scope == .contrast, !found.isConjunction else { continue }
      if found.rule.direction == .backward {
        concessions.append(found)
      } else {
        firstBut = min(firstBut, found.first)
        lastBut = max(lastBut, found.first)
      }
    }
  }
}
