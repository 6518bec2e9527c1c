/// What the hot loop needs to know of a spelling, in one place of memory.
struct FormFacts {
  /// What it tells of its language.
  var evidence: PackedEvidence
  /// What sentence ends depend on.
  var traits: WordTraits
  /// Number of its letters, at most 255.
  var letters: UInt8
}

/// The facts of every form, by id.
///
/// Not an array of a class, because reading one for every token costs a check of exclusive access
/// each. The address changes when a form is added: whoever keeps it reads it again then.
@safe
struct FactTable: ~Copyable {
  private(set) var facts: UnsafeMutablePointer<FormFacts>
  private var capacity = 1 << 10
  private var count = 0

  init() { unsafe facts = .allocate(capacity: capacity) }

  deinit { unsafe facts.deallocate() }

  /// Adds the facts of the next form.
  mutating func append(_ added: FormFacts) {
    if count == capacity {
      let bigger = UnsafeMutablePointer<FormFacts>.allocate(capacity: capacity * 2)
      unsafe bigger.moveInitialize(from: facts, count: count)
      unsafe facts.deallocate()
      unsafe facts = bigger
      capacity *= 2
    }
    unsafe (facts + count).initialize(to: added)
    count += 1
  }

  /// The facts of a form.
  func get(_ form: UInt32) -> FormFacts {
    precondition(form < count)
    return unsafe facts[Int(form)]
  }

  /// Forgets all forms.
  mutating func removeAll() {
    unsafe facts.deallocate()
    capacity = 1 << 10
    count = 0
    unsafe facts = .allocate(capacity: capacity)
  }
}
