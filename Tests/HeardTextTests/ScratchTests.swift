import HeardTestSupport
import HeardText
import Testing

/// A list of one owner does what an array does.
@Suite struct ScratchTests {
  @Test func itHoldsWhatAnArrayHolds() {
    var random = SeededGenerator(seed: 7)
    var scratch = Scratch<UInt32>(capacity: 1)
    var array: [UInt32] = []
    for _ in 0..<20_000 {
      let value = UInt32.random(in: 0...99, using: &random)
      switch Int.random(in: 0...9, using: &random) {
      case 0 where Int.random(in: 0...50, using: &random) == 0:
        scratch.removeAll()
        array.removeAll()
      case 1:
        let kept = Int.random(in: 0...array.count, using: &random)
        scratch.keep(first: kept)
        array.removeLast(array.count - kept)
      case 2:
        let count = Int.random(in: 0...array.count + 20, using: &random)
        scratch.resize(to: count, filling: value)
        array = Array(array.prefix(count))
        array += Array(repeating: value, count: count - array.count)
      case 3 where !array.isEmpty:
        let place = Int.random(in: array.indices, using: &random)
        scratch[place] = value
        array[place] = value
      default:
        scratch.append(value)
        array.append(value)
      }
      #expect(scratch.count == array.count)
      #expect(scratch.isEmpty == array.isEmpty)
    }
    #expect(scratch.indices.map { scratch[$0] } == array)
  }
}
