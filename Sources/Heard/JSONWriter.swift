/// Writes JSON into a byte buffer, key by key, in the order it is called.
///
/// Records are made by the million, and their bytes must not depend on machine or locale (law 8):
/// no `JSONEncoder`, no `Double.description`; fractions are whole thousandths.
public struct JSONWriter: ~Copyable {
  private var store: ByteStore
  /// Whether the next value in the open object or array needs a comma.
  private var needsComma = false

  /// Makes a writer that appends to `bytes`.
  public init(appendingTo bytes: consuming [UInt8] = []) {
    store = ByteStore(bytes)
  }

  /// A copy of what has been written.
  public var bytes: [UInt8] { store.bytes }

  /// How many bytes have been written.
  public var count: Int { store.count }

  /// Gives the bytes up.
  public consuming func finish() -> [UInt8] { store.bytes }

  /// Forgets what was written and keeps the memory.
  public mutating func removeAll() {
    store.removeAll()
    needsComma = false
  }

  /// Ends a line of JSON lines: the next value stands alone.
  public mutating func endLine() {
    store.append(0x0A)
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
    store.append(UInt8(ascii: "\""), name, UInt8(ascii: "\""))
    store.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a key made at run time.
  public mutating func key(_ name: String) {
    separate()
    store.append(quoted: name.utf8)
    store.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a string.
  public mutating func string(_ text: String) {
    separate()
    store.append(quoted: text.utf8)
    needsComma = true
  }

  /// Writes a string from valid UTF-8.
  public mutating func string(utf8 text: some Sequence<UInt8>) {
    separate()
    store.append(quoted: text)
    needsComma = true
  }

  /// Writes a whole number.
  public mutating func integer(_ value: Int) {
    separate()
    if value < 0 { store.append(UInt8(ascii: "-")) }
    store.append(decimal: value.magnitude)
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
    if value < 0 { store.append(UInt8(ascii: "-")) }
    let magnitude = value.magnitude
    store.append(decimal: magnitude / one)
    var fraction = magnitude % one
    if fraction != 0 {
      store.append(UInt8(ascii: "."))
      var unit = one / 10
      while fraction != 0 {
        store.append(UInt8(ascii: "0") + UInt8(fraction / unit))
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
  public mutating func null() { json("null".utf8) }

  /// Writes a value that is JSON already.
  public mutating func json(_ value: some Sequence<UInt8>) {
    separate()
    store.append(value)
    needsComma = true
  }

  /// Writes an array of strings.
  public mutating func strings(_ texts: [String]) {
    openArray()
    for text in texts { string(text) }
    closeArray()
  }

  /// Writes keys and values that are JSON already into the open object.
  mutating func member(_ rendered: [UInt8]) { json(rendered) }

  private mutating func separate() {
    if needsComma { store.append(UInt8(ascii: ",")) }
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    store.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    store.append(bracket)
    needsComma = true
  }
}
