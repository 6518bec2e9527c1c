internal import Glibc
internal import HeardMail

/// The forms a corpus can come in.
public enum InputForm: String, CaseIterable, Sendable {
  /// Told from the name and the first bytes.
  case auto
  /// One JSON object a line.
  case jsonl
  /// A mail, or a folder of them.
  case eml
  /// A folder with `cur` and `new`.
  case maildir
  /// One message a line.
  case text
}

/// Decides how each input is read.
public enum InputPlan {
  /// The sources for the inputs, in the order given; `-` is standard input.
  public static func sources(
    _ paths: [String], form: InputForm
  ) throws(InputError) -> [any BlockSource] {
    var sources: [any BlockSource] = []
    for path in paths { sources.append(try source(path, form: form)) }
    return sources
  }

  private static func source(_ path: String, form: InputForm) throws(InputError) -> any BlockSource
  {
    let isFolder = path == "-" ? false : try self.isFolder(path)
    switch (form, isFolder) {
    case (.jsonl, true), (.text, true):
      throw InputError(
        .unknownForm, "\(path): is a folder; --from \(form.rawValue) reads files of lines")
    case (.maildir, false):
      throw InputError(.unknownForm, "\(path): is no folder; --from maildir reads a Maildir")
    case (.jsonl, false): return try LineSource(path: path, content: .jsonLines)
    case (.text, false): return try LineSource(path: path, content: .textLines)
    case (.eml, true), (.maildir, true), (.auto, true): return try FileSource(folder: path)
    case (.eml, false):
      guard path != "-" else {
        throw InputError(
          .unknownForm, "standard input holds one mail at most; use `heard classify -` for it")
      }
      return FileSource(file: path)
    case (.auto, false): return try detect(path)
    }
  }

  private static func isFolder(_ path: String) throws(InputError) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw InputError(.noInput, "\(path): cannot be opened: \(SystemFailure())")
    }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  private static func detect(_ path: String) throws(InputError) -> any BlockSource {
    // Standard input cannot be looked at twice; JSONL is what programs send.
    if path == "-" || [".jsonl", ".ndjson", ".json"].contains(where: path.hasSuffix) {
      return try LineSource(path: path, content: .jsonLines)
    }
    if path.hasSuffix(".eml") { return FileSource(file: path) }
    let head: [UInt8]
    do throws(SystemFailure) {
      let file = try FileDescriptor(reading: path)
      var buffer = [UInt8](repeating: 0, count: 4096)
      let got = try file.read(into: &buffer, at: 0, count: buffer.count)
      head = Array(buffer[..<got])
    } catch {
      throw InputError(.noInput, "\(path): cannot be read: \(error)")
    }
    if head.first(where: { !($0 == 0x20 || (0x09...0x0D).contains($0)) }) == UInt8(ascii: "{") {
      return try LineSource(path: path, content: .jsonLines)
    }
    if MailReader.looksLikeMail(head) { return FileSource(file: path) }
    throw InputError(
      .unknownForm,
      "\(path): neither JSONL nor a mail; say what it is with --from jsonl|eml|maildir|text")
  }
}
