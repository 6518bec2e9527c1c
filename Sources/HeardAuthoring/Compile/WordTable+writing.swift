import HeardLexicon
import HeardText

extension WordTable {
  /// Adds words in the order of their bytes; of more than the numbers suffice for, the first.
  static func write(_ words: [WordWeight], into image: inout ImageWriter) {
    var rows: [String: [UInt32]] = [:]
    for word in words where Language.read.contains(word.language) {
      var row = rows[word.word] ?? Array(repeating: 0, count: ImageSection.words.stride / 4)
      for item in word.evidence {
        guard let kind = EvidenceKind.scores.firstIndex(of: item.kind) else { continue }
        let milli = Int16(clamping: min(max(item.milli, -WordWeight.limit), WordWeight.limit))
        row[field(word.language, kind)] |= UInt32(UInt16(bitPattern: milli)) << shift(kind)
      }
      rows[word.word] = row
    }
    let ordered = rows.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    for (word, row) in ordered.prefix(limit) {
      let place = image.place(of: word)
      image.add([place.offset, place.count] + row.dropFirst(2), to: .words)
    }
  }
}
