/// What a raw spelling comes to: normal form, folded form, shape.
///
/// A function of its bytes alone.
struct Spelling {
  /// The normal form, or nil when it is the raw spelling itself.
  var normal: [UInt8]?
  /// The folded form, or nil when it is the normal form itself.
  var folded: [UInt8]?
  var shape: WordShape

  /// Reads a spelling: ASCII and plain Latin letters by table, everything else through ICU.
  ///
  /// - Parameter room: two arrays of an earlier spelling, whose memory is used again.
  init(_ raw: TextBytes, icu: ICUText, room: inout Room) {
    if let quick = Spelling(latin: raw, room: &room) {
      self = quick
      return
    }
    shape = WordShape(of: raw)
    let normal = icu.normalize(raw) { $0.array }
    let folded = normal.withTextBytes { Folding.fold($0, with: icu) }
    self.normal = normal == raw.array ? nil : normal
    self.folded = folded == normal ? nil : folded
    if folded != normal { shape.flags.insert(.accented) }
  }

  /// Memory for the forms of one spelling after another.
  struct Room {
    fileprivate var normal: [UInt8] = []
    fileprivate var folded: [UInt8] = []

    /// Takes back what was given out.
    mutating func take(_ spelling: consuming Spelling) {
      if let used = spelling.normal.take() { normal = used }
      if let used = spelling.folded.take() { folded = used }
    }
  }

  /// The quick way, or nil when a byte needs ICU.
  private init?(latin raw: TextBytes, room: inout Room) {
    var count = WordShape.Count()
    var normal: [UInt8] = []
    var folded: [UInt8] = []
    swap(&normal, &room.normal)
    swap(&folded, &room.folded)
    normal.removeAll(keepingCapacity: true)
    folded.removeAll(keepingCapacity: true)
    var changed = false
    var accented = false
    var index = 0
    while index < raw.count {
      let byte = raw[index]
      if byte < 0x80 {
        guard RunBytes.contains(byte), byte != 0x60, byte != 0x24 else { return nil }
        count.addASCII(byte, first: index == 0)
        let lowered = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
        changed = changed || lowered != byte
        normal.append(lowered)
        if accented { folded.append(lowered) }
        index += 1
        continue
      }
      guard index + 1 < raw.count,
        let letter = LatinLetters.letter(byte, raw[index + 1])
      else { return nil }
      var traits: CharacterTraits = .letter
      if letter.isUpper { traits.insert(.upper) }
      if letter.isLower { traits.insert(.lower) }
      count.add(traits, first: index == 0)
      let low = UInt8(truncatingIfNeeded: letter.normal)
      let high = UInt8(truncatingIfNeeded: letter.normal >> 8)
      changed = changed || low != byte || high != raw[index + 1]
      if letter.folded != 0 {
        // Up to the first letter with a mark both forms are the same.
        if !accented { folded.append(contentsOf: normal) }
        accented = true
        folded.append(UInt8(truncatingIfNeeded: letter.folded))
        if letter.folded > 0xFF { folded.append(UInt8(truncatingIfNeeded: letter.folded >> 8)) }
      } else if accented {
        folded.append(low)
        folded.append(high)
      }
      normal.append(low)
      normal.append(high)
      index += 2
    }
    shape = WordShape(count)
    if accented { shape.flags.insert(.accented) }
    if changed { self.normal = normal } else { room.normal = normal }
    if accented { self.folded = folded } else { room.folded = folded }
  }
}
