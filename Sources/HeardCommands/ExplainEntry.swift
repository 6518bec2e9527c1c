internal import Heard
internal import HeardAuthoring
internal import HeardClassifier
internal import HeardLexicon
internal import HeardMail
internal import HeardSources
internal import HeardText

/// Says what became of one entry in one message: counted, held back and by what, or not matched and
/// for want of which words.
struct ExplainEntry {
  let records: RecordWriter
  let lexicon: CompiledLexicon
  /// The sources, when the lexicon is a folder: only they have patterns to take apart.
  let source: LexiconSource?
  let number: Int

  /// Finds the entry.
  init(_ id: String, pipeline: Pipeline, source: LexiconSource?) throws(Failure) {
    let lexicon = pipeline.lexicon
    let ids = (0..<lexicon.entryCount).map { lexicon.entryID($0) }
    guard let number = ids.firstIndex(of: id) else {
      let hint =
        Spelling.nearest(to: id, among: ids).map { "; did you mean '\($0)'?" }
        ?? "; ids are language.theme.name, as heard lexicon export lists them"
      throw Failure(.usage, "no entry '\(id)'\(hint)")
    }
    self.number = number
    self.lexicon = lexicon
    self.source = source
    records = RecordWriter(pipeline)
  }

  /// The lines of one message; the assessment has its places in the redacted text.
  func text(_ redacted: RedactedMessage, _ assessment: Assessment) throws(Failure) -> String {
    let message = redacted.message
    let entry = lexicon.entry(number)
    var text = "\(entry.id) (\(entry.location)): \(entry.pattern)\n"
    for hit in assessment.contributions where hit.source == .entry(number) {
      text += "  counted: \(signed(hit.milli)) \(hit.kind.rawValue), "
      text += quote(message, hit.part, hit.range) + scopes(hit.scopes) + "\n"
    }
    for miss in assessment.nearMisses where miss.source == .entry(number) {
      text += "  held back: \(signed(miss.lostMilli)) \(miss.kind.rawValue), "
      text += quote(message, miss.part, miss.range) + ": \(miss.reason.text)"
      if !miss.operatorRange.isEmpty {
        text += " by \(quote(message, miss.part, miss.operatorRange))"
      }
      text += "\n"
    }
    let isTold = text.contains("\n  ")
    let places = found(in: redacted, entry.language)
    text += places.filter { !isTold || !$0.hasPrefix("  matched") }.joined()
    if places.isEmpty, !isTold { text += try notMatched(redacted) }
    return text
  }

  /// Matches that never came to counting: covered, or in a sentence of another language.
  private func found(in redacted: RedactedMessage, _ language: Language) -> [String] {
    let analyzer = TextAnalyzer()
    var matcher = Matcher(lexicon)
    var document = Document()
    var lines: [String] = []
    for (index, part) in redacted.originalParts.enumerated() {
      func shown(_ match: Match) -> String {
        let range = ByteRange(
          document.tokens[Int(match.firstToken)].start, document.tokens[Int(match.lastToken)].end)
        return printable(redacted.words(range, in: index))
      }
      analyzer.analyze(part.bytes, into: &document)
      var own: ContiguousArray<Match> = []
      matcher.match(document, memory: analyzer.memory, into: &own)
      var forced: ContiguousArray<Match> = []
      matcher.match(
        document, memory: analyzer.memory, languages: LanguageSet(language), into: &forced)
      for match in forced where match.entry == number {
        let words = shown(match)
        let counterpart = own.first { $0.entry == match.entry && $0.firstToken == match.firstToken }
        guard let counterpart else {
          let sentence = document.sentences.first { $0.tokens.contains(Int(match.firstToken)) }
          let read = sentence?.language.code ?? "another language"
          lines.append(
            "  not looked for: “\(words)” stands in a sentence that reads as \(read), and this is "
              + "an entry for \(language.code)\n")
          continue
        }
        let cover = own.first { $0.isLonger(than: counterpart) }
        if counterpart.covered, let cover {
          lines.append(
            "  covered: “\(words)” is part of “\(shown(cover))”, which "
              + "\(lexicon.entryID(Int(cover.entry))) says better\n")
        } else {
          lines.append("  matched: “\(words)”\n")
        }
      }
    }
    return lines
  }

  private func notMatched(_ redacted: RedactedMessage) throws(Failure) -> String {
    guard let source, let entry = source.entries.first(where: { $0.id == lexicon.entryID(number) })
    else { return "  not matched; name a folder of lexicons to see which words are missing\n" }
    let trace: PatternTrace
    do throws(CompiledLexiconError) {
      trace = try PatternTrace(entry, in: source)
    } catch {
      throw Failure(.configuration, "\(error)")
    }
    var text = "  not matched\n"
    for (index, part) in redacted.originalParts.enumerated() {
      for attempt in trace.attempts(in: part.bytes).prefix(3) {
        text += "    '\(attempt.pattern)': "
        let there = attempt.parts.compactMap { found in
          found.words.map { words in
            let range = place(of: words, in: part.bytes, attempt.sentence)
            return "\(found.text) as “\(printable(redacted.words(range, in: index)))”"
          }
        }
        if attempt.isComplete {
          text += "all words are there (\(there.joined(separator: ", "))), but in another order, "
          text += "too far apart, or across the end of a sentence\n"
        } else {
          text += "missing \(attempt.missing.joined(separator: ", "))"
          if !there.isEmpty { text += "; found \(there.joined(separator: ", "))" }
          text += "\n"
        }
      }
    }
    return text
  }

  /// Where words of a sentence stand; the whole sentence when they are not in it.
  private func place(of words: String, in text: [UInt8], _ sentence: ByteRange) -> ByteRange {
    let words = Array(words.utf8)
    let last = sentence.range.upperBound - words.count
    guard last >= sentence.range.lowerBound else { return sentence }
    let start = (sentence.range.lowerBound...last).first {
      text[$0..<$0 + words.count].elementsEqual(words)
    }
    return start.map { ByteRange(UInt32($0), UInt32($0 + words.count)) } ?? sentence
  }

  private func quote(_ message: Message, _ part: Int, _ range: ByteRange) -> String {
    guard message.parts.indices.contains(part), !range.isEmpty else { return "the message" }
    return "“" + printable(message.parts[part].bytes[range.range]) + "”"
  }

  private func printable(_ bytes: ArraySlice<UInt8>) -> String {
    MarkedText.printable(bytes).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func scopes(_ scopes: Scopes) -> String {
    scopes.isEmpty ? "" : " [\(scopes.list.joined(separator: ", "))]"
  }

  private func signed(_ milli: Int32) -> String { ExplanationView.signed(Int(milli)) }
}
