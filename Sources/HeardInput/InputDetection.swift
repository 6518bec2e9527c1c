internal import HeardMail

/// Tells the form of an input from its name and its first bytes.
enum InputDetection {
  /// How much is looked at.
  static let headBytes = 1 << 16

  /// The form of a file or folder.
  static func kind(
    ofFile path: String, _ options: InputOptions
  ) throws(InputError) -> PlannedInput.Kind {
    guard let facts = FileFacts(path) else {
      throw InputError(.noInput, "\(path): cannot be opened: \(SystemFailure())")
    }
    if facts.isFolder {
      switch options.form {
      case .auto, .eml, .maildir: return .folder
      case .jsonl, .csv, .tsv, .mbox, .text:
        throw InputError(
          .unknownForm,
          "\(path): is a folder; --from \(options.form.rawValue) reads files, as \(path)/*")
      }
    }
    if let told = try told(path, options) { return told }
    if path.hasSuffix(".eml") { return .file }
    // Opened and closed again: there may be more inputs than a process may open.
    let stream = try ByteStream(path)
    return try detected(try stream.peek(headBytes), path, options)
  }

  /// The form of standard input; JSONL is what programs send, and what is taken when in doubt.
  static func kind(
    of stream: ByteStream, _ options: InputOptions
  ) throws(InputError) -> PlannedInput.Kind {
    if options.form == .eml {
      throw InputError(
        .usage, "standard input holds one mail at most; use `heard classify -` for it")
    }
    if let told = try told("-", options) { return told }
    let head = try stream.peek(headBytes)
    return kind(head: head, "-", options) ?? .jsonLines
  }

  /// The form of a pipe, which stays open.
  static func kind(
    ofPipe stream: ByteStream, _ path: String, _ options: InputOptions
  ) throws(InputError) -> PlannedInput.Kind {
    if let told = try told(path, options) { return told }
    let kind = try detected(try stream.peek(headBytes), path, options)
    guard kind != .file else {
      throw InputError(
        .unknownForm, "\(path): is one mail in a pipe; say so with --from eml, or name its file")
    }
    return kind
  }

  private static func told(
    _ path: String, _ options: InputOptions
  ) throws(InputError) -> PlannedInput.Kind? {
    switch options.form {
    case .auto: return nil
    case .jsonl: return .jsonLines
    case .csv: return .table(separator: options.separator)
    case .tsv: return .table(separator: options.separator ?? TableForm.tab)
    case .mbox: return .mailbox
    case .text: return .textLines
    case .eml: return .file
    case .maildir:
      throw InputError(.unknownForm, "\(path): is no folder; --from maildir reads a Maildir")
    }
  }

  private static func detected(
    _ head: [UInt8], _ path: String, _ options: InputOptions
  ) throws(InputError) -> PlannedInput.Kind {
    if let kind = kind(head: head, path, options) { return kind }
    if head.first(where: { !isSpace($0) }) == UInt8(ascii: "[") {
      throw InputError(
        .unknownForm, "\(path): is one JSON array; make it JSON lines: jq -c '.[]' FILE")
    }
    throw InputError(
      .unknownForm,
      "\(path): neither JSONL, a table, a mailbox nor a mail; say what it is with --from "
        + InputForm.allCases.dropFirst().map(\.rawValue).joined(separator: "|"))
  }

  private static func kind(
    head: [UInt8], _ path: String, _ options: InputOptions
  ) -> PlannedInput.Kind? {
    var name = path.lowercased()
    for suffix in [".gz", ".zst"] where name.hasSuffix(suffix) {
      name.removeLast(suffix.count)
    }
    func isCalled(_ suffixes: String...) -> Bool { suffixes.contains(where: name.hasSuffix) }
    if isCalled(".jsonl", ".ndjson") { return .jsonLines }
    if isCalled(".csv") { return .table(separator: options.separator) }
    if isCalled(".tsv", ".tab") { return .table(separator: options.separator ?? TableForm.tab) }
    if isCalled(".mbox", ".mbx") { return .mailbox }
    let head = head.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(head.dropFirst(3)) : head
    if head.first(where: { !isSpace($0) }) == UInt8(ascii: "{") || isCalled(".json") && head.isEmpty
    {
      return .jsonLines
    }
    let line = head.prefix { $0 != 0x0A && $0 != 0x0D }
    if EnvelopeLine.looksLikeOne(line) { return .mailbox }
    if MailReader.looksLikeMail(head) { return path == "-" ? nil : .file }
    if hasColumn(options.fields.text, line) { return .table(separator: options.separator) }
    return nil
  }

  /// Whether a line is a header with the column of the text and one more.
  static func hasColumn(_ name: String, _ line: ArraySlice<UInt8>) -> Bool {
    let separator = TableForm.separator(of: line)
    let cells = line.split(separator: separator, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self).filter { $0 != "\"" && $0 != " " }.lowercased()
    }
    return cells.count > 1 && cells.contains(name.lowercased())
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
