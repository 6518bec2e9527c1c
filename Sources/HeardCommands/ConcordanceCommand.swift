internal import ArgumentParser
internal import Heard
internal import HeardCorpus
internal import HeardInput
internal import HeardLexicon
internal import HeardLexiconTools
internal import HeardSources
internal import HeardText
internal import HeardTuning

/// `heard concordance`: where something stands in a corpus, with the words around it.
struct ConcordanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "concordance",
    abstract: "Show every place of an entry, a tag, a lemma or a phrase in a corpus.",
    discussion: """
      Examples:
        heard concordance '~wachten ... weken' corpus --sort right
        heard concordance entry:nl.staff.bot corpus/nl --width 30
        heard concordance tag:pricing-dispute corpus --format tsv
        heard concordance lemma:zwrot corpus/pl --redact

      Looks for a phrase in the syntax of lexicon patterns (~word: any form, (a|b), (a)?, ... a gap, \
      <number>), for lemma:WORD, for the places of an entry (entry:ID), or for what counted as \
      evidence of a tag or another kind (tag:KIND).
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case tsv
    case json
  }

  enum Half: String, CaseIterable, ExpressibleByArgument {
    case tune
    case check
    case both
  }

  enum Order: String, CaseIterable, ExpressibleByArgument {
    case corpus
    case left
    case right
  }

  @Option(help: "Order of the lines: corpus, left (words in front) or right (words behind).")
  var sort = Order.corpus

  @Option(help: "Characters on each side, 0 to 400.")
  var width = 40

  @Option(help: "text, tsv or json (an object a line).")
  var format = Format.text

  @Option(help: "At most so many lines.")
  var limit: Int?

  @Option(help: "Which half: tune, check or both; else tune, and both where nothing is labelled.")
  var half: Half?

  @OptionGroup var redaction: RedactionOptions
  @OptionGroup var options: PipelineOptions

  @Argument(help: "A pattern, lemma:WORD, entry:ID or tag:KIND.")
  var query: String

  @Argument(help: "Files and folders of JSONL, labelled or not.", completion: .file())
  var corpora: [String]

  func validate() throws {
    guard (0...400).contains(width) else { throw ValidationError("--width takes 0 to 400") }
    if let limit, limit < 1 { throw ValidationError("--limit takes 1 or more") }
  }

  func run() throws {
    let redactor = try redaction.redactor()
    let pipeline = try options.pipeline()
    let (meaning, lexicon) = try read(query, pipeline)
    let messages: [LabelledMessage]
    do {
      messages = try CorpusReader.read(corpora)
    } catch {
      throw Failure(error.code == .noInput ? .noInput : .data, error.description)
    }
    // Halves are there so that nobody tunes on what is measured; an inbox has none.
    let isLabelled = messages.contains { $0.messageClass != nil || !$0.labels.isEmpty }
    let half = half ?? (isLabelled ? .tune : .both)
    let chosen = messages.filter { half == .both || $0.half.rawValue == half.rawValue }
    var concordance = Concordance(
      meaning, in: chosen, pipeline: pipeline, lexicon: lexicon, width: width, redactor: redactor)
    concordance.sort(Concordance.Order(rawValue: sort.rawValue) ?? .corpus)
    let lines = Array(concordance.lines.prefix(limit ?? Int.max))
    switch format {
    case .text:
      try Terminal.write(Printable.text(ConcordanceReport.text(lines), keepsLines: true))
    case .tsv: try Terminal.write(ConcordanceReport.tsv(lines))
    case .json: try Terminal.write(ConcordanceReport.json(lines))
    }
    if format == .text {
      Terminal.complain("\(concordance.lines.count) places in \(chosen.count) messages")
    }
  }

  private func read(
    _ text: String, _ pipeline: Pipeline
  ) throws(Failure) -> (ConcordanceQuery, CompiledLexicon) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let (head, rest) = parts.count == 2 ? (parts[0], parts[1]) : ("", text)
    let lexicon = pipeline.lexicon
    switch head {
    case "entry":
      let ids = (0..<lexicon.entryCount).map { lexicon.entryID($0) }
      guard ids.contains(rest) else {
        let near = ids.filter { $0.contains(rest) || $0.hasSuffix(rest) }.prefix(3)
        let hint = near.isEmpty ? "" : "; there is \(near.joined(separator: ", "))"
        throw Failure(.usage, "no entry '\(rest)' in the lexicons\(hint)")
      }
      return (.entry(rest), lexicon)
    case "tag":
      guard let kind = EvidenceKind(rawValue: rest) else {
        let kinds = EvidenceKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure(.usage, "no kind of evidence '\(rest)'; there are \(kinds)")
      }
      return (.kind(kind), lexicon)
    case "lemma":
      return (.pattern("~\(rest)"), try compile("~\(rest)"))
    case "" where (0..<lexicon.entryCount).contains(where: { lexicon.entryID($0) == text }):
      throw Failure(.usage, "'\(text)' is an entry; its places are entry:\(text)")
    default:
      return (.pattern(text), try compile(text))
    }
  }

  private func compile(_ pattern: String) throws(Failure) -> CompiledLexicon {
    let folder = try LexiconFolder(options.lexicons)
    let source = try folder.load()
    // Without dictionaries a lemma that is in no lock matches as it is written.
    let inflector = try? Inflector(lexicons: folder.path)
    do {
      return try Concordance.lexicon(for: pattern, source: source) { language, lemma in
        (try? inflector?.expand(lemma: lemma, partOfSpeech: nil, language: language)) ?? []
      }
    } catch let error as LexiconError {
      let first = error.diagnostics.first
      throw Failure(
        .usage,
        "the pattern '\(pattern)': \(first?.message ?? "cannot be read"); \(first?.hint ?? "")")
    } catch {
      throw Failure(.usage, "the pattern '\(pattern)': \(error)")
    }
  }
}
