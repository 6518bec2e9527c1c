import HeardText

/// Finds which elements a spelling is a form of; runs once for a spelling, at its first sight.
///
/// For each language in this order, until something is found:
/// 1. the normal form as it is: an element's own form, or one that the text writes without
///    diacritics;
/// 2. the form without its diacritics, when it has some (`klácht`, `żądam` as `żadam`);
/// 3. the form without letters held for emphasis (`slechttt`, `zóóóó`), by 1 and 2;
/// 4. in Dutch, as a compound (``DutchCompounds``).
struct FormLookup {
  /// An element that a spelling stands for.
  struct Found: Hashable {
    var element: UInt32
    var flags: PostingFlags
  }

  let phrases: PhraseTable

  /// Replaces `found` by the elements of a spelling, in ascending order.
  ///
  /// - Parameters:
  ///   - normal: the normal form as a key (``NormalWord/key(_:)``), in UTF-8.
  ///   - folded: the same without diacritics.
  func find(_ normal: [UInt8], _ folded: [UInt8], isWord: Bool, into found: inout [Found]) {
    found.removeAll(keepingCapacity: true)
    direct(normal, folded, &found)
    if isWord {
      if found.isEmpty {
        for (normal, folded) in zip(Stretching.shortened(normal), Stretching.shortened(folded)) {
          direct(normal, folded, &found)
          if !found.isEmpty { break }
        }
      }
      if !found.contains(where: { $0.flags.isDutch }) {
        found += DutchCompounds(phrases: phrases).elements(normal)
      }
    }
    if found.count > 1 { found.sort { $0.element < $1.element } }
  }

  /// Steps 1 and 2.
  private func direct(_ normal: [UInt8], _ folded: [UInt8], _ found: inout [Found]) {
    var languages: UInt8 = 0
    if let form = phrases.form(normal[...]) {
      phrases.postings(form: form) { element, flags in
        // A key without diacritics is typed so; one with them is the element's own form.
        found.append(Found(element: element, flags: flags))
        languages |= flags.languageBits
      }
    }
    guard normal != folded, let form = phrases.form(folded[...]) else { return }
    phrases.postings(form: form) { element, flags in
      guard flags.languageBits & languages == 0, flags.contains(.folds) else { return }
      // In Polish a diacritic makes another word of an own form without it (łaska, laska); in
      // Dutch and English it is emphasis or ornament.
      guard flags.contains(.folded) || !flags.isPolish else { return }
      found.append(Found(element: element, flags: flags))
    }
  }
}

extension PostingFlags {
  /// Whether the element is a Dutch one.
  var isDutch: Bool { languageBits & LanguageSet(.dutch).rawValue != 0 }
  /// Whether the element is a Polish one.
  var isPolish: Bool { languageBits & LanguageSet(.polish).rawValue != 0 }
}
