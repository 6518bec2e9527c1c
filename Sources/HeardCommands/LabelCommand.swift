internal import ArgumentParser
internal import Glibc
internal import HeardCorpus
internal import HeardInput
internal import HeardMail
internal import HeardRedaction
internal import HeardSources
internal import HeardTuning

/// `heard label`: labels messages by single keys.
struct LabelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Label messages by single keys, and measure how far two labellers agree.",
    discussion: """
      Examples:
        heard label inbox.jsonl -o anna.jsonl
        heard label inbox.jsonl -o anna.jsonl          # again: goes on where it stopped
        heard label --agreement anna.jsonl bram.jsonl

      Keys: \(LabelSession.help).

      Reads JSONL with id, lang and text (or file, for mails) and writes the corpus format \
      (corpus/README.md), after every message. Keys may come from a pipe too. --agreement gives \
      Cohen's kappa and Krippendorff's alpha of two files, label by label.
      """)

  @Option(name: .shortAndLong, help: "File to write; what is in it is kept and not asked again.")
  var output: String?

  @Flag(help: "Compare two labelled files instead.")
  var agreement = false

  @OptionGroup var redaction: RedactionOptions

  @Argument(help: "Files and folders of JSONL.", completion: .file())
  var corpora: [String]

  func validate() throws {
    if agreement {
      guard corpora.count == 2, output == nil else {
        throw ValidationError("--agreement takes two labelled files and no --output")
      }
    } else if output == nil {
      throw ValidationError("name the file to write with --output")
    }
  }

  func run() throws {
    if agreement {
      let files = try corpora.map { try lines($0) }
      guard let table = AgreementReport.table(files[0], files[1]) else {
        throw Failure(.data, "no message is labelled in both files; ids must agree")
      }
      try Terminal.write(table)
      return
    }
    guard let output else { return }
    let messages: [LabelledMessage]
    do {
      guard try !CorpusReader.reads(output, in: corpora) else {
        throw Failure(.usage, "\(output): is an input too; name another file with -o")
      }
      messages = try CorpusReader.read(corpora)
    } catch let failure as Failure {
      throw failure
    } catch let error as InputError {
      throw Failure(error.code == .noInput ? .noInput : .data, error.description)
    }
    let before = unsafe access(output, F_OK) == 0 ? try lines(output) : []
    var session = LabelSession(messages, lines: before)
    let keys = KeyInput()
    defer { keys.restore() }
    try label(&session, keys, output)
    Terminal.complain("\(session.done) of \(session.total) done; \(output)")
  }

  private func label(
    _ session: inout LabelSession, _ keys: KeyInput, _ output: String
  ) throws {
    let redactor = try redaction.redactor()
    try show(session, redactor)
    while session.current != nil, let key = keys.next() {
      let count = session.lines.count
      let event = session.press(key)
      if session.lines.count != count { try save(session.lines, output) }
      switch event {
      case .changed: try Terminal.write("\(session.status)\n")
      case .moved: try show(session, redactor)
      case .refused(let reason): try Terminal.write("\(reason)\n")
      case .finished: return
      }
    }
  }

  private func show(_ session: LabelSession, _ redactor: Redactor?) throws {
    guard let current = session.current else { return }
    let bytes: [UInt8]
    switch current.content {
    case .text(let text): bytes = Array(text.utf8)
    case .mail(let path): bytes = mailText(path)
    }
    let shown = redactor?.redact(bytes).bytes ?? bytes
    try Terminal.write("\n\(Printable.text("\(current.language) \(current.id)"))\n")
    try Terminal.write(Printable.text(shown, keepsLines: true))
    try Terminal.write("\n\(session.status)\n")
  }

  private func mailText(_ path: String) -> [UInt8] {
    guard let bytes = try? FileReader.read(path, limit: Limits().mailBytes),
      let message = try? MailReader(limits: Limits()).read(bytes)
    else { return Array("(\(path) cannot be read)".utf8) }
    return Array(message.parts.map(\.bytes).joined(separator: [0x0A]))
  }

  private func lines(_ path: String) throws(Failure) -> [String] {
    do throws(FileReader.Problem) {
      return try FileReader.read(path, limit: 256 << 20).split(separator: 0x0A)
        .map { String(decoding: $0, as: UTF8.self) }
    } catch {
      throw Failure(.noInput, "\(path): \(error.message)")
    }
  }

  private func save(_ lines: [String], _ path: String) throws(Failure) {
    do throws(LexiconError) {
      try LexiconFiles.write(
        lines.map { $0 + "\n" }.joined(), to: path, named: path)
    } catch {
      throw Failure(.cannotCreate, error.description)
    }
  }
}

/// Keys as they are pressed, or bytes of a pipe.
private final class KeyInput {
  private var saved: termios?

  /// Takes the terminal's line editing away, when there is a terminal.
  init() {
    guard isatty(0) == 1 else { return }
    var settings = termios()
    guard unsafe tcgetattr(0, &settings) == 0 else { return }
    saved = settings
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
    _ = unsafe tcsetattr(0, TCSANOW, &settings)
  }

  /// Gives the terminal back as it was.
  func restore() {
    guard var settings = saved else { return }
    _ = unsafe tcsetattr(0, TCSANOW, &settings)
    saved = nil
  }

  /// The next key; nil at the end of input.
  func next() -> Character? {
    var byte: UInt8 = 0
    while true {
      let count = unsafe read(0, &byte, 1)
      if count == 1 { return Character(UnicodeScalar(byte)) }
      if count < 0, errno == EINTR { continue }
      return nil
    }
  }
}
