public import HeardMail
public import HeardText

/// Somebody who has a part in a case: one of the staff, by id.
public struct Party: Hashable, Sendable {
  /// What part.
  public enum Role: String, CaseIterable, Sendable {
    /// Takes the case: above everybody who is to be heard, and none of them.
    case assignee
    /// Complained of; has a right to be heard.
    case toBeHeard = "to-be-heard"
    /// Named, and nothing was found against them.
    case mentioned
    /// Written to.
    case addressed
  }

  /// Where a name stands.
  public struct Mention: Hashable, Sendable {
    /// Which text of the message.
    public var part: TextPart.Name
    /// Law 1: bytes of that part.
    public var range: ByteRange

    package init(part: TextPart.Name, range: ByteRange) {
      self.part = part
      self.range = range
    }
  }

  /// What part.
  public var role: Role
  /// Ids; several when the name fits several people.
  public var people: [String]
  /// How sure it is; nil for who was not named.
  public var certainty: StaffMention.Certainty?
  /// Where the name stands; empty for who was not named.
  public var mentions: [Mention]

  package init(
    role: Role, people: [String], certainty: StaffMention.Certainty?, mentions: [Mention]
  ) {
    self.role = role
    self.people = people
    self.certainty = certainty
    self.mentions = mentions
  }
}
