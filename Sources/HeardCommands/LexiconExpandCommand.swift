internal import ArgumentParser
internal import HeardAuthoring
internal import HeardCorpus
internal import HeardHunspell
internal import HeardInput
internal import HeardLexiconTools
internal import HeardSources
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
        heard lexicon expand nl.staff.onbeschoft --corpus corpus/nl
        heard lexicon expand --write          # after adding a lemma: updates forms.lock

      An entry's id shows the forms that its patterns match, as pinned in forms.lock; --corpus counts \
      how often each occurs in messages. Expanding lemmas needs the Debian packages hunspell-nl, hunspell-pl, hunspell-en-gb and hunspell-en-us; \
      entries and judging do not.
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

  @Option(
    parsing: .upToNextOption,
    help: "Labelled JSONL, or texts with a message a line: count the forms in them.",
    completion: .file())
  var corpus: [String] = []

  @Argument(help: "Lemmas, or ids of entries.")
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
    let counter = corpus.isEmpty ? nil : FormCounter(texts: try texts())
    let ids = lemmas.filter { $0.contains(".") }
    if !ids.isEmpty {
      let source = try folder.load()
      for id in ids { try showEntry(id, source, counter) }
    }
    let lemmas = lemmas.filter { !$0.contains(".") }
    guard write || !lemmas.isEmpty else { return }
    do {
      let inflector = try Inflector(
        dictionaries: dictionaries.map { DictionaryFolder(path: $0) } ?? .standard,
        lexicons: folder.path)
      if write {
        try pin(folder, inflector)
      } else {
        try show(lemmas, inflector, counter)
      }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.configuration, "\(error)")
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

  private func texts() throws(Failure) -> [String] {
    var texts: [String] = []
    for path in corpus {
      if path.hasSuffix(".txt") {
        do throws(FileReader.Problem) {
          let bytes = try FileReader.read(path, limit: 256 << 20)
          texts += bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        } catch {
          throw Failure(.noInput, "\(path): \(error.message)")
        }
        continue
      }
      do throws(InputError) {
        for message in try CorpusReader.read([path]) {
          if case .text(let text) = message.content { texts.append(text) }
        }
      } catch {
        throw Failure(error.code == .noInput ? .noInput : .data, error.description)
      }
    }
    return texts
  }

  /// The forms of every word in an entry's patterns.
  private func showEntry(
    _ id: String, _ source: LexiconSource, _ counter: FormCounter?
  ) throws(Failure) {
    guard let entry = source.entries.first(where: { $0.id == id }) else {
      let near = Spelling.nearest(to: id, among: source.entries.map(\.id))
      throw Failure(.usage, "no entry '\(id)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
    }
    var text = "\(entry.id) (\(entry.location))\n"
    var seen: Set<WordPattern> = []
    for (index, pattern) in entry.patterns.enumerated() {
      text += "\(index < entry.patternTexts.count ? entry.patternTexts[index] : "")\n"
      var words: [WordPattern] = []
      pattern.forEachWord { word in
        if word.inflected || counter != nil, seen.insert(word).inserted { words.append(word) }
      }
      for word in words {
        let forms = source.forms(of: word, in: entry) ?? []
        if word.inflected { text += "  ~\(word.text): \(forms.count) forms\n" }
        text += try lines(forms, entry.language, counter)
      }
    }
    try Terminal.write(text)
  }

  /// A line a form: how often, the form, the rule that made it.
  private func lines(
    _ forms: [InflectedForm], _ language: Language, _ counter: FormCounter?
  ) throws(Failure) -> String {
    let counts: [Int]?
    do throws(CompiledLexiconError) {
      counts = try counter?.counts(of: forms, language)
    } catch {
      throw Failure(.configuration, "\(error)")
    }
    var text = ""
    for (index, form) in forms.enumerated() {
      text += "  "
      if let counts { text += "\(counts[index])\t" }
      text += "\(form.text)\t\(form.rule)"
      if form.foldCollides { text += "\tnot without diacritics: that is another word" }
      text += "\n"
    }
    return text
  }

  private func show(
    _ lemmas: [String], _ inflector: Inflector, _ counter: FormCounter?
  ) throws {
    for lemma in lemmas {
      var isKnown = false
      for one in Language.read where language == nil || one.code == language {
        let forms = try inflector.expand(lemma: lemma, partOfSpeech: pos, language: one)
        guard !forms.isEmpty else { continue }
        isKnown = true
        var text = "\(one.code) \(lemma): \(forms.count) forms\n"
        text += try lines(forms, one, counter)
        try Terminal.write(text)
      }
      guard isKnown else {
        let which = language.map { "no \($0) dictionary" } ?? "no dictionary"
        throw Failure(.usage, "\(which) knows '\(lemma)'; check the spelling")
      }
    }
  }
}
