public import HeardSources

/// What form of address fits somebody; nil where nobody said and the name does not tell.
public enum GrammaticalGender: String, CaseIterable, Sendable {
  case feminine = "f"
  case masculine = "m"
}

/// Somebody who works here.
public struct StaffMember: Hashable, Sendable {
  /// The operator's own key, as a personnel number; what records carry in place of the name.
  public var id: String
  /// As `Anna Kowalska` or `Jan van den Berg`.
  public var name: String
  /// Other names that customers use.
  public var aliases: [String]
  /// What they do.
  public var role: String
  /// Id of the team.
  public var team: String?
  /// Id of whom they answer to.
  public var manager: String?
  /// How they are addressed.
  public var gender: GrammaticalGender?
  /// Where they stand in the file.
  public var location: SourceLocation
}

/// People who work together.
public struct StaffTeam: Hashable, Sendable {
  /// Unique.
  public var id: String
  /// For people.
  public var name: String
  /// Id of the person who leads it.
  public var lead: String?
  /// Queue of the policy that complaints about the team's members go to; nil for the policy's own.
  public var queue: String?
  /// Where it stands in the file.
  public var location: SourceLocation
}

/// Who works here, in which team, under whom.
///
/// Personal data: it stays in the operator's file and in memory, and records carry ids only.
public struct StaffDirectory: Sendable {
  /// In the order of the file.
  public let people: [StaffMember]
  /// In the order of the file.
  public let teams: [StaffTeam]
  /// `sha256:…` of the file.
  public let digest: String
  /// The names in all their forms.
  let names: NameIndex
  private let placeOfPerson: [String: Int]
  private let placeOfTeam: [String: Int]

  init(people: [StaffMember], teams: [StaffTeam], digest: String) {
    self.people = people
    self.teams = teams
    self.digest = digest
    names = NameIndex(people)
    placeOfPerson = Dictionary(
      zip(people.map(\.id), people.indices), uniquingKeysWith: { first, _ in first })
    placeOfTeam = Dictionary(
      zip(teams.map(\.id), teams.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The person of an id.
  public func person(_ id: String) -> StaffMember? { placeOfPerson[id].map { people[$0] } }

  /// The team of an id.
  public func team(_ id: String) -> StaffTeam? { placeOfTeam[id].map { teams[$0] } }

  /// The team that somebody is in.
  public func team(of person: String) -> StaffTeam? {
    self.person(person)?.team.flatMap { team($0) }
  }

  /// Who may take a case about somebody: the team's lead, then the managers above, nearest first.
  ///
  /// The person themselves is never among them, however the file is drawn (a lead who leads
  /// themselves, managers in a ring).
  public func superiors(of person: String) -> [String] {
    var found: [String] = []
    var seen: Set<String> = [person]
    var next = [team(of: person)?.lead, self.person(person)?.manager].compactMap { $0 }
    while !next.isEmpty {
      let id = next.removeFirst()
      guard self.person(id) != nil, seen.insert(id).inserted else { continue }
      found.append(id)
      next += [self.person(id)?.manager, team(of: id)?.lead].compactMap { $0 }
    }
    return found
  }

  /// Who takes a case in which these people are to be heard: the nearest person above all of them.
  ///
  /// Nil when there is none. Never one of them.
  ///
  /// - Parameter others: who may not take it either.
  public func assignee(for people: [String], not others: Set<String> = []) -> String? {
    guard let first = people.first else { return nil }
    let chains = people.dropFirst().map { superiors(of: $0) }
    return superiors(of: first).first { superior in
      !people.contains(superior) && !others.contains(superior)
        && chains.allSatisfy { $0.contains(superior) }
    }
  }
}
