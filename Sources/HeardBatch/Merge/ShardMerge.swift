internal import HeardInput

/// Puts the outputs of all shards of a corpus together, as one run would have written them.
///
/// Shards are stretches of the input, so this is putting one behind the other; the care is in the
/// checks: every piece once, all of one run, each as long as its note says.
public struct ShardMerge: Sendable {
  /// How the outputs are written.
  public enum Kind: Hashable, Sendable {
    /// Lines, of which the first is a header when it is a table.
    case lines(hasHeader: Bool)
    /// A folder of such files.
    case folder(hasHeader: Bool)
    case database
  }

  /// The outputs, in the order of the corpus.
  public let paths: [String]
  /// How they are written.
  public let kind: Kind
  /// What was done in all of them.
  public let statistics: RunStatistics
  private let marks: [OutputMark]

  /// Checks that the outputs are all pieces of one run, in any order.
  public init(_ outputs: [String]) throws(MergeError) {
    var notes: [ShardNote] = []
    for path in outputs { notes.append(try ShardNote(of: path)) }
    notes.sort { $0.shard.number < $1.shard.number }
    guard let first = notes.first else {
      throw MergeError(.incomplete, "there is nothing to merge")
    }
    for note in notes {
      guard note.shard.count == first.shard.count else {
        throw MergeError(
          .different,
          "\(note.path) is a piece of \(note.shard.count), \(first.path) of \(first.shard.count)")
      }
      if note.common != first.common {
        var expected = first.checkpoint
        expected.identity = first.common
        let difference = expected.difference(from: note.common) ?? "they differ"
        throw MergeError(
          .different, "\(first.path) and \(note.path) are of different runs: \(difference)")
      }
    }
    let numbers = notes.map(\.shard.number)
    for number in 1...first.shard.count where numbers.count(where: { $0 == number }) != 1 {
      let found = numbers.contains(number) ? "there twice" : "missing"
      throw MergeError(.incomplete, "piece \(number)/\(first.shard.count) is \(found)")
    }
    paths = notes.map(\.path)
    marks = notes.map(\.checkpoint.mark)
    var statistics = RunStatistics()
    for note in notes { statistics.add(note.checkpoint.statistics) }
    self.statistics = statistics
    let form = first.common.first { $0.name == BatchRun.formFact }?.value ?? ""
    let hasHeader = form.hasPrefix("csv") || form.hasPrefix("tsv")
    kind =
      if form == "sqlite" {
        .database
      } else if form.hasSuffix(BatchRun.perQueue) {
        .folder(hasHeader: hasHeader)
      } else {
        .lines(hasHeader: hasHeader)
      }
  }

  /// Writes the outputs one behind the other; not for databases.
  public func write(to output: String) throws(RunError) {
    switch kind {
    case .database: preconditionFailure("databases are merged by DatabaseMerge")
    case .lines(let hasHeader):
      try concatenate(paths, lengths: marks.map { $0.parts.first?.length ?? 0 }, output, hasHeader)
    case .folder(let hasHeader):
      let folder = output.hasSuffix("/") ? String(output.dropLast()) : output
      try PartialFile.makeFolder(folder)
      for part in marks.first?.parts ?? [] {
        let lengths = marks.map { mark in mark.parts.first { $0.name == part.name }?.length ?? 0 }
        try concatenate(
          paths.map { ($0.hasSuffix("/") ? $0 : $0 + "/") + part.name }, lengths: lengths,
          "\(folder)/\(part.name)", hasHeader)
      }
    }
  }

  private func concatenate(
    _ inputs: [String], lengths: [Int], _ output: String, _ hasHeader: Bool
  ) throws(RunError) {
    let sink = FileSink(output)
    do throws(RunError) {
      try sink.begin(at: nil)
      for (index, input) in inputs.enumerated() {
        try append(input, lengths[index], skipsHeader: hasHeader && index > 0, to: sink)
      }
      _ = try sink.synchronize()
      try sink.publish()
    } catch {
      sink.discard()
      throw error
    }
  }

  private func append(
    _ input: String, _ length: Int, skipsHeader: Bool, to sink: FileSink
  ) throws(RunError) {
    let file = try open(input)
    var isHeader = skipsHeader
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var total = 0
    while true {
      let got = try read(file, into: &buffer, input)
      if got == 0 { break }
      total += got
      var start = 0
      if isHeader {
        start = LineScan.end(of: 0, in: buffer, before: got)
        if start < got {
          isHeader = false
          start += 1
        }
      }
      try sink.append(buffer, start..<got)
    }
    guard total == length else {
      throw .input(
        InputError(
          .damaged, "\(input): has \(total) bytes, its note says \(length); run that shard again"))
    }
  }

  private func open(_ path: String) throws(RunError) -> FileDescriptor {
    do throws(SystemFailure) {
      return try FileDescriptor(reading: path)
    } catch {
      throw .input(InputError(.noInput, "\(path): cannot be opened: \(error)"))
    }
  }

  private func read(
    _ file: borrowing FileDescriptor, into buffer: inout [UInt8], _ path: String
  ) throws(RunError) -> Int {
    do throws(SystemFailure) {
      return try file.read(into: &buffer, at: 0, count: buffer.count)
    } catch {
      throw .input(InputError(.readFailed, "\(path): cannot be read: \(error)"))
    }
  }
}
