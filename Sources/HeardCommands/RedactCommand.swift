internal import ArgumentParser
internal import HeardInput
internal import HeardMail
internal import HeardRedaction

/// `heard redact`: pseudonymises texts.
struct RedactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Put tokens in place of names, numbers and addresses.",
    discussion: """
      Examples:
        heard redact letter.txt
        heard redact --redact-key team.key letter.txt > shared.txt
        heard redact --staff staff.yaml letter.txt
        heard redact --spans letter.txt

      Of a mail the subject and the text are written, decoded, without the header: what is encoded \
      cannot be found, and headers name the sender. Web pages, mailboxes and what is compressed are \
      refused (status 65).

      Finds e-mail addresses, IBAN, cards (Luhn), BSN (eleven-test), PESEL, NIP, telephone numbers and \
      postcodes of the Netherlands, Poland and Britain, and names behind a title. The same thing \
      has the same token wherever the same key is used. The result is pseudonymised, not anonymous: \
      names without a title and what a story gives away are still there.

      --spans lists instead what was found, a line each: kind, start and end in the original, start \
      and end in the redacted text (bytes), token. Mails have no such list.
      """)

  @Option(help: "File with the key of the tokens (16 bytes or more); none: of this run alone.")
  var redactKey: String?

  @Option(
    help: "Directory of the staff, whose names are found in all their forms.",
    completion: .file(extensions: ["yaml", "csv"]))
  var staff: String?

  @Flag(help: "List what was found and where, without the text.")
  var spans = false

  @Argument(help: "Texts and mails; - is standard input.", completion: .file())
  var files: [String] = ["-"]

  func run() throws {
    let redactor = Redactor(
      key: try RedactionOptions.key(redactKey), staff: try staff.map(HandlingFiles.staff))
    for path in files {
      let bytes: [UInt8]
      do throws(FileReader.Problem) {
        bytes = try FileReader.read(path, limit: 256 << 20)
      } catch {
        throw Failure(.noInput, "\(path): \(error.message)")
      }
      if let reason = RedactCommand.problem(bytes) {
        throw Failure(.data, "\(path): \(reason); nothing of it was written")
      }
      if MailReader.looksLikeMail(bytes) {
        guard !spans else {
          throw Failure(
            .data, "\(path): is a mail, whose bytes are not those of its text; leave out --spans")
        }
        for part in try RedactCommand.parts(bytes, path) where !part.isEmpty {
          let text = redactor.redact(part).bytes
          try Terminal.write(text.last == 0x0A ? text : text + [0x0A])
        }
        continue
      }
      let redacted = redactor.redact(bytes)
      guard spans else {
        try Terminal.write(redacted.bytes)
        continue
      }
      for one in redacted.replacements {
        try Terminal.write(
          "\(one.kind.rawValue)\t\(one.original.lowerBound)\t\(one.original.upperBound)\t"
            + "\(one.redacted.lowerBound)\t\(one.redacted.upperBound)\t\(one.token)\n")
      }
    }
  }

  /// Why names and numbers cannot be found in bytes; nil when they can.
  private static func problem(_ bytes: [UInt8]) -> String? {
    if let reason = SingleMessage.unreadable(bytes) { return reason }
    if SingleMessage.isMailbox(bytes) {
      return "is a mailbox, and its mails may be encoded; name mails one by one"
    }
    let head = String(
      decoding: bytes.drop { $0 <= 0x20 || $0 >= 0x80 }.prefix(9), as: UTF8.self
    ).lowercased()
    guard head.hasPrefix("<!doctype") || head.hasPrefix("<html") else { return nil }
    return "is a web page, and its marks hide what stands between them; save it as text"
  }

  /// The texts of a mail, as people read them.
  private static func parts(_ bytes: [UInt8], _ path: String) throws(Failure) -> [[UInt8]] {
    do throws(MailError) {
      return try MailReader().read(bytes).parts.map(\.bytes)
    } catch {
      throw Failure(.data, "\(path): \(error.message) (byte \(error.offset))")
    }
  }
}
