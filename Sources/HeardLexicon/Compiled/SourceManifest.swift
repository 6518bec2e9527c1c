/// A source file as it was when the lexicon was compiled.
public struct SourceStamp: Hashable, Sendable {
  /// Path relative to the lexicon folder.
  public var path: String
  /// Bytes.
  public var size: UInt64
  /// Modification time in nanoseconds since 1970; 0 when the file was too young for it to prove
  /// anything.
  public var modified: UInt64

  /// Makes a stamp.
  public init(path: String, size: UInt64, modified: UInt64) {
    self.path = path
    self.size = size
    self.modified = modified
  }
}

/// What a lexicon is compiled from: the digest names the content, the stamps tell quickly whether
/// it can have changed.
public struct SourceManifest: Hashable, Sendable {
  /// SHA-256 over paths and contents, 32 bytes.
  public var digest: [UInt8]
  /// The files, by path.
  public var stamps: [SourceStamp]

  /// Makes a manifest.
  public init(digest: [UInt8], stamps: [SourceStamp]) {
    self.digest = digest
    self.stamps = stamps
  }
}

/// The digest of source files: over the path, the length and the content of each, by path.
enum SourceDigest {
  static func of(_ files: [(path: String, content: [UInt8])]) -> [UInt8] {
    var sha = SHA256()
    for file in files.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
      sha.update(Array("\(file.path)\n\(file.content.count)\n".utf8))
      sha.update(file.content)
    }
    return sha.finish()
  }

  static func hexadecimal(_ digest: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
