internal import Heard
internal import HeardClassifier
internal import HeardLexicon
internal import HeardRouter
internal import HeardText

/// What was said of one labelled message, beside what is so.
public struct MessageOutcome: Sendable {
  /// The id of the message.
  public var id: String
  /// Name of its set.
  public var set: String
  /// As the source says, else as heard found.
  public var language: String
  /// What was asked, and the answers.
  public var labels: LabelValues
  /// What heard says of every label.
  public var predicted: LabelValues
  /// The class it has, where somebody said so.
  public var expectedClass: String?
  /// The class that heard says.
  public var predictedClass: String
  /// The queue it should go to, where somebody said so.
  public var expectedQueue: String?
  /// The queue it went to.
  public var queue: String
  /// Scores of 0 to 1, in the order of `EvidenceKind.scores`.
  public var scores: [Double]
  /// −1 … 1.
  public var sentiment: Double
  /// The message itself, when it was misjudged and errors are to be shown.
  public var message: LabelledMessage?

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
    if keepsErrors, hasErrors { self.message = message }
  }

  private var hasErrors: Bool {
    Label.allCases.contains { label in
      labels[label].map { $0 != predicted[label] } ?? false
    }
  }

  /// How wrong a label is: from 0 for a hair's breadth to 1 for certain and wrong.
  func wrongness(_ label: Label) -> Double {
    guard let kind = label.score, let place = EvidenceKind.scores.firstIndex(of: kind) else {
      return sentiment.magnitude
    }
    return predicted[label] == true ? scores[place] : 1 - scores[place]
  }
}
