import Foundation
import Heard
import HeardAuthoring
import HeardCorpus
import HeardLexicon
import HeardRouter
import HeardSources
import Testing

/// The little lexicon, policy and corpus that the bench is tested with.
enum Bench {
  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static func path(_ name: String) -> String { fixtures.appendingPathComponent(name).path }

  /// The pipeline of the fixtures.
  static func pipeline() throws -> Pipeline {
    try pipeline(lexicons: path("lexicons"), policy: policyText())
  }

  /// The pipeline with changes: each key of `lexicon` and `policy` is replaced by its value.
  static func pipeline(
    lexicon: [String: String] = [:], policy: [String: String] = [:]
  ) throws -> Pipeline {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("heard-bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in ["scoring.yaml", "nl/desk.yaml", "en/desk.yaml"] {
      let target = folder.appendingPathComponent(file)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try changed(String(contentsOfFile: path("lexicons/\(file)"), encoding: .utf8), lexicon)
        .write(to: target, atomically: true, encoding: .utf8)
    }
    return try pipeline(lexicons: folder.path, policy: changed(policyText(), policy))
  }

  private static func pipeline(lexicons: String, policy: String) throws -> Pipeline {
    let source = try LexiconSource.load(folder: lexicons)
    return Pipeline(
      lexicon: try CompiledLexicon(bytes: LexiconCompiler.compile(source)),
      policy: try Policy.read(file: "policy.yaml", text: policy).policy)
  }

  private static func policyText() throws -> String {
    try String(contentsOfFile: path("policy.yaml"), encoding: .utf8)
  }

  private static func changed(_ text: String, _ changes: [String: String]) -> String {
    changes.reduce(text) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
  }

  /// The corpus of the fixtures.
  static func corpus(_ filter: CorpusFilter = .init(), jobs: Int = 1) -> CorpusScan {
    CorpusScan([path("corpus")], filter: filter, jobs: jobs)
  }

  /// Compares with the file of that name; when they differ, what came out is put beside it as
  /// `NAME.failed`.
  static func expect(
    _ actual: String, is name: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let golden = fixtures.appendingPathComponent("expected/\(name)")
    let failed = golden.appendingPathExtension("failed")
    let expected = (try? String(contentsOf: golden, encoding: .utf8)) ?? ""
    if actual == expected {
      try? FileManager.default.removeItem(at: failed)
    } else {
      try actual.write(to: failed, atomically: true, encoding: .utf8)
      Issue.record(
        "differs from \(golden.lastPathComponent); compare with \(failed.path)",
        sourceLocation: sourceLocation)
    }
  }
}
