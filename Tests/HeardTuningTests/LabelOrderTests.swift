import Testing

@testable import HeardCorpus
@testable import HeardTuning

/// What is written out for speed says what the cases say.
@Suite struct LabelOrderTests {
  @Test func labelsAreInTheirOrder() {
    #expect(Label.allCases.map(\.order) == Array(Label.allCases.indices))
  }

  @Test func fieldsHaveTheirPlaces() {
    #expect(LabelMap.Field.allCases.map(\.place) == Array(LabelMap.Field.allCases.indices))
  }
}
