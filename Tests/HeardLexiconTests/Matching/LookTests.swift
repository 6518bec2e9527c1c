import CHeardLexicon
import HeardTestSupport
import Testing

/// What passes does not depend on the processor (law 8).
@Suite struct LookTests {
  /// Tokens, what stands around them, and candidates.
  private struct Tables {
    var spellings: [heard_spelling] = []
    var own: [UInt64] = []
    var four: [UInt64] = []
    var sixteen: [UInt64] = []
    var masks: [UInt64] = []
    var lanes: [UInt32] = []
    var stretch = heard_stretch()

    init(_ random: inout SeededGenerator) {
      let margin = Int(HEARD_MARGIN)
      let tokens = Int.random(in: 0...30, using: &random)
      // Three bits in four, so that a good part of the candidates passes.
      func dense(_ random: inout SeededGenerator) -> UInt64 { random.next() | random.next() }
      for _ in 0..<tokens + 2 * margin {
        own.append(dense(&random))
        masks.append(dense(&random))
        four.append(dense(&random))
        sixteen.append(dense(&random))
      }
      for _ in 0..<tokens {
        var spelling = heard_spelling()
        spelling.first_lane = UInt32(lanes.count)
        spelling.lanes = UInt16([0, 1, 7, 15, 16, 17, 40].randomElement(using: &random) ?? 0)
        spelling.languages = UInt8.random(in: 0...7, using: &random)
        spelling.classes = UInt8.random(in: 0...7, using: &random)
        spelling.gap_or_word = UInt16.random(in: 0...3, using: &random)
        spellings.append(spelling)
        for _ in 0..<2 * spelling.lanes {
          lanes.append(UInt32(truncatingIfNeeded: random.next()))
        }
      }
      stretch.first = Int.random(in: 0...tokens, using: &random)
      stretch.from = stretch.first
      stretch.end = Int.random(in: stretch.first...tokens, using: &random)
      stretch.conditions = UInt32(truncatingIfNeeded: dense(&random))
      stretch.of_names = UInt32(truncatingIfNeeded: dense(&random))
      stretch.openers = 2
      stretch.name = 4
      stretch.languages = 3
    }

    /// What passes, by the definition: token and number.
    var expected: [SIMD2<UInt32>] {
      var found: [SIMD2<UInt32>] = []
      for token in stretch.first..<stretch.end {
        let spelling = spellings[token]
        guard spelling.languages & 3 != 0 else { continue }
        let here = token + Int(HEARD_MARGIN)
        let places = [
          own[here + 1], own[here - 1], masks[here + 1], masks[here - 1], four[here],
          four[here - 5], sixteen[here], sixteen[here - 17],
        ]
        let isName =
          spelling.classes & 4 != 0 && token != stretch.first && spelling.gap_or_word & 2 == 0
        let conditions = isName ? stretch.of_names : stretch.conditions
        for lane in Int(spelling.first_lane)..<Int(spelling.first_lane) + Int(spelling.lanes) {
          let test = lanes[lane]
          let passes = (0..<3).allSatisfy { companion in
            let index = Int(test >> UInt32(9 * companion)) & 511
            return places[index / 64] >> UInt64(index % 64) & 1 != 0
          }
          if passes, conditions >> (test >> 27) & 1 != 0 {
            found.append([UInt32(token), lanes[lane + Int(spelling.lanes)]])
          }
        }
      }
      return found
    }

    /// What passes by one of the functions, list by list, with too little room at first, and how
    /// often there was too little.
    func found(_ look: heard_look, room: Int) -> (found: [[SIMD2<UInt32>]], stops: Int) {
      let spellings = unsafe Self.list(spellings, heard_spelling())
      let words = unsafe [own, masks, four, sixteen].map { unsafe Self.list($0, 0) }
      let lanes = unsafe Self.list(lanes, 0)
      defer {
        unsafe spellings.deallocate()
        unsafe words.forEach { unsafe $0.deallocate() }
        unsafe lanes.deallocate()
      }
      var tables = unsafe heard_look_tables(
        spellings: spellings, own: words[0], masks: words[1], four: words[2], sixteen: words[3],
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
        let room = Int.random(in: 16...200, using: &random)
        let outcome = unsafe tables.found(looks[index], room: room)
        #expect(outcome.found == expected)
        stops += outcome.stops
      }
      passed += all.count
    }
    #expect(passed > 10_000 && stops > 1_000)
  }
}
