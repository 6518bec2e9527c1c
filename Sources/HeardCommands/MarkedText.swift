internal import HeardClassifier
internal import HeardLexicon
internal import HeardMail
internal import HeardReport
internal import HeardText

/// A part's text with its evidence marked: colours on a terminal, brackets elsewhere.
struct MarkedText {
  let style: Style

  /// Renders the text; zones that are not scored are faint, with their name in the margin.
  func render(
    _ part: TextPart, isScored: (Zone) -> Bool, evidence: [Contribution]
  ) -> String {
    let marks = Self.marks(part, evidence)
    var text = ""
    for span in part.zones {
      let isFaint = !isScored(span.zone)
      if isFaint { text += style.paint("[\(span.zone.name)] ", .faint) }
      var index = Int(span.range.start)
      let end = min(Int(span.range.end), part.bytes.count)
      while index < end {
        let mark = marks[index]
        var next = index
        while next < end && marks[next] == mark { next += 1 }
        text += paint(Self.printable(part.bytes[index..<next]), mark, isFaint)
        index = next
      }
    }
    return text.hasSuffix("\n") ? text : text + "\n"
  }

  /// For each byte: 0 no evidence, 1 against us, 2 for us.
  private static func marks(_ part: TextPart, _ evidence: [Contribution]) -> [Int8] {
    var marks = [Int8](repeating: 0, count: part.bytes.count)
    // A frame spans all between its halves, which are marked themselves.
    for hit in evidence where hit.milli != 0 && hit.isEntry {
      let mark: Int8 = isAdverse(hit) ? 1 : 2
      for index in hit.range.range.clamped(to: marks.indices) where marks[index] != 1 {
        marks[index] = mark
      }
    }
    return marks
  }

  private static func isAdverse(_ hit: Contribution) -> Bool {
    switch hit.kind {
    case .valence: hit.milli < 0
    case .praise, .question, .request, .suggestion, .thirdParty: hit.milli < 0
    default: hit.milli > 0
    }
  }

  private func paint(_ text: String, _ mark: Int8, _ isFaint: Bool) -> String {
    switch (mark, style.isColoured) {
    case (0, _): isFaint ? style.paint(text, .faint) : text
    case (1, true): style.paint(text, .bad)
    case (_, true): style.paint(text, .good)
    case (1, false): "[\(text)]"
    case (_, false): "{\(text)}"
    }
  }

  /// The text as HTML: evidence in `<mark>`, with what it says as its title.
  static func html(
    _ part: TextPart, isScored: (Zone) -> Bool, evidence: [Contribution],
    title: ([Contribution]) -> String
  ) -> String {
    let marks = marks(part, evidence)
    var page = "<div class=\"text\">"
    for span in part.zones {
      let isFaint = !isScored(span.zone)
      if isFaint {
        page += "<span class=\"zone\" data-zone=\"\(Markup.escaped(span.zone.name))\">"
      }
      var index = Int(span.range.start)
      let end = min(Int(span.range.end), part.bytes.count)
      while index < end {
        let mark = marks[index]
        var next = index
        while next < end && marks[next] == mark { next += 1 }
        let text = Markup.escaped(printable(part.bytes[index..<next]))
        if mark == 0 {
          page += text
        } else {
          let here = ByteRange(UInt32(index), UInt32(next))
          let hits = evidence.filter { $0.isEntry && $0.milli != 0 && $0.range.overlaps(here) }
          page += "<mark class=\"\(mark == 1 ? "bad" : "good")\" "
          page += "title=\"\(Markup.escaped(title(hits)))\">\(text)</mark>"
        }
        index = next
      }
      if isFaint { page += "</span>" }
    }
    return page + "</div>\n"
  }

  /// Control characters of a stranger's mail must not reach the terminal.
  static func printable(_ bytes: ArraySlice<UInt8>) -> String {
    Printable.text(bytes, keepsLines: true)
  }
}

extension Contribution {
  /// Whether it comes from an entry, and so from the words it points at.
  fileprivate var isEntry: Bool {
    if case .entry = source { true } else { false }
  }
}
