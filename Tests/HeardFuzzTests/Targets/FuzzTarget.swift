/// A reader of bytes from outside, and the laws that hold whatever the bytes are.
///
/// `heard-fuzz` (the package in `Fuzz/`) runs one under libFuzzer and sanitizers; `ReplayTests` runs
/// all of them over the inputs that were kept. To add one, copy ``ServerTargets/bodyType``, put it
/// into ``all``, and run `make fuzz-short`.
struct FuzzTarget: Sendable, CustomStringConvertible {
  /// As `heard-fuzz --target` takes it.
  let name: String
  /// Files and folders below the package's that first inputs are taken from.
  var seeds: [String] = []
  /// Words of the form, which inputs are put together from.
  var words: [String] = []
  /// Bytes of the longest input that is tried.
  var limit = 4096
  /// Reads an input.
  ///
  /// Throws ``BrokenLaw`` when a law does not hold; what the reader itself throws is caught.
  let check: @Sendable (_ input: inout FuzzInput) throws -> Void

  var description: String { name }

  /// Every target.
  static let all: [FuzzTarget] =
    MailTargets.all + TextTargets.all + LexiconTargets.all + RuleTargets.all + BatchTargets.all
    + ServerTargets.all + RecordTargets.all

  /// Reads one input.
  func run(_ bytes: [UInt8]) throws {
    var input = FuzzInput(bytes: bytes)
    try check(&input)
  }
}

/// Something that should always be true and was not.
struct BrokenLaw: Error, CustomStringConvertible {
  let description: String
}

/// Throws ``BrokenLaw`` unless `isTrue`.
func hold(_ isTrue: Bool, _ law: @autoclosure () -> String) throws(BrokenLaw) {
  if !isTrue { throw BrokenLaw(description: law()) }
}

/// The bytes of an input, of which the last may be taken for choices.
///
/// Choices come from the end, so that a file of a corpus is an input as it is.
struct FuzzInput {
  var bytes: [UInt8]

  /// One of `count` possibilities, 0 when nothing is left to choose by.
  mutating func choice(_ count: Int) -> Int {
    bytes.isEmpty ? 0 : Int(bytes.removeLast()) % count
  }

  /// The bytes as text; what is no UTF-8 is repaired.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The bytes in pieces of 1 to `longest` bytes, whose lengths follow from `seed`.
  func pieces(_ longest: Int, seed: Int) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var at = 0
    var state = UInt64(seed) &+ 1
    while at < bytes.count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let end = min(bytes.count, at + 1 + Int(state >> 33) % longest)
      pieces.append(Array(bytes[at..<end]))
      at = end
    }
    return pieces
  }
}
