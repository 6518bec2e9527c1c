#if DEBUG
  internal import Glibc
#endif

/// What tests have go wrong while a message is judged; nothing in a release build.
///
/// `HEARD_TEST_JUDGING=crash:WORD` ends a debug build's process when it judges a message with that
/// word, `hang:WORD` never comes back from it.
package enum TestFault {
  #if DEBUG
    private static let wish: (kind: Substring, word: [UInt8])? = {
      guard let value = unsafe getenv("HEARD_TEST_JUDGING") else { return nil }
      let parts = unsafe String(cString: value).split(separator: ":", maxSplits: 1)
      return parts.count == 2 ? (parts[0], Array(parts[1].utf8)) : nil
    }()
  #endif

  /// Goes wrong when the message has the word.
  package static func strike(_ message: [UInt8]) {
    #if DEBUG
      guard let wish, message.firstRange(of: wish.word) != nil else { return }
      if wish.kind == "crash" { abort() }
      while true { sleep(1) }
    #endif
  }
}
