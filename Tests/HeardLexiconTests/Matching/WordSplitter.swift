import HeardText

@testable import HeardLexicon

/// A small stand-in for the analyzer of texts: words between blanks, sentences up to `.`.
///
/// With it the matcher is tested alone, and a test says itself what the tokens are.
final class WordSplitter: SpellingMemory {
  private(set) var generation: UInt32 = 0
  private var spellings: [String] = []
  private var numbers: [String: UInt32] = [:]

  var count: Int { spellings.count }

  func normal(_ form: FormID) -> String { spellings[form.index].lowercased() }

  func folded(_ form: FormID) -> String { Self.fold(normal(form)) }

  func withNormal<Result>(_ form: FormID, _ body: (Span<UInt8>) -> Result) -> Result {
    body(Array(normal(form).utf8).span)
  }

  func withFolded<Result>(_ form: FormID, _ body: (Span<UInt8>) -> Result) -> Result {
    body(Array(folded(form).utf8).span)
  }

  func flags(_ form: FormID) -> FormFlags { Self.flags(spellings[form.index]) }

  /// Forgets everything, as a full memory does.
  func forget() {
    generation &+= 1
    spellings = []
    numbers = [:]
  }

  func document(_ text: String, _ language: Language) -> Document {
    var document = Document()
    document.bytes = Array(text.utf8)
    document.language = language
    var first = 0
    var gap: Gap = []
    var offset: UInt32 = 0
    func endSentence(_ end: UInt32) {
      guard document.tokens.count > first else { return }
      document.sentences.append(
        Sentence(
          firstToken: Int32(first), endToken: Int32(document.tokens.count),
          bytes: ByteRange(document.tokens[first].start, end), ending: .period,
          language: language))
      first = document.tokens.count
    }
    for part in text.split(separator: " ", omittingEmptySubsequences: false) {
      let size = UInt32(part.utf8.count)
      switch part {
      case "": break
      case ".":
        endSentence(offset + 1)
        gap = .period
      case "\"": gap = .straightQuote
      case ",": gap = .comma
      default:
        document.tokens.append(
          Token(start: offset, end: offset + size, form: form(String(part)), gap: gap))
        gap = []
      }
      offset += size + 1
    }
    endSentence(offset)
    return document
  }

  private func form(_ spelling: String) -> FormID {
    if let number = numbers[spelling] { return FormID(rawValue: number) }
    let number = UInt32(spellings.count)
    spellings.append(spelling)
    numbers[spelling] = number
    return FormID(rawValue: number)
  }

  static func flags(_ spelling: String) -> FormFlags {
    var flags: FormFlags = []
    let letters = spelling.filter(\.isLetter)
    if !letters.isEmpty { flags.insert(.word) }
    if letters.isEmpty && spelling.contains(where: \.isNumber) { flags.insert(.number) }
    if ["€", "$", "euro"].contains(spelling) { flags.insert(.currency) }
    if letters.count > 1 && letters.allSatisfy(\.isUppercase) {
      flags.insert(.capitals)
    } else if letters.first?.isUppercase == true {
      flags.insert(.capitalised)
    }
    return flags
  }

  static func fold(_ text: String) -> String {
    let pairs: [Character: Character] = [
      "ą": "a", "ć": "c", "ę": "e", "ł": "l", "ń": "n", "ó": "o", "ś": "s", "ź": "z", "ż": "z",
      "é": "e", "á": "a", "ë": "e", "ï": "i",
    ]
    return String(text.map { pairs[$0] ?? $0 })
  }

  /// The same for patterns.
  static var normaliser: WordNormaliser {
    WordNormaliser { text in
      text.split { " -".contains($0) }.map { part in
        NormalWord(normal: part.lowercased(), folded: fold(part.lowercased()))
      }
    }
  }
}
