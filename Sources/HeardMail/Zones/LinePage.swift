internal import CHeardMail
internal import HeardText

/// A text as lines, each with its folded form and its zone so far.
struct LinePage {
  struct Line {
    fileprivate var place: heard_line
    /// Known from structure or mark-up.
    var isMarked = false
    /// In a `blockquote` of which nothing says that it quotes.
    var isIndented = false
    /// Begins with `>`.
    var isPrefixed = false
    /// Nil while nothing makes it something else than the sender's own.
    var zone: Zone?

    var start: Int { Int(place.start) }
    /// Without the line end.
    var end: Int { Int(place.end) }
    /// Of the folded form in `folded`; of long lines only the beginning is there.
    var foldedStart: Int { Int(place.folded_start) }
    var foldedEnd: Int { Int(place.folded_end) }
    var count: Int { end - start }
    var isBlank: Bool { place.folded_end == place.folded_start }

    /// Whether the line may begin with a phrase of one of these sets.
    func mayBegin(_ cues: LineCues) -> Bool { place.starts & cues.rawValue != 0 }
  }

  /// Bytes of a line that are folded.
  static let foldedBytes = 400

  let bytes: [UInt8]
  let folded: [UInt8]
  var lines: [Line] = []
  /// What any of the lines may begin with, and what they look like.
  private(set) var cues: LineCues = []
  private(set) var traits: LineTraits = []
  /// Whether structure or mark-up gave any line its zone.
  private(set) var hasMarks = false
  /// Length of the longest line.
  private(set) var longest = 0
  /// Spans inside long lines, by line.
  var inner: [Int: [ZoneSpan]] = [:]

  init(_ draft: DraftText) {
    bytes = draft.bytes
    let places: [heard_line]
    (places, folded) = LineCues.lines(of: bytes, folding: Self.foldedBytes)
    lines.reserveCapacity(places.count)
    var marks = draft.marks[...]
    hasMarks = !marks.isEmpty
    var zone: Zone?
    var isIndented = false
    for place in places {
      cues.formUnion(LineCues(rawValue: place.starts))
      traits.formUnion(LineTraits(rawValue: place.traits))
      longest = max(longest, Int(place.end - place.start))
      while let mark = marks.first, mark.start <= Int(place.start) {
        zone = mark.zone
        isIndented = mark.isIndented
        marks = marks.dropFirst()
      }
      lines.append(
        Line(place: place, isMarked: zone != nil, isIndented: isIndented, zone: zone))
    }
  }

  // MARK: Questions

  /// Whether a line begins with a phrase of the set; gives the phrase's length, 0 for no.
  func match(_ set: PhraseSet, _ index: Int, skipping: Int = 0) -> Int {
    let line = lines[index]
    return set.match(folded, from: line.foldedStart + skipping, to: line.foldedEnd)
  }

  /// The folded form of a line.
  func text(_ index: Int) -> [UInt8] {
    Array(folded[lines[index].foldedStart..<lines[index].foldedEnd])
  }

  /// Words of a line's folded form.
  func wordCount(_ index: Int) -> Int {
    let line = lines[index]
    guard !line.isBlank else { return 0 }
    var count = 1
    for at in line.foldedStart..<line.foldedEnd where folded[at] == 0x20 { count += 1 }
    return count
  }

  /// Last byte of a line's folded form, 0 when it is blank.
  func last(_ index: Int) -> UInt8 { lines[index].isBlank ? 0 : folded[lines[index].foldedEnd - 1] }

  /// The first line at or after an index that is not blank.
  func nextFilled(_ index: Int) -> Int? {
    var at = index
    while at < lines.count, lines[at].isBlank { at += 1 }
    return at < lines.count ? at : nil
  }

  /// The last line before an index that is not blank, not before `floor`.
  func previousFilled(_ index: Int, floor: Int = 0) -> Int? {
    var at = index - 1
    while at >= floor, lines[at].isBlank { at -= 1 }
    return at >= floor ? at : nil
  }

  /// Whether a line is only a rule: two or more of `- _ = * ~ #`.
  func isRule(_ index: Int) -> Bool {
    let line = lines[index]
    var count = 0
    for at in line.start..<line.end {
      let byte = bytes[at]
      switch byte {
      case 0x2D, 0x5F, 0x3D, 0x2A, 0x7E, 0x23: count += 1
      case 0xE2, 0x80, 0x90...0x95, 0x94: count += byte == 0xE2 ? 2 : 0
      case _ where isSpace(byte): continue
      default: return false
      }
    }
    return count >= 2
  }

  /// Whether neither neighbour of a line has text.
  func isIsolated(_ index: Int) -> Bool {
    (index == 0 || lines[index - 1].isBlank)
      && (index + 1 == lines.count || lines[index + 1].isBlank)
  }

  /// Sets the zone of lines that have none yet.
  mutating func claim(_ range: Range<Int>, _ zone: Zone) {
    for at in range where lines[at].zone == nil { lines[at].zone = zone }
  }

  /// Number of lines without a zone.
  var openCount: Int {
    var count = 0
    for at in lines.indices where lines[at].zone == nil { count += 1 }
    return count
  }

  /// Maximal stretches of lines without a zone that hold text; blank lines belong to them.
  func openRuns() -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var at = 0
    while at < lines.count {
      guard lines[at].zone == nil else {
        at += 1
        continue
      }
      let from = at
      while at < lines.count, lines[at].zone == nil { at += 1 }
      if (from..<at).contains(where: { !lines[$0].isBlank }) { runs.append(from..<at) }
    }
    return runs
  }

  // MARK: Result

  /// The zones of all lines, as spans that tile the text (law 5).
  func spans() -> [ZoneSpan] {
    guard !bytes.isEmpty else { return [] }
    var spans: [ZoneSpan] = []
    func add(_ zone: Zone, _ end: Int) {
      let start = spans.last.map { Int($0.range.end) } ?? 0
      guard end > start else { return }
      if let last = spans.last, last.zone == zone {
        spans[spans.count - 1].range.end = UInt32(end)
      } else {
        spans.append(ZoneSpan(zone: zone, range: ByteRange(UInt32(start), UInt32(end))))
      }
    }
    var zone = lines.first { !$0.isBlank }.map { $0.zone ?? .own } ?? .own
    for (index, line) in lines.enumerated() {
      if !line.isBlank { zone = line.zone ?? .own }
      let next = index + 1 < lines.count ? lines[index + 1].start : bytes.count
      for span in inner[index] ?? [] {
        zone = span.zone
        add(span.zone, Int(span.range.end))
      }
      add(zone, next)
    }
    return spans
  }
}
