/// Memory that one owner fills again and again: an array without the questions.
///
/// An array asks at every change whether somebody shares it, and is retained when it is read through
/// another value; loops that go through thousands of short lists a second pay more for that than for
/// their work. Here there is one owner by its type. Indices are checked as an array's are.
@frozen @safe
public struct Scratch<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  @usableFromInline var used = 0

  /// Makes an empty list.
  ///
  /// - Parameter capacity: elements that it has room for before it grows, at least 1.
  @inlinable
  public init(capacity: Int = 16) {
    self.capacity = max(1, capacity)
    unsafe base = Self.allocate(self.capacity)
  }

  deinit { unsafe base.deallocate() }

  /// How many elements there are.
  @inlinable
  public var count: Int { used }

  /// Whether there is nothing in it.
  @inlinable
  public var isEmpty: Bool { used == 0 }

  /// The positions of its elements.
  @inlinable
  public var indices: Range<Int> { 0..<count }

  /// Forgets the elements and keeps the memory.
  @inlinable
  public mutating func removeAll() { used = 0 }

  /// Forgets all elements but the first `kept`.
  @inlinable
  public mutating func keep(first kept: Int) {
    precondition(kept >= 0 && kept <= count)
    used = kept
  }

  /// Puts an element at the end.
  @inlinable @inline(__always)
  public mutating func append(_ element: Element) {
    if used == capacity { grow(to: used &+ 1) }
    unsafe base[used] = element
    used &+= 1
  }

  /// Makes the list `count` long, with elements of any value where it was shorter.
  @inlinable
  public mutating func resize(to count: Int, filling element: Element) {
    if count > capacity { grow(to: count) }
    if count > used { unsafe (base + used).update(repeating: element, count: count &- used) }
    used = count
  }

  /// The element at a position.
  @inlinable
  public subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      return unsafe base[index]
    }
    @inline(__always) set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      unsafe base[index] = newValue
    }
    @inline(__always) _modify {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      yield unsafe &base[index]
    }
  }

  /// Its elements as plain memory, valid until the list is changed or gone.
  @unsafe @inlinable
  public var elements: UnsafeMutableBufferPointer<Element> {
    unsafe UnsafeMutableBufferPointer(start: base, count: count)
  }

  /// Memory that begins where a line of the processor's cache does.
  @usableFromInline
  static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Element> {
    unsafe UnsafeMutableRawPointer.allocate(
      byteCount: capacity &* MemoryLayout<Element>.stride, alignment: 64
    ).bindMemory(to: Element.self, capacity: capacity)
  }

  @usableFromInline @inline(never)
  mutating func grow(to needed: Int) {
    let larger = max(needed, capacity &* 2)
    let memory = unsafe Self.allocate(larger)
    unsafe memory.update(from: base, count: used)
    unsafe base.deallocate()
    unsafe base = memory
    capacity = larger
  }
}
