import Foundation
import Heard
import HeardAuthoring
import HeardClassifier
import HeardLexicon
import HeardRouter
import HeardText
import Testing

@testable import HeardCorpus
@testable import HeardTuning

/// Fitting single words: what is learnt, what is left alone, and that it can be done again.
@Suite struct WordFitTests {
  private static func files() throws -> [(path: String, text: String)] {
    try ["scoring.yaml", "nl/desk.yaml", "en/desk.yaml"].map { path in
      (path, try String(contentsOfFile: Bench.path("lexicons/" + path), encoding: .utf8))
    }
  }

  private static func pipeline(_ files: [(path: String, text: String)]) throws -> Pipeline {
    let image = try LexiconCompiler.compile(LexiconSource(files: files))
    return Pipeline(lexicon: try CompiledLexicon(bytes: image), policy: try Bench.pipeline().policy)
  }

  /// Messages in which *lamp* goes with complaints, *stoel* with none, and *tafel* with both.
  ///
  /// *Vaas* is in too few. All of set `two` are complaints, and *kast* is in all of them.
  private static func messages() -> [LabelledMessage] {
    func message(_ number: Int, _ text: String, _ set: String, _ isComplaint: Bool)
      -> LabelledMessage
    {
      var labels = LabelValues()
      labels[.complaint] = isComplaint
      return LabelledMessage(
        id: "nl-\(number)", language: "nl", content: .text(text), labels: labels, set: set,
        half: .tune)
    }
    var messages: [LabelledMessage] = []
    for number in 0..<40 {
      let isComplaint = number % 2 == 0
      let thing = isComplaint ? "lamp" : "stoel"
      let rare = number < 6 ? " en de vaas" : ""
      messages.append(
        message(
          number, "Ik heb gisteren bij jullie de \(thing) en de tafel\(rare) opgehaald.", "one",
          isComplaint))
      messages.append(
        message(
          100 + number, "Wij hebben vanmorgen de kast naar het magazijn gebracht.", "two", true))
    }
    return messages
  }

  private static func weights(
    _ fit: WordFit, _ kind: EvidenceKind = .complaint
  ) throws -> [String: Int32] {
    let words = try LexiconSource(files: fit.files).scoring.words.filter { $0.language == .dutch }
    var weights: [String: Int32] = [:]
    for word in words {
      weights[word.word] = word.evidence.first { $0.kind == kind }?.milli
    }
    return weights
  }

  @Test func learnsWhatDecides() throws {
    let files = try Self.files()
    let fit = WordFit(Self.messages(), pipeline: try Self.pipeline(files), files: files)
    let weights = try Self.weights(fit)
    #expect(weights["lamp"] ?? 0 > 100)
    #expect(weights["stoel"] ?? 0 < -100)
    #expect(weights["tafel"] == nil)
    #expect(weights["vaas"] == nil)
    // What only says from which set a message is, is no evidence.
    #expect(2 * abs(weights["kast"] ?? 0) < abs(weights["lamp"] ?? 0))
    #expect(try Self.weights(fit, .anger).isEmpty)
    #expect(fit.outcomes.first?.rows == 80 && fit.outcomes.first?.positives == 60)
  }

  /// Words that may change places, and those that they change with, are no evidence.
  @Test func namesAndGendersAreLeftOut() throws {
    let files = try Self.files()
    var settings = WordFit.Settings()
    settings.swaps["nl"] = try FairnessSwaps(
      "name\tlamp\tlantaarn\tone-way\ngender\t*oel\t*oelin\n", file: "x")
    let fit = WordFit(
      Self.messages(), pipeline: try Self.pipeline(files), files: files, settings: settings)
    let weights = try Self.weights(fit)
    #expect(weights["lamp"] == nil && weights["stoel"] == nil && !weights.isEmpty)
    settings.swaps["nl"] = try FairnessSwaps("name\tkast\tlamp\tone-way\n", file: "x")
    let other = WordFit(
      Self.messages(), pipeline: try Self.pipeline(files), files: files, settings: settings)
    #expect(try Self.weights(other)["lamp"] == nil && Self.weights(other)["stoel"] ?? 0 < 0)
  }

  /// The average of what the words add is taken off the bias.
  @Test func biasMovesAgainstTheWords() throws {
    var files = try Self.files()
    let messages = Self.messages()
    let fit = WordFit(messages, pipeline: try Self.pipeline(files), files: files)
    let before = try LexiconSource(files: files).scoring.calibrations
    let after = try LexiconSource(files: fit.files).scoring.calibrations
    for (one, other) in zip(before, after) where one != other {
      #expect(
        one.kind == .complaint && one.language == .dutch && one.slopeMilli == other.slopeMilli)
    }
    // Fitting again from its own result changes nothing; without words all is as it was.
    files = fit.files
    let again = WordFit(messages, pipeline: try Self.pipeline(files), files: files)
    #expect(again.changedPaths.isEmpty)
    let none = try LexiconSource(files: again.filesWithoutWords).scoring
    #expect(none.words.isEmpty)
    for (one, other) in zip(before, none.calibrations) {
      #expect(abs(one.biasMilli - other.biasMilli) <= 10)
    }
  }

  @Test func isHeardInVerdicts() throws {
    let files = try Self.files()
    let pipeline = try Self.pipeline(files)
    let fit = WordFit(Self.messages(), pipeline: pipeline, files: files)
    let fitted = Pipeline(lexicon: try fit.lexicon(), policy: pipeline.policy)
    func score(_ thing: String, _ pipeline: Pipeline) -> Double {
      let text = "Ik heb gisteren bij jullie de \(thing) en de tafel opgehaald."
      let judgement = pipeline.makeWorker().judge(text: Array(text.utf8), id: .none, explain: false)
      guard case .judged(_, let assessment, _) = judgement.outcome else { return 0 }
      return assessment.scores[0]
    }
    #expect(score("lamp", pipeline) == score("stoel", pipeline))
    #expect(score("lamp", fitted) > score("stoel", fitted))
  }
}
