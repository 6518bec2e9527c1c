public import HeardInput
internal import HeardLexicon
internal import HeardSources

/// Says which fields of foreign JSONL hold what: `complaint=labels.complaint`,
/// `price=category:billing|fees`, `text=body`.
///
/// A label holds when its field is true, 1 or more, or one of the words after the colon; a field
/// that is missing or null was not asked.
public struct LabelMap: Hashable, Sendable {
  /// What a field can be besides a label.
  public enum Field: String, CaseIterable, Sendable {
    case id
    case lang
    case text
    case file
    case `class`
    case queue
    case sender
    case date
    case split

    /// How many there are.
    static let count = allCases.count

    /// Its place among the cases.
    var place: Int {
      switch self {
      case .id: 0
      case .lang: 1
      case .text: 2
      case .file: 3
      case .class: 4
      case .queue: 5
      case .sender: 6
      case .date: 7
      case .split: 8
      }
    }
  }

  struct Source: Hashable, Sendable {
    var label: Label
    /// Words that make it true; empty: truth and numbers are asked.
    var words: [String]
  }

  /// Labels by the path of their field.
  private(set) var labels: [String: [Source]] = [:]
  /// Other fields by the path that holds them, those of our own format at first.
  private(set) var fields: [String: Field] = Dictionary(
    uniqueKeysWithValues: Field.allCases.map { ($0.rawValue, $0) })

  /// The fields of our own format and of the public sets.
  public init() {}

  /// Reads assignments, `name=path` or `name=path:word|word`, or the names of files that hold
  /// them, one a line as `name: path`, with `#` before remarks.
  public init(_ assignments: [String]) throws(InputError) {
    for assignment in assignments {
      for part in assignment.split(separator: ",") {
        if part.contains("=") {
          try add(String(part), separator: "=", place: "--label-map")
        } else {
          try add(file: String(part))
        }
      }
    }
  }

  private mutating func add(file path: String) throws(InputError) {
    let bytes: [UInt8]
    do throws(FileReader.Problem) {
      bytes = try FileReader.read(path, limit: 1 << 20)
    } catch {
      throw InputError(
        .noInput, "\(path): \(error.message); --label-map takes name=path or a file of name: path")
    }
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      let content = LabelMap.trimmed(line.prefix { $0 != "#" })
      guard !content.isEmpty else { continue }
      try add(content, separator: ":", place: "\(path):\(number + 1)")
    }
  }

  private mutating func add(
    _ assignment: String, separator: Character, place: String
  ) throws(InputError) {
    let halves = assignment.split(separator: separator, maxSplits: 1).map(LabelMap.trimmed)
    guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty else {
      throw InputError(
        .unknownForm, "\(place): '\(assignment)' is no name\(separator) and path of a field")
    }
    let name = halves[0]
    // In files the colon of the words may stand after the one of the name.
    let target = halves[1].split(separator: ":", maxSplits: 1).map(LabelMap.trimmed)
    if let label = Label(rawValue: name) {
      let words = target.count > 1 ? target[1].split(separator: "|").map(LabelMap.trimmed) : []
      labels[target[0], default: []].append(Source(label: label, words: words))
    } else if let field = Field(rawValue: name) {
      if let old = fields.first(where: { $0.value == field })?.key {
        fields.removeValue(forKey: old)
      }
      fields[halves[1]] = field
    } else {
      let names = Label.allCases.map(\.rawValue) + Field.allCases.map(\.rawValue)
      let hint = Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
      throw InputError(
        .unknownForm,
        "\(place): no label '\(name)'; " + (hint ?? "labels are \(Spelling.list(names))"))
    }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var rest = Substring(text)
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
