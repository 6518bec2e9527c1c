/// What was wrong with a message, each thing once.
///
/// Senders decide how many charsets their words name and how many bytes have no meaning: of one code
/// the first few are kept, so that a record stays short and no code is missing from it.
struct Repairs {
  private(set) var all: [Repair] = []
  private static let ofOneCode = 4

  /// Adds a repair unless there is the same or there are enough of its kind.
  mutating func note(_ code: String, _ detail: String) {
    var others = 0
    for repair in all where repair.code == code {
      others += 1
      if others == Self.ofOneCode || repair.detail == detail { return }
    }
    all.append(Repair(code: code, detail: detail))
  }

  /// Adds repairs like ``note(_:_:)``.
  mutating func add(_ repairs: some Sequence<Repair>) {
    for repair in repairs { note(repair.code, repair.detail) }
  }
}
