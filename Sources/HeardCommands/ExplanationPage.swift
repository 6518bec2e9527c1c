internal import Heard
internal import HeardClassifier
internal import HeardLexicon
internal import HeardMail
internal import HeardReport
internal import HeardRouter
internal import HeardText

/// Judged messages as one HTML page that needs nothing else: no script, no file, no network.
///
/// Everything that comes from a message or a lexicon is escaped, and the page forbids itself to load
/// or run anything, so that a letter cannot act on who reads it.
struct ExplanationPage {
  let pipeline: Pipeline
  /// Near misses to show at most.
  let misses: Int
  private let records: RecordWriter

  init(pipeline: Pipeline, misses: Int) {
    self.pipeline = pipeline
    self.misses = misses
    records = RecordWriter(pipeline)
  }

  /// What stands before the messages.
  var head: String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>heard: explanation</title>
    <style>
    \(Self.style)
    </style>
    </head>
    <body>

    """
  }

  /// What stands behind them.
  var foot: String {
    "<footer>heard \(escaped(Version.current)), lexicon \(escaped(pipeline.lexicon.digest)), "
      + "policy \(escaped(pipeline.policy.digest))</footer>\n</body>\n</html>\n"
  }

  /// One message.
  func section(
    _ name: String, _ message: Message, _ assessment: Assessment, _ decision: Decision
  ) -> String {
    var page = "<article>\n<h1>\(escaped(name))</h1>\n"
    page += verdict(message, assessment, decision)
    for (index, part) in message.parts.enumerated() {
      page += "<h2>\(escaped(part.name.rawValue))</h2>\n"
      page += MarkedText.html(
        part, isScored: { $0 == message.scoredZone },
        evidence: assessment.contributions.filter { $0.part == index },
        title: { title($0) })
    }
    for repair in message.repairs {
      page +=
        "<p class=\"faint\">repaired: \(escaped(repair.detail)) [\(escaped(repair.code))]</p>\n"
    }
    page += sums(message, assessment)
    page += nearMisses(message, assessment)
    return page + "</article>\n"
  }

  private func verdict(
    _ message: Message, _ assessment: Assessment, _ decision: Decision
  ) -> String {
    var rows = [
      ("class", assessment.messageClass.rawValue),
      ("language", ExplanationView.languages(assessment)),
      ("tags", list(assessment.tags.map(\.rawValue))), ("anger", "\(assessment.anger)"),
      ("signals", list(assessment.signals.map(\.rawValue))),
      ("sentiment", ExplanationView.signed(Int((assessment.sentiment * 1000).rounded()))),
      ("queue", "\(decision.queue) (\(decision.priority)), by the rule '\(decision.rule)'"),
      ("steps", decision.steps.isEmpty ? "–" : decision.steps.joined(separator: " → ")),
      ("obligations", list(decision.obligations)),
    ]
    if let handling = decision.handling { rows += HandlingView.lines(handling, message) }
    return "<dl>\n"
      + rows.map { "<dt>\(escaped($0.0))</dt><dd>\(escaped($0.1))</dd>\n" }.joined() + "</dl>\n"
  }

  private func sums(_ message: Message, _ assessment: Assessment) -> String {
    var page = "<h2>what it adds up to</h2>\n<table>\n"
    for kind in EvidenceKind.allCases {
      let reasons = assessment.contributions.filter { $0.kind == kind && $0.milli != 0 }
      guard ExplanationView.isWorthTelling(reasons, sum: assessment.sums[kind.index]) else {
        continue
      }
      page +=
        "<tbody><tr><th colspan=\"4\" scope=\"rowgroup\">\(escaped(kind.rawValue))</th></tr>\n"
      for reason in reasons {
        page += "<tr><td class=\"n\">\(ExplanationView.signed(Int(reason.milli)))</td>"
        page += "<td><code>\(escaped(records.name(of: reason.source)))</code></td>"
        page +=
          reason.source == .words
          ? "<td>\(escaped(ExplanationView.words(records.words(for: kind, of: assessment), reason)))</td>"
          : "<td>\(excerpt(message, reason.part, reason.range))</td>"
        page +=
          "<td class=\"faint\">\(escaped(reason.scopes.list.joined(separator: ", ")))</td></tr>\n"
      }
      page += "<tr class=\"sum\"><td class=\"n\">"
      page += ExplanationView.signed(Int(assessment.sums[kind.index])) + "</td><td>sum"
      if EvidenceKind.scores.contains(kind) {
        var writer = JSONWriter()
        writer.score(assessment.score(kind))
        page += ", score \(String(decoding: writer.finish(), as: UTF8.self))"
      }
      page += "</td><td></td><td></td></tr></tbody>\n"
    }
    return page + "</table>\n"
  }

  private func nearMisses(_ message: Message, _ assessment: Assessment) -> String {
    let ranked = ExplanationView.ranked(assessment.nearMisses).prefix(misses)
    guard !ranked.isEmpty else { return "" }
    var page = "<h2>what nearly counted</h2>\n<table>\n"
    for miss in ranked {
      page += "<tr><td class=\"n\">\(ExplanationView.signed(Int(miss.lostMilli)))</td>"
      page += "<td><code>\(escaped(records.name(of: miss.source)))</code></td>"
      page += "<td>\(excerpt(message, miss.part, miss.range))</td>"
      page +=
        "<td class=\"faint\">\(escaped(miss.kind.rawValue)): \(escaped(miss.reason.text))</td></tr>\n"
    }
    return page + "</table>\n"
  }

  private func title(_ hits: [Contribution]) -> String {
    hits.map {
      "\(records.name(of: $0.source)): \(ExplanationView.signed(Int($0.milli))) \($0.kind.rawValue)"
    }
    .joined(separator: "\n")
  }

  private func excerpt(_ message: Message, _ part: Int, _ range: ByteRange) -> String {
    guard message.parts.indices.contains(part), !range.isEmpty else { return "" }
    let text = MarkedText.printable(message.parts[part].bytes[range.range])
    return "<q>\(escaped(text.count > 80 ? text.prefix(40) + " … " + text.suffix(38) : text))</q>"
  }

  private func list(_ words: [String]) -> String {
    words.isEmpty ? "–" : words.joined(separator: ", ")
  }

  private func escaped(_ text: String) -> String { Markup.escaped(text) }

  /// Colours are told apart by underline too, for those who see no red and green.
  static let style = """
    :root { color-scheme: light dark; --ink: #1d1d1f; --paper: #fdfdfb; --soft: #6a6a70;
      --line: #d9d9d4; --bad: #ffd9d2; --good: #d3efd9; }
    @media (prefers-color-scheme: dark) { :root { --ink: #ececee; --paper: #17181a;
      --soft: #a0a0a8; --line: #3a3b40; --bad: #6b2a22; --good: #1f5230; } }
    body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
      max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
    h1 { font-size: 1.2rem; overflow-wrap: anywhere; } h2 { font-size: 1rem; margin: 1.5rem 0 .3rem; }
    article { border-bottom: 1px solid var(--line); padding-bottom: 2rem; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
    dt, .faint, footer { color: var(--soft); } dd { margin: 0; }
    .text { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid var(--line);
      padding: .5rem 1rem; } .zone { opacity: .6; } .zone::before { content: attr(data-zone) " ";
      font-size: .75rem; color: var(--soft); }
    mark { color: inherit; border-radius: .2rem; padding: 0 .1rem; }
    mark.bad { background: var(--bad); border-bottom: 2px solid #c0392b; }
    mark.good { background: var(--good); border-bottom: 2px dotted #2e8b57; }
    table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top;
      padding: .1rem .6rem .1rem 0; overflow-wrap: break-word; } th { padding-top: .8rem; }
    code { overflow-wrap: anywhere; }
    .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; width: 5rem; }
    .sum td { border-top: 1px solid var(--line); font-weight: 600; }
    @media (max-width: 40rem) { table, tbody { display: block; } td:empty { display: none; }
      tr { display: flex; flex-wrap: wrap; } .n { width: auto; } .sum td { flex-grow: 1; }
      .sum .n { flex-grow: 0; } }
    """
}
