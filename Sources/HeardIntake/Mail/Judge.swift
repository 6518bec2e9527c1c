internal import Glibc
internal import Heard
internal import HeardCases
internal import HeardMail
internal import Synchronization

/// Judges mails on any thread, with the pipeline that is current.
final class Judge: Sendable {
  /// A pipeline and the workers that rest between two mails.
  private struct State {
    var pipeline: Pipeline?
    var rules: HandlingRules
    var headers: HeaderWriter?
    var generation = 0
    var resting: [RestingWorker] = []
    var fault: String
  }

  /// Not shared: it is in the list or in the hands of one thread, never both.
  private struct RestingWorker: @unchecked Sendable {
    let worker: Worker
    let handler: MessageHandler?
  }

  /// What heard says of a mail.
  enum Outcome: Sendable {
    case judged(Judgement, Pipeline, HeaderWriter)
    /// Why it could not be judged; no text of the customer.
    case fault(String)
    /// It was not tried: too many do not come back from being judged.
    case noThread
  }

  private let state: Mutex<State>
  private let evidenceLimit: Int
  private let system: TicketSystem
  private let threads = JudgingThread()

  /// Makes a judge; without a pipeline every mail is a fault.
  init(
    _ pipeline: Pipeline?, fault: String, rules: HandlingRules, evidenceLimit: Int,
    system: TicketSystem
  ) {
    self.evidenceLimit = evidenceLimit
    self.system = system
    let headers = pipeline.map { HeaderWriter($0, evidenceLimit: evidenceLimit, for: system) }
    state = Mutex(State(pipeline: pipeline, rules: rules, headers: headers, fault: fault))
  }

  /// Whether so many messages do not come back from being judged that no other is tried.
  var isStuck: Bool { threads.isFull }

  /// Judges by another pipeline from now on; mails in hand are finished with the old one.
  func reload(_ pipeline: Pipeline, rules: HandlingRules?) {
    state.withLock { state in
      if let rules { state.rules = rules }
      state.pipeline = pipeline
      state.headers = HeaderWriter(pipeline, evidenceLimit: evidenceLimit, for: system)
      state.generation += 1
      state.resting = []
    }
  }

  /// The pipeline that is current.
  var pipeline: Pipeline? { state.withLock { $0.pipeline } }

  /// Judges a mail for at most `limit` milliseconds; nil: however long it takes.
  ///
  /// - Parameter recipients: the envelope's, which the mail itself need not name.
  func judge(_ message: [UInt8], recipients: [String], limit: Int?) -> Outcome {
    guard let limit else { return judge(message, recipients) }
    switch threads.run(limit: limit, { [self] in judge(message, recipients) }) {
    case .done(let outcome): return outcome
    case .timeIsUp: return .fault("judging the message took more than \(limit) ms")
    case .tooManyLeft: return .noThread
    }
  }

  /// Judges a mail in the calling thread.
  private func judge(_ bytes: [UInt8], _ recipients: [String]) -> Outcome {
    let (current, generation, rested) = state.withLock { state in
      (
        (state.pipeline, state.headers, state.rules, state.fault), state.generation,
        state.resting.popLast()
      )
    }
    let (found, writer, rules, fault) = current
    guard let pipeline = found, let headers = writer else { return .fault(fault) }
    TestFault.strike(bytes)
    let resting =
      rested
      ?? RestingWorker(
        worker: pipeline.makeWorker(),
        handler: rules.isEmpty ? nil : MessageHandler(pipeline, rules))
    defer {
      state.withLock { state in
        if state.generation == generation, state.resting.count < 64 {
          state.resting.append(resting)
        }
      }
    }
    let message: Message
    do throws(MailError) {
      message = Self.addressed(try resting.worker.read(mail: bytes), to: recipients)
    } catch {
      return .fault("\(error.code.word): \(error.message)")
    }
    let judgement = resting.worker.judge(
      message, id: .none, explain: evidenceLimit > 0 || rules.needExplanations)
    guard let handler = resting.handler else { return .judged(judgement, pipeline, headers) }
    do throws(CaseError) {
      // As its own fields say, else now, for it has just come.
      let handled = try handler.handle(
        judgement, received: message.received ?? Int64(time(nil)), explain: false)
      return .judged(handled, pipeline, headers)
    } catch {
      return .fault(error.description)
    }
  }

  /// The message with the envelope's recipients: `To` may name a list, or nobody.
  private static func addressed(_ message: Message, to recipients: [String]) -> Message {
    var message = message
    let known = Set(message.recipients.map { $0.address.lowercased() })
    message.recipients += recipients.filter { !$0.isEmpty && !known.contains($0.lowercased()) }
      .map { Mailbox(name: "", address: $0) }
    return message
  }
}
