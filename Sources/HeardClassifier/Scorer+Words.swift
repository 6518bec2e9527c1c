import HeardLexicon
import HeardText

/// Adds up what single words are evidence for, each once a message.
extension Scorer {
  /// What single words add to a score together at most, either way, thousandths.
  ///
  /// A long letter has hundreds of them, and is no more of a complaint for that.
  static let wordsLimit: Int32 = 1500

  /// Takes the words of formulas out: courtesies and other phrases that letters have whatever they are
  /// about.
  mutating func silenceFormulas(
    _ words: inout Scratch<UInt16>, _ matches: borrowing ContiguousArray<Match>
  ) {
    for index in matches.indices
    where entries[Int(matches[index].entry)].rules.isFormula {
      matches[index].forEachWord { words[$0] = WordTable.none }
    }
  }

  /// Adds the words of a sentence that no sentence of its language before it had.
  ///
  /// Without a branch that depends on the text: half of all words have no weight, and no processor
  /// foresees which.
  mutating func addWords(_ words: borrowing Scratch<UInt16>, in stretch: Stretch) {
    let language = stretch.language
    if language == .undetermined || language == .other { return }
    var sums = wordSums
    for token in stretch.tokens {
      let number = words[token]
      let place = WordTable.place(number, language)
      let isNew: Int16 = wordMessages[place] == message ? 0 : 1
      wordMessages[place] = message
      let weights = table.words.weights(at: place) &* isNew
      sums &+= SIMD8<Int32>(truncatingIfNeeded: weights)
      if explains, weights != .zero {
        wordContributions.append(WordContribution(number: number, weights: weights))
      }
    }
    wordSums = sums
  }

  /// Adds the sums of single words to those of the message.
  mutating func addWordSums() {
    for place in table.scoreIndices.indices where wordSums[place] != 0 {
      let sum = wordSums[place]
      add(
        .words, kind: table.scoreIndices[place],
        milli: min(max(sum, -Self.wordsLimit), Self.wordsLimit), plain: sum,
        zone: scoredZone, part: 0, range: ByteRange(0, 0))
    }
  }
}
