/// What a record of `heard run` says, as far as it is counted.
public struct JudgedRecord: Hashable, Sendable {
  /// The id as text; nil without one.
  public var id: String?
  /// Why it was not judged, as `invalid-json`; nil for one that was.
  public var errorCode: String?
  /// A code, as `nl`.
  public var language = ""
  /// As `complaint`.
  public var messageClass = ""
  /// The tags that hold.
  public var tags: [String] = []
  /// 0 … 3.
  public var anger = 0
  /// The signals that hold.
  public var signals: [String] = []
  /// The desk.
  public var queue = ""
  /// When it was sent, seconds since 1970, UTC; nil without --with-meta and when nobody knows.
  public var time: Int64?
  /// The pseudonym of who sent it; nil likewise.
  public var sender: String?
  /// Digest of the lexicons that it was judged with.
  public var lexicon = ""
  /// Digest of the policy.
  public var policy = ""
  /// The version of heard.
  public var version = ""
  /// Whether it says which entries counted, whether or not these are read.
  public var hasHits = false
  /// Lexicon entries that counted and how they were written, when hits are wanted.
  public var hits: [Hit] = []

  /// A place where a lexicon entry counted.
  public struct Hit: Hashable, Sendable {
    /// The entry's id; of frames and styles their own.
    public var entry: String
    /// As it stood in the message; empty for what has no place.
    public var form = ""
    /// The zone it stands in.
    public var zone = ""

    /// Makes a hit.
    public init(entry: String, form: String = "", zone: String = "") {
      self.entry = entry
      self.form = form
      self.zone = zone
    }
  }

  /// Makes an empty record.
  public init() {}

  /// A level of anger as a record has it; 0 for what is none.
  package static func level(_ anger: Int?) -> Int {
    anger.flatMap { (0...3) ~= $0 ? $0 : nil } ?? 0
  }

  /// Whether a machine wrote the message.
  public var isAutomatic: Bool { messageClass == "auto" }
}
