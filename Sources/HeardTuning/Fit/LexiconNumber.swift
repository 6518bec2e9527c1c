internal import HeardAuthoring
internal import HeardLexicon
internal import HeardSources
internal import HeardText
internal import Yams

/// A number of the lexicon sources that fitting may change.
enum LexiconNumber: Hashable {
  /// A weight of an entry, by id; `negated`: of what counts instead under negation.
  case entry(String, negated: Bool, EvidenceKind)
  /// A weight of a frame, by id.
  case frame(String, EvidenceKind)
  /// A weight of a style, by name.
  case style(String, EvidenceKind)
  case bias(EvidenceKind, Language)
  case slope(EvidenceKind, Language)

  /// As reports name it.
  var name: String {
    switch self {
    case .entry(let id, let negated, let kind): "\(id)\(negated ? " negated" : "") \(kind.rawValue)"
    case .frame(let id, let kind): "\(id) \(kind.rawValue)"
    case .style(let name, let kind): "style \(name) \(kind.rawValue)"
    case .bias(let kind, let language): "bias \(kind.rawValue) \(language.code)"
    case .slope(let kind, let language): "slope \(kind.rawValue) \(language.code)"
    }
  }
}

/// Where a number stands in the sources.
struct NumberPlace: Hashable {
  var file: String
  /// From 1.
  var line: Int
  /// Unicode scalars in front of it in its line.
  var column: Int
  /// As written.
  var text: String
}

/// Finds the places of numbers in the files of a lexicon folder.
struct NumberFinder {
  private(set) var places: [LexiconNumber: NumberPlace] = [:]

  /// Reads the files; what is no YAML has been refused when the lexicon was read.
  init(files: [(path: String, text: String)]) {
    for (path, text) in files
    where path.hasSuffix(".yaml") && !LexiconSource.isWordsFile(path) {
      guard case .success(let root) = YAMLText.root(file: path, text: text) else { continue }
      if path == LexiconSource.scoringFile {
        scoring(root, path)
      } else {
        entries(root, path)
      }
    }
    // A number written once and used twice (a YAML anchor) is nobody's own.
    var uses: [NumberPlace: Int] = [:]
    for place in places.values { uses[place, default: 0] += 1 }
    places = places.filter { uses[$0.value] == 1 }
  }

  private mutating func entries(_ root: Node, _ file: String) {
    for entry in root["entries"]?.sequence ?? [] {
      guard let id = entry["id"]?.scalar?.string else { continue }
      weights(entry["evidence"], file) { .entry(id, negated: false, $0) }
      weights(entry["negated"], file) { .entry(id, negated: true, $0) }
    }
  }

  private mutating func scoring(_ root: Node, _ file: String) {
    for frame in root["frames"]?.sequence ?? [] {
      guard let id = frame["id"]?.scalar?.string else { continue }
      weights(frame["evidence"], file) { .frame(id, $0) }
    }
    for (name, style) in root["styles"]?.mapping ?? [:] {
      guard let name = name.scalar?.string else { continue }
      weights(style, file) { .style(name, $0) }
    }
    for line in root["calibration"]?.sequence ?? [] {
      guard let kind = (line["kind"]?.scalar?.string).flatMap({ EvidenceKind(rawValue: $0) }),
        let language = (line["language"]?.scalar?.string).flatMap({ Language(code: $0) })
      else { continue }
      note(.bias(kind, language), line["bias"], file)
      note(.slope(kind, language), line["slope"], file)
    }
  }

  private mutating func weights(
    _ node: Node?, _ file: String, _ number: (EvidenceKind) -> LexiconNumber
  ) {
    for (key, value) in node?.mapping ?? [:] {
      guard let kind = (key.scalar?.string).flatMap({ EvidenceKind(rawValue: $0) }) else {
        continue
      }
      note(number(kind), value, file)
    }
  }

  private mutating func note(_ number: LexiconNumber, _ node: Node?, _ file: String) {
    guard let scalar = node?.scalar, let mark = scalar.mark, scalar.style == .plain else { return }
    places[number] = NumberPlace(
      file: file, line: mark.line, column: mark.column - 1, text: scalar.string)
  }
}
