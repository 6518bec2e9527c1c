public import Heard
internal import HeardAuthoring
internal import HeardClassifier
public import HeardCorpus
public import HeardLexicon
internal import HeardText

/// Fits the numbers of a lexicon folder to labelled messages.
///
/// Deterministic: the same messages and the same folder give the same patch. Only numbers of
/// complaint and the four tags change; roles, valence and signals do not.
public struct LexiconFit {
  /// How each kind fared, in the order of the settings; kinds with too few positives are missing.
  public private(set) var validations: [FitValidation] = []
  /// What would change, in the order of the files.
  public private(set) var changes: [FitChange] = []
  private let patch: SourcePatch

  /// Fits.
  ///
  /// - Parameters:
  ///   - messages: all that may be learnt from.
  ///   - pipeline: made of the lexicon that the files give.
  ///   - files: paths and texts of the lexicon folder, locks included.
  public init(
    _ messages: [LabelledMessage], pipeline: Pipeline, files: [(path: String, text: String)],
    settings: FitSettings = .init()
  ) {
    let matrix = DesignMatrix(messages, pipeline: pipeline)
    let lexicon = pipeline.lexicon
    let finder = NumberFinder(files: files)
    var gate = Array(repeating: true, count: matrix.messages.count)
    var edits: [(place: NumberPlace, text: String)] = []
    var firings: [NumberPlace: (name: String, count: Int)] = [:]
    for name in settings.kinds {
      guard let kind = EvidenceKind(rawValue: name),
        let place = EvidenceKind.scores.firstIndex(of: kind)
      else { continue }
      let rows = FitRows(
        kind, place: place, matrix: matrix, labelled: messages, folds: settings.folds,
        setLimit: settings.setLimit)
      var slopes: [Language: Double] = [:]
      for language in Language.allCases {
        let curve = lexicon.calibration(kind, language) ?? lexicon.calibration(kind, .undetermined)
        slopes[language] = Double(curve?.slopeMilli ?? 1000) / 1000
      }
      let threshold = kind == .anger ? Double(lexicon.angerLevels.first ?? 0) / 1000 : 0
      let isGated = kind != .complaint && kind != .anger
      let fit = KindFit(
        rows: rows, matrix: matrix, settings: settings, slopes: slopes, threshold: threshold)
      guard
        var outcome = fit.run(
          gate: isGated ? gate : Array(repeating: true, count: gate.count))
      else { continue }
      let gains = (outcome.validation.f1After ?? 0) > (outcome.validation.f1Before ?? 0)
      outcome.validation.isTaken = gains || settings.takesLosses
      validations.append(outcome.validation)
      if kind == .complaint {
        gate = matrix.messages.indices.map { index in
          outcome.validation.isTaken
            ? outcome.foreignSums[index] >= 0 : matrix.sum(index, place) >= 0
        }
      }
      guard outcome.validation.isTaken else { continue }
      for (column, value) in outcome.values {
        guard let place = finder.places[matrix.numbers[column]] else { continue }
        let text = LexiconFit.text(value, step: 20, like: place.text)
        guard LexiconFit.differs(text, place.text) else { continue }
        edits.append((place, text))
        firings[place] = (matrix.numbers[column].name, outcome.firings[column])
      }
      for (language, slope) in outcome.slopes {
        guard let place = finder.places[.slope(kind, language)] else { continue }
        let text = LexiconFit.text(slope, step: 10, like: place.text)
        guard LexiconFit.differs(text, place.text) else { continue }
        edits.append((place, text))
        firings[place] = (LexiconNumber.slope(kind, language).name, 0)
      }
    }
    edits.sort {
      ($0.place.file, $0.place.line, $0.place.column)
        < ($1.place.file, $1.place.line, $1.place.column)
    }
    patch = SourcePatch(files: files, edits)
    changes = edits.map { edit in
      let known = firings[edit.place]
      return FitChange(
        name: known?.name ?? "", old: edit.place.text, new: edit.text, firings: known?.count ?? 0)
    }
  }

  /// Paths of the files that change.
  public var changedPaths: [String] { patch.changedPaths }

  /// All files of the folder with the new numbers.
  public var files: [(path: String, text: String)] { patch.patched }

  /// The changes as a unified diff; empty when there are none.
  ///
  /// - Parameter folder: path of the lexicon folder, which names the files.
  public func unifiedDiff(folder: String) -> String { patch.unifiedDiff(folder: folder) }

  /// Compiles the folder with the new numbers, in memory.
  ///
  /// - Throws: ``LexiconError`` or ``CompiledLexiconError``, as the folder itself would.
  public func lexicon() throws -> CompiledLexicon {
    try CompiledLexicon(bytes: LexiconCompiler.compile(LexiconSource(files: files)))
  }

  /// A number in steps of 1/step, with a decimal point where the old one had it or it needs one.
  static func text(_ value: Double, step: Double, like old: String) -> String {
    let hundredths = Int((value * step).rounded() / step * 100 + (value < 0 ? -0.5 : 0.5))
    let magnitude = abs(hundredths)
    var text = "\(hundredths < 0 ? "-" : "")\(magnitude / 100)"
    let rest = magnitude % 100
    if rest % 10 != 0 {
      text += "." + (rest < 10 ? "0" : "") + "\(rest)"
    } else if rest != 0 || old.contains(".") {
      text += ".\(rest / 10)"
    }
    return text
  }

  private static func differs(_ text: String, _ old: String) -> Bool {
    guard let new = Double(text), let old = Double(old) else { return false }
    return abs(new - old) >= 0.03
  }
}

extension DesignMatrix {
  /// The present sum of a message, in logits.
  func sum(_ message: Int, _ place: Int) -> Double {
    let row = messages[message].rows[place]
    return row.factors.reduce(row.fixed) { $0 + $1.factor * values[$1.number] }
  }
}
