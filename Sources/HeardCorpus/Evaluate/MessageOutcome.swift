internal import Heard
internal import HeardClassifier
internal import HeardLexicon
internal import HeardRouter
internal import HeardText

/// What was said of one labelled message, beside what is so.
///
/// Not a value: an evaluation hands hundreds of thousands of them from table to table, and a copy is a
/// count of references for each of their parts.
public final class MessageOutcome: Sendable {
  /// The id of the message.
  public let id: String
  /// Name of its set.
  public let set: String
  /// As the source says, else as heard found.
  public let language: String
  /// What was asked, and the answers.
  public let labels: LabelValues
  /// What heard says of every label.
  public let predicted: LabelValues
  /// The class it has, where somebody said so.
  public let expectedClass: String?
  /// The class that heard says.
  public let predictedClass: String
  /// The queue it should go to, where somebody said so.
  public let expectedQueue: String?
  /// The queue it went to.
  public let queue: String
  /// Scores of 0 to 1, in the order of `EvidenceKind.scores`.
  public let scores: [Double]
  /// −1 … 1.
  public let sentiment: Double
  /// The message itself, when it was misjudged and errors are to be shown.
  public let message: LabelledMessage?

  /// What came of a message; nil when it could not be judged.
  init?(_ message: LabelledMessage, _ judgement: Judgement, keepsErrors: Bool) {
    guard case .judged(_, let assessment, let decision) = judgement.outcome else { return nil }
    id = message.id
    set = message.set
    language = message.language == "und" ? assessment.language.code : message.language
    labels = message.labels
    predicted = Label.predictions(assessment)
    expectedClass = message.messageClass
    predictedClass = assessment.messageClass.rawValue
    expectedQueue = message.queue
    queue = decision.queue
    scores = assessment.scores
    sentiment = assessment.sentiment
    let isWrong = Self.differ(message.labels, predicted)
    self.message = keepsErrors && isWrong ? message : nil
  }

  private static func differ(_ labels: LabelValues, _ predicted: LabelValues) -> Bool {
    Label.allCases.contains { label in
      labels[label].map { $0 != predicted[label] } ?? false
    }
  }

  /// How wrong a label is: from 0 for a hair's breadth to 1 for certain and wrong.
  package func wrongness(_ label: Label) -> Double {
    guard let kind = label.score, let place = EvidenceKind.scores.firstIndex(of: kind) else {
      return sentiment.magnitude
    }
    return predicted[label] == true ? scores[place] : 1 - scores[place]
  }
}
