internal import ArgumentParser
internal import HeardInput

/// How the inputs of a run are read.
struct InputArguments: ParsableArguments {
  @Option(
    help: """
      Form of the input: auto, jsonl, csv, tsv, mbox, eml, maildir or text (a line a message). \
      gzip and zstd are told from the first bytes.
      """,
    transform: { word in
      guard let form = InputForm(rawValue: word) else {
        let forms = InputForm.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--from takes \(forms), not '\(word)'")
      }
      return form
    })
  var from = InputForm.auto

  @Option(help: "Field or column that holds the text; full stops lead into objects.")
  var textField = "text"

  @Option(help: "Field or column that holds the id, if not 'id'; a table must have the one named.")
  var idField: String?

  @Option(help: "Field or column that says who sent it, if not 'sender' (with --with-meta).")
  var senderField: String?

  @Option(help: "Field or column that says when it was sent, if not 'time' (with --with-meta).")
  var timeField: String?

  @Flag(help: "Tables have no header; the fields are column numbers, 1 for the first.")
  var noHeader = false

  @Option(
    help: "Dialect of mailboxes: auto, mboxo, mboxrd, mboxcl or mboxcl2.",
    transform: { word in
      guard let dialect = MboxDialect(rawValue: word) else {
        let dialects = MboxDialect.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--mbox-dialect takes \(dialects), not '\(word)'")
      }
      return dialect
    })
  var mboxDialect = MboxDialect.auto

  @Option(help: "KiB that one worker takes at a time (1 to 8192).")
  var blockSize = InputOptions.blockBytes / 1024

  func validate() throws {
    guard (1...8192).contains(blockSize) else {
      throw ValidationError("--block-size takes 1 to 8192 KiB, not \(blockSize)")
    }
  }

  /// The same for the readers.
  var options: InputOptions {
    var options = InputOptions()
    options.form = from
    options.fields.text = textField
    if let idField { options.fields.id = idField }
    if let senderField { options.fields.sender = senderField }
    if let timeField { options.fields.time = timeField }
    options.fields.needed = Set([idField, senderField, timeField].compactMap { $0 })
    options.hasHeader = !noHeader
    options.dialect = mboxDialect
    options.blockBytes = blockSize * 1024
    return options
  }
}
