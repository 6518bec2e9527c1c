internal import HeardAuthoring
public import HeardLexicon
public import HeardSources
internal import HeardText

/// The wording lexicons and their rules, ready to be used: immutable, shared by all workers.
///
/// A folder of its own, `replies/`, with `rules.yaml` and `lexicons/` in the format of the other
/// lexicons. They score nothing: what an entry is a sign of is the theme of its file. So the lexicons
/// that judge customers, and their digest, know nothing of them.
public struct ReplyWording: Sendable {
  /// Name of the file of rules in the folder.
  public static let rulesFile = "rules.yaml"
  /// Name of the folder of lexicons in the folder.
  public static let lexiconFolder = "lexicons"

  /// The compiled lexicons.
  public let lexicon: CompiledLexicon
  /// Levels, switches and suggestions.
  public let settings: ReplySettings
  /// The theme of each entry.
  let themes: [ReplyTheme]
  /// The concept of each entry, which names its suggestion.
  let concepts: [String?]
  /// The language of each entry.
  let languages: [Language]

  /// Opens a folder; compiles the lexicons when they changed.
  ///
  /// - Parameter warn: told of lemmas whose forms are not pinned.
  /// - Throws: ``LexiconError`` for files that cannot be used, ``CompiledLexiconError`` else.
  public init(folder: String, warn: (Diagnostic) -> Void = { _ in }) throws {
    let path = folder + "/" + Self.rulesFile
    let bytes = try LexiconFiles.read(path, named: Self.rulesFile)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw LexiconError(
        .invalidSource,
        [
          Diagnostic(
            .error, .notUTF8, at: SourceLocation(file: Self.rulesFile, line: 1, column: 1),
            "the file is no UTF-8", hint: "save it as UTF-8")
        ])
    }
    let lexicon = try LexiconStore.open(path: folder + "/" + Self.lexiconFolder, warn: warn)
    try self.init(lexicon: lexicon, settings: ReplySettings(file: Self.rulesFile, text: text))
  }

  /// Composes compiled lexicons and settings.
  ///
  /// - Throws: every entry whose theme no rule asks for.
  public init(lexicon: CompiledLexicon, settings: ReplySettings) throws(LexiconError) {
    self.lexicon = lexicon
    self.settings = settings
    var themes: [ReplyTheme] = []
    var concepts: [String?] = []
    var strangers: [Diagnostic] = []
    for entry in lexicon.entries {
      if let theme = ReplyTheme(rawValue: entry.theme) {
        themes.append(theme)
      } else {
        let names = ReplyTheme.allCases.map(\.rawValue)
        strangers.append(
          Diagnostic(
            .error, .fileLayout, at: entry.location, "no rule asks for the theme '\(entry.theme)'",
            hint: Spelling.nearest(to: entry.theme, among: names).map { "did you mean '\($0)'?" }
              ?? "themes are \(names.joined(separator: ", "))"))
        themes.append(.traps)
      }
      concepts.append(entry.concept)
    }
    guard strangers.isEmpty else { throw LexiconError(.invalidSource, strangers) }
    self.themes = themes
    self.concepts = concepts
    languages = lexicon.entries.map(\.language)
  }
}
