public import HeardClassifier
internal import HeardLexicon
public import HeardMail
public import HeardStaff
internal import HeardText

/// Whom a complaint is about and who takes it.
public enum StaffRouting {
  /// The rule that a decision names which sends a message to the team's own queue.
  public static let rule = "team-of-the-person"

  /// The staff named in what the sender wrote, and the part each has.
  ///
  /// - Parameter assessment: with its contributions, which say where conduct is complained of;
  ///   without them everybody named in a complaint about staff is to be heard.
  public static func parties(
    of message: Message, _ assessment: Assessment, matcher: StaffMatcher
  ) -> [Party] {
    var parties: [Party] = []
    let isAboutStaff = assessment.tags.contains(.staffTargeted)
    let zone = message.scoredZone
    let sender = Set(words(message.sender?.name ?? ""))
    for (number, part) in message.parts.enumerated() {
      let mentions = matcher.mentions(in: part.bytes, language: assessment.language).filter { one in
        part.zones.contains { $0.zone == zone && $0.range.overlaps(one.range) }
          && !isSender(one, part, sender)
      }
      guard !mentions.isEmpty else { continue }
      let accused =
        isAboutStaff
        ? accused(mentions, matcher.sentences, assessment, part: number) : []
      for (index, mention) in mentions.enumerated() {
        let role: Party.Role =
          mention.isSalutation ? .addressed : accused.contains(index) ? .toBeHeard : .mentioned
        add(mention, role, part: part.name, to: &parties)
      }
    }
    // A reproach in the subject, the name in the text: better one too many heard than none.
    if isAboutStaff, !parties.contains(where: { $0.role == .toBeHeard }) {
      for place in parties.indices
      where parties[place].role == .mentioned && parties[place].certainty != .possible {
        parties[place].role = .toBeHeard
      }
    }
    // Found in the subject and again in the text: one person, in the graver part.
    let heard = Set(parties.filter { $0.role == .toBeHeard }.flatMap(\.people))
    parties.removeAll {
      $0.role == .mentioned && $0.people.count == 1 && heard.contains($0.people[0])
    }
    if isAboutStaff,
      let assignee = matcher.directory.assignee(for: surelyHeard(parties), not: heard)
    {
      parties.insert(
        Party(role: .assignee, people: [assignee], certainty: nil, mentions: []), at: 0)
    }
    return parties
  }

  /// The decision with the team's own queue, when a complaint about its people may go there.
  ///
  /// Danger and heat come first: such a message stays where the policy put it. Nor does it go to the
  /// queue of a team that the person complained of leads, where they could be alone with it.
  ///
  /// - Parameter allows: whether it may go to a queue (``Policy/allows(_:for:)``).
  public static func adjust(
    _ decision: Decision, _ parties: [Party], _ assessment: Assessment, _ directory: StaffDirectory,
    allows: (String) -> Bool
  ) -> Decision {
    guard assessment.tags.contains(.staffTargeted), assessment.anger < 2,
      !assessment.signals.contains(.safety), parties.contains(where: { $0.role == .assignee })
    else { return decision }
    let heard = parties.filter { $0.role == .toBeHeard }.flatMap(\.people)
    let sure = surelyHeard(parties)
    let teams = Set(sure.map { directory.team(of: $0)?.id })
    guard teams.count == 1, let id = sure.first, let team = directory.team(of: id),
      let queue = team.queue, queue != decision.queue, allows(queue),
      let lead = team.lead, !heard.contains(lead)
    else { return decision }
    return decision.moved(to: queue, by: rule, because: "to be heard: somebody of team \(team.id)")
  }

  /// Who is to be heard and more than possibly meant; only they move a case.
  private static func surelyHeard(_ parties: [Party]) -> [String] {
    parties.filter { $0.role == .toBeHeard && $0.certainty != .possible }.flatMap(\.people)
  }

  /// Whether the sender signs with a name that is only like one of ours.
  private static func isSender(
    _ mention: StaffMention, _ part: TextPart, _ sender: Set<String>
  ) -> Bool {
    mention.certainty != .certain
      && sender.isSuperset(
        of: words(String(decoding: part.bytes[mention.range.range], as: UTF8.self)))
  }

  private static func words(_ text: String) -> [String] {
    text.split { !$0.isLetter }.map { $0.lowercased() }
  }

  /// Indices of the mentions that conduct is held against: for each reproach the name in its
  /// sentence, else the last before it, else the first after it.
  private static func accused(
    _ mentions: [StaffMention], _ sentences: [ByteRange], _ assessment: Assessment, part: Int
  ) -> Set<Int> {
    let eligible = mentions.indices.filter { !mentions[$0].isSalutation }
    let kinds: Set<EvidenceKind> = [.staffTargeted, .conduct, .abuseOfStaff]
    let reproaches = assessment.contributions.filter {
      $0.part == part && kinds.contains($0.kind) && $0.plainMilli > 0 && !$0.range.isEmpty
    }
    var accused: Set<Int> = []
    for reproach in reproaches {
      let sentence = sentences.firstIndex { $0.overlaps(reproach.range) }
      let inSentence = eligible.filter { mentions[$0].sentence == sentence }
      let sure = eligible.filter { mentions[$0].certainty != .possible }
      if !inSentence.isEmpty {
        // A word that may be a name counts only where no name stands.
        let named = inSentence.filter { sure.contains($0) }
        accused.formUnion(named.isEmpty ? inSentence : named)
      } else if let before = sure.last(where: {
        mentions[$0].range.start < reproach.range.start
      }) {
        accused.insert(before)
      } else if let after = sure.first {
        accused.insert(after)
      }
    }
    return accused
  }

  private static func add(
    _ mention: StaffMention, _ role: Party.Role, part: TextPart.Name, to parties: inout [Party]
  ) {
    let place = Party.Mention(part: part, range: mention.range)
    if let same = parties.firstIndex(where: { $0.role == role && $0.people == mention.people }) {
      parties[same].mentions.append(place)
      parties[same].certainty = max(parties[same].certainty ?? .possible, mention.certainty)
    } else {
      parties.append(
        Party(role: role, people: mention.people, certainty: mention.certainty, mentions: [place]))
    }
  }
}
