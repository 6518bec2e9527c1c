import Foundation
import Heard
import HeardCorpus
import HeardLexicon
import HeardStatistics
import HeardTuning
import Testing

/// What each command of the bench says of the little corpus, to the byte.
@Suite struct GoldenTests {
  @Test func evaluate() throws {
    let pipeline = try Bench.pipeline()
    let evaluation = try Evaluation(Bench.corpus(), pipeline: pipeline, keepsErrors: true)
    let worst = WorstErrors.find(in: evaluation, label: nil, limit: 4, pipeline: pipeline)
    try Bench.expect(EvaluationReport.page(evaluation, .text), is: "evaluate.txt")
    try Bench.expect(EvaluationReport.page(evaluation, .markdown), is: "evaluate.md")
    try Bench.expect(
      EvaluationReport.errors(worst, showsText: false)
        + EvaluationReport.errors(Array(worst.prefix(1)), showsText: true), is: "worst.txt")
    try Bench.expect(
      String(
        decoding: EvaluationJSON.write(evaluation, worst: worst, showsText: false), as: UTF8.self),
      is: "evaluate.json")
  }

  @Test func sweep() throws {
    let sweep = try Sweep(
      Bench.corpus(), pipeline: Bench.pipeline(), kind: .anger, label: .anger, steps: 10)
    try Bench.expect(SweepReport.text(sweep, perDay: nil), is: "sweep.txt")
    try Bench.expect(SweepReport.text(sweep, perDay: 260), is: "sweep-per-day.txt")
    try Bench.expect(
      String(decoding: SweepReport.json(sweep, perDay: nil), as: UTF8.self), is: "sweep.json")
    try Bench.expect(SweepDrawing.svg(sweep, perDay: nil), is: "sweep.svg")
  }

  @Test func compare() throws {
    let changed = try Bench.pipeline(
      lexicon: [
        "{complaint: 1.6, valence: -2}": "{complaint: 0.4, valence: -2}",
        "phrase: zeepaardje, evidence: {complaint: 1.0}":
          "phrase: drie weken, evidence: {complaint: 1.8, expectation-gap: 2.2}",
      ])
    let comparison = try Comparison(Bench.corpus(), old: Bench.pipeline(), new: changed)
    try Bench.expect(ComparisonReport.page(comparison, .text, samples: 3), is: "compare.txt")
    try Bench.expect(ComparisonReport.page(comparison, .markdown, samples: 0), is: "compare.md")
    try Bench.expect(
      String(decoding: ComparisonReport.json(comparison, samples: 2), as: UTF8.self),
      is: "compare.json")
  }

  @Test func comparePolicies() throws {
    let changed = try Bench.pipeline(policy: ["tag: staff-targeted": "tag: pricing-dispute"])
    let comparison = try Comparison(Bench.corpus(), old: Bench.pipeline(), new: changed)
    try Bench.expect(
      ComparisonReport.page(comparison, .text, samples: 10), is: "compare-policies.txt")
  }

  @Test func frequencies() throws {
    let frequencies = try Frequencies(Bench.corpus(), pipeline: Bench.pipeline())
    let report = FrequencyReport(label: .anger, showsForms: true)
    try Bench.expect(report.text(frequencies.entries), is: "frequencies.txt")
    try Bench.expect(report.tsv(frequencies.entries), is: "frequencies.tsv")
    try Bench.expect(
      String(decoding: report.json(frequencies.entries), as: UTF8.self), is: "frequencies.jsonl")
  }
}

/// What the bench says is what can be counted by hand.
@Suite struct FrequencyMarkTests {
  @Test func redundantAndAlwaysTogether() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("heard-marks-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: url) }
    try (1...3).map { number in
      "{\"id\":\"\(number)\",\"lang\":\"nl\",\"text\":\"Het bedrag van mijn bestelling nummer "
        + "\(number) is dubbel afgeschreven van de rekening.\",\"sender\":\"ann\"}\n"
    }
    .joined().write(to: url, atomically: true, encoding: .utf8)
    let frequencies = try Frequencies(CorpusScan([url.path]), pipeline: Bench.pipeline())
    let part = try #require(frequencies.entries.first { $0.id == "nl.desk.afgeschreven" })
    #expect(part.coveredBy == ["nl.desk.dubbel"])
    #expect(part.alwaysWith == ["nl.desk.dubbel"])
    #expect(part.senders == 1)
    #expect(part.occurrences.messages == 3)
    #expect(part.ratio(.complaint) == nil)
    let whole = try #require(frequencies.entries.first { $0.id == "nl.desk.dubbel" })
    #expect(whole.coveredBy.isEmpty)
    #expect(whole.alwaysWith == ["nl.desk.afgeschreven"])
    // There is no English text, so that nothing can be said of English entries.
    let other = try #require(frequencies.entries.first { $0.id == "en.desk.rude" })
    #expect(!other.isDead)
  }

  /// At the threshold in use a sweep counts as an evaluation does.
  @Test(arguments: [Label.anger, .staffTargeted, .pricingDispute, .complaint])
  func sweepAgreesWithEvaluation(label: Label) throws {
    let pipeline = try Bench.pipeline()
    let evaluation = try Evaluation(Bench.corpus(), pipeline: pipeline)
    let kind = try #require(EvidenceKind(rawValue: label.rawValue))
    let sweep = try Sweep(Bench.corpus(), pipeline: pipeline, kind: kind, label: label)
    let point = try #require(sweep.points.first { $0.milli == Sweep.currentMilli })
    let result = try #require(
      evaluation.results.first { $0.label == label && $0.language == "all" })
    #expect(point.counts == result.counts)
  }

  /// Comparing a lexicon with itself moves nothing; the other way round, gains are losses.
  @Test func comparingIsSymmetric() throws {
    let old = try Bench.pipeline()
    let new = try Bench.pipeline(lexicon: ["{complaint: 1.6, valence: -2}": "{complaint: 0.4}"])
    #expect(try Comparison(Bench.corpus(), old: old, new: old).moved.isEmpty)
    let there = try Comparison(Bench.corpus(), old: old, new: new)
    let back = try Comparison(Bench.corpus(jobs: 3), old: new, new: old)
    #expect(there.moved.map(\.id) == back.moved.map(\.id))
    #expect(!there.moved.isEmpty)
    #expect(there.labels.map(\.gained) == back.labels.map(\.lost))
    #expect(there.labels.map(\.probability) == back.labels.map(\.probability))
    #expect(there.responsible.map(\.milli) == back.responsible.map { -$0.milli })
  }
}
