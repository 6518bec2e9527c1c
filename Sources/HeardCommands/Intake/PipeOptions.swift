internal import ArgumentParser
internal import Heard
internal import HeardIntake
internal import HeardLexicon
internal import HeardRouter

/// Options that `filter` and `deliver` share.
struct PipeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Seconds for reading and judging, then again for filing (1 to 3600).",
      discussion: "Twice this must be below the mail server's own limit (Postfix: 1000)."))
  var timeout = 300.0

  @OptionGroup var pipeline: PipelineOptions

  func validate() throws {
    guard (0.01...3600).contains(timeout) else {
      throw ValidationError("--timeout takes seconds up to 3600, not \(timeout)")
    }
  }

  /// The pipeline, without a word on standard error, whose first word mail servers read.
  func load() throws(Failure) -> Pipeline {
    let path = try pipeline.lexiconPath()
    do {
      return Pipeline(
        lexicon: try LexiconStore.open(path: path), policy: try pipeline.readPolicy().policy)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.configuration, "\(error)")
    }
  }

  /// Judges a message that is passed on and not filed; every fault is one of the mail's.
  func judge(_ message: [UInt8], _ restart: String?) -> JudgedMail {
    if let restart { return JudgedMail(message, fault: restart) }
    do throws(Failure) {
      return JudgedMail(message, by: try load())
    } catch {
      return JudgedMail(message, fault: error.message)
    }
  }
}
