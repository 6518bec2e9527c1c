/// One pass over one text: from runs to tokens, gaps and sentences.
@safe
struct Pass: ~Copyable {
  let base: TextBytes
  let textEnd: Int
  let analyzer: TextAnalyzer
  let memory: TokenMemory
  let seed: KeyHash.Seed

  var sentences: ContiguousArray<Sentence> = []
  var ending: Gap = []
  private(set) var tokenCount = 0
  private var tokens: UnsafeMutablePointer<Token>
  private var tokenCapacity: Int
  private var slots: UnsafeMutablePointer<RunTable.Slot>
  private var slotMask: Int
  /// End of the last token.
  private var previousEnd = 0
  /// First token of the sentence that is open.
  private var sentenceStart = 0
  /// Where the line of the last token starts.
  private var line = 0

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
  }

  /// Does the whole pass.
  mutating func run() {
    var scanner = RunScanner()
    let edges = unsafe analyzer.edges
    var offset = 0
    var runStart = 0
    var pending = false
    while offset < textEnd {
      let blockEnd = min(offset &+ RunScanner.blockBytes, textEnd)
      var count = unsafe scanner.scan(base, from: offset, to: blockEnd, into: edges)
      if blockEnd == textEnd, scanner.open {
        unsafe edges[count] = UInt32(truncatingIfNeeded: textEnd)
        count &+= 1
      }
      var index = 0
      if pending, count > 0 {
        unsafe take(runStart, Int(edges[0]))
        index = 1
        pending = false
      }
      while index &+ 1 < count {
        unsafe take(Int(edges[index]), Int(edges[index &+ 1]))
        index &+= 2
      }
      if index < count {
        unsafe runStart = Int(edges[index])
        pending = true
      }
      offset = blockEnd
    }
    finish()
  }

  // MARK: Runs

  @inline(__always)
  private mutating func take(_ start: Int, _ end: Int) {
    let length = end &- start
    var key = RunTable.Key(low: 0, high: 0, hash: 0, check: 0)
    if length <= 8 {
      if start &+ 8 <= textEnd {
        let eight = base.eight(at: start)
        key.low = eight & (UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- length &* 8))
      } else {
        key.low = base.few(at: start, count: length)
      }
    } else if length <= 16 {
      key.low = base.eight(at: start)
      key.high = base.eight(at: end &- 8)
    } else {
      takeLong(start, end)
      return
    }
    key.check = UInt32(truncatingIfNeeded: length)
    key.hash = seed.mix(key.low, key.high)
    var slot = RunTable.home(key.hash, mask: slotMask)
    while true {
      let check = unsafe slots[slot].check
      if check == key.check, unsafe slots[slot].low == key.low, unsafe slots[slot].high == key.high
      {
        break
      }
      if check == 0 {
        learn(key, start, end)
        return
      }
      slot = (slot &+ 1) & slotMask
    }
    let value = unsafe slots[slot].value
    if value & TokenMemory.recipeBit == 0 {
      emit(start, end, value)
    } else {
      takeParts(start, value)
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
      let bytes = base[from..<to]
      emit(from, to, memory.intern(bytes))
      from = to
    }
  }

  // MARK: Tokens

  @inline(__always)
  private mutating func emit(_ start: Int, _ end: Int, _ form: UInt32) {
    var gap: Gap = []
    if start &- previousEnd != 1 || (base[previousEnd]) != 0x20 {
      gap = readGap(start, end, form)
    }
    if tokenCount == tokenCapacity { growTokens() }
    unsafe tokens[tokenCount] = Token(
      start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
      form: FormID(rawValue: form), gap: gap)
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
    if start == previousEnd { return [] }
    let reading = GapScanner.read(base, from: previousEnd, to: start)
    if tokenCount > 0,
      !reading.terminal.isEmpty || reading.lineStart >= 0
        || reading.flags.contains(.emoticon)
    {
      let last = unsafe tokens[tokenCount - 1]
      let decision = SentenceEnds(
        base: base, reading: reading,
        before: last.range, beforeTraits: memory.traits(last.form.rawValue),
        beforeIsFirst: tokenCount - 1 == sentenceStart, beforeLine: line,
        after: ByteRange(UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: end)),
        afterTraits: memory.traits(form))
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
    sentences.append(
      Sentence(
        firstToken: Int32(truncatingIfNeeded: sentenceStart),
        endToken: Int32(truncatingIfNeeded: tokenCount),
        bytes: ByteRange(first, UInt32(truncatingIfNeeded: closing)), ending: reading.flags,
        language: .undetermined))
    sentenceStart = tokenCount
  }

  private mutating func finish() {
    let reading = GapScanner.read(base, from: previousEnd, to: textEnd)
    ending = reading.flags
    endSentence(reading)
  }
}
