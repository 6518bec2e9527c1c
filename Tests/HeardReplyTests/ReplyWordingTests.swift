import Foundation
import Heard
import HeardAuthoring
import HeardLexicon
import HeardLexiconTools
import HeardReply
import HeardSources
import HeardText
import Testing

/// The shipped wording is sound, mistakes in it are told with their place, and it finds what the
/// labelled replies say.
@Suite struct ReplyWordingTests {
  @Test func shippedLexiconsAreSound() throws {
    let source = try LexiconSource.load(folder: ReplyBench.folder + "/lexicons")
    let lexicon = try CompiledLexicon(bytes: LexiconCompiler.compile(source))
    #expect(source.lint(with: lexicon).filter { $0.severity >= .warning } == [])
    #expect(LexiconExamples.check(source.entries, lexicon) == [])
    for language in Language.read {
      #expect(source.entries.contains { $0.language == language })
    }
  }

  @Test func everyFindingHasASuggestionInEveryLanguage() throws {
    let settings = try ReplyBench.wording.get().settings
    for rule in ReplyRule.allCases {
      #expect(settings.suggestions[rule.rawValue]?.count == 3, "\(rule.rawValue)")
    }
    #expect(!settings.enabled.contains(.admission))
    #expect(settings.levels[.command] == .error)
    #expect(settings.levels[.adversative] == .warning)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var text: String
    var says: String
    var testDescription: String { says }
  }

  static let mistakes: [Mistake] = [
    Mistake(text: "rules: {}", says: "rules.yaml:1:1: error: the file does not say its version"),
    Mistake(
      text: "replies: heard/1\nrules:\n  comand: {}",
      says: "rules.yaml:3:3: error: unknown key 'comand' in the list of rules; "
        + "did you mean 'command'?"),
    Mistake(
      text: "replies: heard/1\nrules:\n  command: {level: fatal}",
      says: "rules.yaml:3:20: error: 'level' must be a name; write note, warning or error"),
    Mistake(
      text: "replies: heard/1\nrules:\n  command: {enabled: maybe}",
      says: "rules.yaml:3:22: error: 'enabled' must be a choice; write true or false"),
    Mistake(
      text: "replies: heard/1\nsuggestions:\n  must: {de: Bitte}",
      says: "rules.yaml:3:10: error: unknown key 'de' in a suggestion"),
    Mistake(text: "replies: heard/1\nrules: [a]", says: "rules.yaml:2:8: error: the list of rules"),
    Mistake(text: "replies: [", says: "rules.yaml:"),
  ]

  @Test(arguments: mistakes) func mistakesInTheRulesAreTold(_ one: Mistake) throws {
    let error = #expect(throws: LexiconError.self) {
      _ = try ReplySettings(file: "rules.yaml", text: one.text)
    }
    #expect(error?.description.hasPrefix(one.says) == true, "\(error?.description ?? "none")")
  }

  @Test func aThemeThatNoRuleAsksForIsAnError() throws {
    let source = try LexiconSource(files: [
      ("scoring.yaml", "scoring: heard/1\nreads-themes: true\n"),
      (
        "nl/comand.yaml",
        "lexicon: heard/1\nlanguage: nl\ntheme: comand\nentries:\n- {id: nl.comand.x, phrase: u moet}\n"
      ),
    ])
    let lexicon = try CompiledLexicon(bytes: LexiconCompiler.compile(source))
    let error = #expect(throws: LexiconError.self) {
      _ = try ReplyWording(lexicon: lexicon, settings: ReplySettings())
    }
    #expect(
      error?.description.contains(
        "nl/comand.yaml:5:3: error: no rule asks for the theme 'comand'; did you mean 'command'?")
        == true, "\(error?.description ?? "none")")
  }

  @Test func levelsAndSwitchesComeFromTheFile() throws {
    let lexicon = try ReplyBench.wording.get().lexicon
    let settings = try ReplySettings(
      file: "rules.yaml",
      text: "replies: heard/1\nrules:\n  command: {level: note}\n  thanks: {enabled: false}\n")
    let wording = try ReplyWording(lexicon: lexicon, settings: settings)
    let reply = try ReplyChecker.read(Array("You must call us about your lamp.".utf8))
    let found = ReplyChecker(wording).check(reply)
    #expect(found.map(\.rule) == [.command])
    #expect(found.map(\.level) == [.note])
    #expect(found.map(\.suggestion) == [""])
  }

  /// The figures that the project promises, on the half that no word was chosen by.
  @Test func findsWhatTheLabelledRepliesSay() throws {
    let corpus = try ReplyCorpus.read(
      ReplyBench.root.appendingPathComponent("corpus/replies").path)
    for language in Language.read {
      #expect(corpus.count { $0.language == language } >= 60)
      #expect(corpus.count { $0.language == language && $0.half == "check" } >= 30)
    }
    let evaluation = ReplyEvaluation(
      corpus.filter { $0.half == "check" }, wording: try ReplyBench.wording.get(),
      worker: try ReplyBench.pipeline.get().makeWorker())
    for language in Language.read {
      let total = evaluation.total(language)
      #expect(total.precision >= 0.9, "\(language.code) precision \(total.precision)")
      #expect(total.recall >= 0.8, "\(language.code) recall \(total.recall)")
    }
  }

  @Test func mistakesInLabelledRepliesAreTold() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("heard-replies-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func read(_ row: String) throws -> [LabelledReply] {
      try Data(row.utf8).write(to: folder.appendingPathComponent("x.jsonl"))
      return try ReplyCorpus.read(folder.path)
    }
    let good = #"{"id":"a","lang":"en","text":"You must.","#
    let rows = try read(
      good + #""expect":[{"rule":"command","at":"must"},{"rule":"thanks"}],"split":"tune"}"#)
    #expect(rows.first?.expected.map(\.rule) == [.command, .thanks])
    #expect(rows.first?.expected.map(\.range) == [ByteRange(4, 8), nil])
    for (row, says) in [
      (good + #""split":"half"}"#, "x.jsonl:1: a row needs id"),
      (good + #""expect":[{"rule":"comand"}],"split":"tune"}"#, "no rule 'comand'"),
      (good + #""expect":[{"rule":"command","at":"may"}],"split":"tune"}"#, "stands not in"),
      ("{", "x.jsonl:1: "),
    ] {
      let error = #expect(throws: ReplyCorpus.Problem.self) { _ = try read(row) }
      #expect(error?.description.contains(says) == true, "\(error?.description ?? "none")")
    }
    #expect(throws: ReplyCorpus.Problem.self) { try ReplyCorpus.read("/nonexistent") }
  }
}
