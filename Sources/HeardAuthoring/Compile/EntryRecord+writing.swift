import HeardLexicon
internal import HeardSources
internal import HeardText

extension EntryRecord {
  /// The words of an entry.
  static func words(_ entry: EntrySource, into image: inout ImageWriter) -> [UInt32] {
    var words: [UInt32] = []
    let strings = [
      entry.id, entry.theme, entry.concept ?? "", entry.patternTexts.joined(separator: " | "),
      entry.location.file,
    ]
    for string in strings {
      let place = image.place(of: string)
      words += [place.offset, place.count]
    }
    words += [UInt32(clamping: entry.location.line), UInt32(clamping: entry.location.column)]
    words.append(UInt32(entry.language.rawValue))
    for list in [entry.evidence, entry.negated] {
      let place = image.place(of: list)
      words += [place.first, place.count]
    }
    words += [UInt32(entry.scopes.rawValue), UInt32(clamping: entry.maximum)]
    if let change = entry.scopeOperator {
      let direction = ScopeOperator.Direction.allCases.firstIndex(of: change.direction) ?? 0
      words += [
        UInt32(change.scope.rawValue),
        UInt32(direction) | UInt32(UInt16(clamping: change.reach)) << 8,
        UInt32(bitPattern: change.factorMilli),
      ]
    } else {
      words += [0, 0, 0]
    }
    return words
  }
}
