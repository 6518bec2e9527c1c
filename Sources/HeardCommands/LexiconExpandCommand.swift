internal import ArgumentParser
internal import HeardLexicon
internal import HeardText

/// `heard lexicon expand`: shows the forms of lemmas, and pins those that the lexicons need.
struct LexiconExpandCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expand",
    abstract: "Show the forms of a lemma with the rule that made each, or pin all forms.",
    discussion: """
      Examples:
        heard lexicon expand oszukać
        heard lexicon expand onbeschoft --language nl --pos adjective
        heard lexicon expand --write          # after adding a lemma: updates forms.lock

      Needs the Debian packages hunspell-nl, hunspell-pl, hunspell-en-gb and hunspell-en-us; judging \
      does not.
      """)

  @Option(help: "Language of the lemma: nl, pl or en; none asks each.")
  var language: String?

  @Option(help: "Part of speech: noun, verb, adjective, adverb or other.")
  var pos: String?

  @Flag(help: "Write the forms of all lemmas into <language>/forms.lock.")
  var write = false

  @Option(help: "Folder of the Hunspell dictionaries.", completion: .directory)
  var dictionaries: String?

  @Option(help: "Folder of lexicons.", completion: .directory)
  var lexicons: String?

  @Argument(help: "Lemmas.")
  var lemmas: [String] = []

  func validate() throws {
    guard write != !lemmas.isEmpty else {
      throw ValidationError("name lemmas to show, or --write to pin all of the lexicons")
    }
    if let language, !Language.read.contains(where: { $0.code == language }) {
      throw ValidationError("--language takes nl, pl or en, not '\(language)'")
    }
    if let pos, !SourceSchema.partsOfSpeech.contains(pos) {
      throw ValidationError(
        "--pos takes \(SourceSchema.partsOfSpeech.joined(separator: ", ")), not '\(pos)'")
    }
  }

  func run() throws {
    let folder = try LexiconFolder(lexicons)
    do throws(LexiconError) {
      let inflector = try Inflector(
        dictionaries: dictionaries.map { DictionaryFolder(path: $0) } ?? .standard,
        lexicons: folder.path)
      if write {
        try pin(folder, inflector)
      } else {
        try show(inflector)
      }
    } catch {
      throw Failure(.configuration, error.description)
    }
  }

  private func pin(_ folder: LexiconFolder, _ inflector: Inflector) throws(LexiconError) {
    let source = try LexiconSource.load(folder: folder.path)
    let (locks, diagnostics) = try FormsLock.updated(for: source, inflector: inflector)
    for diagnostic in diagnostics { Terminal.complain(diagnostic.description) }
    for lock in locks {
      try lock.write(into: folder.path)
      let forms = lock.lines.values.reduce(0) { $0 + $1.count }
      Terminal.complain(
        "\(folder.path)/\(lock.language.code)/\(FormsLock.fileName): \(lock.lines.count) lemmas, "
          + "\(forms) forms")
    }
  }

  private func show(_ inflector: Inflector) throws(LexiconError) {
    for lemma in lemmas {
      for one in Language.read where language == nil || one.code == language {
        let forms = try inflector.expand(lemma: lemma, partOfSpeech: pos, language: one)
        guard !forms.isEmpty else {
          if language != nil {
            Terminal.complain("no \(one.code) dictionary knows '\(lemma)'; check the spelling")
          }
          continue
        }
        var text = "\(one.code) \(lemma): \(forms.count) forms\n"
        for form in forms {
          text += "  \(form.text)\t\(form.rule)"
          if form.foldCollides { text += "\tnot without diacritics: that is another word" }
          text += "\n"
        }
        try? Terminal.write(text)
      }
    }
  }
}
