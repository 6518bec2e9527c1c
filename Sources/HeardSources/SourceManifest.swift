/// What a lexicon is compiled from: the digest names the content, sizes and times of the files tell
/// quickly whether it can have changed.
public struct SourceManifest: Hashable, Sendable {
  /// SHA-256 over paths and contents, 32 bytes.
  public var digest: [UInt8]
  /// The files, by path; `modified` is 0 where a file was too young for its time to prove anything.
  public var files: [SourceFile]

  /// Makes a manifest.
  public init(digest: [UInt8], files: [SourceFile]) {
    self.digest = digest
    self.files = files
  }
}

/// The digest of source files: over the path, the length and the content of each, by path.
package enum SourceDigest {
  package static func of(_ files: [(path: String, content: [UInt8])]) -> [UInt8] {
    var sha = SHA256()
    for file in files.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
      sha.update(Array("\(file.path)\n\(file.content.count)\n".utf8))
      sha.update(file.content)
    }
    return sha.finish()
  }

  package static func hexadecimal(_ digest: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
