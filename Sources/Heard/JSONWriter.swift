/// Writes JSON into a byte buffer, key by key, in the order it is called.
///
/// Records are made by the million, and their bytes must not depend on machine or locale (law 8):
/// no `JSONEncoder`, no `Double.description`; fractions are whole thousandths.
public struct JSONWriter: ~Copyable {
  /// What has been written.
  public private(set) var bytes: [UInt8]
  /// Whether the next value in the open object or array needs a comma.
  private var needsComma = false

  /// Makes a writer that appends to `bytes`.
  public init(appendingTo bytes: consuming [UInt8] = []) {
    self.bytes = bytes
  }

  /// Gives the bytes up.
  public consuming func finish() -> [UInt8] { bytes }

  /// Forgets what was written and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  /// Ends a line of JSON lines: the next value stands alone.
  public mutating func endLine() {
    bytes.append(0x0A)
    needsComma = false
  }

  /// Opens an object; `{`.
  public mutating func openObject() { open(UInt8(ascii: "{")) }
  /// Closes an object; `}`.
  public mutating func closeObject() { close(UInt8(ascii: "}")) }
  /// Opens an array; `[`.
  public mutating func openArray() { open(UInt8(ascii: "[")) }
  /// Closes an array; `]`.
  public mutating func closeArray() { close(UInt8(ascii: "]")) }

  /// Writes a key, which holds no character that JSON escapes.
  public mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a key made at run time.
  public mutating func key(_ name: String) {
    separate()
    quoted(name.utf8)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a string.
  public mutating func string(_ text: String) {
    separate()
    quoted(text.utf8)
    needsComma = true
  }

  /// Writes a string from valid UTF-8.
  public mutating func string(utf8 text: some Sequence<UInt8>) {
    separate()
    quoted(text)
    needsComma = true
  }

  /// Writes a whole number.
  public mutating func integer(_ value: Int) {
    separate()
    decimal(value)
    needsComma = true
  }

  /// Writes thousandths as a decimal fraction without trailing zeros: 1250 as `1.25`.
  public mutating func thousandths(_ value: Int) { decimal(value, ofOne: 1000) }

  /// Writes a share of 0 to 1 in four decimals, ties away from zero.
  ///
  /// Scores have four, so that one just below the decision at 0.5 is not written as 0.5.
  public mutating func score(_ value: Double) {
    decimal(Int((value * 10_000).rounded()), ofOne: 10_000)
  }

  private mutating func decimal(_ value: Int, ofOne one: UInt) {
    separate()
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let magnitude = value.magnitude
    decimal(Int(magnitude / one))
    var fraction = magnitude % one
    if fraction != 0 {
      bytes.append(UInt8(ascii: "."))
      var unit = one / 10
      while fraction != 0 {
        bytes.append(UInt8(ascii: "0") + UInt8(fraction / unit))
        fraction %= unit
        unit /= 10
      }
    }
    needsComma = true
  }

  /// Writes a fraction rounded to thousandths, ties away from zero.
  public mutating func fraction(_ value: Double) {
    thousandths(Int((value * 1000).rounded()))
  }

  /// Writes `null`.
  public mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
    needsComma = true
  }

  /// Writes a value that is JSON already.
  public mutating func json(_ value: some Sequence<UInt8>) {
    separate()
    bytes.append(contentsOf: value)
    needsComma = true
  }

  /// Writes an array of strings.
  public mutating func strings(_ texts: [String]) {
    openArray()
    for text in texts { string(text) }
    closeArray()
  }

  /// Writes keys and values that are JSON already into the open object.
  mutating func member(_ rendered: [UInt8]) {
    separate()
    bytes.append(contentsOf: rendered)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func decimal(_ value: Int) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let magnitude = value.magnitude
    var unit: UInt = 1
    while magnitude / unit >= 10 { unit *= 10 }
    while unit > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(magnitude / unit % 10))
      unit /= 10
    }
  }

  private mutating func quoted(_ text: some Sequence<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    // Nearly all strings are names of ours, which hold nothing to escape.
    let isPlain = text.withContiguousStorageIfAvailable { run in
      unsafe run.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }
    }
    if isPlain == true { bytes.append(contentsOf: text) } else { escaped(text) }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escaped(_ text: some Sequence<UInt8>) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: escape("n")
      case 0x0D: escape("r")
      case 0x09: escape("t")
      case 0..<0x20, 0x7F:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(hexDigit(byte >> 4))
        bytes.append(hexDigit(byte & 15))
      default: bytes.append(byte)
      }
    }
  }

  private mutating func escape(_ letter: Unicode.Scalar) {
    bytes.append(UInt8(ascii: "\\"))
    bytes.append(UInt8(ascii: letter))
  }

  private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
