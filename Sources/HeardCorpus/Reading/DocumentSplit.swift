internal import HeardText

/// Splits public sets into halves by document, so that no document is on both sides.
///
/// The same review appears as a whole, as sentences and among the hand-labelled rows, under ids that
/// share its name; the split looks at that name only.
public enum DocumentSplit {
  /// The half of a row: by a bit of the hash of its document's name.
  public static func half(of id: String) -> LabelledMessage.Half {
    // The low bits are its weakest: take one that all bytes have reached.
    hash(of: id) >> 40 & 1 == 0 ? .tune : .check
  }

  /// The same for every row of a document, on every machine.
  package static func hash(of id: String) -> UInt64 { StableHash.of(documentName(of: id).utf8) }

  /// `se16-nl-test-Review-g1081485-d803873_2:1` → `Review-g1081485-d803873_2`.
  package static func documentName(of id: String) -> String {
    var name = Substring(id)
    if let colon = name.lastIndex(of: ":"), name[name.index(after: colon)...].allSatisfy(\.isNumber)
    {
      name = name[..<colon]
    }
    for prefix in ["se16doc-nl-", "se16doc-en-"] where name.hasPrefix(prefix) {
      name = name.dropFirst(prefix.count)
    }
    if name.hasPrefix("se16-") {
      // `se16-LANG-SPLIT-DOCUMENT`
      name = name.split(separator: "-", maxSplits: 3).last ?? name
      // English sentences carry `en_Restaurant_NUMBER`, whole reviews the number alone.
      if name.hasPrefix("en_"), let number = name.split(separator: "_").last { name = number }
    }
    return String(name)
  }
}
