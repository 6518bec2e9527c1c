internal import HeardLexicon
import HeardText

/// How often words are met, guessed from the texts that a lexicon's own entries have as examples.
///
/// Good enough to choose by (``PhrasePlan``), and no counts of anybody's messages are needed: where
/// the examples are few, what is known of grammar and of short words says more than they do.
struct WordCounts {
  /// Tokens that the guess without examples weighs as much as.
  private static let weight = 4_000

  private var counts: [Language: [String: Int]] = [:]
  private var totals: [Language: Int] = [:]

  /// Counts the words in the examples of entries.
  init(_ entries: [EntrySource], _ normaliser: WordNormaliser) {
    for entry in entries {
      let texts =
        entry.examples + entry.counterexamples + entry.todoExamples + entry.todoCounterexamples
      for text in texts {
        for word in normaliser.words(text) {
          counts[entry.language, default: [:]][word.normal, default: 0] += 1
          totals[entry.language, default: 0] += 1
        }
      }
    }
  }

  /// About how many of a million tokens of its language are a form of an element.
  func rate(_ key: ElementTable.Key) -> Int {
    let isGrammar = key.forms.contains { StopWords.contains($0.word.normal, key.language) }
    let shortest = key.forms.map(\.word.normal.utf8.count).min() ?? 0
    // Of ten thousand.
    let guess = isGrammar ? 100 : shortest <= 3 ? 10 : shortest <= 5 ? 4 : 1
    let known = counts[key.language] ?? [:]
    let count = Set(key.forms.map(\.word.normal)).reduce(0) { $0 + (known[$1] ?? 0) }
    let total = (totals[key.language] ?? 0) + Self.weight
    return (count * 1_000_000 + guess * Self.weight * 100) / total
  }
}
