internal import HeardLexicon
internal import HeardSources
import HeardText
import Yams

/// Reads a lexicon file: its head and its entries.
struct EntryReader {
  private var reader: SourceReader
  private var language = Language.undetermined
  private var theme = ""

  /// The entries of a file whose YAML could be read, and what is wrong with it.
  static func read(
    file: String, text: String, root: Node
  ) -> (entries: [EntrySource], diagnostics: [Diagnostic]) {
    var reading = EntryReader(reader: SourceReader(file: file, text: text))
    let entries = reading.file(root)
    return (entries, reading.reader.diagnostics)
  }

  private init(reader: SourceReader) { self.reader = reader }

  // MARK: File

  private mutating func file(_ root: Node) -> [EntrySource] {
    guard let keys = reader.mapping(root, SourceSchema.file) else { return [] }
    reader.checkVersion(keys["lexicon"], "lexicon")
    language = reader.language(keys["language"]) ?? .undetermined
    theme = reader.text(keys["theme"], "theme") ?? ""
    checkPlace(keys)
    return reader.list(keys["entries"], "entries").compactMap { entry($0) }
  }

  /// `nl/service.yaml` says `language: nl` and `theme: service`.
  private mutating func checkPlace(_ keys: [String: Node]) {
    guard let name = reader.file.split(separator: "/").last else { return }
    let stem = name.hasSuffix(".yaml") ? name.dropLast(5) : name
    if let node = keys["theme"], !theme.isEmpty, theme != stem {
      reader.report(
        .fileLayout, at: node, "theme '\(theme)' in a file named \(name)",
        hint: "write 'theme: \(stem)' or rename the file to \(theme).yaml")
    }
    guard language != .undetermined, let node = keys["language"] else { return }
    reader.checkFolder(language, at: node)
  }

  // MARK: Entry

  private mutating func entry(_ node: Node) -> EntrySource? {
    guard let keys = reader.mapping(node, SourceSchema.entry) else { return nil }
    let id = reader.text(keys["id"], "id") ?? ""
    if let idNode = keys["id"], !id.isEmpty { checkID(id, at: idNode) }
    var entry = EntrySource(
      id: id, language: language, theme: theme, concept: reader.text(keys["concept"], "concept"),
      patterns: [], patternTexts: [],
      partOfSpeech: reader.name(keys["pos"], "pos", among: SourceSchema.partsOfSpeech),
      mode: mode(keys["match"]), evidence: reader.evidence(keys["evidence"], "evidence"),
      negated: reader.evidence(keys["negated"], "negated"),
      scopeOperator: scopeOperator(keys["operator"]),
      scopes: scopes(keys["scopes"]), maximum: reader.whole(keys["max"], "max", in: 1...100) ?? 2,
      note: reader.text(keys["note"], "note"), examples: reader.texts(keys["examples"], "examples"),
      counterexamples: reader.texts(keys["counterexamples"], "counterexamples"),
      location: reader.location(node))
    entry.todoExamples = reader.texts(keys["todo-examples"], "todo-examples")
    entry.todoCounterexamples = reader.texts(
      keys["todo-counterexamples"], "todo-counterexamples")
    covers(keys, into: &entry)
    patterns(keys, at: node, into: &entry)
    forms(keys["forms"], keys, into: &entry)
    return entry
  }

  /// What covers is evidence for nothing: weights beside it would be a contradiction.
  private mutating func covers(_ keys: [String: Node], into entry: inout EntrySource) {
    entry.covers = reader.flag(keys["covers"], "covers") ?? false
    guard entry.covers else { return }
    for key in ["evidence", "negated", "operator"] {
      guard let node = keys[key] else { continue }
      reader.report(
        .badValue, at: node, "'\(key)' beside 'covers: true'",
        hint: "remove '\(key)', or 'covers' when the entry is to count")
    }
  }

  private mutating func checkID(_ id: String, at node: Node) {
    let parts = id.split(separator: ".", omittingEmptySubsequences: false)
    let good = parts.allSatisfy { part in
      !part.isEmpty
        && part.utf8.allSatisfy {
          ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D
        }
    }
    let prefix = "\(language.code).\(theme)."
    if !good {
      reader.report(
        .badValue, at: node, "id '\(id)'",
        hint: "write a–z, 0–9 and '-' between full stops, as \(prefix)some-name")
    } else if language != .undetermined, !theme.isEmpty, !id.hasPrefix(prefix) {
      reader.report(
        .idPrefix, at: node, "id '\(id)' in \(reader.file)",
        hint: "ids here begin with '\(prefix)'")
    }
  }

  // MARK: Patterns

  private mutating func patterns(
    _ keys: [String: Node], at node: Node, into entry: inout EntrySource
  ) {
    let given = ["lemma", "phrase", "phrases"].filter { keys[$0] != nil }
    if given.count != 1 {
      reader.report(
        given.isEmpty ? .missingKey : .badValue, at: given.last.flatMap { keys[$0] } ?? node,
        given.isEmpty
          ? "an entry without lemma, phrase or phrases"
          : "an entry with \(given.joined(separator: " and "))",
        hint: "give exactly one of lemma, phrase, phrases")
    }
    if let lemmaNode = keys["lemma"] { lemma(lemmaNode, into: &entry) }
    if let phrase = keys["phrase"] { pattern(phrase, "phrase", into: &entry) }
    if let phrases = keys["phrases"] {
      let nodes = reader.list(phrases, "phrases")
      if nodes.isEmpty, case .sequence = phrases {
        reader.report(
          .badValue, at: phrases, "'phrases' is empty", hint: "write a pattern, or remove the entry"
        )
      }
      for node in nodes { pattern(node, "phrases", into: &entry) }
    }
  }

  private mutating func pattern(_ node: Node, _ key: String, into entry: inout EntrySource) {
    guard let text = reader.text(node, key) else { return }
    do throws(PatternParser.Failure) {
      entry.patterns.append(try PatternParser.parse(text))
      entry.patternTexts.append(text)
      entry.patternLocations.append(reader.location(node))
    } catch {
      reader.report(
        error.check, at: reader.location(node, offset: error.offset), error.message,
        hint: error.hint)
    }
  }

  /// One word, which may mark its separable part: `terug|bellen`.
  private mutating func lemma(_ node: Node, into entry: inout EntrySource) {
    guard let text = reader.text(node, "lemma") else { return }
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    if parts.count > 2 || parts.contains(where: \.isEmpty) {
      reader.report(
        .patternSyntax, at: node, "the lemma '\(text)'",
        hint: "one '|' marks a separable part, as terug|bellen")
      return
    }
    if let place = text.unicodeScalars.firstIndex(where: \.properties.isWhitespace) {
      let offset = text.unicodeScalars.distance(from: text.startIndex, to: place)
      reader.report(
        .patternSyntax, at: reader.location(node, offset: offset), "a lemma of several words",
        hint: "write 'phrase:' in place of 'lemma:'")
      return
    }
    var offset = 0
    for part in parts {
      if let problem = WordShape.problem(in: String(part)) {
        reader.report(
          problem.check, at: reader.location(node, offset: offset + problem.offset),
          problem.message, hint: problem.hint)
        return
      }
      offset += part.unicodeScalars.count + 1
    }
    let word = Spelling.normal(text)
    entry.patterns.append(.word(WordPattern(text: word, inflected: true)))
    entry.patternTexts.append("~" + text)
    entry.patternLocations.append(reader.location(node))
  }

  private mutating func forms(
    _ node: Node?, _ keys: [String: Node], into entry: inout EntrySource
  ) {
    guard let node else { return }
    if keys["lemma"] == nil {
      reader.report(
        .badValue, at: node, "'forms' without 'lemma'", hint: "write the words into the patterns")
      return
    }
    for item in reader.list(node, "forms") {
      guard let text = reader.text(item, "forms") else { continue }
      if let form = form(text, at: item) { entry.forms.append(form) }
    }
  }

  /// A form of one word, or of several with gaps (`stelde ...5 teleur`).
  private mutating func form(_ text: String, at node: Node) -> String? {
    do throws(PatternParser.Failure) {
      let nodes: [PatternNode]
      switch try PatternParser.parse(text) {
      case .sequence(let items): nodes = items
      case let single: nodes = [single]
      }
      var words: [String] = []
      for node in nodes {
        switch node {
        case .word(let word) where !word.inflected: words.append(word.text)
        case .gap(let maximum): words.append("...\(maximum)")
        default:
          throw PatternParser.Failure(
            offset: 0, check: .patternSyntax, message: "the form '\(text)'",
            hint: "forms are words, with gaps between them: stelde ...5 teleur")
        }
      }
      return words.joined(separator: " ")
    } catch {
      reader.report(
        error.check, at: reader.location(node, offset: error.offset), error.message,
        hint: error.hint)
      return nil
    }
  }

  // MARK: Modes

  private mutating func mode(_ node: Node?) -> MatchingMode {
    var mode = MatchingMode()
    guard let node, let keys = reader.mapping(node, SourceSchema.match) else { return mode }
    if let folds = reader.flag(keys["fold"], "fold") { mode.folds = folds }
    let roles = MatchingMode.CompoundRole.allCases.map(\.rawValue)
    if let name = reader.name(keys["compound"], "compound", among: roles),
      let role = MatchingMode.CompoundRole(rawValue: name)
    {
      mode.compound = role
    }
    let cases = MatchingMode.LetterCase.allCases.map(\.rawValue)
    if let name = reader.name(keys["case"], "case", among: cases),
      let letterCase = MatchingMode.LetterCase(rawValue: name)
    {
      mode.letterCase = letterCase
    }
    return mode
  }

  private mutating func scopes(_ node: Node?) -> Scopes {
    guard let node else { return .all }
    var result: Scopes = []
    for item in reader.list(node, "scopes") {
      if let scope = scope(item, "scope") { result.insert(scope) }
    }
    return result
  }

  private mutating func scope(_ node: Node?, _ key: String) -> Scopes? {
    guard let name = reader.name(node, key, among: Scopes.names),
      let bit = Scopes.names.firstIndex(of: name)
    else { return nil }
    return Scopes(rawValue: 1 << UInt16(bit))
  }

  private mutating func scopeOperator(_ node: Node?) -> ScopeOperator? {
    guard let node, let keys = reader.mapping(node, SourceSchema.scopeOperator) else { return nil }
    let directions = ScopeOperator.Direction.allCases.map(\.rawValue)
    let direction = reader.name(keys["direction"], "direction", among: directions)
      .flatMap(ScopeOperator.Direction.init(rawValue:))
    let reach = reader.whole(keys["reach"], "reach", in: 1...40)
    let factor = reader.milli(keys["factor"], "factor", in: 0...4000)
    guard let scope = scope(keys["scope"], "scope") else { return nil }
    if factor != nil, scope != .intensifier, scope != .diminisher, let factorNode = keys["factor"] {
      reader.report(
        .badValue, at: factorNode, "a factor on a scope that has none of its own",
        hint: "factors belong to intensifier and diminisher; others stand in scoring.yaml")
    }
    return ScopeOperator(
      scope: scope, direction: direction ?? .forward, reach: reach ?? 6,
      factorMilli: factor ?? 1000)
  }
}
