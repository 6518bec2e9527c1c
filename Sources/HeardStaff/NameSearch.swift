internal import HeardText

/// The search of one text; see ``StaffMatcher``.
struct NameSearch {
  let directory: StaffDirectory
  let words: [NameWord]
  let text: [UInt8]

  /// One person's name at one place.
  private struct Candidate {
    var person: Int
    var words: Range<Int>
    /// What speaks for it; the best of those that overlap win.
    var score = 0
    var certainty: StaffMention.Certainty
    var isSalutation: Bool
  }

  private var index: NameIndex { directory.names }

  func mentions() -> [StaffMention] {
    var candidates: [Candidate] = []
    for place in words.indices where !isAuxiliary(place) {
      let exact = index.exact(words[place].folded, words[place].language)
      let entries =
        exact.isEmpty && mayBeMisspelt(place)
        ? index.misspelt(words[place].folded, words[place].language) : exact
      for entry in entries {
        if let candidate = grown(entry, at: place, isExact: !exact.isEmpty) {
          candidates.append(candidate)
        }
      }
    }
    return settled(candidates)
  }

  /// Candidates that overlap are about one name: the best stay.
  private func settled(_ candidates: [Candidate]) -> [StaffMention] {
    var mentions: [StaffMention] = []
    let sorted = candidates.sorted {
      ($0.words.lowerBound, -$0.words.upperBound) < ($1.words.lowerBound, -$1.words.upperBound)
    }
    var cluster: [Candidate] = []
    var clusterEnd = 0
    func close() {
      guard let best = cluster.max(by: { $0.score < $1.score }) else { return }
      let winners = cluster.filter { $0.score == best.score }
      let start = winners.map(\.words.lowerBound).min() ?? 0
      let end = winners.map(\.words.upperBound).max() ?? 0
      let people = Set(winners.map(\.person)).sorted()
      mentions.append(
        StaffMention(
          people: people.map { directory.people[$0].id },
          range: ByteRange(words[start].range.start, words[end - 1].range.end),
          certainty: winners.map(\.certainty).max() ?? .possible,
          isSalutation: best.isSalutation, sentence: words[start].sentence))
    }
    for candidate in sorted {
      if !cluster.isEmpty, candidate.words.lowerBound >= clusterEnd {
        close()
        cluster = []
        clusterEnd = 0
      }
      cluster.append(candidate)
      clusterEnd = max(clusterEnd, candidate.words.upperBound)
    }
    close()
    return mentions
  }

  // MARK: Growing

  /// Words that a name grows by on each side at most; a text may be nothing but a name, again and again.
  private static let longestReach = 8

  private func grown(
    _ entry: NameIndex.Entry, at place: Int, isExact: Bool
  ) -> Candidate? {
    let name = index.names[entry.person][entry.name]
    var span = place..<(place + 1)
    var given = entry.part == .given
    var surnames: Set<Int> = []
    if case .surname(let part) = entry.part { surnames.insert(part) }
    // A given name one letter off is too little to go on; beside a surname it is a slip.
    if given, !isExact { return nil }
    var slips = isExact ? 0 : 1
    var hasInitial = false
    var particles: [String] = []

    // To the left: other parts, particles, given names, initials.
    var particlePlaces = 0
    while span.lowerBound - particlePlaces > 0 {
      let left = span.lowerBound - particlePlaces - 1
      guard place - left <= Self.longestReach, isAdjacent(left, left + 1) else { break }
      if !surnames.isEmpty, NameWords.particles.contains(words[left].folded),
        particlePlaces < 4
      {
        particles.insert(words[left].folded, at: 0)
        particlePlaces += 1
        continue
      }
      if let part = match(left, entry, name) {
        slips += part.slips
        switch part.part {
        case .given: given = true
        case .surname(let number): surnames.insert(number)
        }
        span = left..<span.upperBound
        particlePlaces = 0
        continue
      }
      if !surnames.isEmpty, isInitial(left) {
        guard fits(initial: words[left].folded, name) else { return nil }
        hasInitial = true
        span = left..<span.upperBound
        particlePlaces = 0
        continue
      }
      break
    }
    let own = surnames.min().map { name.surnames[$0].particles } ?? []
    var particleScore = 0
    if !particles.isEmpty, particlePlaces > 0 {
      if !own.isEmpty {
        let fits =
          particles == own
          || NameWords.initials(of: particles) == NameWords.initials(of: own)
        particleScore = fits ? 1 : -1
        span = (span.lowerBound - particlePlaces)..<span.upperBound
      } else if particlePlaces > 1 || words[span.lowerBound - 1].isCapitalised {
        // *Van den Berg* is nobody's *Berg*; *van Jansen* may be.
        particleScore = -2
      }
    }
    // To the right: the rest of a surname, or the given name of *Kowalska Anna*.
    var right = span.upperBound
    while right < words.count, right - place <= Self.longestReach, isAdjacent(right - 1, right) {
      if !surnames.isEmpty, NameWords.particles.contains(words[right].folded),
        right + 1 < words.count,
        isAdjacent(right, right + 1), let part = match(right + 1, entry, name),
        case .surname(let number) = part.part
      {
        surnames.insert(number)
        slips += part.slips
        right += 2
      } else if let part = match(right, entry, name) {
        slips += part.slips
        switch part.part {
        case .given: given = true
        case .surname(let number): surnames.insert(number)
        }
        right += 1
      } else {
        break
      }
      span = span.lowerBound..<right
    }
    return judged(
      entry, span, given: given, surnames: surnames.count, slips: slips, hasInitial: hasInitial,
      particleScore: particleScore)
  }

  private func judged(
    _ entry: NameIndex.Entry, _ span: Range<Int>, given: Bool, surnames: Int, slips: Int,
    hasInitial: Bool, particleScore: Int
  ) -> Candidate? {
    let before = beside(span.lowerBound)
    if let gender = before.gender, let own = index.genders[entry.person], gender != own {
      return nil
    }
    let isNamed = before.isTitle || before.isIntroduction
    // Somebody else's given name in front, or surname behind.
    if !isNamed, surnames > 0, !given, !hasInitial, let left = neighbour(span.lowerBound - 1),
      isAdjacent(left, left + 1), looksLikeName(left), !words[left].isFirst
    {
      return nil
    }
    if surnames == 0, let right = neighbour(span.upperBound), isAdjacent(right - 1, right),
      looksLikeName(right)
        || NameWords.particles.contains(words[right].folded)
          && words[right].isCapitalised
    {
      return nil
    }
    if surnames > 0, let right = neighbour(span.upperBound), isTied(right), looksLikeName(right) {
      return nil
    }
    // *Fleur Bakker* at the start of a sentence, or *Volgens Bakker*: nobody can tell.
    let mayBeAnother =
      !isNamed && !given && !hasInitial
      && (neighbour(span.lowerBound - 1).map {
        isAdjacent($0, $0 + 1) && looksLikeName($0) && words[$0].isFirst
      } ?? false)
    let isWritten = words[span].allSatisfy { $0.isCapitalised || isAuxiliaryWord($0) }
    let standsFree = isWritten && !words[span.lowerBound].isFirst && !mayBeAnother
    let certainty: StaffMention.Certainty
    switch (surnames > 0, given || hasInitial || isNamed, slips) {
    case (true, true, 0): certainty = particleScore < 0 ? .likely : .certain
    case (true, true, _): certainty = .likely
    case (true, false, 0):
      guard isWritten else { return nil }
      certainty = standsFree && particleScore >= 0 ? .likely : .possible
    case (true, false, _):
      guard standsFree else { return nil }
      certainty = .possible
    case (false, _, _):
      // *pani kasia* without capitals is a name; *your manager will* is none.
      let mayBeLower = before.isTitle && words[span.lowerBound].language != .english
      guard isWritten || mayBeLower else { return nil }
      certainty = isNamed ? .likely : .possible
    }
    if !isNamed, certainty == .possible,
      NameWords.everyday.contains(words[span.lowerBound].folded)
    {
      return nil
    }
    var candidate = Candidate(
      person: entry.person, words: span, certainty: certainty,
      isSalutation: before.isGreeting)
    candidate.score =
      4 * surnames + (given ? 3 : 0) + (hasInitial ? 1 : 0) - 2 * slips + particleScore
    return candidate
  }

  // MARK: What stands beside

  private struct Beside {
    var gender: GrammaticalGender?
    var isTitle = false
    var isIntroduction = false
    var isGreeting = false
  }

  /// Titles and introductions in front of a name: `pani kierownik Kowalska`, `ene Kevin`.
  private func beside(_ start: Int) -> Beside {
    var found = Beside()
    var place = start - 1
    while place >= 0, start - place <= 3, isAdjacent(place, place + 1) {
      let word = words[place].folded
      if let title = NameWords.titles[word] {
        found.isTitle = true
        // A Dutch *mr.* is a lawyer of either kind.
        if word != "mr" || words[place].language == .english {
          found.gender = title ?? found.gender
        }
      } else if NameWords.introductions.contains(word) {
        found.isIntroduction = true
      } else if NameWords.greetings.contains(word) {
        found.isGreeting = true
        return found
      } else {
        return found
      }
      place -= 1
    }
    return found
  }

  private func match(
    _ place: Int, _ entry: NameIndex.Entry, _ name: StaffName
  ) -> (part: NameIndex.Entry.Part, slips: Int)? {
    let word = words[place]
    func own(_ entries: [NameIndex.Entry]) -> NameIndex.Entry.Part? {
      entries.first { $0.person == entry.person && $0.name == entry.name }?.part
    }
    if let part = own(index.exact(word.folded, word.language)) { return (part, 0) }
    guard word.isCapitalised, !isAuxiliaryWord(word),
      index.exact(word.folded, word.language).isEmpty
    else { return nil }
    return own(index.misspelt(word.folded, word.language)).map { ($0, 1) }
  }

  /// Whether nothing but a space, a hyphen or an abbreviation's full stop stands between two words.
  private func isAdjacent(_ left: Int, _ right: Int) -> Bool {
    guard left >= 0, right < words.count else { return false }
    let between = text[Int(words[left].range.end)..<Int(words[right].range.start)]
    guard between.count <= 4 else { return false }
    // `mevrouw V.d. Berg`, `J. Kowalski`, `dhr. Jansen`, `v/d Berg`.
    let isShort =
      words[left].folded.utf8.count <= 4 && isAuxiliaryWord(words[left]) || isInitial(left)
    var spaces = 0
    for byte in between {
      switch byte {
      case 0x20, 0x09, 0x0A, 0xC2, 0xA0: spaces += 1
      case UInt8(ascii: "-"): continue
      case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "'"), 0xE2, 0x80, 0x99, 0x98:
        guard isShort || byte == UInt8(ascii: "'") else { return false }
      default: return false
      }
    }
    return spaces <= 3
  }

  private func isTied(_ place: Int) -> Bool {
    place > 0
      && text[Int(words[place - 1].range.end)..<Int(words[place].range.start)]
        .elementsEqual("-".utf8)
  }

  private func neighbour(_ place: Int) -> Int? { words.indices.contains(place) ? place : nil }

  /// A capitalised word that is no auxiliary: in the middle of a sentence most likely a name.
  private func looksLikeName(_ place: Int) -> Bool {
    let word = words[place]
    return word.flags.contains(.capitalised) && !isAuxiliaryWord(word)
      && word.folded.utf8.count > 1
  }

  private func isInitial(_ place: Int) -> Bool {
    words[place].folded.unicodeScalars.count == 1
      && String(decoding: text[words[place].range.range], as: UTF8.self).first?.isUppercase == true
  }

  private func fits(initial: String, _ name: StaffName) -> Bool {
    name.given.isEmpty
      || name.given.contains {
        $0.unicodeScalars.first.map(String.init) == initial
          || folds($0, to: initial)
      }
  }

  /// Whether a name begins with a marked letter whose folded form the initial is.
  private func folds(_ name: String, to initial: String) -> Bool {
    ["ł": "l", "ż": "z", "ś": "s", "ó": "o"][String(name.prefix(1))] == initial
  }

  private func mayBeMisspelt(_ place: Int) -> Bool {
    let word = words[place]
    guard word.folded.utf8.count >= NameIndex.shortestMisspelt - 1,
      word.flags.contains(.word)
    else { return false }
    if word.isCapitalised, !word.isFirst { return true }
    let before = beside(place)
    return before.isTitle || before.isIntroduction
      || place > 0 && isAdjacent(place - 1, place)
        && index.exact(words[place - 1].folded, word.language).contains { $0.part == .given }
  }

  private func isAuxiliary(_ place: Int) -> Bool { isAuxiliaryWord(words[place]) }

  private func isAuxiliaryWord(_ word: NameWord) -> Bool {
    NameWords.particles.contains(word.folded) || NameWords.titles[word.folded] != nil
      || NameWords.introductions.contains(word.folded) || NameWords.greetings.contains(word.folded)
  }
}
