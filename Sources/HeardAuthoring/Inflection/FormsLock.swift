public import HeardSources
public import HeardText

/// The pinned forms of a language's lemmas: `lexicons/<language>/forms.lock`.
///
/// A header line, then a line a lemma, sorted: `lemma ⇥ part of speech ⇥ form=rule form=rule …`,
/// with `!` behind a form that is another word without its diacritics, and `_` for the spaces of
/// a form of several words and of rules. `part of speech` is `any` where the entry names none.
/// `write(parse(text)) == text` for every text that `write` made.
public struct FormsLock: Hashable, Sendable {
  /// The name of lock files.
  public static let fileName = LexiconFiles.lockName
  /// The part of speech of lemmas whose entry names none.
  public static let anyPart = "any"
  private static let version = "heard-forms/1"

  /// What a line is for.
  public struct Key: Hashable, Comparable, Sendable {
    /// The lemma as entries write it, in normal form.
    public var lemma: String
    /// `noun`, `verb`, …, `any` or `exact`.
    public var partOfSpeech: String

    /// Makes a key; no part of speech is `any`.
    public init(lemma: String, partOfSpeech: String?) {
      self.lemma = lemma
      self.partOfSpeech = partOfSpeech ?? FormsLock.anyPart
    }

    /// By bytes: lines must not be ordered by a locale or a Unicode version.
    public static func < (one: Key, other: Key) -> Bool {
      // By bytes: the order of lines must not depend on any locale or Unicode version.
      let a = Array(one.lemma.utf8)
      let b = Array(other.lemma.utf8)
      return a == b ? one.partOfSpeech < other.partOfSpeech : a.lexicographicallyPrecedes(b)
    }
  }

  /// The language of the lemmas.
  public var language: Language
  /// The dictionaries that it was made with: package version and digest.
  public var dictionary: String
  /// Forms by lemma.
  public var lines: [Key: [InflectedForm]]
  /// Where it was read from; nil when it was made.
  public var file: String?

  /// Makes a lock.
  public init(language: Language, dictionary: String, lines: [Key: [InflectedForm]]) {
    self.language = language
    self.dictionary = dictionary
    self.lines = lines
  }

  /// The forms of a lemma, the lemma among them, or nil when the lock has none.
  public func lookup(lemma: String, partOfSpeech: String?) -> [InflectedForm]? {
    lines[Key(lemma: lemma, partOfSpeech: partOfSpeech)]
  }

  // MARK: Text

  /// The text of the lock file.
  public func write() -> String {
    var text = "# \(Self.version) \(language.code) \(dictionary)\n"
    text += "# Made by heard lexicon expand --write. Do not edit: add forms: to the entry.\n"
    for key in lines.keys.sorted() {
      text += "\(key.lemma)\t\(key.partOfSpeech)\t"
      text += (lines[key] ?? []).map(Self.token).joined(separator: " ")
      text += "\n"
    }
    return text
  }

  private static func token(_ form: InflectedForm) -> String {
    let word = form.text.replacing(scalar: " ", with: "_") + (form.foldCollides ? "!" : "")
    return word + "=" + form.rule.replacing(scalar: " ", with: "_")
  }

  /// Reads a lock file.
  ///
  /// - Throws: every line that cannot be read.
  public static func parse(_ text: String, file: String) throws(LexiconError) -> FormsLock {
    var problems: [Diagnostic] = []
    func report(_ line: Int, _ column: Int, _ message: String) {
      problems.append(
        Diagnostic(
          .error, .lockFormat, at: SourceLocation(file: file, line: line, column: column), message,
          hint: "run heard lexicon expand --write to make it anew"))
    }
    var lock: FormsLock?
    // Bytes, not characters: locks are long, and are read at every compilation.
    let lines = text.utf8.split(separator: newline, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if index == 0 {
        lock = head(String(Substring(line)))
        if lock != nil { continue }
        report(1, 1, "a lock that does not begin with '# \(version)' and nl, pl or en")
        break
      }
      if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
      let fields = line.split(separator: tab, omittingEmptySubsequences: false)
      guard fields.count == 3, !fields[0].isEmpty, !fields[1].isEmpty else {
        report(index + 1, 1, "a line without its three fields")
        continue
      }
      let key = Key(lemma: String(Substring(fields[0])), partOfSpeech: String(Substring(fields[1])))
      let tokens = fields[2].split(separator: space)
      let forms = tokens.compactMap(form)
      if forms.isEmpty || forms.count != tokens.count {
        let column = key.lemma.unicodeScalars.count + key.partOfSpeech.unicodeScalars.count + 3
        report(index + 1, column, "forms of '\(key.lemma)' that are not form=rule")
      }
      if lock?.lines.updateValue(forms, forKey: key) != nil {
        report(index + 1, 1, "'\(key.lemma)' (\(key.partOfSpeech)) twice")
      }
    }
    guard var lock, problems.isEmpty else {
      if problems.isEmpty { report(1, 1, "an empty lock") }
      throw LexiconError(.invalidSource, problems)
    }
    lock.file = file
    return lock
  }

  private static let newline = UInt8(ascii: "\n")
  private static let tab = UInt8(ascii: "\t")
  private static let space = UInt8(ascii: " ")
  private static let underscore = UInt8(ascii: "_")

  /// The empty lock that a head line opens.
  private static func head(_ line: String) -> FormsLock? {
    let words = line.split(separator: " ", maxSplits: 3)
    guard words.count >= 3, words[0] == "#", words[1] == version,
      let language = Language(code: words[2]), Language.read.contains(language)
    else { return nil }
    return FormsLock(
      language: language, dictionary: words.count > 3 ? String(words[3]) : "", lines: [:])
  }

  private static func form(_ token: Substring.UTF8View) -> InflectedForm? {
    guard let equals = token.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    var word = token[..<equals]
    let collides = word.last == UInt8(ascii: "!")
    if collides { word = word.dropLast() }
    guard !word.isEmpty else { return nil }
    return InflectedForm(
      text: spaced(word), rule: spaced(token[token.index(after: equals)...]),
      foldCollides: collides)
  }

  /// The text with its spaces back.
  private static func spaced(_ text: Substring.UTF8View) -> String {
    guard text.contains(underscore) else { return String(Substring(text)) }
    return String(decoding: text.map { $0 == underscore ? space : $0 }, as: UTF8.self)
  }
}
