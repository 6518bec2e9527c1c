package import Yams

/// YAML text to nodes, with errors as diagnostics.
package enum YAMLText {
  /// The root node of a file, or why there is none.
  package static func root(file: String, text: String) -> Result<Node, LexiconError> {
    func failure(
      _ line: Int, _ column: Int, _ message: String, hint: String
    ) -> Result<Node, LexiconError> {
      let location = SourceLocation(file: file, line: max(1, line), column: max(1, column))
      return .failure(
        LexiconError(
          .invalidSource, [Diagnostic(.error, .yamlSyntax, at: location, message, hint: hint)]))
    }
    do {
      // Nobody asks what type a scalar would have: readers take its text. The usual resolver asks
      // several regular expressions of every key, which was a tenth of compiling a lexicon.
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      guard let root = try parser.singleRoot() else {
        return failure(1, 1, "an empty file", hint: "begin with 'lexicon: \(LexiconFiles.version)'")
      }
      return .success(root)
    } catch YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _)
    {
      let opening = context.map { ", \($0.text) at line \($0.mark.line)" } ?? ""
      return failure(
        mark.line, mark.column, problem + opening,
        hint: "check quotes, indentation and colons; quote texts with ': ' or ' #' in them")
    } catch YamlError.duplicatedKeysInMapping(let names, let context) {
      return failure(
        context.mark.line, context.mark.column,
        "the key \(Spelling.list(names)) twice in a mapping",
        hint: "keep one")
    } catch YamlError.reader(let problem, let offset, let value, _) {
      let place = position(of: offset ?? 0, in: text)
      return failure(
        place.line, place.column,
        value >= 0 ? "\(problem): U+\(String(value, radix: 16, uppercase: true))" : problem,
        hint: "remove the character")
    } catch {
      return failure(1, 1, "unreadable YAML", hint: "check the file")
    }
  }

  /// Line and column of a character, both from 1.
  private static func position(of offset: Int, in text: String) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for character in text.prefix(offset) {
      if character == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return (line, column)
  }
}
