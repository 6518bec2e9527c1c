internal import FoundationEssentials
internal import Heard
internal import HeardClassifier
internal import HeardIntake
internal import HeardLexicon
internal import HeardMail
internal import HeardText

/// Judges the messages that clients send.
struct MessageJudge: Sendable {
  /// A message as it came.
  enum Input: Sendable {
    case mail([UInt8])
    case text([UInt8], charset: String)
    /// `{text, id?, lang?, meta?}`
    case json([UInt8])

    /// As they came.
    var bytes: [UInt8] {
      switch self {
      case .mail(let bytes), .text(let bytes, _), .json(let bytes): bytes
      }
    }
  }

  let pool: JudgePool
  let store: PipelineStore
  let metrics: ServerMetrics

  /// The record of a message (`docs/record.schema.json`), and the digest of the lexicon.
  ///
  /// - Throws: ``Problem`` when there is no message in it, ``JudgePool/Refusal`` when too many wait.
  func record(of input: Input, explain: Bool) async throws -> (record: [UInt8], lexicon: String) {
    let current = store.current
    let result = try await pool.withWorker(of: current) {
      [metrics] bench -> Result<[UInt8], Problem> in
      do throws(Problem) {
        let judgement = try Self.judge(input, bench, explain, metrics)
        if case .failed(let error) = judgement.outcome {
          throw Problem.content("\(error.message) [\(error.code)]")
        }
        var writer = JSONWriter()
        current.records.write(judgement, explain: explain, into: &writer)
        return .success(writer.finish())
      } catch {
        return .failure(error)
      }
    }
    return (try result.get(), current.pipeline.lexicon.digest)
  }

  /// The records of lines of JSON, one line each, in order; a bad line becomes an error record.
  ///
  /// - Parameters:
  ///   - lines: with the number of each in the whole, from 1; nil: longer than it may be.
  func records(of lines: [(number: Int, bytes: [UInt8]?)], explain: Bool) async throws -> [UInt8] {
    let current = store.current
    return try await pool.withWorker(of: current, isPatient: true) { [metrics] bench in
      var writer = JSONWriter()
      for line in lines {
        let judgement: Judgement
        do throws(Problem) {
          guard let bytes = line.bytes else { throw Problem.content("the line is too long") }
          judgement = try Self.judge(.json(bytes), bench, explain, metrics)
        } catch {
          judgement = Judgement(
            id: .none,
            outcome: .failed(
              RecordError(
                code: error.code, message: error.sentence, location: "line \(line.number)")))
        }
        current.records.write(judgement, explain: explain, into: &writer)
        writer.endLine()
      }
      return writer.finish()
    }
  }

  private static func judge(
    _ input: Input, _ bench: JudgingBench, _ explain: Bool, _ metrics: ServerMetrics
  ) throws(Problem) -> Judgement {
    let start = ContinuousClock.now
    let worker = bench.worker
    let explains = explain || bench.needsExplanation
    TestFault.strike(input.bytes)
    var judgement: Judgement
    switch input {
    case .mail(let bytes):
      let judged = worker.judge(mail: bytes, id: .none, location: "body", explain: explains)
      if case .judged(let message, _, _) = judged.outcome, let id = message.id {
        judgement = Judgement(id: .text(id), outcome: judged.outcome)
      } else {
        judgement = judged
      }
    case .text(let bytes, let charset):
      judgement = worker.judge(
        PlainText.message(text: bytes, id: nil, charset: charset), id: .none, explain: explains)
    case .json(let bytes):
      let request = try read(bytes)
      let judged = worker.judge(request.message, id: request.id, explain: explains)
      judgement = compared(judged, with: request.language)
    }
    judgement = bench.handled(judgement, explain: explain)
    metrics.judged(judgement, microseconds: (ContinuousClock.now - start).microseconds)
    return judgement
  }

  /// Notes when a message is in another language than its sender says.
  private static func compared(_ judgement: Judgement, with claim: Language?) -> Judgement {
    guard let claim, case .judged(var message, let assessment, let decision) = judgement.outcome,
      assessment.language != claim
    else { return judgement }
    message.repairs.append(
      Repair(
        code: "language-differs",
        detail: "read as \(assessment.language.code), labelled \(claim.code)"))
    return Judgement(id: judgement.id, outcome: .judged(message, assessment, decision))
  }

  private static func read(_ bytes: [UInt8]) throws(Problem) -> MessageRequest {
    try StrictJSON.read(bytes, MessageRequest.self)
  }
}

/// Reads JSON bodies, of which every field must be known.
enum StrictJSON {
  /// A value of the body.
  static func read<Value: Decodable>(
    _ bytes: [UInt8], _ type: Value.Type
  ) throws(Problem) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch let error as MessageRequestError {
      throw Problem.content(
        "a field cannot be used", [.init(pointer: error.pointer, message: error.message)])
    } catch DecodingError.typeMismatch {
      throw Problem.content("the JSON is no object")
    } catch {
      // What the decoder says may quote the body.
      throw Problem.syntax("the body is no valid JSON in UTF-8")
    }
  }
}

extension Problem {
  /// What is wrong in one sentence, for a record of a batch.
  var sentence: String {
    guard let error = errors.first else { return detail }
    return "\(detail): \(error.pointer): \(error.message)"
  }
}
