import HeardLexicon
import HeardMail
import HeardText

/// Shouting and faces: evidence only in sentences whose words are evidence against us.
extension Scorer {
  /// Each style counts so often a message at most, and once a sentence.
  private static let maximum = 2
  /// Words of so many letters in capitals are shouted; shorter ones may be acronyms.
  private static let shoutedLetters = 4

  /// Adds the styles of a stretch.
  mutating func addStyles(in stretch: Stretch, document: borrowing Document, memory: TokenMemory) {
    var marks = stretch.ending
    if !stretch.marks.isDisjoint(with: [.repeated, .exclamation, .emoticon]) {
      for token in stretch.tokens.dropFirst() { marks.formUnion(document.tokens[token].gap) }
    }
    let end = Self.lastTokenRange(stretch, document)
    if marks.contains(.repeated) {
      addStyle(table.repeated, in: stretch, at: end)
    } else if marks.contains(.exclamation) {
      addStyle(table.exclamation, in: stretch, at: end)
    }
    if marks.contains(.emoticon), Self.hasSadFace(in: stretch, document: document) {
      addStyle(table.emoticon, in: stretch, at: end)
    }
    if stretch.mayShout,
      let shouted = Self.shoutedRange(in: stretch, document: document, memory: memory)
    {
      addStyle(table.capitals, in: stretch, at: shouted)
    }
  }

  /// Adds one style's weights, up to the maximum.
  mutating func addStyle(_ style: ScoringTable.Style, in stretch: Stretch, at range: ByteRange) {
    if style.weights.isEmpty { return }
    let count = styleCounts[style.number]
    for place in style.weights.indices {
      let weight = table.weights[place]
      if count < Self.maximum {
        add(
          .style(ScoringTable.styleNames[style.number]), kind: Int(weight.kind),
          milli: weight.milli, plain: weight.milli,
          zone: stretch.zone, part: stretch.part, range: range)
      } else {
        miss(
          .style(ScoringTable.styleNames[style.number]), kind: Int(weight.kind), .cap,
          lost: weight.milli,
          zone: stretch.zone, part: stretch.part, range: range)
      }
    }
    styleCounts[style.number] = count + 1
  }

  /// From the first to the last shouted word when there are two or more, in a sentence of three
  /// words or more: a heading of two words in capitals is none, nor is a placeholder (`[NAME]`).
  private static func shoutedRange(
    in stretch: Stretch, document: borrowing Document, memory: TokenMemory
  ) -> ByteRange? {
    if stretch.tokens.count < 3 { return nil }
    var first: ByteRange?
    for token in stretch.tokens {
      let range = document.tokens[token].range
      // A small letter at either end tells without a look at the memory.
      if range.count < shoutedLetters || isSmallLetter(document.bytes[Int(range.start)])
        || isSmallLetter(document.bytes[Int(range.end) - 1])
        || !memory.flags(document.tokens[token].form).contains(.capitals)
        || isPlaceholder(range, document)
      {
        continue
      }
      if let first {
        // The range needs only two; the rest of the sentence adds nothing.
        return ByteRange(first.start, range.end)
      }
      first = range
    }
    return nil
  }

  private static func isSmallLetter(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
  }

  /// Whether a word fills a bracket alone, as what stands for something redacted does.
  private static func isPlaceholder(_ range: ByteRange, _ document: borrowing Document) -> Bool {
    let end = Int(range.end)
    return range.start > 0 && document.bytes[Int(range.start) - 1] == UInt8(ascii: "[")
      && end < document.bytes.count && document.bytes[end] == UInt8(ascii: "]")
  }

  /// Whether a gap of the stretch holds `:(` or its like.
  private static func hasSadFace(in stretch: Stretch, document: borrowing Document) -> Bool {
    for token in stretch.tokens {
      let isLast = token + 1 == document.tokens.count
      let gap = isLast ? document.ending : document.tokens[token + 1].gap
      if !gap.contains(.emoticon) { continue }
      let end = isLast ? document.bytes.count : Int(document.tokens[token + 1].start)
      var previous: UInt8 = 0
      for index in Int(document.tokens[token].end)..<max(end, Int(document.tokens[token].end)) {
        let byte = document.bytes[index]
        let opens = [UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "/")].contains(byte)
        let eyes = [UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "=")].contains(previous)
        if opens, eyes { return true }
        // A nose or a tear stands between eyes and mouth.
        if byte != UInt8(ascii: "-"), byte != UInt8(ascii: "'") { previous = byte }
      }
    }
    return false
  }
}
