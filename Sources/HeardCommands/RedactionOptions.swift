internal import ArgumentParser
internal import HeardInput
internal import HeardRedaction

/// Whether quoted messages are pseudonymised, and with which key.
struct RedactionOptions: ParsableArguments {
  @Flag(help: "Put tokens in place of names, numbers and addresses in quoted messages.")
  var redact = false

  @Option(help: "File with the key of the tokens (16 bytes or more); none: of this run alone.")
  var redactKey: String?

  @Option(
    help: "With --redact: directory of the staff, whose names are found in all their forms.",
    completion: .file(extensions: ["yaml", "csv"]))
  var redactStaff: String?

  func validate() throws {
    if redactStaff != nil, !redact {
      throw ValidationError("--redact-staff goes with --redact")
    }
    if redactKey != nil, !redact { throw ValidationError("--redact-key goes with --redact") }
  }

  /// The redactor, when one is asked for.
  func redactor() throws(Failure) -> Redactor? {
    guard redact else { return nil }
    return Redactor(
      key: try RedactionOptions.key(redactKey), staff: try redactStaff.map(HandlingFiles.staff))
  }

  /// The key in a file; a random one without a file.
  ///
  /// - Parameter option: which names it.
  static func key(
    _ path: String?, option: String = "--redact-key"
  ) throws(Failure) -> RedactionKey {
    guard let path else { return .random() }
    let bytes: [UInt8]
    do throws(FileReader.Problem) {
      bytes = try FileReader.read(path, limit: 4096)
    } catch {
      throw Failure(.noInput, "\(path): the key of \(option): \(error.message)")
    }
    guard let key = RedactionKey(bytes) else {
      throw Failure(
        .usage,
        "\(path): a key of \(bytes.count) bytes; \(RedactionKey.leastLength) or more are needed, as "
          + "of: head -c 32 /dev/urandom > \(path)")
    }
    return key
  }
}
