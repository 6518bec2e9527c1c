internal import HeardAuthoring
internal import HeardReport
internal import HeardSources

/// An example that was tried.
struct TriedExample {
  /// What went wrong.
  struct Failure {
    /// A stable word, as `not-found`.
    let problem: String
    let message: String
    let hint: String
    /// One line for people, with the place.
    let description: String
  }

  /// Id of the entry or rule that it belongs to.
  let subject: String
  let location: SourceLocation
  /// What is claimed, as "nl.staff.ober matches: '…'".
  let name: String
  let holds: Bool
  /// Whether it may fail.
  var isTodo = false
  /// Nil when it holds, or may fail.
  let failure: Failure?
}

/// Tried examples as text, TAP or JUnit.
struct ExampleReport {
  /// What tried them, as `heard lexicon test`.
  let tool: String
  /// What they belong to, as `entries`.
  let subjects: String
  /// In the order of the files.
  let outcomes: [TriedExample]

  /// Those that fail and are not to do.
  var failed: Int { outcomes.count { $0.failure != nil } }
  private var open: Int { outcomes.count { $0.isTodo && !$0.holds } }
  private var done: [TriedExample] { outcomes.filter { $0.isTodo && $0.holds } }

  /// What failed, what is to do and holds, and the counts.
  func text(verbose: Bool) -> String {
    var text = ""
    for outcome in outcomes {
      if let failure = outcome.failure {
        text += "FAIL  \(failure.description)\n"
      } else if outcome.isTodo {
        let state = outcome.holds ? "DONE" : "TODO"
        let hint = outcome.holds ? "; it holds: take it out of todo-" : ""
        if outcome.holds || verbose {
          text += "\(state)  \(outcome.location): \(outcome.name)\(hint)\n"
        }
      } else if verbose {
        text += "ok    \(outcome.location): \(outcome.name)\n"
      }
    }
    let count = Set(outcomes.map(\.subject)).count
    text += "\(outcomes.count) examples of \(count) \(subjects): "
    text += "\(outcomes.count - failed - open - done.count) hold, \(failed) fail, "
    text += "\(open) to do, \(done.count) to do that hold\n"
    return text
  }

  /// TAP version 14, a test an example.
  var tap: String {
    var tap = "TAP version 14\n1..\(outcomes.count)\n"
    for (index, outcome) in outcomes.enumerated() {
      tap += outcome.holds ? "ok" : "not ok"
      tap += " \(index + 1) - \(Self.tapEscaped(outcome.name))"
      if outcome.isTodo { tap += " # TODO" }
      tap += "\n"
      guard let failure = outcome.failure else { continue }
      tap += "  ---\n  message: \(Self.quoted(failure.message))\n"
      tap += "  hint: \(Self.quoted(failure.hint))\n  severity: fail\n"
      tap += "  at: \(Self.quoted("\(outcome.location)"))\n  ...\n"
    }
    return tap
  }

  /// JUnit XML: a suite a file, a case an example; those to do are skipped.
  var junit: String {
    var files: [String] = []
    var suites: [String: [TriedExample]] = [:]
    for outcome in outcomes {
      if suites[outcome.location.file] == nil { files.append(outcome.location.file) }
      suites[outcome.location.file, default: []].append(outcome)
    }
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    xml += "<testsuites name=\"\(tool)\" tests=\"\(outcomes.count)\" "
    xml += "failures=\"\(failed)\" skipped=\"\(open)\">\n"
    for file in files {
      let cases = suites[file] ?? []
      xml += "  <testsuite name=\(attribute(file)) tests=\"\(cases.count)\" "
      xml += "failures=\"\(cases.count { $0.failure != nil })\" errors=\"0\" "
      xml += "skipped=\"\(cases.count { $0.isTodo && !$0.holds })\">\n"
      for outcome in cases {
        xml +=
          "    <testcase classname=\(attribute(outcome.subject)) name=\(attribute(outcome.name))"
        if let failure = outcome.failure {
          xml += ">\n      <failure type=\(attribute(failure.problem)) "
          xml += "message=\(attribute(failure.message))>"
          xml += Markup.escaped(failure.description) + "</failure>\n    </testcase>\n"
        } else if outcome.isTodo, !outcome.holds {
          xml += ">\n      <skipped message=\"to do\"/>\n    </testcase>\n"
        } else {
          xml += "/>\n"
        }
      }
      xml += "  </testsuite>\n"
    }
    return xml + "</testsuites>\n"
  }

  private func attribute(_ text: String) -> String { "\"\(Markup.escaped(text))\"" }

  /// `#` would begin a directive, and a line break another line.
  private static func tapEscaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "#": escaped += "\\\(scalar)"
      case _ where scalar.properties.generalCategory == .control: escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A YAML scalar in single quotes, on one line.
  private static func quoted(_ text: String) -> String {
    let line = text.unicodeScalars.map {
      $0.properties.generalCategory == .control ? " " : String($0)
    }
    return "'" + line.joined().replacing(scalar: "'", with: "''") + "'"
  }
}

extension ExampleReport {
  /// Examples of lexicon entries.
  init(lexicons outcomes: [LexiconExamples.Outcome]) {
    self.init(
      tool: "heard lexicon test", subjects: "entries",
      outcomes: outcomes.map { outcome in
        TriedExample(
          subject: outcome.entry, location: outcome.location,
          name:
            "\(outcome.entry) \(outcome.mustMatch ? "matches" : "does not match"): '\(outcome.text)'",
          holds: outcome.holds, isTodo: outcome.isTodo,
          failure: outcome.failure.map {
            .init(
              problem: $0.problem.rawValue, message: $0.message, hint: $0.hint,
              description: $0.description)
          })
      })
  }
}
