internal import CHeardLanguageModel

/// Evidence of one token: a row of its own for the words that the model knows, else the sum over
/// its character n-grams. tools/language-model/features.py makes the same numbers.
extension LanguageModel {
  /// Letters of a longer token that are looked at.
  private static let maxLetters = 30
  /// Steps of a row in the word table and of an n-gram's row, in steps of the evidence.
  private static let wordStep: Int16 = 4
  private static let ngramStep: Int16 = 2

  /// What a token tells of its language: for each lane, in ``stepsPerNat`` to a nat, how much less
  /// likely it is there than in its likeliest lane, so 0 there and at least −7 nats everywhere.
  ///
  /// Digits, signs and emoji give zero everywhere. Half a microsecond to two for a word; meant for
  /// a token's first sight.
  ///
  /// - Parameter normal: the token's normal form (NFKC_Casefold) as UTF-8.
  public func evidence(normal: Span<UInt8>) -> SIMD16<Int16> {
    guard let layout else { return .zero }
    // The letters, between a mark for the word's start and one for its end.
    var letters = InlineArray<32, UInt32>(repeating: 0)
    letters[0] = 2
    var end = 1
    var (latin, foreign) = (0, 0)
    var offset = 0
    while offset < normal.count {
      var scalar = Self.scalar(normal, &offset)
      if scalar == 0x2019 { scalar = 0x27 }
      switch Self.script(scalar) {
      case .latin: latin += 1
      case .foreign: foreign += 1
      case .none: break
      }
      if end <= Self.maxLetters {
        letters[end] = scalar
        end += 1
      }
    }
    guard latin + foreign > 0 else { return .zero }
    if foreign >= latin {
      var vector = SIMD16<Int16>(repeating: Self.floor)
      vector[Self.restLane] = 0
      return vector
    }
    var wordHash = UInt64(end - 1)
    for index in 1..<end {
      wordHash = (wordHash ^ UInt64(letters[index])) &* 0x9E37_79B9_7F4A_7C15
      wordHash ^= wordHash >> 32
    }
    if let row = Self.row(layout, wordHash) { return row }
    letters[end] = 3
    return Self.ngrams(layout, letters, count: end + 1)
  }

  /// The row of a word in the table of whole words.
  private static func row(_ layout: Layout, _ hash: UInt64) -> SIMD16<Int16>? {
    guard let data = unsafe heard_language_model() else { return nil }
    let bucket = Int(hash >> layout.bucketShift)
    let check = UInt16(truncatingIfNeeded: hash >> (layout.bucketShift - 16))
    // In bounds: the layout was checked against the data's length, and a bucket's entries end at
    // the table's last (a test walks all buckets).
    let starts = unsafe data + layout.starts
    let first = Int(unsafe starts.load(fromByteOffset: 4 * bucket, as: UInt32.self))
    let end = Int(unsafe starts.load(fromByteOffset: 4 * bucket + 4, as: UInt32.self))
    var entry = first
    while entry < end {
      let stored = unsafe data.load(fromByteOffset: layout.checks + 2 * entry, as: UInt16.self)
      if stored == check {
        let row = unsafe data.load(
          fromByteOffset: layout.rows + 16 * entry, as: SIMD16<Int8>.self)
        return limited(SIMD16<Int16>(truncatingIfNeeded: row) &* wordStep)
      }
      entry += 1
    }
    return nil
  }

  /// The sum over all n-grams of a marked word.
  private static func ngrams(
    _ layout: Layout, _ letters: InlineArray<32, UInt32>, count: Int
  ) -> SIMD16<Int16> {
    guard let data = unsafe heard_language_model() else { return .zero }
    let table = unsafe data + layout.ngrams
    // At most 32 × 5 rows of at most 127: no overflow.
    var sum = SIMD16<Int16>.zero
    for start in 0..<count {
      var hash: UInt32 = 0
      for next in start..<min(start + layout.maxN, count) {
        hash = (hash ^ letters[next]) &* 0x9E37_79B1
        // The boundary marks alone say nothing.
        if next == start && (start == 0 || start == count - 1) { continue }
        let row = unsafe table.load(
          fromByteOffset: 16 * Int(hash >> layout.ngramShift), as: SIMD16<Int8>.self)
        sum &+= SIMD16<Int16>(truncatingIfNeeded: row)
      }
    }
    // Doubling 32 × 5 × 127 would overflow: take the maximum away and limit first.
    let below = sum &- sum.max()
    return limited(
      below.clamped(lowerBound: .init(repeating: floor), upperBound: .zero) &* ngramStep)
  }

  /// Nothing below the floor; the likeliest lane at zero.
  private static func limited(_ row: SIMD16<Int16>) -> SIMD16<Int16> {
    (row &- row.max()).clamped(
      lowerBound: SIMD16(repeating: floor), upperBound: SIMD16(repeating: 0))
  }
}

extension LanguageModel {
  /// What a scalar is for the language.
  private enum Script {
    /// A letter of the Latin script.
    case latin
    /// A letter of another script.
    case foreign
    /// No letter.
    case none
  }

  private static func script(_ scalar: UInt32) -> Script {
    switch scalar {
    case 0x61...0x7A, 0x41...0x5A, 0xAA, 0xBA: .latin
    case 0xD7, 0xF7: .none
    case 0xC0...0x2AF, 0x1E00...0x1EFF: .latin
    case 0x370...0x1FFF, 0x2C00...0x2DFF, 0x3040...0xDFFF, 0xF900...0xFDFF, 0xFE70...0xFEFE:
      .foreign
    case 0xFF66...0xFFDC, 0x1_0000...0x1_CFFF, 0x1_E000...0x1_EFFF, 0x2_0000...0x3_FFFF: .foreign
    default: .none
    }
  }

  /// The scalar at `offset` in valid UTF-8; moves `offset` behind it.
  ///
  /// Bytes that are not valid UTF-8 give some scalar or other, and always move on.
  @inline(__always)
  private static func scalar(_ bytes: Span<UInt8>, _ offset: inout Int) -> UInt32 {
    let lead = UInt32(bytes[offset])
    offset += 1
    if lead < 0x80 { return lead }
    let more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1
    var scalar = lead & (0x3F >> UInt32(more))
    for _ in 0..<more where offset < bytes.count {
      scalar = scalar << 6 | UInt32(bytes[offset]) & 0x3F
      offset += 1
    }
    return scalar
  }
}
