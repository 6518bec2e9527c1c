package import HeardSources

/// A Hunspell dictionary: which words it knows, and every form of a stem with its rule.
///
/// Read here rather than by libhunspell, which tells neither the rules nor the forms.
///
/// Start reading at ``forms(of:suffixes:prefixes:)``; `contains(form)` holds for every form of it.
package struct HunspellDictionary: Sendable {
  /// One form and the affix that made it; none for the stem itself.
  package struct Form: Hashable, Sendable {
    package var text: String
    package var label: String
    /// Name of the suffix flag, for choosing by part of speech.
    var flagName: String
  }

  private let affixes: HunspellAffixFile
  private var suffixesByFlag: [UInt32: [HunspellAffix]] = [:]
  private var prefixesByFlag: [UInt32: [HunspellAffix]] = [:]
  private var suffixesByText: [String: [HunspellAffix]] = [:]
  private var longestSuffix = 0
  private var hasTwofold = false
  /// Flag sets, each once; stems name them by number.
  private var flagSets: [[UInt32]] = [[]]
  private var stems: [String: Int32] = [:]
  private var homonyms: [String: [Int32]] = [:]

  /// Reads a dictionary.
  ///
  /// - Parameter name: how errors name it, as `pl_PL`.
  /// - Throws: what cannot be read.
  package init(aff: [UInt8], dic: [UInt8], name: String) throws(LexiconError) {
    affixes = try HunspellAffixFile(aff, name: name + ".aff")
    for affix in affixes.affixes {
      if affix.isPrefix {
        prefixesByFlag[affix.flag, default: []].append(affix)
      } else {
        suffixesByFlag[affix.flag, default: []].append(affix)
        let text = String(String.UnicodeScalarView(affix.add))
        suffixesByText[text, default: []].append(affix)
        longestSuffix = max(longestSuffix, affix.add.count)
      }
    }
    hasTwofold = affixes.affixes.contains { affix in
      affix.continuation.contains { suffixesByFlag[$0] != nil }
    }
    readStems(dic)
    if stems.isEmpty {
      throw HunspellAffixFile.failure(name + ".dic", 1, "no word")
    }
  }

  private mutating func readStems(_ bytes: [UInt8]) {
    var numbers: [ArraySlice<UInt8>: Int32] = [:]
    stems.reserveCapacity(bytes.count / 14)
    var isFirst = true
    for line in bytes.split(separator: 0x0A) {
      if isFirst {
        isFirst = false
        continue
      }
      // A word ends at a tab, a carriage return or an unescaped slash behind its first letter.
      var end = line.endIndex
      var slash: Int?
      for index in line.indices {
        let byte = line[index]
        if byte == 0x09 || byte == 0x0D {
          end = index
          break
        }
        if byte == 0x2F, slash == nil, index > line.startIndex, line[index - 1] != 0x5C {
          slash = index
        }
      }
      let wordBytes = line[line.startIndex..<(slash ?? end)]
      if wordBytes.isEmpty { continue }
      let word = HunspellText.plain(HunspellText.decode(wordBytes, affixes.charset))
      var number: Int32 = 0
      if let slash {
        let flagBytes = line[(slash + 1)..<end]
        if let known = numbers[flagBytes] {
          number = known
        } else {
          number = Int32(flagSets.count)
          numbers[flagBytes] = number
          flagSets.append(
            affixes.flags(
              HunspellText.decode(flagBytes, affixes.charset)
                .split(separator: " ").first.map(String.init) ?? ""))
        }
      }
      if stems[word] == nil {
        stems[word] = number
      } else {
        homonyms[word, default: []].append(number)
      }
    }
  }

  // MARK: Words

  /// The flag sets of the stems spelt so.
  private func flagSets(of stem: String) -> [[UInt32]] {
    guard let first = stems[stem] else { return [] }
    return [flagSets[Int(first)]] + (homonyms[stem] ?? []).map { flagSets[Int($0)] }
  }

  /// Whether the dictionary lists the word itself.
  package func hasStem(_ word: String) -> Bool { flagSets(of: word).contains { !isHidden($0) } }

  /// Names of the suffix flags of the stems spelt so.
  package func suffixFlagNames(of stem: String) -> Set<String> {
    var names: Set<String> = []
    for flags in flagSets(of: stem) {
      for flag in flags {
        if let affix = suffixesByFlag[flag]?.first { names.insert(affix.flagName) }
      }
    }
    return names
  }

  private func isHidden(_ flags: [UInt32]) -> Bool {
    flags.contains {
      $0 == affixes.forbidden || $0 == affixes.needAffix || $0 == affixes.onlyInCompound
    }
  }

  /// Whether the word is a stem or a form of one; compounds are not looked for.
  package func contains(_ word: String) -> Bool {
    let sets = flagSets(of: word)
    if let forbidden = affixes.forbidden, sets.contains(where: { $0.contains(forbidden) }) {
      return false
    }
    if sets.contains(where: { !isHidden($0) }) { return true }
    let scalars = Array(word.unicodeScalars)
    if suffixed(scalars, alsoWith: nil) { return true }
    for affix in prefixesByFlag.values.joined() {
      guard let rest = affix.undo(scalars) else { continue }
      if has(rest, affix.flag, nil) { return true }
      if affix.crosses, suffixed(rest, alsoWith: affix.flag) { return true }
    }
    return false
  }

  /// Whether a suffix makes the word of a stem that has its flag (and the prefix's).
  private func suffixed(_ word: [Unicode.Scalar], alsoWith prefix: UInt32?) -> Bool {
    for length in 0...min(longestSuffix, word.count) {
      let tail = String(String.UnicodeScalarView(word.suffix(length)))
      for affix in suffixesByText[tail] ?? [] {
        if prefix != nil && !affix.crosses { continue }
        guard let stem = affix.undo(word) else { continue }
        if has(stem, affix.flag, prefix) { return true }
        if hasTwofold, prefix == nil, inner(stem, affix.flag) { return true }
      }
    }
    return false
  }

  /// Whether a suffix with `outer` among its continuation classes makes the word.
  private func inner(_ word: [Unicode.Scalar], _ outer: UInt32) -> Bool {
    for length in 0...min(longestSuffix, word.count) {
      let tail = String(String.UnicodeScalarView(word.suffix(length)))
      for affix in suffixesByText[tail] ?? [] where affix.continuation.contains(outer) {
        if let stem = affix.undo(word), has(stem, affix.flag, nil) { return true }
      }
    }
    return false
  }

  /// The stems that the word is or that a suffix makes it of; those behind a prefix or a second
  /// suffix are not looked for.
  package func stems(of word: String) -> Set<String> {
    var result: Set<String> = hasStem(word) ? [word] : []
    let scalars = Array(word.unicodeScalars)
    for length in 0...min(longestSuffix, scalars.count) {
      let tail = String(String.UnicodeScalarView(scalars.suffix(length)))
      for affix in suffixesByText[tail] ?? [] {
        guard let stem = affix.undo(scalars), has(stem, affix.flag, nil) else { continue }
        result.insert(String(String.UnicodeScalarView(stem)))
      }
    }
    return result
  }

  private func has(_ stem: [Unicode.Scalar], _ flag: UInt32, _ other: UInt32?) -> Bool {
    flagSets(of: String(String.UnicodeScalarView(stem))).contains { flags in
      flags.contains(flag) && (other.map(flags.contains) ?? true)
        && !flags.contains { $0 == affixes.forbidden }
    }
  }

  // MARK: Forms

  /// Every form of a stem: itself, its suffixes (twofold ones too), and the prefixes asked for
  /// with each of them where both cross.
  ///
  /// - Parameters:
  ///   - suffixes: which suffix flags to follow.
  ///   - prefixes: which prefixes, by what they add; a prefix that turns the meaning round is
  ///     never among them.
  package func forms(
    of stem: String, suffixes: (String) -> Bool, prefixes: (String) -> Bool
  ) -> [Form] {
    var result: [Form] = []
    var seen: Set<String> = []
    func add(_ scalars: [Unicode.Scalar], _ label: String, _ flagName: String) {
      let text = String(String.UnicodeScalarView(scalars))
      if seen.insert(text).inserted {
        result.append(Form(text: text, label: label, flagName: flagName))
      }
    }
    let base = Array(stem.unicodeScalars)
    for flags in flagSets(of: stem) where !flags.contains(where: { $0 == affixes.forbidden }) {
      var made: [(scalars: [Unicode.Scalar], label: String, name: String, crosses: Bool)] = []
      if !isHidden(flags) { made.append((base, "lemma", "", true)) }
      for affix in flags.flatMap({ suffixesByFlag[$0] ?? [] }) where suffixes(affix.flagName) {
        guard let form = affix.apply(to: base) else { continue }
        let hidden = affix.continuation.contains {
          $0 == affixes.needAffix || $0 == affixes.onlyInCompound
        }
        if !hidden { made.append((form, affix.label, affix.flagName, affix.crosses)) }
        for outer in affix.continuation.flatMap({ suffixesByFlag[$0] ?? [] })
        where suffixes(outer.flagName) {
          if let twice = outer.apply(to: form) {
            made.append((twice, affix.label + " " + outer.label, affix.flagName, false))
          }
        }
      }
      for form in made { add(form.scalars, form.label, form.name) }
      for prefix in flags.flatMap({ prefixesByFlag[$0] ?? [] })
      where prefixes(String(String.UnicodeScalarView(prefix.add))) {
        for form in made where form.name.isEmpty || (form.crosses && prefix.crosses) {
          if let whole = prefix.apply(to: form.scalars) {
            add(whole, prefix.label + " " + form.label, form.name)
          }
        }
      }
    }
    return result
  }
}
