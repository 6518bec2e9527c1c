/// Text under construction: bytes, and what is already known of their zones.
struct DraftText {
  var bytes: [UInt8] = []
  /// From each offset on: a zone that is known from structure or mark-up, nil where lines decide.
  ///
  /// `isIndented` where mark-up moves text in and does not say why.
  var marks: [(start: Int, zone: Zone?, isIndented: Bool)] = []

  init() {}

  init(_ page: HTMLText) {
    bytes = page.bytes
    marks = page.marks
  }

  /// Adds text; where `zone` is given it holds for all of it.
  mutating func append(_ more: [UInt8], zone: Zone?) {
    guard !more.isEmpty else { return }
    mark(bytes.count, zone)
    bytes.append(contentsOf: more)
  }

  /// Adds another draft; where `zone` is given it holds for all of it.
  mutating func append(_ other: DraftText, zone: Zone?) {
    guard !other.bytes.isEmpty else { return }
    let offset = bytes.count
    mark(offset, zone)
    if zone == nil {
      for other in other.marks { mark(offset + other.start, other.zone, other.isIndented) }
    }
    bytes.append(contentsOf: other.bytes)
  }

  private mutating func mark(_ start: Int, _ zone: Zone?, _ isIndented: Bool = false) {
    if let last = marks.last {
      if last.zone == zone, last.isIndented == isIndented { return }
      if last.start == start { marks.removeLast() }
    } else if zone == nil, !isIndented {
      return
    }
    marks.append((start, zone, isIndented))
  }
}
