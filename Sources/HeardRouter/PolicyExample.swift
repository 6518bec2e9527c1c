public import HeardSources
internal import Yams

/// An example written beside a rule or an addition.
public struct PolicyExample: Sendable {
  /// What is tried.
  public enum Subject: Sendable {
    /// A text or a mail, judged with the lexicons; with facts that no text tells.
    case text(String, ExampleFacts)
    /// Facts, as if a message had been judged so.
    case facts(ExampleFacts)
  }

  /// Id of the rule or addition.
  public var id: String
  /// Whether it stands beside an addition.
  public var isAddition: Bool
  /// Whether the rule must decide, or the addition come; else it must not.
  public var mustHold: Bool
  /// What is tried.
  public var subject: Subject
  /// The example in a line.
  public var summary: String
  /// Where it stands in the file.
  public var location: SourceLocation

  /// Whether a decision is as the example says.
  ///
  /// - Parameter reasons: of the decision (``Policy/explain(_:)``).
  public func holds(_ reasons: [DecisionReason]) -> Bool {
    reasons.contains { $0.id == id } == mustHold
  }
}

extension Policy {
  /// Reads what an example may be: a text in quotes, or facts as `{class: complaint, anger: 2}`.
  ///
  /// - Throws: what is wrong with it; the place names `file`.
  public func readExample(
    _ text: String, file: String
  ) throws(PolicyError) -> PolicyExample.Subject {
    let context = PolicyContext(file: file)
    context.queues = queues
    switch YAMLText.root(file: file, text: text) {
    case .failure(let error):
      throw PolicyError(
        code: .invalid,
        problems: error.diagnostics.map {
          PolicyProblem(
            severity: .error, location: $0.location, message: $0.message,
            hint: "write e.g. {class: complaint, anger: 2}")
        })
    case .success(let node):
      guard let (subject, _) = ExampleReader(context: context).read(node) else {
        throw PolicyError(code: .invalid, problems: context.problems)
      }
      return subject
    }
  }
}
