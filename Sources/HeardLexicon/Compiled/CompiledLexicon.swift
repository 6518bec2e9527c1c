public import HeardSources
public import HeardText

/// A lexicon ready to be matched: immutable, shared by all workers.
///
/// Names, forms and phrases stay in the image, which is one block of memory; what scoring asks for is
/// decoded once (see ``ImageFormat``). A damaged image is refused; no image, whatever its bytes, makes an
/// access outside its bounds.
public final class CompiledLexicon: Sendable {
  let image: ImageReader
  let phrases: PhraseTable
  /// Single words and their weights.
  public let words: WordTable

  /// SHA-256 of the sources, as `sha256:` and 64 hexadecimal digits.
  public let digest: String
  /// Evidence of all entries, frames and styles, which name ranges of it.
  public let evidence: [Evidence]
  /// Frames, in source order.
  public let frames: [Frame]
  /// Calibrations, in source order.
  public let calibrations: [Calibration]
  /// Factors in thousandths for evidence under a scope, by the names of `scoring.yaml`.
  public let scopeFactors: [String: Int32]
  /// Evidence of writing styles, by the names of `scoring.yaml`.
  public let styles: [String: [Evidence]]
  /// Anger sums in thousandths from which the level is 1, 2 and 3.
  public let angerLevels: [Int32]
  /// Sum in thousandths from which a signal is set.
  public let signalThreshold: Int32
  /// Number of entries; ``Match/entry`` is below it.
  public let entryCount: Int
  /// The source files that it was compiled from, as they were then.
  package let sourceFiles: [SourceFile]

  /// Reads an image; what becomes of the file afterwards is nothing to it.
  public convenience init(reading path: String) throws(CompiledLexiconError) {
    try self.init(ImageReader(ImageMemory(reading: path), path: path))
  }

  /// Takes an image from memory; `path` names it in errors.
  public convenience init(
    bytes: [UInt8], path: String = "(memory)"
  ) throws(CompiledLexiconError) {
    try self.init(ImageReader(ImageMemory(copying: bytes), path: path))
  }

  private init(_ image: ImageReader) throws(CompiledLexiconError) {
    self.image = image
    digest = "sha256:" + SourceDigest.hexadecimal(image.digest)
    entryCount = image.count(.entries)
    evidence = try image.decodeEvidence()
    try image.checkEntries()
    frames = try image.decodeFrames(evidence)
    calibrations = try image.decodeCalibrations()
    scopeFactors = image.decodeScopeFactors()
    styles = try image.decodeStyles(evidence)
    let settings = image.words(.settings).map { Int32(bitPattern: $0) }
    guard let threshold = settings.first else { throw image.damage(.settings) }
    signalThreshold = threshold
    angerLevels = Array(settings.dropFirst())
    sourceFiles = image.decodeStamps()
    phrases = try PhraseTable(image)
    words = try WordTable(image)
  }

  /// The entry with a number below ``entryCount``; to be called at start, not in loops over tokens.
  public func entry(_ index: Int) -> CompiledEntry {
    precondition(index >= 0 && index < entryCount, "no entry has this number")
    return image.decodeEntry(index)
  }

  /// The id of an entry.
  public func entryID(_ index: Int) -> String {
    precondition(index >= 0 && index < entryCount, "no entry has this number")
    return image.string(.entries, index, EntryRecord.id)
  }

  /// All entries, in the order of their numbers.
  public var entries: [CompiledEntry] { (0..<entryCount).map { entry($0) } }

  /// What scoring asks of the entry with a number below ``entryCount``, without making its names.
  public func rules(_ index: Int) -> EntryRules {
    precondition(index >= 0 && index < entryCount, "no entry has this number")
    return image.decodeRules(index)
  }

  /// Whether an entry is a formula: it changes nothing around it, and is evidence at most for a class
  /// that is no complaint.
  ///
  /// What letters say whatever they are about; its words count for nothing as single words either.
  public func isFormula(_ entry: EntryRules) -> Bool {
    entry.scopeOperator == nil
      && entry.evidence.allSatisfy {
        let evidence = evidence[$0]
        return evidence.milli == 0 || Self.cues & 1 << UInt64(evidence.kind.index) != 0
      }
  }

  /// As bits by their index.
  private static let cues: UInt64 = [
    EvidenceKind.question, .request, .praise, .suggestion, .thirdParty,
  ].reduce(0) { $0 | 1 << UInt64($1.index) }

  /// The calibration of a kind in a language, when `scoring.yaml` has one.
  public func calibration(_ kind: EvidenceKind, _ language: Language) -> Calibration? {
    calibrations.first { $0.kind == kind && $0.language == language }
  }

  /// The factor of one scope in thousandths; 1000, which changes nothing, when none is set.
  ///
  /// For the contrast scope ask ``scopeFactors`` for `contrast-before` and `contrast-after`.
  public func scopeFactor(_ scope: Scopes) -> Int32 {
    guard scope.rawValue.nonzeroBitCount == 1,
      scope.rawValue.trailingZeroBitCount < Scopes.names.count
    else { return 1000 }
    return scopeFactors[Scopes.names[scope.rawValue.trailingZeroBitCount]] ?? 1000
  }

  /// Whether it was compiled from sources of this content.
  package func isCompiled(from manifest: SourceManifest) -> Bool {
    image.digest == manifest.digest
  }

  /// Its image with other times of its sources, which are otherwise the same files.
  package func restamped(_ files: [SourceFile]) -> [UInt8] { image.restamped(files) }
}
