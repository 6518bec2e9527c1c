import Foundation

/// A small lexicon and corpus of their own, for the commands that tune.
struct TuningProbe {
  let probe: CommandLineProbe
  let lexicons: String
  let corpus: String

  static let lexicon = """
    # Kept: this comment, and the order of keys.
    lexicon: heard/1
    language: nl
    theme: test
    entries:
    - id: nl.test.kapot        # too weak
      phrase: kapot
      evidence: {complaint: 1.0, valence: -1}
    - id: nl.test.vandaag
      phrase: vandaag
      evidence: {complaint: 2.5}

    """

  static let scoring = """
    scoring: heard/1
    calibration:
    - {kind: complaint, language: nl, bias: -2.0, slope: 1.0}

    """

  /// Twenty of each in each half: broken lamps (missed), slow vans (missed), thanks, and today's
  /// greetings (wrongly caught).
  init() throws {
    probe = try CommandLineProbe()
    _ = try probe.file("lex/scoring.yaml", TuningProbe.scoring)
    _ = try probe.file("lex/nl/test.yaml", TuningProbe.lexicon)
    lexicons = probe.folder.appendingPathComponent("lex").path
    var rows = ""
    func row(_ id: String, _ text: String, _ isComplaint: Bool, _ half: String) {
      let name = isComplaint ? "complaint" : "other"
      rows +=
        #"{"id":"\#(id)","lang":"nl","text":"\#(text)","class":"\#(name)","anger":0,"tags":[],"#
        + #""signals":[],"split":"\#(half)"}"# + "\n"
    }
    for half in ["tune", "check"] {
      for number in 0..<20 {
        row("\(half)-k\(number)", "Hallo, mijn nieuwe lamp is al kapot gegaan.", true, half)
        row("\(half)-b\(number)", "De bezorger kwam weer veel te laat bij ons thuis.", true, half)
        row("\(half)-d\(number)", "Dank je wel, de bestelling is goed aangekomen.", false, half)
        row("\(half)-v\(number)", "Een groet van ons, wij zijn vandaag op het strand.", false, half)
      }
    }
    corpus = try probe.file("corpus.jsonl", rows)
  }

  func heard(_ arguments: [String], input: String = "") throws -> CommandLineProbe.Outcome {
    try probe.heard(arguments, input: Data(input.utf8))
  }
}
