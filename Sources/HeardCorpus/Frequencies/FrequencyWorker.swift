internal import Heard
internal import HeardClassifier
internal import HeardLexicon
internal import HeardMail
internal import HeardStatistics
internal import HeardText

/// Counts the entries of messages, for one thread.
final class FrequencyWorker {
  private(set) var tallies: [UInt32: EntryTally] = [:]
  /// Messages that have text of each language, by its raw value.
  private(set) var totals = Array(repeating: Occurrences(), count: Language.allCases.count)
  private(set) var errors = 0
  /// Tokens of a match that may cover another, at most.
  private static let longest: Int32 = 64
  private let worker: Worker
  private let analyzer = TextAnalyzer()
  private var matcher: Matcher
  private var document = Document()
  private var matches: ContiguousArray<Match> = []

  init(_ pipeline: Pipeline) {
    worker = pipeline.makeWorker()
    matcher = Matcher(pipeline.lexicon)
  }

  func count(_ message: LabelledMessage) {
    guard case .judged(let read, let assessment, _) = worker.judge(message).outcome else {
      errors += 1
      return
    }
    for language in languages(assessment) { totals[language].add(message.labels) }
    let (found, forms) = entries(of: read)
    let sender = message.sender ?? read.sender?.address ?? "\(message.set) \(message.id)"
    let senderHash = StableHash.mixed(sender.lowercased())
    let messageHash = StableHash.mixed("\(message.set) \(message.id)")
    let wrong = found.isEmpty ? [] : contributors(message, assessment)
    for entry in found {
      tallies[entry, default: EntryTally()].occurrences.add(message.labels)
      tallies[entry]?.senders.insert(senderHash)
      tallies[entry]?.signature &+= messageHash
      if wrong.contains(entry) { tallies[entry]?.errors += 1 }
    }
    for form in forms {
      tallies[form.entry]?.forms[form.text, default: Occurrences()].add(message.labels)
    }
  }

  /// Languages whose entries may be found in the message.
  private func languages(_ assessment: Assessment) -> [Int] {
    let present = assessment.languages.map(\.language)
    if present.isEmpty || present.contains(.undetermined) {
      return Language.allCases.map { Int($0.rawValue) }
    }
    return present.map { Int($0.rawValue) }
  }

  private struct Form: Hashable {
    var entry: UInt32
    var text: String
  }

  /// Entries in what is scored, and the words that they took.
  private func entries(of message: Message) -> (Set<UInt32>, Set<Form>) {
    var found: Set<UInt32> = []
    var forms: Set<Form> = []
    let zone = message.scoredZone
    for part in message.parts {
      analyzer.analyze(part.bytes, into: &document)
      matcher.match(document, memory: analyzer.memory, into: &matches)
      let scored = matches.filter { match in
        let start = document.tokens[Int(match.firstToken)].start
        return part.zones.contains { $0.zone == zone && $0.range.range.contains(Int(start)) }
      }
      for (place, match) in scored.enumerated() {
        found.insert(match.entry)
        forms.insert(Form(entry: match.entry, text: words(of: match, in: part.bytes)))
        // A candidate begins at most a pattern's length before; they ascend by their first token.
        var around: Set<UInt32> = []
        var first = place
        while first > 0, scored[first - 1].firstToken > match.firstToken - Self.longest {
          first -= 1
        }
        for candidate in scored[first...] {
          if candidate.firstToken > match.firstToken { break }
          if candidate.entry != match.entry, candidate.lastToken >= match.lastToken {
            around.insert(candidate.entry)
          }
        }
        tallies[match.entry, default: EntryTally()].cover(around)
      }
    }
    return (found, forms)
  }

  /// The words that the pattern took, without those in its gaps.
  private func words(of match: Match, in bytes: [UInt8]) -> String {
    match.tokens.enumerated()
      .filter { place, _ in place >= 64 || match.words >> UInt64(place) & 1 == 1 }
      .map { _, token in
        String(decoding: bytes[document.tokens[token].range.range], as: UTF8.self).lowercased()
      }
      .joined(separator: " ")
  }

  /// Entries that spoke for a label that was wrongly given.
  private func contributors(
    _ message: LabelledMessage, _ assessment: Assessment
  ) -> Set<UInt32> {
    var kinds: Set<EvidenceKind> = []
    for (label, actual) in message.labels where !actual && label.holds(assessment) {
      kinds.formUnion(label.kinds + label.roles)
    }
    guard !kinds.isEmpty,
      case .judged(_, let reasons, _) = worker.judge(message, explain: true).outcome
    else { return [] }
    var entries: Set<UInt32> = []
    for hit in reasons.contributions where kinds.contains(hit.kind) {
      // Negative sentiment is what valence below zero speaks for.
      let speaksFor = hit.kind == .valence ? hit.milli < 0 : hit.milli > 0
      if case .entry(let entry) = hit.source, speaksFor { entries.insert(UInt32(entry)) }
    }
    return entries
  }
}

extension Label {
  /// Halves of the frames that end in the label.
  var roles: [EvidenceKind] {
    switch self {
    case .expectationGap: [.expectation, .shortfall]
    case .staffTargeted, .service: [.person, .conduct]
    case .pricingDispute, .price: [.charge, .contest]
    case .complaint, .anger, .negative: []
    }
  }
}

extension StableHash {
  /// The hash of a text, mixed so that sums of hashes differ.
  fileprivate static func mixed(_ text: String) -> UInt64 {
    var mixer = SplitMix64(state: of(text.utf8))
    return mixer.next()
  }
}
