internal import HeardInput

/// Writes records to one file, or to standard output.
public final class FileSink: RecordSink {
  /// As errors name it.
  public let name: String
  /// Beside the file; nil for standard output, pipes and devices.
  public var checkpointPath: String? { isSpecial ? nil : "\(path).checkpoint" }
  private let path: String
  private let header: [UInt8]
  private let partial: PartialFile
  private let isSpecial: Bool
  private var file: MarkedFile?

  /// Writes to a file, or to standard output for `-`.
  ///
  /// - Parameter header: what stands before the first record.
  public init(_ path: String, header: [UInt8] = []) {
    self.path = path
    self.header = header
    name = path == "-" ? "standard output" : path
    partial = PartialFile(path)
    isSpecial = path == "-" || partial.isSpecial
  }

  /// Opens the file and writes the header.
  public func begin(at mark: OutputMark?) throws(RunError) {
    do throws(SystemFailure) {
      var opened =
        path == "-"
        ? MarkedFile()
        : try MarkedFile(
          isSpecial ? path : partial.temporaryPath, length: mark?.parts.first?.length ?? 0)
      if mark == nil { try opened.write(header, header.indices) }
      file = consume opened
    } catch {
      throw .creation(path, error)
    }
  }

  /// Writes the records.
  public func write(_ block: JudgedBlock) throws(RunError) {
    try append(block.records, block.records.indices)
  }

  /// Writes bytes; when that fails none of them stays.
  func append(_ bytes: [UInt8], _ range: Range<Int>) throws(RunError) {
    do throws(SystemFailure) {
      try file?.write(bytes, range)
    } catch {
      throw .output(name, error)
    }
  }

  /// Waits for the disk.
  public func synchronize() throws(RunError) -> OutputMark {
    do throws(SystemFailure) {
      try file?.synchronize()
    } catch {
      throw .output(name, error)
    }
    return OutputMark([.init(name: "records", length: file?.length ?? 0)])
  }

  /// Moves the file to its name.
  public func publish() throws(RunError) {
    file = nil
    guard !isSpecial else { return }
    try partial.publish()
  }

  /// Removes the file.
  public func discard() {
    file = nil
    if !isSpecial { partial.discard() }
  }
}
