internal import HeardMail
internal import HeardRedaction
internal import HeardText

/// Finds the phrases of one to three words in messages, one worker's.
///
/// A phrase stays within its clause and within text that is scored. It neither begins nor ends with
/// a function word, but for a negation at its beginning. Numbers end a phrase, and so does what
/// names somebody: what the redactor finds, and words that are written with a capital inside
/// sentences more often than not (``NameSieve``).
final class PhraseReader: TermReader {
  /// The longest phrase, in words.
  static let longest = 3

  private let lemmas: LemmaTable
  private let redactor: Redactor?
  private let names: NameSieve?
  private let width: Int
  private let numbersTokens: Bool
  private let analyzer = TextAnalyzer()
  private var document = Document()
  private var generation: UInt32?
  /// What is known of spellings, by language, beside the analyzer's memory.
  private var known: [[Word?]] = [[], [], []]
  private var message = Message()
  private var language = 0
  private var words: [Placed] = []
  private var phrases: [(first: Int, count: Int)] = []
  private(set) var terms: [Term] = []

  /// A spelling as phrases see it.
  struct Word {
    var hash: UInt64
    var isFunction: Bool
    var negates: Bool
    var isShort: Bool
  }

  /// A word of the message.
  private struct Placed {
    var word: Word
    var part: Int
    var start: Int
    var end: Int
  }

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - names: words that are taken for names; nil: none.
  ///   - width: characters on each side of an example.
  ///   - numbersTokens: whether tokens in examples say who is who.
  init(
    lemmas: LemmaTable, redactor: Redactor?, names: NameSieve?, width: Int,
    numbersTokens: Bool = false
  ) {
    self.lemmas = lemmas
    self.redactor = redactor
    self.names = names
    self.width = width
    self.numbersTokens = numbersTokens
  }

  /// Reads the phrases of a message into ``terms``, each once.
  ///
  /// - Parameter sighting: called for every word that does not begin its sentence, with whether it
  ///   has a capital.
  func read(
    _ message: Message, language: Int, sighting: ((UInt64, Bool) -> Void)? = nil
  ) {
    self.message = message
    self.language = language
    words.removeAll(keepingCapacity: true)
    phrases.removeAll(keepingCapacity: true)
    terms.removeAll(keepingCapacity: true)
    let scored = message.scoredZone
    for (index, part) in message.parts.enumerated() {
      read(part, index, scored, sighting)
    }
    let seed = UInt64(language) &+ 1
    for (place, phrase) in phrases.enumerated() {
      var hash = seed
      for word in words[phrase.first..<phrase.first + phrase.count] {
        hash = TermHash.combine(hash, word.word.hash)
      }
      terms.append(Term(hash: hash, place: Int32(place)))
    }
    // Each once, the first of its places.
    terms.sort { $0.hash == $1.hash ? $0.place < $1.place : $0.hash < $1.hash }
    var kept = 0
    for index in terms.indices where index == 0 || terms[index].hash != terms[kept - 1].hash {
      terms[kept] = terms[index]
      kept += 1
    }
    terms.removeSubrange(kept...)
  }

  private func read(
    _ part: TextPart, _ index: Int, _ scored: Zone, _ sighting: ((UInt64, Bool) -> Void)?
  ) {
    analyzer.analyze(part.bytes, into: &document)
    if generation != analyzer.memory.generation {
      generation = analyzer.memory.generation
      for place in known.indices { known[place].removeAll(keepingCapacity: true) }
    }
    let hidden = redactor?.redact(part.bytes).replacements.map(\.original) ?? []
    var next = 0
    var zone = 0
    for sentence in document.sentences {
      var first = words.count
      var isFirst = true
      for token in document.tokens[sentence.tokens] {
        while zone + 1 < part.zones.count, part.zones[zone].range.end <= token.start { zone += 1 }
        let isScored = part.zones.isEmpty || part.zones[zone].zone == scored
        while next < hidden.count, hidden[next].upperBound <= Int(token.start) { next += 1 }
        let isHidden = next < hidden.count && hidden[next].lowerBound < Int(token.end)
        if !token.gap.isDisjoint(with: Gap.clauseEnd) { end(&first) }
        let flags = analyzer.memory.flags(token.form)
        guard isScored, !isHidden, flags.contains(.word) else {
          if isScored { isFirst = false }
          end(&first)
          continue
        }
        let word = look(token.form)
        if !word.isFunction {
          if !isFirst { sighting?(word.hash, flags.contains(.capitalised)) }
          if names?.isName(word.hash) == true {
            isFirst = false
            end(&first)
            continue
          }
        }
        isFirst = false
        words.append(
          Placed(word: word, part: index, start: Int(token.start), end: Int(token.end)))
      }
      end(&first)
    }
  }

  /// Ends a run of words: takes its phrases.
  private func end(_ first: inout Int) {
    let end = words.count
    for start in first..<end {
      let word = words[start].word
      guard !word.isFunction || word.negates else { continue }
      for last in start..<min(start + PhraseReader.longest, end) {
        let closing = words[last].word
        if closing.isFunction || start == last && closing.isShort { continue }
        phrases.append((start, last - start + 1))
      }
    }
    first = end
  }

  private func look(_ form: FormID) -> Word {
    if known[language].count <= form.index {
      known[language].append(
        contentsOf: repeatElement(nil, count: form.index + 1 - known[language].count))
    }
    if let word = known[language][form.index] { return word }
    let code = FactTable.languages[language]
    let normal = analyzer.memory.normal(form)
    let lemma = lemmas.lemma(normal, code)
    let word = Word(
      hash: TermHash.of(lemma), isFunction: FunctionWords.contains(normal, code),
      negates: FunctionWords.negates(normal, code), isShort: normal.unicodeScalars.count < 3)
    known[language][form.index] = word
    return word
  }

  // MARK: TermReader

  func words(of term: Term) -> [String] {
    let code = FactTable.languages[language]
    return normals(of: term).map { lemmas.lemma($0, code) }
  }

  func surface(of term: Term) -> String { normals(of: term).joined(separator: " ") }

  private func normals(of term: Term) -> [String] {
    let phrase = phrases[Int(term.place)]
    var document = Document()
    return words[phrase.first..<phrase.first + phrase.count].map { placed in
      // The analyzer has gone on to other parts; a word by itself gives the same normal form.
      analyzer.analyze(
        Array(message.parts[placed.part].bytes[placed.start..<placed.end]), into: &document)
      return document.tokens.first.map { analyzer.memory.normal($0.form) } ?? ""
    }
  }

  func example(of term: Term) -> ThemeExample? {
    let phrase = phrases[Int(term.place)]
    let first = words[phrase.first]
    let last = words[phrase.first + phrase.count - 1]
    let part = message.parts[first.part]
    guard let cut = window(part, first.start..<last.end) else { return nil }
    let context = KeyWordContext(cut.bytes, width: width, redactor: redactor)
    let (left, match, right) = context.cut(cut.range)
    guard redactor != nil else { return ThemeExample(left: left, match: match, right: right) }
    return ThemeExample(
      left: clean(PhraseReader.withoutCutToken(left: left)), match: match,
      right: clean(PhraseReader.withoutCutToken(right: right)))
  }

  /// Tokens without their numbers, unless these are wanted.
  private func clean(_ text: String) -> String {
    guard !numbersTokens, text.contains("«") else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "«") {
      result += rest[..<start]
      rest = rest[start...]
      guard let end = rest.firstIndex(of: "»") else { break }
      let token = rest[...end]
      let name = token.dropFirst().prefix { $0 != ":" }
      let isOurs = RedactedKind(rawValue: String(name)) != nil && token.contains(":")
      result += isOurs ? "«\(name)»" : String(token)
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  /// The text in front without the rest of a token that was cut.
  private static func withoutCutToken(left: String) -> String {
    guard let end = left.firstIndex(of: "»"), !left[..<end].contains("«"),
      left[..<end].count <= 20
    else { return left }
    return String(left[left.index(after: end)...])
  }

  /// The text behind without the beginning of one.
  private static func withoutCutToken(right: String) -> String {
    guard let start = right.lastIndex(of: "«"), !right[start...].contains("»"),
      right[start...].count <= 20
    else { return right }
    return String(right[..<start])
  }

  /// The stretch of scored text around a place, without what stands in other zones.
  private func window(
    _ part: TextPart, _ range: Range<Int>
  ) -> (bytes: [UInt8], range: Range<Int>)? {
    guard
      let zone = part.zones.first(where: { $0.range.range.contains(range.lowerBound) })
    else { return (part.bytes, range) }
    let own = zone.range.range
    guard range.upperBound <= own.upperBound else { return nil }
    return (
      Array(part.bytes[own]),
      range.lowerBound - own.lowerBound..<range.upperBound - own.lowerBound
    )
  }
}
