internal import ArgumentParser
internal import Heard
internal import HeardCases
internal import HeardIntake

/// What to do with a mail that cannot be judged.
enum FaultAnswer: String, ExpressibleByArgument, CaseIterable {
  /// It passes, or goes to the fallback queue, with `X-Heard-Status: error`.
  case fallback
  /// It is given back, and comes again later.
  case tempfail
}

/// Options that `filter` and `deliver` share.
struct PipeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Seconds for reading and judging, then again for filing (1 to 3600).",
      discussion: "Twice this must be below the mail server's own limit (Postfix: 1000)."))
  var timeout = 300.0

  @Option(
    help: "Add fields of a ticket system: generic (none), zammad, otrs or otobo.",
    completion: .list(TicketSystem.allCases.map(\.rawValue)),
    transform: { name in
      guard let system = TicketSystem(rawValue: name) else {
        throw ValidationError("--headers takes generic, zammad, otrs or otobo, not '\(name)'")
      }
      return system
    })
  var headers = TicketSystem.generic

  @Option(
    help: ArgumentHelp(
      "What becomes of a mail that cannot be judged: fallback (it goes on with X-Heard-Status: error)"
        + " or tempfail (75, it comes again)."))
  var onError = FaultAnswer.fallback

  @OptionGroup var pipeline: PipelineOptions

  @OptionGroup var handling: HandlingOptions

  func validate() throws {
    guard (0.01...3600).contains(timeout) else {
      throw ValidationError("--timeout takes seconds up to 3600, not \(timeout)")
    }
  }

  /// The pipeline, without a word on standard error, whose first word mail servers read.
  func load() throws(Failure) -> Pipeline { try pipeline.pipeline(complains: false) }

  /// What mails are handled with, likewise.
  func rules() throws(Failure) -> HandlingRules { try handling.rules(complains: false) }

  /// Judges a message that is passed on and not filed; every fault is one of the mail's.
  ///
  /// - Parameter recipients: the envelope's.
  func judge(_ message: [UInt8], _ recipients: [String], _ restart: String?) -> JudgedMail {
    if let restart { return JudgedMail(message, fault: restart, for: headers) }
    do throws(Failure) {
      return JudgedMail(
        message, by: try load(), recipients: recipients, rules: try rules(), for: headers)
    } catch {
      return JudgedMail(message, fault: error.message, for: headers)
    }
  }

  /// Gives a mail back that could not be judged, where that is wished.
  func check(_ mail: JudgedMail) throws(TemporaryFailure) {
    if onError == .tempfail, let fault = mail.fault { throw TemporaryFailure(fault) }
  }
}
