import CHeardLexicon
import HeardTestSupport
import Testing

/// What passes does not depend on the processor (law 8).
@Suite struct CandidateFilterTests {
  @Test func everyFilterOfThisProcessorPassesTheSameLanes() {
    var filters: [heard_candidate_filter] = unsafe Array(
      repeating: heard_candidate_filter_best(), count: 3)
    let count = unsafe heard_candidate_filters(&filters)
    #expect(count >= 1)
    var random = SeededGenerator(seed: 19)
    for _ in 0..<20_000 {
      // Few bits, so that about half of the lanes pass.
      func sparse() -> UInt64 { random.next() & random.next() & random.next() }
      var blocks = [heard_candidate_block](
        repeating: heard_candidate_block(), count: Int.random(in: 0...4, using: &random))
      let around = (0..<HEARD_LANES).map { _ in sparse() }
      var expected: [UInt32] = []
      for block in blocks.indices {
        for lane in 0..<UInt32(HEARD_LANES) where Bool.random(using: &random) {
          let (mask, other) = (sparse(), sparse())
          // Places beyond the row, which no lexicon has, lead nowhere outside it.
          let places: (UInt8, UInt8) = (
            .random(in: 0...255, using: &random), .random(in: 0...7, using: &random)
          )
          unsafe heard_candidate_put(
            &blocks[block], lane, mask, other, places.0, places.1, 7, 1, 0)
          let row = (Int(places.0 % UInt8(HEARD_LANES)), Int(places.1))
          if mask & around[row.0] != 0, other & around[row.1] != 0 {
            expected.append(UInt32(block) * UInt32(HEARD_LANES) + lane)
          }
        }
      }
      for index in 0..<count {
        var passed = [UInt32](repeating: 0, count: max(1, blocks.count * HEARD_LANES))
        let found = unsafe filters[index](&blocks, blocks.count, around, &passed)
        #expect(Array(passed.prefix(found)) == expected)
      }
    }
  }
}
