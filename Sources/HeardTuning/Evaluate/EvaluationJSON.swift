internal import Heard
public import HeardCorpus
internal import HeardStatistics

/// An evaluation as one JSON object.
public enum EvaluationJSON {
  /// The object and a line's end.
  public static func write(
    _ evaluation: Evaluation, worst: [ExplainedError], showsText: Bool
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("messages")
    writer.integer(evaluation.outcomes.count)
    writer.key("errors")
    writer.integer(evaluation.errors)
    writer.key("labels")
    writer.openArray()
    for result in evaluation.results {
      writer.openObject()
      head(result.set, result.language, result.label.rawValue, into: &writer)
      measures(result.counts, result.interval, into: &writer)
      writer.closeObject()
    }
    writer.closeArray()
    writer.key("classes")
    groups(evaluation.classes, into: &writer)
    writer.key("queues")
    groups(evaluation.queues, into: &writer)
    writer.key("class_confusion")
    confusion(evaluation.classConfusion, into: &writer)
    writer.key("queue_confusion")
    confusion(evaluation.queueConfusion, into: &writer)
    writer.key("reliability")
    writer.openArray()
    for table in evaluation.reliability { reliability(table, into: &writer) }
    writer.closeArray()
    writer.key("worst")
    writer.openArray()
    for error in worst { explained(error, showsText: showsText, into: &writer) }
    writer.closeArray()
    writer.closeObject()
    writer.endLine()
    return writer.finish()
  }

  private static func head(
    _ set: String, _ language: String, _ name: String, into writer: inout JSONWriter
  ) {
    writer.key("set")
    writer.string(set)
    writer.key("lang")
    writer.string(language)
    writer.key("name")
    writer.string(name)
  }

  private static func measures(
    _ counts: LabelCounts, _ interval: ClosedRange<Double>, into writer: inout JSONWriter
  ) {
    writer.key("tp")
    writer.integer(counts.truePositives)
    writer.key("fp")
    writer.integer(counts.falsePositives)
    writer.key("fn")
    writer.integer(counts.falseNegatives)
    writer.key("tn")
    writer.integer(counts.trueNegatives)
    let shares: [(StaticString, Double)] = [
      ("precision", counts.precision), ("recall", counts.recall), ("f1", counts.f1),
      ("always_yes", counts.alwaysYes),
    ]
    for (name, value) in shares {
      writer.key(name)
      writer.score(value)
    }
    writer.key("interval")
    writer.openArray()
    writer.score(interval.lowerBound)
    writer.score(interval.upperBound)
    writer.closeArray()
  }

  private static func groups(_ results: [GroupResult], into writer: inout JSONWriter) {
    writer.openArray()
    for result in results {
      writer.openObject()
      head(result.set, result.language, result.name, into: &writer)
      measures(result.counts, result.interval, into: &writer)
      writer.closeObject()
    }
    writer.closeArray()
  }

  /// `{"complaint": {"question": 3}}`: what is so, as what it was judged, how often.
  private static func confusion(_ matrix: Confusion, into writer: inout JSONWriter) {
    let names = matrix.names
    writer.openObject()
    for actual in names {
      writer.key(actual)
      writer.openObject()
      for predicted in names where matrix[actual, predicted] > 0 {
        writer.key(predicted)
        writer.integer(matrix[actual, predicted])
      }
      writer.closeObject()
    }
    writer.closeObject()
  }

  private static func reliability(_ table: Reliability, into writer: inout JSONWriter) {
    writer.openObject()
    writer.key("label")
    writer.string(table.label.rawValue)
    writer.key("brier")
    writer.score(table.brier)
    writer.key("brier_of_share")
    writer.score(table.brierOfShare)
    writer.key("calibration_error")
    writer.score(table.calibrationError)
    writer.key("bins")
    writer.openArray()
    for bin in table.bins {
      writer.openObject()
      writer.key("n")
      writer.integer(bin.count)
      writer.key("mean_score")
      writer.score(bin.meanScore)
      writer.key("share_true")
      writer.score(bin.shareTrue)
      writer.closeObject()
    }
    writer.closeArray()
    writer.closeObject()
  }

  private static func explained(
    _ error: ExplainedError, showsText: Bool, into writer: inout JSONWriter
  ) {
    writer.openObject()
    head(error.set, error.language, error.label.rawValue, into: &writer)
    writer.key("id")
    writer.string(error.id)
    writer.key("predicted")
    writer.json((error.predicted ? "true" : "false").utf8)
    writer.key("wrongness")
    writer.score(error.wrongness)
    for (name, reasons) in [("reasons", error.reasons), ("near_misses", error.nearMisses)] {
      writer.key(name)
      writer.openArray()
      for reason in reasons {
        writer.openObject()
        writer.key("name")
        writer.string(reason.name)
        writer.key("kind")
        writer.string(reason.kind)
        writer.key("weight")
        writer.thousandths(reason.milli)
        writer.closeObject()
      }
      writer.closeArray()
    }
    if showsText {
      writer.key("text")
      writer.string(error.text)
    }
    writer.closeObject()
  }
}
