internal import Glibc
internal import HeardMail

/// Decides how each input is read.
///
/// Files are looked at when the plan is made and opened when their turn comes, so that there may be
/// more of them than a process can hold open.
public struct InputPlan {
  /// The names of the fields that are read.
  public var fields: RecordFields { options.fields }
  /// Whether the inputs can be read again; standard input and pipes cannot.
  public var isRepeatable: Bool { !inputs.contains { $0.stream != nil } }

  private let options: InputOptions
  private let inputs: [PlannedInput]

  /// Looks at the inputs, in the order given.
  ///
  /// - Parameter paths: files, folders, patterns as `mail/*.jsonl` where no file is called so, and
  ///   `-` for standard input.
  public init(_ paths: [String], options: InputOptions = .init()) throws(InputError) {
    self.options = options
    var inputs: [PlannedInput] = []
    for path in paths {
      for found in try PathPattern.files(path) {
        if found == "-" {
          guard !inputs.contains(where: { $0.path == "-" }) else {
            throw InputError(.usage, "standard input (-) is named twice")
          }
          let stream = try ByteStream("-")
          let kind = try InputDetection.kind(of: stream, options)
          inputs.append(PlannedInput(path: "-", kind: kind, stream: stream))
        } else if InputPlan.isPipe(found, options) {
          // What was looked at is gone from a pipe when it is opened again.
          let stream = try ByteStream(found)
          let kind = try InputDetection.kind(ofPipe: stream, found, options)
          inputs.append(PlannedInput(path: found, kind: kind, stream: stream))
        } else {
          let kind = try InputDetection.kind(ofFile: found, options)
          let folder = kind == .folder ? try FileSource(folder: found) : nil
          inputs.append(PlannedInput(path: found, kind: kind, folder: folder))
        }
      }
    }
    InputPlan.tellApart(inputs.compactMap(\.folder))
    self.inputs = inputs
  }

  /// Makes ids of files different that are called the same in several folders.
  private static func tellApart(_ folders: [FileSource]) {
    guard folders.count > 1 else { return }
    var seen: Set<String> = []
    var shared: Set<String> = []
    for folder in folders {
      for file in folder.paths where !seen.insert(file.id).inserted { shared.insert(file.id) }
    }
    for folder in folders where !shared.isEmpty { folder.qualify(shared) }
  }

  /// What people may not expect: files of folders that are not read.
  public var notes: [String] {
    inputs.compactMap { input in
      guard let left = input.folder?.leftOut, let first = left.first else { return nil }
      let names = left.prefix(3).joined(separator: ", ") + (left.count > 3 ? ", …" : "")
      return "\(input.path): \(left.count == 1 ? "1 file" : "\(left.count) files") left out "
        + "(\(names)): of a folder mails are read; name other files themselves, as "
        + "\(input.path)/\(first)"
    }
  }

  /// Whether a path is a pipe, as `<(zcat FILE)` and `/dev/stdin` are; one mail is read whole.
  private static func isPipe(_ path: String, _ options: InputOptions) -> Bool {
    guard let facts = FileFacts(path), !facts.isFolder, facts.regularSize == nil else {
      return false
    }
    return options.form != .eml && !path.hasSuffix(".eml")
  }

  /// The sources of the inputs.
  public func sources() throws(InputError) -> [any BlockSource] {
    var sources: [any BlockSource] = []
    for input in inputs { sources.append(try source(input)) }
    return sources
  }

  /// Whether a file is one of the inputs, by whatever name.
  public func reads(_ path: String) -> Bool {
    guard let facts = FileFacts(path), facts.regularSize != nil else { return false }
    return inputs.contains { FileFacts($0.path)?.isSame(facts) ?? false }
  }

  /// Bytes of all inputs, compressed as they are; nil when one is a pipe.
  public func totalBytes() -> Int? {
    var sum = 0
    for input in inputs {
      guard let size = input.folder?.total ?? FileFacts(input.path)?.regularSize else { return nil }
      sum += size
    }
    return sum
  }

  /// What each input holds in bytes, decompressed; for cutting a corpus into shards.
  package func contentSizes() throws(InputError) -> [Int] {
    var sizes: [Int] = []
    for input in inputs {
      guard input.stream == nil else {
        let name = input.path == "-" ? "standard input" : input.path
        throw InputError(
          .usage, "\(name) cannot be cut into shards: its size is not known; name files")
      }
      switch input.kind {
      case .folder, .file: sizes.append(try source(input).total ?? 0)
      default: sizes.append(try ByteStream(input.path).contentSize())
      }
    }
    return sizes
  }

  /// What a run that goes on must find as it was.
  package func facts() throws(InputError) -> [(name: String, value: String)] {
    var facts = [
      ("--from", options.form.rawValue),
      (
        "the fields",
        [fields.text, fields.id, fields.sender, fields.time].joined(separator: ", ")
      ),
      ("the form of tables", "header \(options.hasHeader), separator \(options.separator ?? 0)"),
      ("--mbox-dialect", options.dialect.rawValue),
      ("--block-size", "\(options.blockBytes)"),
      ("the number of inputs", "\(inputs.count)"),
    ]
    for (index, input) in inputs.enumerated() where input.stream == nil {
      facts.append(("input \(index + 1), \(input.path),", try InputFingerprint.of(input)))
    }
    return facts
  }

  private func source(_ input: PlannedInput) throws(InputError) -> any BlockSource {
    func feed() -> BlockFeed {
      if let stream = input.stream {
        return BlockFeed(stream, total: stream.size(), blockBytes: options.blockBytes)
      }
      return BlockFeed(
        path: input.path, total: FileFacts(input.path)?.regularSize,
        blockBytes: options.blockBytes)
    }
    switch input.kind {
    case .jsonLines:
      return LineSource(feed(), content: .jsonLines, lineLimit: options.recordLimit)
    case .textLines:
      return LineSource(feed(), content: .textLines, lineLimit: options.recordLimit)
    case .table(let separator):
      let form = TableForm(separator: separator, hasHeader: options.hasHeader)
      return RecordSource(
        feed(), RowSplitter(form, options.fields), limit: options.recordLimit)
    case .mailbox:
      return RecordSource(
        feed(), MboxSplitter(options.dialect, limit: options.mailLimit),
        limit: options.mailLimit)
    case .file: return FileSource(file: input.path)
    case .folder:
      if let folder = input.folder { return folder }
      return try FileSource(folder: input.path)
    }
  }
}

/// An input and how it is read.
struct PlannedInput {
  /// What there is to read.
  enum Kind: Hashable {
    case jsonLines
    case textLines
    /// A table; without a separator it is told from the first row.
    case table(separator: UInt8?)
    case mailbox
    /// One mail or text.
    case file
    case folder
  }

  let path: String
  let kind: Kind
  /// The files of a folder, listed once.
  var folder: FileSource?
  /// What cannot be opened twice, open.
  var stream: ByteStream?
}
