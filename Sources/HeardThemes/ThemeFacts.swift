public import HeardBatch

/// What themes are looked for in: complaints, and the tags.
public enum ThemeLabel: Int, CaseIterable, Sendable {
  case complaint
  case anger
  case expectationGap
  case staffTargeted
  case pricingDispute

  /// As records name it.
  public var name: String {
    switch self {
    case .complaint: "complaint"
    case .anger: "anger"
    case .expectationGap: "expectation-gap"
    case .staffTargeted: "staff-targeted"
    case .pricingDispute: "pricing-dispute"
    }
  }
}

/// What is known of the messages that themes are looked for in, from their records.
///
/// What counts is not a message but a *voice*: a sender in a period, in a language. However often
/// somebody writes, they have one voice a period; so a loud customer is no theme.
public struct FactTable: Sendable {
  /// Languages of which words are known.
  public static let languages = ["nl", "pl", "en"]

  /// One message.
  struct Fact: Hashable, Sendable {
    /// Its id as a hash.
    var key: UInt64
    /// Who sent it, as a hash of the pseudonym.
    var sender: UInt64
    /// A local day, counted from 1970; `Int32.min` when nobody knows.
    var day: Int32
    /// Its period; -1 when nobody knows.
    var period: Int16 = -1
    /// A bit for each ``ThemeLabel``.
    var labels: UInt8
    /// Place in ``languages``.
    var language: UInt8
    /// Which of the voices with several messages it belongs to; -1: it is a voice of its own.
    var sharedVoice: Int32 = -1

    /// Order by voice.
    func precedes(_ other: Fact) -> Bool {
      (language, period, sender, day, labels)
        < (other.language, other.period, other.sender, other.day, other.labels)
    }

    func isSameVoice(as other: Fact) -> Bool {
      sender == other.sender && period == other.period && language == other.language
    }

    /// A number for its voice.
    var voice: UInt64 {
      TermHash.combine(sender, UInt64(language) << 16 | UInt64(UInt16(bitPattern: period)))
    }
  }

  private(set) var facts: [Fact] = []
  private var numbers: [UInt64: Int32] = [:]
  /// Voices with several messages, once all are there.
  private(set) var sharedVoices = 0
  /// Messages that have no id, or say not who sent them: they are in no theme.
  public private(set) var withoutID = 0
  /// Likewise.
  public private(set) var withoutSender = 0
  /// Records with an id that another has, too.
  public private(set) var doubled = 0

  /// Begins an empty table.
  public init() {}

  /// How many messages are in it.
  public var count: Int { facts.count }

  /// A number by which a message is known.
  static func key(_ id: String) -> UInt64 { TermHash.of(id) }

  /// Takes a record in.
  ///
  /// - Parameters:
  ///   - day: the local day it was sent on, counted from 1970.
  ///   - each: whether a message without a sender counts as one of somebody else.
  public mutating func add(_ record: borrowing JudgedRecord, day: Int?, each: Bool) {
    guard record.errorCode == nil, !record.isAutomatic,
      let language = FactTable.languages.firstIndex(of: record.language)
    else { return }
    guard let id = record.id else {
      withoutID += 1
      return
    }
    guard record.sender != nil || each else {
      withoutSender += 1
      return
    }
    let key = FactTable.key(id)
    var labels: UInt8 = record.messageClass == "complaint" ? 1 : 0
    for label in ThemeLabel.allCases.dropFirst() where record.tags.contains(label.name) {
      labels |= 1 << UInt8(label.rawValue)
    }
    let fact = Fact(
      key: key,
      sender: record.sender.map(TermHash.of) ?? TermHash.combine(key, 1),
      day: day.flatMap { Int32(exactly: $0) } ?? .min, labels: labels, language: UInt8(language))
    guard let known = numbers[key] else {
      numbers[key] = Int32(facts.count)
      facts.append(fact)
      return
    }
    doubled += 1
    // Whichever comes first must not matter.
    if fact.precedes(facts[Int(known)]) { facts[Int(known)] = fact }
    // Two messages with one id are one voice. Which one, is said when all are there.
    facts[Int(known)].sharedVoice = 0
  }

  /// The number of a message; nil for one without a record that counts.
  func number(_ id: String) -> Int? { numbers[FactTable.key(id)].map(Int.init) }

  /// Puts every message into its period, once all are there.
  ///
  /// - Parameter period: the period of a day; periods are counted from 0. Nil: it has none.
  public mutating func finish(periods: Int, _ period: (Int) -> Int?) -> Exposure {
    var exposure = Exposure(periods: periods)
    for index in facts.indices where facts[index].day != .min {
      guard let period = period(Int(facts[index].day)) else { continue }
      facts[index].period = Int16(clamping: period)
    }
    let order = facts.indices.sorted {
      facts[$0] == facts[$1] ? $0 < $1 : facts[$0].precedes(facts[$1])
    }
    var start = 0
    while start < order.count {
      let first = facts[order[start]]
      var end = start
      var bits: UInt16 = 0
      while end < order.count, facts[order[end]].isSameVoice(as: first) {
        bits |= FactTable.bits(facts[order[end]].labels)
        end += 1
      }
      if end - start > 1 || first.sharedVoice >= 0 {
        for place in start..<end { facts[order[place]].sharedVoice = Int32(sharedVoices) }
        sharedVoices += 1
      }
      exposure.add(first, bits)
      start = end
    }
    return exposure
  }

  /// Labels that hold (bits 0 to 4) and that do not (bits 5 to 9).
  static func bits(_ labels: UInt8) -> UInt16 {
    UInt16(labels) | UInt16(~labels & 0x1F) << 5
  }
}

/// How many voices there are, by language: what counts of themes are shares of.
public struct Exposure: Sendable {
  /// How many periods.
  public let periods: Int
  /// By language, label and whether it holds (labels) or not (labels + 5).
  private var byLabel: [[Int]]
  /// By language and period.
  private var byPeriod: [[Int]]

  init(periods: Int) {
    self.periods = periods
    byLabel = Array(repeating: Array(repeating: 0, count: 10), count: FactTable.languages.count)
    byPeriod = Array(
      repeating: Array(repeating: 0, count: periods), count: FactTable.languages.count)
  }

  mutating func add(_ fact: FactTable.Fact, _ bits: UInt16) {
    let language = Int(fact.language)
    for bit in 0..<10 where bits & 1 << UInt16(bit) != 0 { byLabel[language][bit] += 1 }
    if fact.period >= 0, fact.period < periods { byPeriod[language][Int(fact.period)] += 1 }
  }

  /// Voices with a label, and voices with a message that lacks it.
  public func counts(_ label: ThemeLabel, language: Int) -> (with: Int, without: Int) {
    (byLabel[language][label.rawValue], byLabel[language][label.rawValue + 5])
  }

  /// Voices by period.
  func voices(language: Int) -> [Int] { byPeriod[language] }
}
