public import Heard
package import HeardClassifier
internal import HeardInput
package import HeardLexicon
internal import HeardMail

extension Worker {
  /// Judges a message of a corpus; a mail is read from its file.
  public func judge(_ message: LabelledMessage, explain: Bool = false) -> Judgement {
    switch message.content {
    case .text(let text):
      return judge(text: Array(text.utf8), id: .text(message.id), explain: explain)
    case .mail(let path):
      do throws(FileReader.Problem) {
        let bytes = try FileReader.read(path, limit: pipeline.limits.mailBytes)
        return judge(mail: bytes, id: .text(message.id), location: path, explain: explain)
      } catch {
        return Judgement(
          id: .text(message.id),
          outcome: .failed(
            RecordError(code: error.code, message: error.message, location: path)))
      }
    }
  }
}

extension Label {
  /// What heard says of a label.
  package func holds(_ assessment: Assessment) -> Bool {
    switch self {
    case .complaint: assessment.messageClass == .complaint
    case .anger: assessment.anger >= 1
    case .expectationGap: assessment.tags.contains(.expectationGap)
    case .staffTargeted: assessment.tags.contains(.staffTargeted)
    case .service:
      assessment.tags.contains(.staffTargeted) || assessment.signals.contains(.poorService)
    case .pricingDispute: assessment.tags.contains(.pricingDispute)
    case .price:
      assessment.tags.contains(.pricingDispute) || assessment.signals.contains(.pricingOpinion)
    case .negative: assessment.sentiment < 0
    }
  }

  /// The score that speaks for a label; nil for sentiment, which is none.
  var score: EvidenceKind? {
    switch self {
    case .complaint: .complaint
    case .anger: .anger
    case .expectationGap: .expectationGap
    case .staffTargeted, .service: .staffTargeted
    case .pricingDispute, .price: .pricingDispute
    case .negative: nil
    }
  }

  /// The kinds of evidence that decide on a label.
  package var kinds: [EvidenceKind] {
    switch self {
    case .complaint: [.complaint]
    case .anger: [.anger]
    case .expectationGap: [.expectationGap]
    case .staffTargeted: [.staffTargeted]
    case .service: [.staffTargeted, .poorService]
    case .pricingDispute: [.pricingDispute]
    case .price: [.pricingDispute, .pricingOpinion]
    case .negative: [.valence]
    }
  }

  /// Every label's value of a judged message.
  static func predictions(_ assessment: Assessment) -> LabelValues {
    var values = LabelValues()
    for label in allCases { values[label] = label.holds(assessment) }
    return values
  }
}
