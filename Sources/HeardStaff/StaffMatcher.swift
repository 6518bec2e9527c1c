// Staff named in a text.
//
// Every word that is a form of somebody's name (or one letter off) is grown to the words beside it
// that belong to the same name; what is beside it that does not (another given name, the wrong
// title) speaks against that person. Start reading at `StaffMatcher.mentions`.

public import HeardText

/// Somebody of the directory named in a text.
public struct StaffMention: Hashable, Sendable {
  /// How sure it is that one of ours is meant.
  public enum Certainty: String, CaseIterable, Comparable, Sendable {
    /// A name like theirs; may be a word or somebody else.
    case possible
    /// Their surname, or their given name behind a title, or a full name with a slip.
    case likely
    /// Their surname with their given name, initial or title.
    case certain

    /// Less sure comes first.
    public static func < (left: Certainty, right: Certainty) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int {
      switch self {
      case .possible: 0
      case .likely: 1
      case .certain: 2
      }
    }
  }

  /// Ids, in the order of the directory; more than one when the name fits several equally well.
  public var people: [String]
  /// The name without its title; law 1: offsets into the original.
  public var range: ByteRange
  /// How sure it is.
  public var certainty: Certainty
  /// Whether they are written to (*Beste Els,*) and not about.
  public var isSalutation: Bool
  /// Index of the sentence in the text.
  public var sentence: Int
}

/// Finds the staff of a directory in texts; one worker's, not shared between threads.
public final class StaffMatcher {
  /// Whose names are looked for.
  public let directory: StaffDirectory
  private let analyzer = TextAnalyzer()
  private var document = Document()

  /// Makes a matcher.
  public init(_ directory: StaffDirectory) { self.directory = directory }

  /// The staff named in a text, in its order; ranges do not overlap.
  ///
  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - language: that of the text; sentences of which the language is not clear take it.
  public func mentions(in text: [UInt8], language: Language = .undetermined) -> [StaffMention] {
    analyzer.analyze(text, into: &document)
    var words: [NameWord] = []
    words.reserveCapacity(document.tokens.count)
    for (index, sentence) in document.sentences.enumerated() {
      let spoken = Language.read.contains(sentence.language) ? sentence.language : language
      for place in sentence.tokens {
        let token = document.tokens[place]
        words.append(
          NameWord(
            folded: analyzer.memory.folded(token.form), flags: analyzer.memory.flags(token.form),
            range: token.range, gap: token.gap, sentence: index, language: spoken,
            isFirst: place == Int(sentence.firstToken)))
      }
    }
    return NameSearch(directory: directory, words: words, text: text).mentions()
  }

  /// The sentences of the text last searched, as bytes.
  public var sentences: [ByteRange] { document.sentences.map(\.bytes) }
}

/// A word of a text as names are looked for in it.
struct NameWord {
  /// Lower case without diacritics.
  var folded: String
  var flags: FormFlags
  var range: ByteRange
  /// What stands before it.
  var gap: Gap
  var sentence: Int
  var language: Language
  /// Whether it is the first of its sentence, where everything is capitalised.
  var isFirst: Bool

  var isCapitalised: Bool { flags.contains(.capitalised) || flags.contains(.capitals) }
}
