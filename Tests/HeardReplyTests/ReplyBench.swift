import Foundation
import Heard
import HeardAuthoring
import HeardMail
import HeardReply
import HeardRouter
import HeardText

/// The shipped wording and lexicons, and what they say of a reply.
enum ReplyBench {
  /// The package's folder.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of the shipped wording.
  static let folder = root.appendingPathComponent("replies").path

  static let wording = Result { try ReplyWording(folder: folder) }

  static let pipeline = Result {
    let file = root.appendingPathComponent("policies/default.yaml").path
    return Pipeline(
      lexicon: try LexiconStore.open(path: root.appendingPathComponent("lexicons").path),
      policy: try Policy.read(
        file: file, text: String(contentsOfFile: file, encoding: .utf8)
      ).policy)
  }

  /// What the rules say of a text, all of them on.
  static func check(
    _ text: String, to incoming: IncomingMessage? = nil,
    rules: Set<ReplyRule> = Set(ReplyRule.allCases)
  ) throws -> [ReplyFinding] {
    let checker = ReplyChecker(try wording.get(), rules: rules)
    return checker.check(try ReplyChecker.read(Array(text.utf8)), to: incoming)
  }

  /// A furious complaint in a language.
  static func angry(_ language: Language) -> IncomingMessage {
    IncomingMessage(language: language, anger: 3, deservesThanks: true)
  }

  /// Somewhat more text, so that one short sentence has a language.
  static func letter(_ language: Language, _ body: String) -> String {
    switch language {
    case .dutch:
      "Beste mevrouw De Vries,\n\nBedankt voor uw bericht van gisteren. \(body)\n"
    case .polish:
      "Szanowna Pani,\n\ndziękujemy za wczorajszą wiadomość. \(body)\n"
    default:
      "Dear Mrs Young,\n\nThank you for your message of yesterday. \(body)\n"
    }
  }
}
