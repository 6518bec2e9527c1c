internal import ArgumentParser
internal import HeardBatch
internal import HeardTuning

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

      Finds e-mail addresses, IBAN, cards (Luhn), BSN (eleven-test), PESEL, NIP, telephone numbers and \
      postcodes of the Netherlands, Poland and Britain, and names behind a title. The same thing \
      has the same token wherever the same key is used. The result is pseudonymised, not anonymous: \
      names without a title and what a story gives away are still there.

      --spans lists instead what was found, a line each: kind, start and end in the original, start \
      and end in the redacted text (bytes), token.
      """)

  @Option(help: "File with the key of the tokens (16 bytes or more); none: of this run alone.")
  var redactKey: String?

  @Option(
    help: "Directory of the staff, whose names are found in all their forms.",
    completion: .file(extensions: ["yaml", "csv"]))
  var staff: String?

  @Flag(help: "List what was found and where, without the text.")
  var spans = false

  @Argument(help: "Text files; - is standard input.", completion: .file())
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
}
