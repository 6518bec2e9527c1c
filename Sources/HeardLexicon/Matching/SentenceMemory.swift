internal import CHeardLexicon
import HeardText

/// A worker's bounded memory of sentences: their words → what the lexicon finds in them.
///
/// People write the same sentences again and again: greetings and closings, what they quote of a mail
/// before, forms and letters that hundreds send. What is found in a sentence depends on its
/// spellings, on which of them stand where a capital makes no name, and on the languages that are
/// looked for; these are the key, and are compared in full. Past its limit nothing more is remembered,
/// and everything forgotten when the next text begins.
///
/// A text's sentences are asked for together (``ask(_:_:languages:)``), looked up together
/// (``seek()``) and answered one by one, so that the processor waits for memory once.
@safe
struct SentenceMemory: ~Copyable {
  /// Tokens of the longest sentence that is remembered: longer ones hardly come twice.
  static let longest = 64
  /// Numbers of 32 bits above which all is forgotten, unless a test says otherwise: 8 MB hold some
  /// 45,000 sentences.
  static let limit = 1 << 21
  /// Matches of one sentence that are remembered at most; with more it is not.
  private static let mostMatches = 0xFFF
  /// Numbers that one sentence takes at most.
  private static let largest = 2 + longest + longest / 2 + 4 * mostMatches

  /// A sentence that is asked for.
  struct Question: BitwiseCopyable {
    var hash: UInt64
    /// Where its keys begin.
    var first: Int
    /// Languages above 8 bits of the number of its tokens, 0 when it is too long.
    var shape: UInt32
    /// Where it stands in ``blocks``; 0 when it is not remembered.
    var block = 0
    var count: Int { Int(shape & 0xFF) }
    /// Whether it may be remembered.
    var isShort: Bool { shape & 0xFF != 0 }
  }

  private let limit: Int
  private let seed = KeyHash.Seed.current
  /// Open addressing: the upper half of a hash above a block's place, 0 for none.
  private var slots = Scratch<UInt64>(capacity: 1)
  private var count = 0
  /// What is remembered, a sentence behind the other.
  ///
  /// Of each: its shape and its number of matches, a key for each token, the numbers of their words
  /// by twos, and four numbers for each match. The first place is no sentence's.
  private var blocks: Scratch<UInt32>
  private var generation: UInt32?
  // Of the text at hand.
  private var questions = Scratch<Question>(capacity: 64)
  private var keys = Scratch<UInt32>(capacity: 256)

  /// Makes a memory of `limit` times four bytes, and one sentence more.
  init(limit: Int) {
    self.limit = limit
    // All at once: what is not written yet takes no memory, and what never moves is never there twice.
    blocks = Scratch(capacity: limit + Self.largest)
    forget()
  }

  private mutating func forget() {
    count = 0
    slots.removeAll()
    slots.resize(to: 1 << 8, filling: 0)
    blocks.removeAll()
    blocks.append(0)
  }

  /// Begins a text whose spellings are those of a generation of ``TokenMemory``.
  mutating func begin(generation: UInt32) {
    if self.generation != generation || blocks.count > limit { forget() }
    self.generation = generation
    questions.removeAll()
    keys.removeAll()
  }

  /// Asks for a sentence; they are numbered from 0 in the order in which they are asked for.
  @inline(__always)
  mutating func ask(
    _ tokens: borrowing ContiguousArray<Token>, _ range: Range<Int>, languages: LanguageSet
  ) {
    let first = keys.count
    guard range.count <= Self.longest else {
      questions.append(Question(hash: 0, first: first, shape: UInt32(languages.rawValue) << 8))
      return
    }
    let openers = PhraseSearch.openers
    for index in range {
      let token = tokens[index]
      keys.append(token.form.rawValue << 1 | (token.gap.rawValue & openers == 0 ? 0 : 1))
    }
    // What stands in front of a sentence is nothing to it.
    if !range.isEmpty { keys[first] &= ~1 }
    let shape = UInt32(range.count) | UInt32(languages.rawValue) << 8
    var hash = UInt64(shape)
    var index = first
    while index < keys.count {
      let second = index + 1 < keys.count ? keys[index + 1] : 0
      hash = seed.mix(hash, UInt64(keys[index]) << 32 | UInt64(second))
      index += 2
    }
    questions.append(Question(hash: hash, first: first, shape: shape))
    if let base = unsafe slots.elements.baseAddress {
      unsafe heard_prefetch_line(base + home(hash))
    }
  }

  /// Looks up the sentences that were asked for.
  mutating func seek() {
    guard let base = unsafe blocks.elements.baseAddress else { return }
    let last = blocks.count - 1
    for number in questions.indices {
      let block = Int(UInt32(truncatingIfNeeded: slots[home(questions[number].hash)]))
      for line in 0..<3 { unsafe heard_prefetch_line(base + min(block + line * 16, last)) }
    }
    for number in questions.indices { questions[number].block = find(questions[number]) }
  }

  /// The languages that are looked for in a sentence.
  func languages(of number: Int) -> LanguageSet {
    LanguageSet(rawValue: UInt8(truncatingIfNeeded: questions[number].shape >> 8))
  }

  /// Where what is found in a sentence stands; 0 when it is not remembered.
  func block(of number: Int) -> Int { questions[number].block }

  private func find(_ question: Question) -> Int {
    guard question.isShort else { return 0 }
    var place = home(question.hash)
    while slots[place] != 0 {
      let slot = slots[place]
      let block = Int(UInt32(truncatingIfNeeded: slot))
      if slot >> 32 == question.hash >> 32, isBlock(block, of: question) { return block }
      place = (place + 1) & (slots.count - 1)
    }
    return 0
  }

  private func isBlock(_ block: Int, of question: Question) -> Bool {
    guard blocks[block] == question.shape else { return false }
    for index in 0..<question.count
    where blocks[block + 2 + index] != keys[question.first + index] {
      return false
    }
    return true
  }

  /// Writes the numbers of a sentence's words, and adds its matches, from the token at `first` on.
  @inline(__always)
  func read(
    _ block: Int, at first: Int, words: inout Scratch<UInt16>, matches: inout Scratch<Match>
  ) {
    let tokens = Int(blocks[block] & 0xFF)
    let places = block + 2 + tokens
    for index in 0..<tokens {
      let two = blocks[places + index / 2]
      words[first + index] = UInt16(truncatingIfNeeded: index % 2 == 0 ? two : two >> 16)
    }
    var place = places + (tokens + 1) / 2
    for _ in 0..<Int(blocks[block + 1]) {
      let packed = blocks[place + 1]
      matches.append(
        Match(
          entry: blocks[place],
          firstToken: Int32(truncatingIfNeeded: first + Int(packed & 0xFF)),
          lastToken: Int32(truncatingIfNeeded: first + Int(packed >> 8 & 0xFF)),
          words: UInt64(blocks[place + 2]) | UInt64(blocks[place + 3]) << 32,
          covered: packed >> 16 != 0))
      place += 4
    }
  }

  /// Remembers a sentence that was asked for.
  ///
  /// - Parameters:
  ///   - words: those of the whole text; the sentence's begin at `first`.
  ///   - matches: the sentence's stand at `range`, and count tokens from `origin` on.
  mutating func keep(
    _ number: Int, words: borrowing Scratch<UInt16>, at first: Int,
    matches: borrowing Scratch<Match>, _ range: Range<Int>, from origin: Int
  ) {
    let question = questions[number]
    guard question.isShort, range.count <= Self.mostMatches, blocks.count <= limit else { return }
    if (count + 1) * 2 > slots.count { growSlots() }
    insert(question.hash & ~0xFFFF_FFFF | UInt64(blocks.count))
    count += 1
    blocks.append(question.shape)
    blocks.append(UInt32(range.count))
    for index in 0..<question.count { blocks.append(keys[question.first + index]) }
    for index in stride(from: 0, to: question.count, by: 2) {
      let second = index + 1 < question.count ? words[first + index + 1] : 0
      blocks.append(UInt32(words[first + index]) | UInt32(second) << 16)
    }
    for index in range {
      let match = matches[index]
      blocks.append(match.entry)
      blocks.append(
        UInt32(Int(match.firstToken) - origin) | UInt32(Int(match.lastToken) - origin) << 8
          | (match.covered ? 1 << 16 : 0))
      blocks.append(UInt32(truncatingIfNeeded: match.words))
      blocks.append(UInt32(truncatingIfNeeded: match.words >> 32))
    }
  }

  // MARK: Slots

  @inline(__always)
  private func home(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash >> 32) & (slots.count - 1)
  }

  private mutating func insert(_ slot: UInt64) {
    var place = home(slot)
    while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = slot
  }

  private mutating func growSlots() {
    var old = Scratch<UInt64>(capacity: slots.count)
    for index in slots.indices where slots[index] != 0 { old.append(slots[index]) }
    let size = slots.count * 2
    slots.removeAll()
    slots.resize(to: size, filling: 0)
    for index in old.indices { insert(old[index]) }
  }
}
