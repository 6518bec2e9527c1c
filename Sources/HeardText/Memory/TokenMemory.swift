/// A worker's bounded memory of spellings: raw bytes of a token → what the pipeline needs to know.
///
/// A form is what a raw spelling comes to, and depends on that spelling alone; ids are handed out
/// in the order of first sight and mean nothing outside this memory. Past ``formLimit`` forms (or
/// ``byteLimit`` bytes, or ``runLimit`` runs) everything is forgotten when the next text begins,
/// never within one.
@safe
public final class TokenMemory {
  /// Forms above which a memory is cleared at the next text's start.
  static let formLimit = 1 << 16
  /// Runs above which it is: a table of twice as many slots has 3 MB, and the next one 12; one long
  /// text may still make it grow.
  static let runLimit = formLimit - 1 << 12
  /// Bytes of spellings above which it is.
  static let byteLimit = 1 << 24

  /// Changes whenever remembered ids become invalid; arrays kept beside the memory are then reset.
  public private(set) var generation: UInt32 = 0
  /// Number of spellings remembered now; valid ids are below it.
  public private(set) var count = 0

  private struct Form {
    var raw: BytePool.Slice
    var normal: BytePool.Slice
    var folded: BytePool.Slice
    var hash: UInt64
  }

  /// A word inside a run: offsets from the run's start.
  struct Part {
    var start: UInt8
    var end: UInt8
    var form: UInt32
  }

  /// A run that is not just one word.
  private struct Recipe {
    var firstPart: Int
    var partCount: Int
    var raw: BytePool.Slice
  }

  /// Set in a run's value when it names a recipe and not a form.
  static let recipeBit: UInt32 = 1 << 31

  let seed = KeyHash.Seed.current
  let icu = ICUText()
  var runs = RunTable()
  private var pool = BytePool()
  private var forms: ContiguousArray<Form> = []
  private var formFlags: ContiguousArray<FormFlags> = []
  /// What the hot loop needs of each form.
  var facts = FactTable()
  /// Form ids by hash of raw spelling; open addressing, `UInt32.max` is empty.
  private var formSlots: ContiguousArray<UInt32> = []
  private var room = Spelling.Room()
  private var recipes: ContiguousArray<Recipe> = []
  private var parts: ContiguousArray<Part> = []

  /// Tells languages apart; without it every text is undetermined.
  let languages: LanguageModel?

  init(languages: LanguageModel?) { self.languages = languages }

  // MARK: Reading

  /// NFKC_Casefold of the spelling with default-ignorable characters gone, as UTF-8.
  public func normal(_ form: FormID) -> String {
    string(forms[form.index].normal)
  }

  /// The normal form without diacritics (ł→l, ø→o, đ→d, ß→ss, ĳ→ij too), as UTF-8.
  public func folded(_ form: FormID) -> String {
    string(forms[form.index].folded)
  }

  /// The shape of the spelling.
  public func flags(_ form: FormID) -> FormFlags { formFlags[form.index] }

  /// Hands the normal form's bytes to `body` without making a string.
  public func withNormal<Result>(_ form: FormID, _ body: (Span<UInt8>) -> Result) -> Result {
    withBytes(forms[form.index].normal, body)
  }

  /// Hands the folded form's bytes to `body` without making a string.
  public func withFolded<Result>(_ form: FormID, _ body: (Span<UInt8>) -> Result) -> Result {
    withBytes(forms[form.index].folded, body)
  }

  /// The words of a run that is not just one.
  func parts(ofRecipe value: UInt32) -> ArraySlice<Part> {
    let recipe = recipes[Int(value & ~Self.recipeBit)]
    return ArraySlice(parts[recipe.firstPart..<recipe.firstPart + recipe.partCount])
  }

  /// Whether a run's long key is these bytes.
  func isRun(_ value: UInt32, _ bytes: TextBytes) -> Bool {
    pool.read(rawSlice(ofRun: value)) { $0.equals(bytes) }
  }

  private func rawSlice(ofRun value: UInt32) -> BytePool.Slice {
    value & Self.recipeBit != 0
      ? recipes[Int(value & ~Self.recipeBit)].raw : forms[Int(value)].raw
  }

  private func string(_ slice: BytePool.Slice) -> String {
    pool.read(slice) { $0.string }
  }

  private func withBytes<Result>(
    _ slice: BytePool.Slice, _ body: (Span<UInt8>) -> Result
  ) -> Result {
    pool.read(slice) { body(unsafe Span(_unsafeElements: $0.buffer)) }
  }

  // MARK: Learning

  /// To be called before a text is taken apart: forgets everything when there is too much.
  func beginText() {
    guard count > Self.formLimit || pool.bytes.count > Self.byteLimit || runs.count > Self.runLimit
    else { return }
    generation &+= 1
    count = 0
    runs.removeAll()
    pool = BytePool()
    forms = []
    formFlags = []
    facts.removeAll()
    formSlots = []
    recipes = []
    parts = []
  }

  /// Remembers a run that is exactly one word.
  func learn(_ key: RunTable.Key, form: UInt32) {
    insert(key, value: form)
  }

  /// Remembers a run with the words in it, and returns its value.
  func learn(
    _ key: RunTable.Key, raw: TextBytes, parts found: [Part]
  ) -> UInt32 {
    if found.count == 1, found[0].start == 0, Int(found[0].end) == raw.count {
      insert(key, value: found[0].form)
      return found[0].form
    }
    let value = UInt32(recipes.count) | Self.recipeBit
    recipes.append(
      Recipe(firstPart: parts.count, partCount: found.count, raw: pool.append(raw)))
    parts.append(contentsOf: found)
    insert(key, value: value)
    return value
  }

  private func insert(_ key: RunTable.Key, value: UInt32) {
    runs.insert(key, value: value, seed: seed) { other in
      pool.read(rawSlice(ofRun: other)) { seed.hash($0) }
    }
  }

  /// The id of a spelling, learnt when it is new.
  func intern(_ raw: TextBytes) -> UInt32 {
    let hash = seed.hash(raw)
    if (count + 1) * 2 > formSlots.count { growFormSlots() }
    let (known, slot) = find(raw, hash)
    if let known { return known }
    let form = UInt32(count)
    add(raw, hash: hash)
    formSlots[slot] = form
    count += 1
    return form
  }

  /// The id of a spelling, or the slot that is free for it.
  private func find(_ raw: TextBytes, _ hash: UInt64) -> (form: UInt32?, slot: Int) {
    let mask = formSlots.count - 1
    var slot = Int(truncatingIfNeeded: hash >> 20) & mask
    while formSlots[slot] != .max {
      let form = formSlots[slot]
      if forms[Int(form)].hash == hash, pool.read(forms[Int(form)].raw, { $0.equals(raw) }) {
        return (form, slot)
      }
      slot = (slot + 1) & mask
    }
    return (nil, slot)
  }

  private func add(_ raw: TextBytes, hash: UInt64) {
    let rawSlice = pool.append(raw)
    let spelling = Spelling(raw, icu: icu, room: &room)
    var normal = rawSlice
    if let bytes = spelling.normal {
      normal = bytes.withTextBytes { pool.append($0) }
    }
    var folded = normal
    if let bytes = spelling.folded {
      folded = bytes.withTextBytes { pool.append($0) }
    }
    forms.append(Form(raw: rawSlice, normal: normal, folded: folded, hash: hash))
    var shape = spelling.shape
    pool.read(folded) { WordLists.describe($0, &shape) }
    formFlags.append(shape.flags)
    let packed = languages.map { evidence(normal, spelling, $0) } ?? PackedEvidence(.zero)
    facts.append(
      FormFacts(
        evidence: packed, traits: shape.traits, letters: UInt8(clamping: shape.letters)))
    room.take(spelling)
  }

  /// What a spelling tells of its language: as much as its normal form does.
  private func evidence(
    _ normal: BytePool.Slice, _ spelling: Spelling, _ languages: LanguageModel
  ) -> PackedEvidence {
    // Often the lower-case spelling is known; only one that is its own normal form is the same.
    if let bytes = spelling.normal,
      let form = bytes.withTextBytes({ find($0, seed.hash($0)).form }),
      forms[Int(form)].normal == forms[Int(form)].raw
    {
      return facts.get(form).evidence
    }
    return PackedEvidence(withBytes(normal) { languages.evidence(normal: $0) })
  }

  private func growFormSlots() {
    let size = max(1 << 12, formSlots.count * 2)
    formSlots = ContiguousArray(repeating: .max, count: size)
    for (form, entry) in forms.enumerated() {
      var index = Int(truncatingIfNeeded: entry.hash >> 20) & (size - 1)
      while formSlots[index] != .max { index = (index + 1) & (size - 1) }
      formSlots[index] = UInt32(form)
    }
  }
}
