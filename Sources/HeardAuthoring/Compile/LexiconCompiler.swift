internal import HeardLexicon
public import HeardSources
public import HeardText

/// Compiles entries and scoring rules into an image (see ``ImageFormat``).
///
/// 1. Each pattern becomes the sequences of elements that it stands for (``PatternExpansion``).
/// 2. The forms of all elements go into one hash table (``ElementTable``).
/// 3. Each sequence gets an anchor, the word by which it is looked for (``PhrasePlan``).
///
/// The same sources give the same bytes, whatever the order of their files.
public enum LexiconCompiler {
  /// All forms of a word in an entry's pattern, or nil when they are not known.
  typealias Forms = (WordPattern, EntrySource) -> [InflectedForm]?

  /// The image of what was read from a lexicon folder or from memory.
  ///
  /// - Parameter manifest: what names the sources; without one the digest is that of the compiled
  ///   content.
  /// - Throws: ``CompiledLexiconError`` at the first pattern that cannot be compiled.
  public static func compile(
    _ source: LexiconSource, manifest: SourceManifest? = nil
  ) throws(CompiledLexiconError) -> [UInt8] {
    try compile(
      entries: source.entries, scoring: source.scoring, forms: source.forms(of:in:),
      manifest: manifest, normaliser: .analyzer())
  }

  /// The image of entries whose lemmas something else than forms locks expands.
  ///
  /// - Parameter forms: all forms of a lemma with its part of speech, the lemma among them; none
  ///   when it is not known, which then matches as it is written.
  /// - Throws: ``CompiledLexiconError`` at the first pattern that cannot be compiled.
  public static func compile(
    entries: [EntrySource], scoring: ScoringRules,
    forms: (Language, String, String?) -> [InflectedForm]
  ) throws(CompiledLexiconError) -> [UInt8] {
    try compile(
      entries: entries, scoring: scoring,
      forms: { word, entry in
        guard word.inflected else { return nil }
        let found = forms(entry.language, word.text, entry.isLemma ? entry.partOfSpeech : nil)
        guard !found.isEmpty else { return nil }
        let own = entry.isLemma ? entry.forms : []
        return found + own.map { InflectedForm(text: $0, rule: "entry") }
      }, manifest: nil, normaliser: .analyzer())
  }

  static func compile(
    entries: [EntrySource], scoring: ScoringRules, forms: Forms, manifest: SourceManifest?,
    normaliser: WordNormaliser
  ) throws(CompiledLexiconError) -> [UInt8] {
    var image = ImageWriter()
    var elements = ElementTable()
    var plan = PhrasePlan()
    let ordered = entries.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    for (number, entry) in ordered.enumerated() {
      image.add(EntryRecord.words(entry, into: &image), to: .entries)
      for (index, pattern) in entry.patterns.enumerated() {
        let sequences = try sequences(
          of: pattern, index, entry, forms: forms, normaliser, &elements)
        for steps in sequences {
          plan.add(steps, language: entry.language, entry: UInt32(number))
        }
      }
    }
    elements.write(into: &image)
    plan.write(
      into: &image, elements: elements, counts: WordCounts(ordered, normaliser))
    add(scoring, to: &image)
    for file in manifest?.files ?? [] {
      let path = image.place(of: file.path)
      let numbers = [UInt64(file.size), UInt64(bitPattern: file.modified)]
      image.add([path.offset, path.count] + numbers.flatMap(\.halves), to: .stamps)
    }
    return image.finish(digest: manifest?.digest)
  }

  private static func sequences(
    of pattern: PatternNode, _ index: Int, _ entry: EntrySource,
    forms: Forms, _ normaliser: WordNormaliser,
    _ elements: inout ElementTable
  ) throws(CompiledLexiconError) -> [[PhraseStep]] {
    do throws(PatternExpansion.Problem) {
      return try withoutActuallyEscaping(forms) { forms throws(PatternExpansion.Problem) in
        try PatternExpansion(entry: entry, normaliser: normaliser, forms: forms)
          .sequences(of: pattern, &elements)
      }
    } catch {
      let place =
        entry.patternLocations.indices.contains(index)
        ? entry.patternLocations[index] : entry.location
      throw CompiledLexiconError(
        error.code, place: place.description, message: "\(entry.id): \(error.message)",
        help: error.help)
    }
  }

  private static func add(_ scoring: ScoringRules, to image: inout ImageWriter) {
    for frame in scoring.frames {
      let id = image.place(of: frame.id)
      let evidence = image.place(of: frame.evidence)
      image.add(
        [
          id.offset, id.count, UInt32(frame.languages.rawValue), UInt32(frame.first.index),
          UInt32(frame.second.index), frame.ordered ? 1 : 0,
          UInt32(Frame.Window.allCases.firstIndex(of: frame.window) ?? 0),
          UInt32(clamping: frame.distance), evidence.first, evidence.count,
          UInt32(clamping: frame.maximum),
        ], to: .frames)
    }
    for calibration in scoring.calibrations {
      image.add(
        [
          UInt32(calibration.kind.index), UInt32(calibration.language.rawValue),
          UInt32(bitPattern: calibration.biasMilli), UInt32(bitPattern: calibration.slopeMilli),
        ], to: .calibrations)
    }
    for (name, factor) in scoring.scopeFactors.sorted(by: { $0.key < $1.key }) {
      let place = image.place(of: name)
      image.add([place.offset, place.count, UInt32(bitPattern: factor)], to: .scopeFactors)
    }
    for (name, list) in scoring.styles.sorted(by: { $0.key < $1.key }) {
      let place = image.place(of: name)
      let evidence = image.place(of: list)
      image.add([place.offset, place.count, evidence.first, evidence.count], to: .styles)
    }
    WordTable.write(scoring.words, into: &image)
    image.set(
      .settings,
      ([scoring.signalThreshold] + scoring.angerLevels).map { UInt32(bitPattern: $0) })
  }
}
