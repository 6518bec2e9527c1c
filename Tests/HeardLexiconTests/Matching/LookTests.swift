import CHeardLexicon
import HeardTestSupport
import Testing

/// What passes does not depend on the processor (law 8).
@Suite struct LookTests {
  /// Tokens, what stands around them, and candidates.
  private struct Tables {
    var spellings: [heard_spelling] = []
    /// As the eight lists of `heard_look_tables`.
    var around: [[UInt64]] = Array(repeating: [], count: 8)
    var lanes: [UInt32] = []
    var stretch = heard_stretch()

    init(_ random: inout SeededGenerator) {
      let margin = Int(HEARD_MARGIN)
      let tokens = Int.random(in: 0...30, using: &random)
      // Three bits in four, so that a good part of the candidates passes.
      func dense(_ random: inout SeededGenerator) -> UInt64 { random.next() | random.next() }
      for _ in 0..<tokens + 2 * margin {
        for list in around.indices { around[list].append(dense(&random)) }
      }
      for _ in 0..<tokens {
        var spelling = heard_spelling()
        spelling.first_lane = UInt32(lanes.count)
        spelling.lanes = UInt16([0, 1, 7, 15, 16, 17, 40].randomElement(using: &random) ?? 0)
        spelling.languages = UInt8.random(in: 0...7, using: &random)
        spelling.classes = UInt8.random(in: 0...7, using: &random)
        spelling.gap_or_word = UInt16.random(in: 0...3, using: &random)
        spellings.append(spelling)
        let ends = (0..<3).map { _ in UInt32.random(in: 0...UInt32(spelling.lanes), using: &random)
        }
        let sorted = ends.sorted() + [UInt32(spelling.lanes)]
        lanes += [sorted[0] | sorted[1] << 16, sorted[2] | sorted[3] << 16]
        for _ in 0..<2 * spelling.lanes {
          lanes.append(UInt32(truncatingIfNeeded: random.next()))
        }
      }
      stretch.first = Int.random(in: 0...tokens, using: &random)
      stretch.from = stretch.first
      stretch.end = Int.random(in: stretch.first...tokens, using: &random)
      stretch.openers = 2
      stretch.name = 4
      stretch.languages = UInt8.random(in: 1...15, using: &random)
    }

    /// The bits of the sixteen places.
    private func places(around here: Int) -> [UInt64] {
      var places: [UInt64] = []
      for first in [0, 4] {
        places += [around[first][here + 1], around[first][here - 1]]
        places += [around[first + 1][here], around[first + 1][here - 3]]
        places += [around[first + 2][here], around[first + 2][here - 5]]
        places += [around[first + 3][here], around[first + 3][here - 17]]
      }
      return places
    }

    /// What passes, by the definition: token and number.
    var expected: [SIMD2<UInt32>] {
      var found: [SIMD2<UInt32>] = []
      for token in stretch.first..<stretch.end {
        let spelling = spellings[token]
        guard spelling.languages & stretch.languages != 0 else { continue }
        let bits = places(around: token + Int(HEARD_MARGIN))
        let isName =
          spelling.classes & 4 != 0 && token != stretch.first && spelling.gap_or_word & 2 == 0
        let header = Int(spelling.first_lane)
        let (low, high) = (lanes[header], lanes[header + 1])
        let ends: [UInt32] = [low & 0xFFFF, low >> 16, high & 0xFFFF, high >> 16]
        for lane in 0..<Int(spelling.lanes) {
          let language = ends.firstIndex { UInt32(lane) < $0 } ?? 3
          let test = lanes[header + 2 + lane]
          let passes = (0..<3).allSatisfy { companion in
            let index = Int(test >> UInt32(10 * companion)) & 1023
            return bits[index / 64] >> UInt64(index % 64) & 1 != 0
          }
          let isAsked = [true, !isName, isName, false][Int(test >> 30)]
          if passes, isAsked, stretch.languages >> UInt8(language) & 1 != 0 {
            found.append([UInt32(token), lanes[header + 2 + lane + Int(spelling.lanes)]])
          }
        }
      }
      return found
    }

    /// What passes by one of the functions, list by list, with too little room at first, and how
    /// often there was too little.
    func found(_ look: heard_look, room: Int) -> (found: [[SIMD2<UInt32>]], stops: Int) {
      let spellings = unsafe Self.list(spellings, heard_spelling())
      let words = unsafe around.map { unsafe UnsafePointer(Self.list($0, 0)) }
      let lanes = unsafe Self.list(lanes, 0)
      defer {
        unsafe spellings.deallocate()
        unsafe words.forEach { unsafe $0.deallocate() }
        unsafe lanes.deallocate()
      }
      var tables = unsafe heard_look_tables(
        spellings: spellings,
        around: (
          words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7]
        ),
        lanes: lanes, rows: lanes)
      var (stretch, stops) = (stretch, 0)
      var found: [[SIMD2<UInt32>]] = [[], [], []]
      while true {
        let room = room + stops * 64
        let lists = unsafe (0..<3).map { _ in
          UnsafeMutablePointer<UInt64>.allocate(capacity: room)
        }
        let passed = UnsafeMutablePointer<UInt32>.allocate(capacity: room)
        let tokens = UnsafeMutablePointer<Int32>.allocate(capacity: room)
        var hits = unsafe heard_hits(
          rows: lists[0], gaps: lists[1], alone: lists[2], lanes: passed, tokens: tokens,
          row_count: 0, gap_count: 0, alone_count: 0, room: room)
        stretch.from = unsafe look(&tables, &stretch, &hits)
        let counts = unsafe [hits.row_count, hits.gap_count, hits.alone_count]
        for (list, count) in counts.enumerated() {
          for index in 0..<count {
            let hit = unsafe lists[list][index]
            found[list].append([UInt32(hit >> 32), UInt32(truncatingIfNeeded: hit)])
          }
        }
        unsafe lists.forEach { unsafe $0.deallocate() }
        unsafe passed.deallocate()
        unsafe tokens.deallocate()
        if stretch.from >= stretch.end { return (found, stops) }
        stops += 1
      }
    }

    /// A copy in memory of its own, of one element where there is none.
    private static func list<Element>(
      _ elements: [Element], _ filler: Element
    ) -> UnsafeMutablePointer<Element> {
      let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
      unsafe memory.initialize(repeating: filler, count: max(1, elements.count))
      for index in elements.indices { unsafe memory[index] = elements[index] }
      return unsafe memory
    }
  }

  @Test func everyFunctionOfThisProcessorFindsTheSame() {
    var looks: [heard_look] = unsafe Array(repeating: heard_look_best(), count: 3)
    let count = unsafe heard_looks(&looks)
    #expect(count >= 1)
    var random = SeededGenerator(seed: 22)
    var (passed, stops) = (0, 0)
    for _ in 0..<3_000 {
      let tables = Tables(&random)
      let all = tables.expected
      // Sorted out by the two highest bits of their numbers.
      let expected = [
        all.filter { $0.y >> 30 == 1 }, all.filter { $0.y >> 30 == 0 },
        all.filter { $0.y >> 31 == 1 },
      ]
      for index in 0..<count {
        let room = Int.random(in: 16...80, using: &random)
        let outcome = unsafe tables.found(looks[index], room: room)
        #expect(outcome.found == expected)
        stops += outcome.stops
      }
      passed += all.count
    }
    #expect(passed > 10_000 && stops > 1_000)
  }
}
