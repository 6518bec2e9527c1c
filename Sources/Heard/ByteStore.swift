/// Bytes that grow at their end.
///
/// An array asks at every append whether somebody shares it; records are written some bytes at a
/// time, and that question would cost more than the writing. Here there is one owner by its type.
///
/// Safe to use: every write first makes room for what it writes.
@safe struct ByteStore: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// How many bytes there are.
  private(set) var count = 0

  /// Makes a store that begins with `bytes`.
  init(_ bytes: [UInt8] = []) {
    capacity = max(256, bytes.count)
    unsafe base = .allocate(capacity: capacity)
    append(bytes)
  }

  deinit { unsafe base.deallocate() }

  /// A copy of the bytes.
  var bytes: [UInt8] { unsafe Array(UnsafeBufferPointer(start: base, count: count)) }

  /// Forgets the bytes and keeps the memory.
  mutating func removeAll() { count = 0 }

  /// Appends one byte.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe base[count] = byte
    count += 1
  }

  /// Appends bytes as they are.
  mutating func append(_ bytes: some Sequence<UInt8>) {
    let isDone: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      unsafe append(buffer)
    }
    if isDone == nil { for byte in bytes { append(byte) } }
  }

  /// Appends `before`, a text that is constant, and `after`.
  @inline(__always)
  mutating func append(_ before: UInt8, _ text: StaticString, _ after: UInt8) {
    let length = text.utf8CodeUnitCount
    reserve(length + 2)
    unsafe base[count] = before
    text.withUTF8Buffer { source in
      if let start = source.baseAddress {
        unsafe (base + count + 1).update(from: start, count: length)
      }
    }
    unsafe base[count + 1 + length] = after
    count += length + 2
  }

  /// Appends a whole number in decimal digits.
  mutating func append(decimal value: UInt) {
    var digits = 1
    var rest = value
    while rest >= 10 {
      rest /= 10
      digits += 1
    }
    reserve(digits)
    rest = value
    for place in stride(from: count + digits - 1, through: count, by: -1) {
      unsafe base[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += digits
  }

  /// Appends a JSON string: quotation marks, and escapes where JSON needs them.
  mutating func append(quoted text: some Sequence<UInt8>) {
    let isDone: Void? = text.withContiguousStorageIfAvailable { buffer in
      unsafe appendQuoted(buffer)
    }
    if isDone == nil {
      unsafe Array(text).withUnsafeBufferPointer { unsafe appendQuoted($0) }
    }
  }

  private mutating func append(_ buffer: UnsafeBufferPointer<UInt8>) {
    guard let start = buffer.baseAddress else { return }
    reserve(buffer.count)
    unsafe (base + count).update(from: start, count: buffer.count)
    count += buffer.count
  }

  private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    // One byte becomes six at most: `\u0001`.
    guard let start = text.baseAddress else {
      return append(UInt8(ascii: "\""), "", UInt8(ascii: "\""))
    }
    reserve(text.count * 6 + 2)
    append(UInt8(ascii: "\""))
    var place = 0
    while true {
      // What needs no escape is copied without a look at this store.
      let plain = unsafe Self.copyPlain(start + place, text.count - place, to: base + count)
      place += plain
      count += plain
      if place == text.count { break }
      appendEscape(of: unsafe start[place])
      place += 1
    }
    append(UInt8(ascii: "\""))
  }

  /// Copies bytes up to the first that needs an escape, and gives their number.
  @inline(__always)
  private static func copyPlain(
    _ from: UnsafePointer<UInt8>, _ length: Int, to target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var place = 0
    // Eight bytes at a time as long as nothing in them needs an escape.
    while length &- place >= 8 {
      let eight = unsafe UnsafeRawPointer(from + place).loadUnaligned(as: UInt64.self)
      if needsEscape(eight) { break }
      unsafe UnsafeMutableRawPointer(target + place).storeBytes(of: eight, as: UInt64.self)
      place &+= 8
    }
    while place < length {
      let byte = unsafe from[place]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F {
        break
      }
      unsafe target[place] = byte
      place &+= 1
    }
    return place
  }

  /// Whether one of eight bytes is a control character, a quotation mark or a backslash.
  @inline(__always)
  private static func needsEscape(_ eight: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    // The top bit of a byte shows a borrow: the byte was less than what was taken away.
    let control = (eight &- ones &* 0x20) & ~eight
    let quotation = eight ^ (ones &* 0x22)
    let backslash = eight ^ (ones &* 0x5C)
    let delete = eight ^ (ones &* 0x7F)
    let found =
      control | (quotation &- ones) & ~quotation | (backslash &- ones) & ~backslash
      | (delete &- ones) & ~delete
    return found & (ones &* 0x80) != 0
  }

  private mutating func appendEscape(of byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0D: append(UInt8(ascii: "r"))
    case 0x09: append(UInt8(ascii: "t"))
    default:
      append(UInt8(ascii: "u"), "00", Self.hexDigit(byte >> 4))
      append(Self.hexDigit(byte & 15))
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// Makes room for so many more bytes; the memory doubles, so that growing is rare.
  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if more > capacity - count { grow(to: count + more) }
  }

  @inline(never)
  private mutating func grow(to needed: Int) {
    let larger = max(needed, capacity * 2)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe memory.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = memory
    capacity = larger
  }
}
