/// Where the records of a run go, block by block.
///
/// A sink is written to by one worker at a time. What it has written is under its name only once it
/// is published, so that a broken run leaves no file that looks whole.
public protocol RecordSink: AnyObject {
  /// What it is called, for people.
  var name: String { get }
  /// Where a checkpoint of it goes; nil for what cannot go on, as a pipe.
  var checkpointPath: String? { get }
  /// Gets ready: anew, or behind a mark, of which all that is behind it is taken away.
  func begin(at mark: OutputMark?) throws(RunError)
  /// Takes the records of a block. When it throws, nothing of the block stays.
  func write(_ block: JudgedBlock) throws(RunError)
  /// Waits until what was written is on disk, and says how much it is.
  func synchronize() throws(RunError) -> OutputMark
  /// Puts what is complete under its name; done again it does what is left to do.
  func publish() throws(RunError)
  /// Removes what was written.
  func discard()
}

/// How much of an output is on disk.
public struct OutputMark: Hashable, Sendable {
  /// One of its files.
  public struct Part: Hashable, Sendable {
    /// Its name within the output.
    public var name: String
    /// How much of it: bytes of a file, blocks of a database.
    public var length: Int

    /// Makes a part.
    public init(name: String, length: Int) {
      self.name = name
      self.length = length
    }
  }

  /// Its files.
  public var parts: [Part]

  /// Makes a mark.
  public init(_ parts: [Part]) { self.parts = parts }
}
