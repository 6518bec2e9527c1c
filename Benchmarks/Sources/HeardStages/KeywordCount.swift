import Glibc
import HeardText

/// Counts the words of a list in texts, and writes the language of each text: the part of heard that
/// keyword scanners and language detectors do as well.
enum KeywordCount {
  /// Reads a text a line and a keyword a line; prints the counts as JSON, and writes a language a
  /// line.
  static func report(texts: String, keywords: String, languages: String) throws {
    let input = try Input.bytes(texts)
    let lines = Input.lines(input)
    let keywords = try folded(Input.bytes(keywords))
    let started = threadSeconds()
    let analyzer = TextAnalyzer()
    var document = Document()
    // By form: 0 not looked up yet, 1 no keyword, 2 a keyword.
    var known: [UInt8] = []
    var generation = analyzer.memory.generation
    var (tokens, found) = (0, 0)
    var codes = ""
    for line in lines {
      analyzer.analyze(Array(input[line]), into: &document)
      if analyzer.memory.generation != generation {
        generation = analyzer.memory.generation
        known.removeAll(keepingCapacity: true)
      }
      let count = analyzer.memory.count
      if known.count < count { known += [UInt8](repeating: 0, count: count - known.count) }
      for token in document.tokens {
        let form = token.form
        if known[form.index] == 0 {
          known[form.index] = keywords.contains(analyzer.memory.folded(form)) ? 2 : 1
        }
        if known[form.index] == 2 { found += 1 }
      }
      tokens += document.tokens.count
      codes += document.language.code + "\n"
    }
    let seconds = threadSeconds() - started
    try Input.write(codes, to: languages)
    Input.say(
      "{\"lines\":\(lines.count),\"tokens\":\(tokens),\"found\":\(found),\"seconds\":\(seconds)}\n")
  }

  /// The folded forms of the keywords.
  private static func folded(_ bytes: [UInt8]) -> Set<String> {
    let analyzer = TextAnalyzer(languages: nil)
    var document = Document()
    var forms: Set<String> = []
    for line in Input.lines(bytes) {
      analyzer.analyze(Array(bytes[line]), into: &document)
      if let token = document.tokens.first, document.tokens.count == 1 {
        forms.insert(analyzer.memory.folded(token.form))
      }
    }
    return forms
  }
}
