import Testing

@testable import HeardCorpus
@testable import HeardTuning

/// Coefficients against published examples.
@Suite struct AgreementTests {
  /// 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, expected 0.5.
  @Test func cohen() throws {
    let pairs =
      Array(repeating: (true, true), count: 20) + Array(repeating: (true, false), count: 5)
      + Array(repeating: (false, true), count: 10) + Array(repeating: (false, false), count: 15)
    let kappa = try #require(Agreement.kappa(pairs))
    #expect(abs(kappa - 0.4) < 1e-12)
  }

  /// Krippendorff's example of three coders with missing values: 0.691 nominal, 0.811 interval.
  @Test func krippendorff() throws {
    let coders: [[Int?]] = [
      [nil, nil, nil, nil, nil, 3, 4, 1, 2, 1, 1, 3, 3, nil, 3],
      [1, nil, 2, 1, 3, 3, 4, 3, nil, nil, nil, nil, nil, nil, nil],
      [nil, nil, 2, 1, 3, 4, 4, nil, 2, 1, 1, 3, 3, nil, 4],
    ]
    let items = coders[0].indices.map { item in coders.map { $0[item] } }
    let nominal = try #require(Agreement.alpha(items))
    let interval = try #require(Agreement.alpha(items) { Double(($0 - $1) * ($0 - $1)) })
    #expect(abs(nominal - 0.691) < 0.0006)
    #expect(abs(interval - 0.811) < 0.0006)
  }

  @Test func perfectAndUndefined() {
    #expect(Agreement.kappa([(1, 1), (2, 2)]) == 1)
    #expect(Agreement.alpha([[1, 1], [2, 2]]) == 1)
    #expect(Agreement.kappa([(1, 1), (1, 1)]) == nil)
    #expect(Agreement.alpha([[1, 1]]) == nil)
    #expect(Agreement.kappa([(Int, Int)]()) == nil)
  }
}

/// Keys and what they do.
@Suite struct LabelSessionTests {
  private func message(_ id: String) -> LabelledMessage {
    LabelledMessage(
      id: id, language: "nl", content: .text("Tekst \"\(id)\"\n"), labels: [:], messageClass: nil,
      queue: nil, set: "inbox", half: .tune)
  }

  private func lines(_ keys: String, before: [String] = []) -> [String] {
    var session = LabelSession(["a", "b", "c"].map(message), lines: before)
    for key in keys where session.press(key) == .finished { break }
    return session.lines
  }

  private func line(_ id: String, _ labels: String) -> String {
    #"{"id":"\#(id)","lang":"nl","text":"Tekst \"\#(id)\"\n",\#(labels)}"#
  }

  private let plain = #""class":"question","anger":0,"tags":[],"signals":[]"#

  @Test(arguments: [
    (
      "c2sv\n",
      #""class":"complaint","anger":2,"tags":["staff-targeted","anger"],"signals":["poor-service"]"#
    ),
    ("ceded\n", #""class":"complaint","anger":0,"tags":[],"signals":[]"#),
    ("cq\n", #""class":"question","anger":0,"tags":[],"signals":[]"#),
    ("cdeq1\n", #""class":"question","anger":1,"tags":[],"signals":[]"#),
    ("\nz?p ", #""class":"praise","anger":0,"tags":[],"signals":[]"#),
  ])
  func keysMakeALine(keys: String, labels: String) {
    #expect(lines(keys) == [line("a", labels)])
  }

  @Test func undoGoesBackOverLinesAndSkips() {
    #expect(lines("q\nnuuo\n").count == 1)
    #expect(lines("q\nq\nu") == [line("a", plain)])
    #expect(lines("uu").isEmpty)
    // What was chosen is still there after an undo.
    #expect(lines("q\nu\n") == [line("a", plain)])
  }

  @Test func resumesBehindWhatIsDone() {
    let first = lines("q\nx")
    let all = lines("q\nq\n", before: first)
    #expect(all == ["a", "b", "c"].map { line($0, plain) })
    // Undo does not reach into what an earlier session wrote.
    #expect(lines("u", before: first) == first)
  }

  @Test func skippedMessagesHaveNoLine() {
    #expect(lines("nq\nx") == [line("b", plain)])
  }

  @Test func agreementTakesWhatBothHave() throws {
    let one = lines("q\nc1\nx")
    let table = try #require(AgreementReport.table(one, lines("q\nc1\nq\n")))
    #expect(table.contains("2 messages"))
    #expect(table.contains("| class | 1.000 | 1.000 | 1.000 |"))
    #expect(AgreementReport.table(one, []) == nil)
  }
}
