internal import Heard
internal import Synchronization

/// Judges mails on any thread, with the pipeline that is current.
final class Judge: Sendable {
  /// A pipeline and the workers that rest between two mails.
  private struct State {
    var pipeline: Pipeline?
    var headers: HeaderWriter?
    var generation = 0
    var resting: [RestingWorker] = []
    var fault: String
  }

  /// Not shared: it is in the list or in the hands of one thread, never both.
  private struct RestingWorker: @unchecked Sendable {
    let worker: Worker
  }

  /// What heard says of a mail.
  enum Outcome: Sendable {
    case judged(Judgement, Pipeline, HeaderWriter)
    /// Why it could not be judged; no text of the customer.
    case fault(String)
  }

  private let state: Mutex<State>
  private let evidenceLimit: Int
  private let threads = JudgingThread()

  /// Makes a judge; without a pipeline every mail is a fault.
  init(_ pipeline: Pipeline?, fault: String, evidenceLimit: Int) {
    self.evidenceLimit = evidenceLimit
    state = Mutex(
      State(
        pipeline: pipeline,
        headers: pipeline.map { HeaderWriter($0, evidenceLimit: evidenceLimit) }, fault: fault))
  }

  /// Judges by another pipeline from now on; mails in hand are finished with the old one.
  func reload(_ pipeline: Pipeline) {
    state.withLock { state in
      state.pipeline = pipeline
      state.headers = HeaderWriter(pipeline, evidenceLimit: evidenceLimit)
      state.generation += 1
      state.resting = []
    }
  }

  /// The pipeline that is current.
  var pipeline: Pipeline? { state.withLock { $0.pipeline } }

  /// Judges a mail for at most `limit` milliseconds; nil: however long it takes.
  func judge(_ message: [UInt8], limit: Int?) -> Outcome {
    guard let limit else { return judge(message) }
    switch threads.run(limit: limit, { [self] in judge(message) }) {
    case .done(let outcome): return outcome
    case .timeIsUp: return .fault("judging the message took more than \(limit) ms")
    case .tooManyLeft: return .fault("too many messages are being judged without end")
    }
  }

  /// Judges a mail in the calling thread.
  private func judge(_ message: [UInt8]) -> Outcome {
    let (pipeline, headers, generation, rested, fault) = state.withLock { state in
      (state.pipeline, state.headers, state.generation, state.resting.popLast(), state.fault)
    }
    guard let pipeline, let headers else { return .fault(fault) }
    let worker = rested?.worker ?? pipeline.makeWorker()
    let judgement = worker.judge(
      mail: message, id: .none, location: "the message", explain: evidenceLimit > 0)
    let resting = RestingWorker(worker: worker)
    state.withLock { state in
      if state.generation == generation, state.resting.count < 64 { state.resting.append(resting) }
    }
    switch judgement.outcome {
    case .judged: return .judged(judgement, pipeline, headers)
    case .failed(let error): return .fault("\(error.code): \(error.message)")
    }
  }
}
