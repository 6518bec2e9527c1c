internal import HeardInput
package import HeardRouter

/// Reads files of policies.
package enum PolicyFile {
  /// The text of a policy file, or of one that it includes.
  package static func text(_ path: String) throws(PolicyFileError) -> String {
    let bytes: [UInt8]
    do throws(FileReader.Problem) {
      bytes = try FileReader.read(path, limit: 4 << 20)
    } catch {
      throw PolicyFileError("the policy cannot be read: \(error.message)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PolicyFileError("the policy is no valid UTF-8; save it as UTF-8")
    }
    return text
  }
}
