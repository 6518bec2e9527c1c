import HeardText

@testable import HeardAuthoring
@testable import HeardLexicon

/// The matcher's reference, slow and short.
///
/// Reads patterns as they are written, tries everything everywhere, and then applies the rules of
/// `Match` one after another.
struct NaiveMatcher {
  let entries: [EntrySource]
  let memory: WordSplitter

  func matches(_ document: Document) -> [Match] {
    var found: [Match] = []
    for sentence in document.sentences {
      var candidates: [Match] = []
      for (number, entry) in entries.enumerated()
      where sentence.language == .undetermined || sentence.language == entry.language {
        for first in sentence.tokens {
          for pattern in entry.patterns {
            for end in ends(pattern, [State(next: first, taken: [])], document, sentence, entry) {
              // An edge in a gap says nothing.
              guard let low = end.taken.min(), low == first, let high = end.taken.max() else {
                continue
              }
              let words = end.taken.reduce(UInt64(0)) { $0 | 1 << UInt64($1 - first) }
              candidates.append(
                Match(
                  entry: UInt32(number), firstToken: Int32(first), lastToken: Int32(high),
                  words: words))
            }
          }
        }
      }
      found += Self.rules(candidates)
    }
    return found
  }

  private struct State: Hashable {
    var next: Int
    var taken: [Int]
  }

  private func ends(
    _ node: PatternNode, _ states: Set<State>, _ document: Document, _ sentence: Sentence,
    _ entry: EntrySource
  ) -> Set<State> {
    switch node {
    case .word(let word):
      return take(states, document, sentence) { form in
        let text = memory.normal(form)
        guard word.inflected else {
          return text == word.text || text == WordSplitter.fold(word.text)
        }
        let forms = LexiconFixture.inflections[word.text]?.map(\.text) ?? [word.text]
        return forms.contains(text) || forms.map(WordSplitter.fold).contains(text)
      }
    case .tokenClass(let kind):
      return take(states, document, sentence) { form in
        switch kind {
        case .number: memory.flags(form).contains(.number)
        case .currency: memory.flags(form).contains(.currency)
        case .word: memory.flags(form).contains(.word)
        case .name: false
        }
      }
    case .gap(let maximum):
      return Set(
        states.flatMap { state in
          (0...maximum).map { State(next: state.next + $0, taken: state.taken) }
        })
    case .sequence(let nodes):
      return nodes.reduce(states) { ends($1, $0, document, sentence, entry) }
    case .alternatives(let nodes):
      return Set(nodes.flatMap { ends($0, states, document, sentence, entry) })
    case .optional(let node):
      return states.union(ends(node, states, document, sentence, entry))
    }
  }

  private func take(
    _ states: Set<State>, _ document: Document, _ sentence: Sentence, _ fits: (FormID) -> Bool
  ) -> Set<State> {
    Set(
      states.compactMap { state in
        guard sentence.tokens.contains(state.next), fits(document.tokens[state.next].form) else {
          return nil
        }
        return State(next: state.next + 1, taken: state.taken + [state.next])
      })
  }

  /// One a place (with the most words), none inside a longer one of its entry, covered ones marked.
  private static func rules(_ candidates: [Match]) -> [Match] {
    var best: [[Int32]: Match] = [:]
    for match in candidates {
      let place = [Int32(match.entry), match.firstToken, match.lastToken]
      guard let other = best[place] else {
        best[place] = match
        continue
      }
      let more = match.words.nonzeroBitCount - other.words.nonzeroBitCount
      if more > 0 || more == 0 && match.words < other.words { best[place] = match }
    }
    var matches = best.values.filter { match in
      !best.values.contains {
        $0.entry == match.entry && $0.tokens != match.tokens
          && $0.tokens.lowerBound <= match.tokens.lowerBound
          && $0.tokens.upperBound >= match.tokens.upperBound
      }
    }
    func taken(_ match: Match) -> Set<Int> {
      Set(match.tokens.filter { match.words >> UInt64($0 - Int(match.firstToken)) & 1 != 0 })
    }
    let words = matches.map(taken)
    for index in matches.indices {
      matches[index].covered = words.contains { words[index].isStrictSubset(of: $0) }
    }
    return matches.sorted {
      ($0.firstToken, $1.lastToken, $0.entry) < ($1.firstToken, $0.lastToken, $1.entry)
    }
  }
}
