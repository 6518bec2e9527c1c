internal import ArgumentParser
internal import CHeardProcess
internal import Glibc
internal import HeardInput

/// Why a command in a mail server's pipe gives the message back: status 75, try again later.
struct TemporaryFailure: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// The process of `heard filter` and `heard deliver`.
///
/// Law: it ends with 0 or 75 whatever happens; any other status makes a mail server bounce the
/// mail, which loses it for the customer. Its first words on standard error are a status code of
/// RFC 3463 that means "try again", which mail servers believe before the exit status.
enum PipeProcess {
  /// Commands that run in a pipe.
  static let commands = ["filter", "deliver"]

  /// What a message may have at most, bytes: beyond it the sender keeps it.
  ///
  /// Far above what mail servers take; it keeps a broken pipe from filling the memory.
  static let messageLimit = 1 << 30

  /// Runs the command line when it names a command for pipes, and does not come back then.
  ///
  /// Before anything else, so that a mistake in the command line ends with 75 as well: a mail server
  /// that was set up wrongly keeps its mails until somebody sees.
  static func startIfNamed() {
    guard let name = CommandLine.arguments.dropFirst().first, commands.contains(name) else {
      return
    }
    // A file opened later would get the number of a standard file that is closed.
    let closed = heard_standard_files()
    do {
      var command = try HeardCommand.parsed(Array(CommandLine.arguments.dropFirst()))
      if closed & 1 != 0 { giveBack("standard input is closed") }
      if name == "filter", closed & 2 != 0 { giveBack("standard output is closed") }
      try command.run()
    } catch let failure as TemporaryFailure {
      giveBack(failure.reason)
    } catch let failure as Failure {
      giveBack(failure.message)
    } catch {
      // Help and the version come as errors that mean success.
      if HeardCommand.exitCode(for: error).isSuccess { HeardCommand.exit(withError: error) }
      giveBack(HeardCommand.message(for: error))
    }
    _exit(0)
  }

  /// Ends the process with 75.
  static func giveBack(_ reason: String) -> Never {
    // One line, for logs; what mail servers take from it begins with the code.
    let line = reason.split(whereSeparator: \.isNewline).joined(separator: " ")
    Terminal.fputs("4.3.0 heard: \(line)\n")
    _exit(75)
  }

  /// Why judging is left out: the process before this one crashed in it, or ran out of time.
  static func restartReason() -> String? {
    switch heard_guard_reason() {
    case Int32(HEARD_RESTART_CRASH.rawValue): "judging the message crashed"
    case Int32(HEARD_RESTART_TIME.rawValue): "judging the message took too long"
    default: nil
    }
  }

  /// Reads the whole message and keeps it, so that a crash does not lose it.
  ///
  /// - Parameter seconds: how long reading, and judging after it, may take.
  static func readMessage(seconds: Double) throws(TemporaryFailure) -> [UInt8] {
    unsafe heard_guard_start(CommandLine.unsafeArgv)
    heard_guard_limit(UInt32(seconds * 1000))
    let message: [UInt8]
    do throws(FileReader.Problem) {
      message = try FileReader.read("-", limit: messageLimit)
    } catch {
      throw TemporaryFailure("the message cannot be read: \(error.message)")
    }
    guard !message.isEmpty else {
      // A mail server that dies leaves an empty pipe, and has the mail still.
      throw TemporaryFailure("there is no message on standard input")
    }
    _ = unsafe message.withUnsafeBytes { unsafe heard_guard_keep($0.baseAddress, $0.count) }
    return message
  }

  /// Runs `body` so that a crash or the end of time starts the process again without judging.
  static func judging<Value>(_ body: () -> Value) -> Value {
    heard_guard_stage(Int32(HEARD_STAGE_JUDGING.rawValue))
    defer { heard_guard_stage(Int32(HEARD_STAGE_FILING.rawValue)) }
    return body()
  }

  /// From here on time is for filing only.
  ///
  /// - Parameter seconds: how long it may take.
  static func beginFiling(seconds: Double) {
    heard_guard_stage(Int32(HEARD_STAGE_FILING.rawValue))
    heard_guard_limit(UInt32(seconds * 1000))
  }

  /// Runs a program with a message as its input; returns its exit status.
  static func run(
    _ path: String, _ arguments: [String], input: [UInt8]
  ) throws(TemporaryFailure) -> Int32 {
    heard_guard_stage(Int32(HEARD_STAGE_HANDED_OVER.rawValue))
    defer { heard_guard_stage(Int32(HEARD_STAGE_FILING.rawValue)) }
    var words = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe words.indices { unsafe free(words[index]) } }
    let status = unsafe words.withUnsafeMutableBufferPointer { list in
      unsafe input.withUnsafeBytes { bytes in
        unsafe heard_run(path, list.baseAddress, bytes.baseAddress, bytes.count)
      }
    }
    guard status >= 0 else {
      throw TemporaryFailure("\(path) cannot be run: \(Terminal.systemReason())")
    }
    return status
  }
}
