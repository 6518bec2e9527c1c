internal import HeardDeadlines
internal import HeardLexicon
internal import HeardRouter
internal import HeardSources

/// Every question that the conditions of a policy ask.
struct FactQuestions {
  /// Longer lists of patterns are one question.
  private static let splitLimit = 8

  private(set) var variables: Set<FactVariable> = []
  /// Numbers that values are compared with.
  private(set) var limits: [FactVariable: Set<Double>] = [:]
  /// Stretches of the week, a clock.
  private(set) var weeks: [WeekClock: WeekParts] = [:]
  /// Every queue of the policy.
  let queues: [String]

  init(_ conditions: [Condition], queues: [String]) {
    self.queues = queues
    var times: [WeekClock: [ReceiptTime]] = [:]
    for condition in conditions { collect(condition, &times) }
    for (clock, times) in times { weeks[clock] = WeekParts(times, clock) }
    // What a message cannot be without; the laws between facts need it.
    variables.formUnion([.messageClass])
    if variables.contains(where: { $0.rank == FactVariable.contacts.rank })
      || variables.contains(.threadQueue)
    {
      variables.insert(.thread)
    }
  }

  /// The questions of a pattern list: one each, or one for a long list.
  static func matches(_ field: FactVariable.Match.Field, _ globs: [Glob]) -> [FactVariable] {
    globs.count <= splitLimit
      ? globs.map { .match(.init(field: field, globs: [$0])) }
      : [.match(.init(field: field, globs: globs))]
  }

  private mutating func collect(_ condition: Condition, _ times: inout [WeekClock: [ReceiptTime]]) {
    switch condition {
    case .all(let parts), .any(let parts): for part in parts { collect(part, &times) }
    case .not(let part): collect(part, &times)
    case .named(_, let part): collect(part, &times)
    case .messageClass: variables.insert(.messageClass)
    case .tag(let tags): variables.formUnion(tags.map { .tag($0) })
    case .signal(let signals): variables.formUnion(signals.map { .signal($0) })
    case .anger: variables.insert(.anger)
    case .sentiment(let comparison): note(.sentiment, comparison)
    case .score(let kind, let comparison): note(.score(kind), comparison)
    case .language: variables.insert(.language)
    case .sender(let globs): variables.formUnion(FactQuestions.matches(.sender, globs))
    case .recipient(let globs): variables.formUnion(FactQuestions.matches(.recipient, globs))
    case .header(let name, let globs):
      variables.formUnion(FactQuestions.matches(.header(name.lowercased()), globs))
    case .automatic: variables.insert(.automatic)
    case .zone(let zones): variables.formUnion(zones.map { .zone($0) })
    case .contacts(let comparison): note(.contacts, comparison)
    case .handOvers(let comparison): note(.handOvers, comparison)
    case .threadQueue: variables.insert(.threadQueue)
    case .trend: variables.insert(.trend)
    case .received(let time):
      variables.insert(.received(time.clock))
      times[time.clock, default: []].append(time)
    }
  }

  private mutating func note(_ variable: FactVariable, _ comparison: Comparison) {
    variables.insert(variable)
    limits[variable, default: []].insert(comparison.limit)
  }
}

/// The minutes of a week, parted by the times that a policy asks about.
struct WeekParts {
  /// The first minute of each part.
  private(set) var firsts: [Int] = []
  /// The part of each minute of the week.
  private(set) var part: [Int] = []

  init(_ times: [ReceiptTime], _ clock: WeekClock) {
    var numbers: [[Bool]: Int] = [:]
    for minute in 0..<10_080 {
      let answers = times.map { $0.contains(minute: minute) }
      if numbers[answers] == nil {
        numbers[answers] = firsts.count
        firsts.append(minute)
      }
      part.append(numbers[answers] ?? 0)
    }
  }
}
