import Foundation
import HeardReply

/// The shipped wording, and replies to try it on.
enum ReplyBench {
  /// The package's folder.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of the shipped wording.
  static let folder = root.appendingPathComponent("replies").path
}
