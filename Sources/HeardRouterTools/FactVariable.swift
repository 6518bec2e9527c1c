internal import HeardClassifier
internal import HeardDeadlines
internal import HeardLexicon
internal import HeardMail
internal import HeardRouter
internal import HeardSources
internal import HeardText

/// One thing that conditions ask of a message.
enum FactVariable: Hashable {
  case messageClass
  case tag(EvidenceKind)
  case anger
  case signal(EvidenceKind)
  case language
  case automatic
  case zone(Zone)
  case sentiment
  case score(EvidenceKind)
  /// Whether the conversation is known.
  case thread
  case contacts
  case handOvers
  case threadQueue
  case trend
  /// The minute of the week, by one clock.
  case received(WeekClock)
  /// Whether a header field is like one of some patterns.
  case match(Match)

  /// A question about a header field.
  struct Match: Hashable {
    enum Field: Hashable {
      case sender
      case recipient
      /// By its name in lower case.
      case header(String)
    }

    let field: Field
    let globs: [Glob]
  }

  /// One of the values that conditions tell apart.
  struct Cell {
    /// For people, as `anger: 2`.
    let text: String
    /// A value in it, where values are numbers.
    var number = 0.0
  }

  /// Small numbers are asked first; what belongs together stands together.
  var rank: Int {
    switch self {
    case .messageClass: 0
    case .tag: 1
    case .anger: 2
    case .automatic: 3
    case .language: 4
    case .score: 5
    case .sentiment: 6
    case .signal: 7
    case .zone: 8
    case .thread: 9
    case .threadQueue: 10
    case .contacts, .handOvers, .trend: 11
    case .received: 12
    case .match: 13
    }
  }

  /// The values that these questions tell apart.
  func cells(_ questions: FactQuestions) -> [Cell] {
    switch self {
    case .messageClass: MessageClass.allCases.map { Cell(text: "class: \($0.rawValue)") }
    case .tag(let kind): FactVariable.pair("tag: \(kind.rawValue)")
    case .signal(let kind): FactVariable.pair("signal: \(kind.rawValue)")
    case .zone(let zone): FactVariable.pair("zone: \(zone.name)")
    case .thread: FactVariable.pair("conversation")
    case .anger: (0...3).map { Cell(text: "anger: \($0)", number: Double($0)) }
    case .language: Language.allCases.map { Cell(text: "language: \($0.code)") }
    case .automatic:
      ["no"].map { Cell(text: "automatic: \($0)") }
        + Condition.automaticKinds.map { Cell(text: "automatic: \($0.rawValue)") }
    case .sentiment: FactVariable.numbers("sentiment", questions.limits[self], in: -1...1)
    case .score(let kind):
      FactVariable.numbers(
        "score \(kind.rawValue)", (questions.limits[self] ?? []).union([0.5]), in: 0...1)
    case .contacts: FactVariable.counts("contacts", questions.limits[self])
    case .handOvers: FactVariable.counts("hand-overs", questions.limits[self])
    case .threadQueue:
      ["unknown"].map { Cell(text: "queue before: \($0)") }
        + questions.queues.map { Cell(text: "queue before: \($0)") }
    case .trend: ThreadFacts.AngerTrend.allCases.map { Cell(text: "trend: \($0.rawValue)") }
    case .received(let clock):
      [Cell(text: "received: unknown")]
        + questions.weeks[clock, default: .init([], clock)].firsts.map {
          Cell(text: "received: \(Figures.weekTime($0)) \(clock.name)")
        }
    case .match(let match):
      ["is not", "is"].map { Cell(text: "\(match.name) \($0) \(match.pattern)") }
    }
  }

  private static func pair(_ text: String) -> [Cell] {
    [Cell(text: "no \(text)"), Cell(text: text)]
  }

  /// The limits themselves, and a value between each two: comparisons tell no more apart.
  private static func numbers(
    _ name: String, _ limits: Set<Double>?, in range: ClosedRange<Double>
  ) -> [Cell] {
    let points = (limits ?? []).union([range.lowerBound, range.upperBound]).sorted()
    var cells: [Cell] = []
    for (index, point) in points.enumerated() {
      if index > 0 {
        let before = points[index - 1]
        cells.append(
          Cell(
            text: "\(name): between \(Figures.short(before)) and \(Figures.short(point))",
            number: (before + point) / 2))
      }
      cells.append(Cell(text: "\(name): \(Figures.short(point))", number: point))
    }
    return cells
  }

  /// Whole numbers around the limits.
  private static func counts(_ name: String, _ limits: Set<Double>?) -> [Cell] {
    var points: Set<Int> = [0]
    for limit in limits ?? [] {
      let whole = Int(limit.rounded(.down))
      points.formUnion([whole - 1, whole, whole + 1].filter { $0 >= 0 })
    }
    return points.sorted().map { Cell(text: "\(name): \($0)", number: Double($0)) }
  }
}

extension FactVariable.Match {
  var name: String {
    switch field {
    case .sender: "sender"
    case .recipient: "recipient"
    case .header(let name): "header \(name)"
    }
  }

  var pattern: String {
    let first = globs.first?.text ?? ""
    return globs.count > 1 ? "\(first) or \(globs.count - 1) more" : first
  }

  func holds(_ facts: Facts) -> Bool {
    switch field {
    case .sender: globs.contains { $0.matches(facts.sender) }
    case .recipient: facts.recipients.contains { one in globs.contains { $0.matches(one) } }
    case .header(let name):
      facts.headers.contains { one in
        Glob.equalIgnoringCase(one.name, name) && globs.contains { $0.matches(one.value) }
      }
    }
  }

  /// Whether every value that meets this question meets the other; may miss one, claims no false one.
  func implies(_ other: Self) -> Bool {
    field == other.field && globs.count * other.globs.count <= 10_000
      && globs.allSatisfy { glob in other.globs.contains { glob.isInside($0) } }
  }

  /// Whether no value meets both; only a message's one sender can tell.
  func excludes(_ other: Self) -> Bool {
    field == .sender && other.field == .sender && globs.count * other.globs.count <= 10_000
      && globs.allSatisfy { glob in other.globs.allSatisfy { glob.isApart(from: $0) } }
  }
}
