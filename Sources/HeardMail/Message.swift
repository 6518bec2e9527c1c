public import HeardText

/// What a stretch of a message is.
///
/// Only `own` is scored (and `forwarded` when the body has nothing own).
public enum Zone: UInt8, CaseIterable, Sendable {
  /// Written by the sender, in this message.
  case own
  /// Quoted from an earlier message, with its attribution line; also a subject taken over by `Re:`.
  case quoted
  case signature
  case disclaimer
  /// A message passed on; also the subject under which somebody does so without a word of his own.
  case forwarded
  /// Footers, "sent from my phone", cookie and form texts.
  case boilerplate
  /// Lines without any relation to the rest, as scraped pages have.
  case stray

  /// The name used in records.
  public var name: String { "\(self)" }
}

/// One stretch of a part and its zone.
public struct ZoneSpan: Hashable, Sendable {
  /// What it is.
  public var zone: Zone
  /// Where it is in the part's bytes.
  public var range: ByteRange

  /// Makes a span.
  public init(zone: Zone, range: ByteRange) {
    self.zone = zone
    self.range = range
  }
}

/// One decoded text of a message.
///
/// Law 5: `zones` tile `bytes`: ascending, no gap, no overlap, from 0 to the end.
public struct TextPart: Hashable, Sendable {
  /// Which text of the message.
  public enum Name: String, Sendable {
    case subject
    case body
  }

  /// Which text this is.
  public var name: Name
  /// Valid UTF-8, line ends as `\n`.
  public var bytes: [UInt8]
  /// What each stretch is; see the law above.
  public var zones: [ZoneSpan]

  /// Makes a part.
  public init(name: Name, bytes: [UInt8], zones: [ZoneSpan]) {
    self.name = name
    self.bytes = bytes
    self.zones = zones
  }
}

/// A name and an address as they stand in a header.
public struct Mailbox: Hashable, Sendable {
  /// Decoded; empty when the header gives none.
  public var name: String
  /// As `sanne@example.org`.
  public var address: String

  /// Makes a mailbox.
  public init(name: String, address: String) {
    self.name = name
    self.address = address
  }
}

/// A decoded header field.
public struct HeaderField: Hashable, Sendable {
  /// As written, without the colon.
  public var name: String
  /// Decoded (RFC 2047), unfolded.
  public var value: String

  /// Makes a field.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// Why a message counts as not written by a person (RFC 3834 and its neighbours).
public enum AutomaticKind: String, Sendable {
  /// An answer that a program gave: out of office, received with thanks.
  case autoReply = "auto-reply"
  /// A report that mail could not be delivered.
  case bounce
  /// What a program wrote on its own account: the form of a web site, with a customer's words in it,
  /// or a monitor.
  case generated = "auto-generated"
  /// What came through a list that people write to, such as the group behind an address of ours.
  case list
  /// One text for many: newsletters.
  case bulk
}

/// A part that is listed and not read.
public struct Attachment: Hashable, Sendable {
  /// Decoded; empty when none is given.
  public var filename: String
  /// As `image/png`.
  public var contentType: String
  /// Decoded size in bytes.
  public var size: Int

  /// Makes an attachment.
  public init(filename: String, contentType: String, size: Int) {
    self.filename = filename
    self.contentType = contentType
    self.size = size
  }
}

/// Something that was wrong with a message, and how it was read all the same.
public struct Repair: Hashable, Sendable {
  /// A stable word, as `charset-relabelled`, `invalid-utf8`, `truncated-multipart`, `text-too-long`.
  public var code: String
  /// For people; never holds text of the customer.
  public var detail: String

  /// Makes a repair.
  public init(code: String, detail: String) {
    self.code = code
    self.detail = detail
  }
}

/// A message as the rest of heard sees it: decoded texts with zones, and the headers that rules need.
public struct Message: Sendable {
  /// Message-ID without brackets, or the id that a record brought.
  public var id: String?
  /// Subject first when there is one, then the body.
  public var parts: [TextPart] = []
  /// In original order; empty for plain text.
  public var headers: [HeaderField] = []
  /// Of From, else Sender, else Reply-To.
  public var sender: Mailbox?
  /// Of To, Cc, Bcc and the fields of delivery, each address once.
  public var recipients: [Mailbox] = []
  /// Of the Date header, seconds since 1970.
  public var date: Int64?
  /// Why it was not written by a person; nil when it was.
  public var automatic: AutomaticKind?
  /// Parts that are listed and not read.
  public var attachments: [Attachment] = []
  /// What was wrong, each once.
  public var repairs: [Repair] = []

  /// Makes an empty message.
  public init() {}

  /// The zone whose evidence counts: `own`, or `forwarded` when nothing of the body is own.
  ///
  /// White space is nothing. A subject alone is no text that hides what is passed on under it.
  public var scoredZone: Zone {
    var hasForwarded = false
    for part in parts {
      for span in part.zones {
        switch span.zone {
        case .own where part.name == .body:
          if part.bytes[span.range.range].contains(where: { !isSpace($0) }) { return .own }
        case .forwarded:
          hasForwarded = true
        default:
          continue
        }
      }
    }
    return hasForwarded ? .forwarded : .own
  }

  /// Makes an own subject part of what is passed on under it, so that both are scored.
  mutating func passOnSubject() {
    guard let subject = parts.firstIndex(where: { $0.name == .subject }),
      let body = parts.first(where: { $0.name == .body }),
      Zoner.onlyPassesOn(body.bytes, body.zones)
    else { return }
    for span in parts[subject].zones.indices where parts[subject].zones[span].zone == .own {
      parts[subject].zones[span].zone = .forwarded
    }
  }
}
