internal import ArgumentParser
internal import Heard
internal import HeardAuthoring
internal import HeardCorpus
internal import HeardInput
internal import HeardLexiconTools
internal import HeardText
internal import HeardTuning

/// `heard suggest`: what to add to the lexicons and what to weaken.
struct SuggestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Suggest words to add and entries to weaken, from what was judged wrongly.",
    discussion: """
      Examples:
        heard suggest corpus --for staff-targeted
        heard suggest corpus ../shared/data --for complaint --language nl --limit 10
        heard suggest corpus --for anger --format tsv > candidates.tsv

      Candidates are words and phrases of up to four words that messages have which were missed, and \
      messages have not which were rightly left alone, ranked by log-odds with an informative prior \
      (Monroe, Colaresi and Quinn 2008). Forms of a word count together where the forms locks or a \
      dictionary know them. The figures say what adding it would do if it decided by itself. Entries \
      to weaken are those whose evidence alone decides more messages wrongly than rightly.

      Only the half 'tune' is read, so that the other stays unseen.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case tsv
  }

  @Option(name: .customLong("for"), help: "The label: complaint, anger, staff-targeted, …")
  var label: String

  @Option(help: "Only this language: nl, pl or en.")
  var language: String?

  @Option(help: "Candidates a language, and entries to weaken, at most.")
  var limit = 15

  @Option(help: "Missed messages that must have a candidate.")
  var least = 3

  @Option(help: "Lines of context for each.")
  var lines = 3

  @Option(help: "Characters on each side of a line, 0 to 400.")
  var width = 40

  @Option(help: "text or tsv.")
  var format = Format.text

  @OptionGroup var redaction: RedactionOptions
  @OptionGroup var options: PipelineOptions

  @Argument(help: "Files and folders of labelled JSONL.", completion: .file())
  var corpora: [String]

  func validate() throws {
    if Label(rawValue: label) == nil {
      let names = Label.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--for takes one of \(names), not '\(label)'")
    }
    if let language, !Language.read.contains(where: { $0.code == language }) {
      throw ValidationError("--language takes nl, pl or en, not '\(language)'")
    }
    guard limit >= 1, least >= 1, lines >= 0, (0...400).contains(width) else {
      throw ValidationError(
        "--limit and --least take 1 or more, --lines 0 or more, --width 0 to 400")
    }
  }

  func run() throws {
    guard let label = Label(rawValue: label) else { return }
    var settings = Suggestions.Settings()
    settings.limit = limit
    settings.least = least
    settings.lines = lines
    settings.width = width
    settings.redactor = try redaction.redactor()
    let messages: [LabelledMessage]
    do {
      messages = try CorpusReader.read(corpora)
    } catch {
      throw Failure(error.code == .noInput ? .noInput : .data, error.description)
    }
    let chosen = messages.filter {
      $0.half == .tune && (language == nil || $0.language == language)
    }
    guard chosen.contains(where: { $0.labels[label] != nil }) else {
      throw Failure(
        .data, "no message of the half 'tune' says whether it is \(label.rawValue); name others")
    }
    let lemmas = LemmaForms(folder: try LexiconFolder(options.lexicons))
    let suggestions = Suggestions(
      for: label, in: chosen, pipeline: try options.pipeline(), settings: settings,
      sameLemma: lemmas.forms)
    switch format {
    case .text: try Terminal.write(SuggestionReport.text(suggestions, label: label))
    case .tsv: try Terminal.write(SuggestionReport.tsv(suggestions))
    }
  }
}

/// Which words are forms of one lemma, by the forms locks and, where it is installed, a dictionary.
struct LemmaForms {
  private var groups: [Language: [String: Set<String>]] = [:]
  private let inflector: Inflector?

  init(folder: LexiconFolder) {
    inflector = try? Inflector(lexicons: folder.path)
    guard let source = try? folder.load() else { return }
    for (language, lock) in source.locks {
      for forms in lock.lines.values {
        let words = Set(forms.filter(\.isSingleWord).map(\.text))
        for word in words { groups[language, default: [:]][word, default: []].formUnion(words) }
      }
    }
  }

  /// The other forms of a word, in a fixed order.
  func forms(_ language: String, _ word: String) -> [String] {
    guard let language = Language(code: language) else { return [] }
    if let known = groups[language]?[word] { return known.sorted() }
    guard let inflector,
      let forms = try? inflector.expand(lemma: word, partOfSpeech: nil, language: language)
    else { return [] }
    return forms.filter(\.isSingleWord).map(\.text)
  }
}
