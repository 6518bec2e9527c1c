internal import HeardClassifier
internal import HeardLexicon
internal import HeardMail
internal import HeardText

/// A part's text with its evidence marked: colours on a terminal, brackets elsewhere.
struct MarkedText {
  let style: Style

  /// Renders the text; zones that are not scored are faint, with their name in the margin.
  func render(
    _ part: TextPart, isScored: (Zone) -> Bool, evidence: [Contribution]
  ) -> String {
    var marks = [Int8](repeating: 0, count: part.bytes.count)
    // A frame spans all between its halves, which are marked themselves.
    for hit in evidence where hit.milli != 0 && hit.isEntry {
      let mark: Int8 = isAdverse(hit) ? 1 : 2
      for index in hit.range.range.clamped(to: marks.indices) where marks[index] != 1 {
        marks[index] = mark
      }
    }
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
        text += paint(printable(part.bytes[index..<next]), mark, isFaint)
        index = next
      }
    }
    return text.hasSuffix("\n") ? text : text + "\n"
  }

  private func isAdverse(_ hit: Contribution) -> Bool {
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

  /// Control characters of a stranger's mail must not reach the terminal.
  private func printable(_ bytes: ArraySlice<UInt8>) -> String {
    String(
      String.UnicodeScalarView(
        String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
          let isControl =
            scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
          return isControl ? "\u{FFFD}" : scalar
        }))
  }
}

extension Contribution {
  /// Whether it comes from an entry, and so from the words it points at.
  fileprivate var isEntry: Bool {
    if case .entry = source { true } else { false }
  }
}
