internal import HeardLexicon
internal import HeardSources
import HeardText
import Yams

/// Reads `scoring.yaml`.
struct ScoringReader {
  private var reader: SourceReader

  /// The rules of a file whose YAML could be read, and what is wrong with it.
  static func read(
    file: String, text: String, root: Node
  ) -> (rules: ScoringRules, diagnostics: [Diagnostic]) {
    var reading = ScoringReader(reader: SourceReader(file: file, text: text))
    let rules = reading.file(root)
    return (rules, reading.reader.diagnostics)
  }

  private init(reader: SourceReader) { self.reader = reader }

  private mutating func file(_ root: Node) -> ScoringRules {
    var rules = ScoringRules.neutral
    guard let keys = reader.mapping(root, SourceSchema.scoring) else { return rules }
    reader.checkVersion(keys["scoring"], "scoring")
    var ids: [String: SourceLocation] = [:]
    for node in reader.list(keys["frames"], "frames") {
      guard let frame = frame(node) else { continue }
      if let first = ids[frame.id] {
        reader.report(
          .duplicateID, at: node, "frame '\(frame.id)' again; the first is at \(first)",
          hint: "rename one")
      }
      ids[frame.id] = reader.location(node)
      rules.frames.append(frame)
    }
    rules.calibrations = reader.list(keys["calibration"], "calibration")
      .compactMap { calibration($0) }
    factors(keys["scopes"], into: &rules)
    styles(keys["styles"], into: &rules)
    levels(keys["anger-levels"], into: &rules)
    if let threshold = reader.milli(keys["signal-threshold"], "signal-threshold", in: 1...20_000) {
      rules.signalThreshold = threshold
    }
    rules.readsThemes = reader.flag(keys["reads-themes"], "reads-themes") ?? false
    return rules
  }

  private mutating func frame(_ node: Node) -> Frame? {
    guard let keys = reader.mapping(node, SourceSchema.frame) else { return nil }
    let names = EvidenceKind.allCases.map(\.rawValue)
    let first = reader.name(keys["first"], "evidence kind", among: names)
    let second = reader.name(keys["second"], "evidence kind", among: names)
    var languages = LanguageSet.read
    if let node = keys["languages"] {
      languages = []
      for item in reader.list(node, "languages") {
        if let language = reader.language(item) { languages.insert(LanguageSet(language)) }
      }
    }
    let ordered = reader.flag(keys["ordered"], "ordered") ?? false
    let windows = Frame.Window.allCases.map(\.rawValue)
    let window = reader.name(keys["window"], "window", among: windows)
      .flatMap(Frame.Window.init(rawValue:))
    let distance = reader.whole(keys["distance"], "distance", in: 0...100) ?? 12
    let evidence = reader.evidence(keys["evidence"], "evidence")
    let maximum = reader.whole(keys["max"], "max", in: 1...100) ?? 2
    guard let id = reader.text(keys["id"], "id"),
      let first = first.flatMap(EvidenceKind.init(rawValue:)),
      let second = second.flatMap(EvidenceKind.init(rawValue:))
    else { return nil }
    return Frame(
      id: id, languages: languages, first: first, second: second, ordered: ordered,
      window: window ?? .sentence, distance: distance, evidence: evidence, maximum: maximum)
  }

  private mutating func calibration(_ node: Node) -> Calibration? {
    guard let keys = reader.mapping(node, SourceSchema.calibration) else { return nil }
    let kinds = EvidenceKind.scores + [.question, .request, .praise]
    let kind = reader.name(keys["kind"], "kind", among: kinds.map(\.rawValue))
      .flatMap(EvidenceKind.init(rawValue:))
    let language = reader.name(
      keys["language"], "language", among: Language.allCases.map(\.code)
    ).flatMap { Language(code: $0) }
    let bias = reader.milli(keys["bias"], "bias", in: -20_000...20_000)
    let slope = reader.milli(keys["slope"], "slope", in: 10...20_000) ?? 1000
    guard let kind, let language, let bias else { return nil }
    return Calibration(kind: kind, language: language, biasMilli: bias, slopeMilli: slope)
  }

  private mutating func factors(_ node: Node?, into rules: inout ScoringRules) {
    let table = SourceTable(
      name: "scopes",
      keys: SourceSchema.factors.map { SourceKey($0, .number, "multiplier under this scope") })
    guard let node, let keys = reader.mapping(node, table) else { return }
    for name in SourceSchema.factors {
      if let factor = reader.milli(keys[name], name, in: -2000...4000) {
        rules.scopeFactors[name] = factor
      }
    }
  }

  private mutating func styles(_ node: Node?, into rules: inout ScoringRules) {
    let table = SourceTable(
      name: "styles",
      keys: SourceSchema.styles.map { SourceKey($0, .evidence, "evidence of this style") })
    guard let node, let keys = reader.mapping(node, table) else { return }
    for name in SourceSchema.styles where keys[name] != nil {
      rules.styles[name] = reader.evidence(keys[name], name)
    }
  }

  private mutating func levels(_ node: Node?, into rules: inout ScoringRules) {
    guard let node else { return }
    let nodes = reader.list(node, "anger-levels")
    let levels = nodes.compactMap { reader.milli($0, "anger-levels", in: -20_000...20_000) }
    guard levels.count == nodes.count else { return }
    guard levels.count == 3, levels == levels.sorted() else {
      reader.report(
        .badValue, at: node, "\(levels.count) anger levels",
        hint: "write three ascending sums, as [0.0, 1.6, 3.2]")
      return
    }
    rules.angerLevels = levels
  }
}
