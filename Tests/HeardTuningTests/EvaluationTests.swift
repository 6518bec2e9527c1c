import HeardCorpus
import HeardStatistics
import Testing

/// Counts give the figures that their definitions say.
@Suite struct LabelCountsTests {
  private func counts(_ tp: Int, _ fp: Int, _ fn: Int, _ tn: Int) -> LabelCounts {
    var counts = LabelCounts()
    counts.truePositives = tp
    counts.falsePositives = fp
    counts.falseNegatives = fn
    counts.trueNegatives = tn
    return counts
  }

  @Test func figures() {
    let some = counts(6, 2, 4, 8)
    #expect(some.precision == 0.75)
    #expect(some.recall == 0.6)
    #expect(abs(some.f1 - 2 * 0.75 * 0.6 / 1.35) < 1e-12)
    #expect(abs(some.alwaysYes - 2.0 / 3) < 1e-12)
    #expect(some.total == 20)
  }

  @Test func nothingIsNoDivisionByZero() {
    let none = counts(0, 0, 0, 5)
    #expect(none.precision == 0)
    #expect(none.recall == 0)
    #expect(none.f1 == 0)
    #expect(none.alwaysYes == 0)
  }
}

/// Rows of one document are in one half, whichever set they come from.
@Suite struct DocumentSplitTests {
  @Test(arguments: [
    [
      "se16-nl-test-Review-g1081485-d803873_2:1", "se16-nl-test-Review-g1081485-d803873_2:14",
      "se16doc-nl-Review-g1081485-d803873_2",
    ],
    ["se16-en-train-1212346:0", "se16-en-train-1212346:2", "se16doc-en-1212346"],
    ["se16-en-test-en_BlueRibbonSushi_478218520:5", "se16-en-test-en_BlueRibbonSushi_478218520:0"],
    ["se16-en-train-CLF#4:12", "se16doc-en-CLF#4"],
  ]) func documentsStayTogether(ids: [String]) {
    #expect(Set(ids.map { DocumentSplit.half(of: $0) }).count == 1)
  }

  @Test func halvesAreHalves() {
    let tuned = (0..<10_000).count { DocumentSplit.half(of: "bol-\($0)") == .tune }
    #expect((4800...5200).contains(tuned))
  }
}

/// The interval holds the figure and narrows with more messages.
@Suite struct IntervalTests {
  @Test(arguments: [(20, 10, 10, 60), (200, 100, 100, 600)])
  func holdsTheFigure(cells: (Int, Int, Int, Int)) {
    var counts = LabelCounts()
    counts.truePositives = cells.0
    counts.falsePositives = cells.1
    counts.falseNegatives = cells.2
    counts.trueNegatives = cells.3
    let interval = counts.interval
    #expect(interval.contains(counts.f1))
    #expect(interval.lowerBound < interval.upperBound)
    #expect(interval.upperBound - interval.lowerBound < (counts.total > 500 ? 0.11 : 0.36))
    #expect(counts.interval == interval)
  }
}
