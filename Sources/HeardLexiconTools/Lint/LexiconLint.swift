public import HeardAuthoring
internal import HeardLexicon
public import HeardSources
import HeardText

extension LexiconSource {
  /// What is probably wrong with sources that could be read, in the order of the files.
  ///
  /// Errors: the lexicon cannot be compiled. Warnings: mistakes. Notes: worth knowing.
  public func lint() -> [Diagnostic] {
    var lint = LexiconLint(source: self)
    lint.run()
    return (diagnostics + lint.diagnostics).inFileOrder()
  }
}

/// The checks that look at one entry or one lock at a time; those that compare entries are in
/// `LexiconLint+Comparisons.swift`.
struct LexiconLint {
  let source: LexiconSource
  var diagnostics: [Diagnostic] = []

  private static let manyForms = 400
  private static let wideGap = 8

  init(source: LexiconSource) { self.source = source }

  mutating func run() {
    diagnostics += source.unlocked()
    for entry in source.entries {
      checkEffect(entry)
      checkPatterns(entry)
      checkForms(entry)
      checkExamples(entry)
      checkWeights(entry)
      checkOperator(entry)
      checkAlternatives(entry)
    }
    checkLocks()
    checkDuplicates()
    checkSharedForms()
    checkSenses()
    checkHomographs()
    checkConcepts()
    checkScoring()
    checkLanguages()
  }

  mutating func report(
    _ severity: Diagnostic.Severity, _ check: LexiconCheck, at location: SourceLocation,
    _ message: String, hint: String
  ) {
    diagnostics.append(Diagnostic(severity, check, at: location, message, hint: hint))
  }

  // MARK: Entries

  private mutating func checkEffect(_ entry: EntrySource) {
    let place = entry.location
    if entry.evidence.isEmpty, entry.negated.isEmpty, entry.scopeOperator == nil, !entry.covers,
      !source.scoring.readsThemes
    {
      report(
        .warning, .noEffect, at: place, "'\(entry.id)' has neither evidence nor an operator",
        hint: "add evidence:, or covers: true when it is to keep shorter matches from counting")
    }
    // All weights zero is the older way to write `covers: true`; one zero beside others is a slip.
    // What counts for nothing when negated says so by a single zero: without it valence would turn.
    let negated = entry.negated.count == 1 ? [] : entry.negated
    if !entry.isCover {
      for evidence in entry.evidence + negated where evidence.milli == 0 {
        report(
          .warning, .noEffect, at: place, "'\(entry.id)' has \(evidence.kind.rawValue): 0",
          hint: "remove the kind")
      }
    }
    if !entry.negated.isEmpty, !entry.scopes.contains(.negation) {
      report(
        .warning, .noEffect, at: place,
        "'\(entry.id)' has 'negated' but the scope negation does not apply to it",
        hint: "add negation to scopes:, or remove negated:")
    }
    if entry.mode.compound != .none, entry.language != .dutch {
      report(
        .warning, .unusedCompound, at: place,
        "'\(entry.id)' matches compounds, which \(entry.language.code) does not join",
        hint: "remove compound:")
    }
  }

  private mutating func checkPatterns(_ entry: EntrySource) {
    for (index, pattern) in entry.patterns.enumerated() {
      let places = entry.patternLocations
      let place = index < places.count ? places[index] : entry.location
      let text = index < entry.patternTexts.count ? entry.patternTexts[index] : ""
      if let word = text.split(separator: " ").first(where: { Self.hasUpperCase($0) }) {
        report(
          .note, .upperCase, at: place, "upper case in '\(word)'",
          hint: "texts are compared in lower case: write \(word.lowercased())")
      }
      if entry.mode.letterCase == .notName, Self.needsName(pattern) {
        report(
          .warning, .neverMatches, at: place, "'\(text)' asks for <name> and case: not-name",
          hint: "remove one of them")
      }
      if case .word(let word) = pattern, entry.scopeOperator == nil,
        !entry.isCover, StopWords.contains(word.text, entry.language)
      {
        report(
          .warning, .stopWord, at: place, "'\(word.text)' stands in every other sentence",
          hint: "write a phrase with it")
      }
      if case .tokenClass(.word) = pattern {
        report(
          .warning, .stopWord, at: place, "<word> alone matches everything",
          hint: "write words around it")
      }
      if case .sequence(let items) = pattern, let first = items.first, let last = items.last {
        for case .optional in [first, last] {
          report(
            .note, .noEffect, at: place, "an optional part at the edge of '\(text)'",
            hint: "the rest matches without it: remove it")
        }
      }
      checkParts(pattern, text, at: place)
    }
  }

  private mutating func checkParts(_ node: PatternNode, _ text: String, at place: SourceLocation) {
    switch node {
    case .word, .tokenClass: break
    case .gap(let maximum):
      if maximum > Self.wideGap {
        report(
          .note, .wideGap, at: place, "a gap of \(maximum) tokens in '\(text)'",
          hint: "nearer words are surer; \(Self.wideGap) is much")
      }
    case .optional(let inner): checkParts(inner, text, at: place)
    case .sequence(let nodes):
      for node in nodes { checkParts(node, text, at: place) }
    case .alternatives(let nodes):
      if Set(nodes).count < nodes.count {
        report(
          .warning, .neverMatches, at: place, "an alternative twice in '\(text)'",
          hint: "keep one; the second never matches")
      }
      for node in nodes { checkParts(node, text, at: place) }
    }
  }

  private mutating func checkForms(_ entry: EntrySource) {
    for (index, pattern) in entry.patterns.enumerated() {
      let places = entry.patternLocations
      let place = index < places.count ? places[index] : entry.location
      var words: [WordPattern] = []
      pattern.forEachWord { words.append($0) }
      for word in words { checkForms(word, entry, at: place) }
    }
  }

  private mutating func checkForms(
    _ word: WordPattern, _ entry: EntrySource, at place: SourceLocation
  ) {
    guard let forms = source.forms(of: word, in: entry) else { return }
    if word.inflected {
      if entry.forms.isEmpty, forms.contains(where: { $0.rule == FormsLock.unknownRule }) {
        report(
          .warning, .lemmaUnknown, at: place, "no dictionary knows '\(word.text)'",
          hint: "check the spelling and pos:, or list its forms under forms:")
      } else if forms.count == 1, Self.mustInflect(entry) {
        report(
          .note, .expansionEmpty, at: place, "'\(word.text)' has no form but '\(forms[0].text)'",
          hint: "check that it is the lemma, or write it without inflection")
      }
      if forms.count > Self.manyForms {
        report(
          .warning, .expansionHuge, at: place, "'\(word.text)' has \(forms.count) forms",
          hint: "give its pos:")
      }
    }
    if word.inflected {
      let turned = forms.compactMap { form in
        negated(form.text, of: word.text, entry.language).map { (form.text, $0) }
      }
      if let (form, prefix) = turned.first {
        report(
          .warning, .negatingPrefix, at: place,
          "'\(form)' as a form of '\(word.text)' crosses the prefix \(prefix)-",
          hint: "make an entry of its own of the opposite")
      }
    }
    let colliding = forms.filter(\.foldCollides).map(\.text)
    if entry.mode.folds, !colliding.isEmpty {
      let more = colliding.count > 3 ? " and \(colliding.count - 3) more" : ""
      report(
        .note, .foldCollision, at: place,
        "without diacritics \(colliding.prefix(3).joined(separator: ", "))\(more) would be "
          + "another word",
        hint: "that spelling does not match; list it under forms: where the other word is rare")
    }
  }

  private mutating func checkExamples(_ entry: EntrySource) {
    let clear = entry.evidence.contains { $0.milli.magnitude >= 1000 }
    if clear, entry.examples.isEmpty {
      report(
        .note, .noExample, at: entry.location, "'\(entry.id)' has no example",
        hint: "add examples: with a text in which it must match")
    }
    for texts in [entry.examples, entry.counterexamples] where Set(texts).count < texts.count {
      report(
        .note, .exampleTwice, at: entry.location, "'\(entry.id)' has an example twice",
        hint: "keep one")
    }
    for text in entry.examples where entry.counterexamples.contains(text) {
      report(
        .error, .exampleClash, at: entry.location,
        "'\(entry.id)' has one text as example and counterexample", hint: "remove one of them")
    }
  }

  // MARK: Locks

  /// Lines of locks are sorted behind two lines of head, so their numbers are known.
  private mutating func checkLocks() {
    let needs = LemmaCollector(source.entries).needs
    for language in Language.read {
      guard let lock = source.locks[language] else { continue }
      let used = Set(needs.filter { $0.language == language }.map(\.key))
      let file = lock.file ?? "\(language.code)/\(FormsLock.fileName)"
      for (index, key) in lock.lines.keys.sorted().enumerated() where !used.contains(key) {
        report(
          .warning, .lockUnused, at: SourceLocation(file: file, line: index + 3, column: 1),
          "no entry uses '\(key.lemma)' (\(key.partOfSpeech))",
          hint: "run heard lexicon expand --write")
      }
    }
  }

  // MARK: Words

  private static func hasUpperCase(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.contains {
      $0.properties.generalCategory == .uppercaseLetter
    }
  }

  /// Whether a word without a second form is odd: every verb has some, and in Polish every noun
  /// and adjective.
  private static func mustInflect(_ entry: EntrySource) -> Bool {
    switch entry.partOfSpeech {
    case "verb": true
    case "noun", "adjective": entry.language == .polish
    default: false
    }
  }

  private static func needsName(_ node: PatternNode) -> Bool {
    switch node {
    case .tokenClass(let found): found == .name
    case .word, .gap, .optional: false
    case .sequence(let nodes): nodes.contains(where: needsName)
    case .alternatives(let nodes): nodes.allSatisfy(needsName)
    }
  }
}
