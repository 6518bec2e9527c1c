internal import CHeardICU

/// One pass over one text: from runs to tokens, gaps and sentences.
@safe
struct Pass: ~Copyable {
  let base: TextBytes
  let textEnd: Int
  let analyzer: TextAnalyzer
  let memory: TokenMemory
  let seed: KeyHash.Seed

  var sentences: ContiguousArray<Sentence> = []
  /// Language evidence of each sentence.
  var segments: ContiguousArray<LanguageSegment> = []
  var ending: Gap = []
  private(set) var tokenCount = 0
  private var tokens: UnsafeMutablePointer<Token>
  private var tokenCapacity: Int
  private var slots: UnsafeMutablePointer<RunTable.Slot>
  private var slotMask: Int
  private var facts: UnsafeMutablePointer<FormFacts>
  /// End of the last token.
  private var previousEnd = 0
  /// First token of the sentence that is open.
  private var sentenceStart = 0
  /// Where the line of the last token starts.
  private var line = 0
  /// What stands between the tokens of the sentence that is open.
  private var marks: Gap = []

  init(_ base: TextBytes, analyzer: TextAnalyzer) {
    self.base = base
    textEnd = base.count
    self.analyzer = analyzer
    memory = analyzer.memory
    seed = analyzer.memory.seed
    unsafe tokens = analyzer.tokens
    tokenCapacity = analyzer.tokenCapacity
    unsafe slots = analyzer.memory.runs.slots
    slotMask = analyzer.memory.runs.mask
    unsafe facts = analyzer.memory.facts.facts
  }

  /// Does the whole pass.
  mutating func run() {
    var scanner = RunScanner()
    let edges = unsafe analyzer.edges
    var offset = 0
    // A run that a block's end cuts keeps its start here.
    var kept = 0
    while offset < textEnd {
      let blockEnd = min(offset &+ RunScanner.blockBytes, textEnd)
      var count = unsafe kept &+ scanner.scan(base, from: offset, to: blockEnd, into: edges + kept)
      if blockEnd == textEnd, scanner.open {
        unsafe edges[count] = UInt32(truncatingIfNeeded: textEnd)
        count &+= 1
      }
      var index = 0
      while index &+ 1 < count {
        let runs = min((count &- index) / 2, Self.batchRuns)
        unsafe take(edges + index, runs: runs)
        index &+= runs &* 2
      }
      kept = count &- index
      if kept > 0 { unsafe edges[0] = edges[index] }
      offset = blockEnd
    }
    finish()
  }

  // MARK: Runs

  /// Runs whose places in the table are looked up together, so that the processor waits for
  /// memory once and not for each.
  static let batchRuns = 32

  @inline(__always)
  private mutating func take(_ edges: UnsafeMutablePointer<UInt32>, runs: Int) {
    // Eight bytes are loaded from a run's start, however short it is.
    guard unsafe Int(edges[runs &* 2 &- 2]) &+ 8 <= textEnd else {
      for run in 0..<runs {
        let start = unsafe Int(edges[run &* 2])
        let end = unsafe Int(edges[run &* 2 &+ 1])
        if end - start > 16 {
          takeLong(start, end)
        } else {
          take(key(of: start, end), start, end)
        }
      }
      return
    }
    let keys = unsafe analyzer.keys
    for run in 0..<runs {
      let start = unsafe Int(edges[run &* 2])
      let end = unsafe Int(edges[run &* 2 &+ 1])
      let length = end &- start
      let short = max(0, 64 &- length &* 8)
      let low = base.eight(at: start) & (UInt64.max &>> UInt64(truncatingIfNeeded: short))
      let last = base.eight(at: max(0, end &- 8))
      let high = length > 8 ? last : 0
      let hash = seed.mix(low, high)
      unsafe keys[run] = RunTable.Key(
        low: low, high: high, hash: hash, check: UInt32(truncatingIfNeeded: length))
      unsafe heard_prefetch(slots + RunTable.home(hash, mask: slotMask))
    }
    for run in 0..<runs {
      let start = unsafe Int(edges[run &* 2])
      let end = unsafe Int(edges[run &* 2 &+ 1])
      if end &- start > 16 {
        takeLong(start, end)
      } else {
        unsafe take(keys[run], start, end)
      }
    }
  }

  /// The key of a run of up to 16 bytes, wherever it stands.
  private func key(of start: Int, _ end: Int) -> RunTable.Key {
    let length = end - start
    let low = base.few(at: start, count: min(8, length))
    let high = length > 8 ? base.eight(at: end - 8) : 0
    return RunTable.Key(
      low: low, high: high, hash: seed.mix(low, high), check: UInt32(truncatingIfNeeded: length))
  }

  @inline(__always)
  private mutating func take(_ key: RunTable.Key, _ start: Int, _ end: Int) {
    var slot = RunTable.home(key.hash, mask: slotMask)
    while true {
      let found = unsafe slots[slot]
      if found.check == key.check, found.low == key.low, found.high == key.high {
        if found.value & TokenMemory.recipeBit == 0 {
          emit(start, end, found.value)
        } else {
          takeParts(start, found.value)
        }
        return
      }
      if found.check == 0 {
        learn(key, start, end)
        return
      }
      slot = (slot &+ 1) & slotMask
    }
  }

  /// A run over 16 bytes.
  @inline(never)
  private mutating func takeLong(_ start: Int, _ end: Int) {
    guard end - start <= RunTable.longestKey else {
      takeApart(start, end)
      return
    }
    let bytes = base[start..<end]
    let key = RunTable.Key(long: bytes, seed: seed)
    var slot = RunTable.home(key.hash, mask: slotMask)
    while true {
      let found = unsafe slots[slot]
      if found.check == 0 {
        learn(key, start, end)
        return
      }
      if found.check == key.check, found.low == key.low, found.high == key.high,
        memory.isRun(found.value, bytes)
      {
        if found.value & TokenMemory.recipeBit == 0 {
          emit(start, end, found.value)
        } else {
          takeParts(start, found.value)
        }
        return
      }
      slot = (slot &+ 1) & slotMask
    }
  }

  /// A run of several words, or of a word and something else.
  @inline(never)
  private mutating func takeParts(_ start: Int, _ value: UInt32) {
    for part in memory.parts(ofRecipe: value) {
      emit(start &+ Int(part.start), start &+ Int(part.end), part.form)
    }
  }

  /// A run that is met for the first time.
  @inline(never)
  private mutating func learn(_ key: RunTable.Key, _ start: Int, _ end: Int) {
    let bytes = base[start..<end]
    let value: UInt32
    if PlainWord.matches(bytes) {
      value = memory.intern(bytes)
      memory.learn(key, form: value)
    } else {
      memory.icu.split(bytes, into: &analyzer.pieces)
      let parts = analyzer.pieces.map { piece in
        TokenMemory.Part(
          start: UInt8(clamping: piece.start), end: UInt8(clamping: piece.end),
          form: memory.intern(bytes[piece.start..<piece.end]))
      }
      value = memory.learn(key, raw: bytes, parts: parts)
    }
    unsafe slots = memory.runs.slots
    slotMask = memory.runs.mask
    unsafe facts = memory.facts.facts
    if value & TokenMemory.recipeBit == 0 {
      emit(start, end, value)
    } else {
      takeParts(start, value)
    }
  }

  /// A run too long to be remembered: in chunks, so that the work at hand stays small.
  @inline(never)
  private mutating func takeApart(_ start: Int, _ end: Int) {
    var from = start
    while from < end {
      let to = ChunkCut.end(base, from: from, end: end)
      let bytes = base[from..<to]
      if PlainWord.matches(bytes) {
        takeWord(from, to)
      } else {
        memory.icu.split(bytes, into: &analyzer.pieces)
        for piece in analyzer.pieces { takeWord(from + piece.start, from + piece.end) }
      }
      from = to
    }
  }

  private mutating func takeWord(_ start: Int, _ end: Int) {
    var from = start
    while from < end {
      var to = min(end, from + TextAnalyzer.longestWord)
      if to < end { to = UTF8Reader.characterStart(base, notAfter: to, from: from + 1) }
      let form = memory.intern(base[from..<to])
      unsafe facts = memory.facts.facts
      emit(from, to, form)
      from = to
    }
  }

  // MARK: Tokens

  @inline(__always)
  private mutating func emit(_ start: Int, _ end: Int, _ form: UInt32) {
    var gap: Gap = []
    let length = start &- previousEnd
    if length != 1 || base[previousEnd] != 0x20 {
      if length == 2, base[previousEnd] == 0x2C, base[previousEnd &+ 1] == 0x20 {
        gap = .comma
        marks.formUnion(gap)
      } else if length > 0 {
        gap = readGap(start, end, form)
        if tokenCount != sentenceStart { marks.formUnion(gap) }
      }
    }
    if tokenCount == tokenCapacity { growTokens() }
    unsafe tokens[tokenCount] = Token(
      start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
      form: FormID(rawValue: form), gap: gap)
    unsafe heard_prefetch(facts + Int(form))
    tokenCount &+= 1
    previousEnd = end
  }

  @inline(never)
  private mutating func growTokens() {
    analyzer.growTokens(keeping: tokenCount)
    unsafe tokens = analyzer.tokens
    tokenCapacity = analyzer.tokenCapacity
  }

  /// Reads the gap before a token and ends the open sentence there when it does.
  @inline(never)
  private mutating func readGap(_ start: Int, _ end: Int, _ form: UInt32) -> Gap {
    let reading = GapScanner.read(base, from: previousEnd, to: start)
    if tokenCount > 0,
      !reading.terminal.isEmpty || reading.lineStart >= 0
        || reading.flags.contains(.emoticon)
    {
      let last = unsafe tokens[tokenCount - 1]
      let decision = unsafe SentenceEnds(
        base: base, reading: reading,
        before: last.range, beforeTraits: facts[last.form.index].traits,
        beforeIsFirst: tokenCount - 1 == sentenceStart, beforeLine: line,
        after: ByteRange(UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: end)),
        afterTraits: facts[Int(form)].traits)
      if decision.ends { endSentence(reading) }
    }
    if reading.lineStart >= 0 { line = reading.lineStart }
    return reading.flags
  }

  /// Ends the open sentence with its last token so far.
  private mutating func endSentence(_ reading: GapReading) {
    guard tokenCount > sentenceStart else { return }
    var closing = max(previousEnd, reading.closingEnd)
    if reading.closingEnd == 0 {
      // No mark: what is glued to the last word still belongs to it.
      while closing < textEnd, base[closing] > 0x20, !RunBytes.contains(base[closing]) {
        closing += 1
      }
    }
    let first = unsafe tokens[sentenceStart].start
    var traits: WordTraits = []
    segments.append(segment(from: sentenceStart, to: tokenCount, &traits))
    sentences.append(
      Sentence(
        firstToken: Int32(truncatingIfNeeded: sentenceStart),
        endToken: Int32(truncatingIfNeeded: tokenCount),
        bytes: ByteRange(first, UInt32(truncatingIfNeeded: closing)), ending: reading.flags,
        language: .undetermined, marks: marks, mayShout: traits.contains(.capitals)))
    sentenceStart = tokenCount
    marks = []
  }

  /// The evidence of a stretch of tokens and the number of their letters; adds their traits.
  private func segment(from: Int, to: Int, _ traits: inout WordTraits) -> LanguageSegment {
    var lanes = SIMD16<Int32>.zero
    var letters = 0
    var index = from
    var bits: UInt16 = 0
    while index < to {
      var sum = PackedEvidence.Sum()
      let end = min(index &+ PackedEvidence.Sum.most, to)
      while index < end {
        let form = unsafe tokens[index].form.index
        unsafe sum.add(facts[form].evidence)
        unsafe letters &+= Int(facts[form].letters)
        unsafe bits |= facts[form].traits.rawValue
        index &+= 1
      }
      lanes &+= sum.lanes
    }
    traits = WordTraits(rawValue: bits)
    return LanguageSegment(sum: lanes, letters: letters)
  }

  private mutating func finish() {
    let reading = GapScanner.read(base, from: previousEnd, to: textEnd)
    ending = reading.flags
    endSentence(reading)
  }
}
