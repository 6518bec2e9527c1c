/// The forms that a name takes in Polish, by its ending.
///
/// Rules and not a dictionary: surnames are an open set, and Polish puts its endings on foreign
/// names too. It may make forms that nobody uses; no text has those. Names are in lower case with
/// their diacritics; the nominative is among the forms.
enum PolishNames {
  /// Forms of a surname or given name.
  ///
  /// - Parameter gender: whom it names; nil gives the forms of both. A woman's name that ends in a
  ///   consonant has one form, and a man's `-ski` others than a woman's `-ska`.
  static func forms(of name: String, gender: GrammaticalGender?) -> Set<String> {
    var forms: Set<String> = [name]
    if name.hasSuffix("a") {
      forms.formUnion(feminineNoun(String(name.dropLast())))
      if gender != .masculine { forms.formUnion(feminineAdjective(name)) }
    } else if name.hasSuffix("o") {
      if gender != .feminine {
        let stem = String(name.dropLast())
        forms.formUnion(feminineNoun(stem))
        forms.formUnion(masculineNoun(stem))
      }
    } else if name.hasSuffix("i") || name.hasSuffix("y") || name.hasSuffix("e") {
      if gender != .feminine { forms.formUnion(masculineAdjective(name)) }
    } else if gender != .feminine {
      for stem in stems(name) { forms.formUnion(masculineNoun(stem)) }
    }
    return forms
  }

  /// Forms of the same surname for somebody of the other gender: *Kowalskiej* beside *Kowalski*.
  ///
  /// One letter apart and another person.
  static func counterpart(of name: String) -> Set<String> {
    for (one, other) in [("ski", "ska"), ("cki", "cka"), ("dzki", "dzka")] {
      if name.hasSuffix(one) {
        return feminineAdjective(name.dropLast(3) + other.suffix(3)).union([
          String(name.dropLast(3) + other.suffix(3))
        ])
      }
      if name.hasSuffix(other) {
        return masculineAdjective(name.dropLast(1) + "i").union([String(name.dropLast(1) + "i")])
      }
    }
    return []
  }

  /// Which gender a surname of this ending has; nil for most.
  static func gender(ofSurname name: String) -> GrammaticalGender? {
    for ending in ["ski", "cki", "dzki"] where name.hasSuffix(ending) { return .masculine }
    for ending in ["ska", "cka", "dzka"] where name.hasSuffix(ending) { return .feminine }
    return nil
  }

  // MARK: Paradigms

  /// *Sikora, Sikory, Sikorze, Sikorę, Sikorą, Sikoro*; *Kasia, Kasi, Kasiu*.
  private static func feminineNoun(_ stem: String) -> Set<String> {
    var forms: Set<String> = [stem + "ę", stem + "ą", stem + "o", stem + "u"]
    if stem.hasSuffix("i") {
      // Maria, Marii; Kasia, Kasi.
      forms.formUnion([stem + "i", stem])
    } else if stem.hasSuffix("j") {
      forms.formUnion([String(stem.dropLast()) + "i", stem + "i"])
    } else if stem.hasSuffix("k") || stem.hasSuffix("g") || stem.hasSuffix("l") {
      forms.insert(stem + "i")
    } else {
      forms.insert(stem + "y")
    }
    if let soft = softened(stem, beforeFeminine: true) { forms.insert(soft + "e") }
    return forms
  }

  /// *Kowalska, Kowalskiej, Kowalską*; *Czarna, Czarnej, Czarną*.
  private static func feminineAdjective(_ name: some StringProtocol) -> Set<String> {
    let stem = String(name.dropLast())
    return [stem + (stem.hasSuffix("k") || stem.hasSuffix("g") ? "iej" : "ej"), stem + "ą"]
  }

  /// *Kowalski, Kowalskiego, Kowalskiemu, Kowalskim*; *Batory, Batorego*; *Linde, Lindego*.
  private static func masculineAdjective(_ name: some StringProtocol) -> Set<String> {
    let name = String(name)
    if name.hasSuffix("i") { return [name + "ego", name + "emu", name + "m"] }
    let stem = String(name.dropLast())
    return [stem + "ego", stem + "emu", stem + "ym", stem + "em"]
  }

  /// *Nowak, Nowaka, Nowakowi, Nowakiem, Nowaku*; *Piotr, Piotrze*; *Kuroń, Kuronia*.
  private static func masculineNoun(_ stem: String) -> Set<String> {
    for (hard, soft) in [("ć", "ci"), ("ń", "ni"), ("ś", "si"), ("dź", "dzi"), ("ź", "zi")] {
      guard stem.hasSuffix(hard) else { continue }
      let base = stem.dropLast(hard.count) + soft
      return [base + "a", base + "owi", base + "em", base + "u"]
    }
    var forms: Set<String> = [
      stem + "a", stem + "owi", stem + "u",
      stem + (stem.hasSuffix("k") || stem.hasSuffix("g") ? "iem" : "em"),
    ]
    if let soft = softened(stem, beforeFeminine: false) { forms.insert(soft + "e") }
    return forms
  }

  /// The stems of a masculine name: with its last *e* and, where Polish drops it, without.
  private static func stems(_ name: String) -> [String] {
    var stems = [name]
    let letters = Array(name)
    guard letters.count > 3 else { return stems }
    let last = letters[letters.count - 1]
    if letters[letters.count - 2] == "e", "kclłńrn".contains(last) {
      var stem = letters
      stem.remove(at: letters.count - 2)
      var without = String(stem)
      // Marzec, Marca; Kupiec, Kupca; Marek, Marka; Kwiecień, Kwietnia.
      if without.hasSuffix("rzc") { without = without.dropLast(3) + "rc" }
      for (from, to) in [("i\(last)", "\(last)"), ("ci\(last)", "t\(last)")]
      where without.hasSuffix(from) {
        stems.append(without.dropLast(from.count) + to)
      }
      stems.append(without)
    }
    // Gołąb, Gołębia; Jastrząb, Jastrzębia.
    if name.hasSuffix("ąb") { stems.append(name.dropLast(2) + "ębi") }
    // Bródek keeps its vowel, Kozioł and Sokół change it.
    if name.hasSuffix("ół") { stems.append(name.dropLast(2) + "oł") }
    if name.hasSuffix("ioł") { stems.append(name.dropLast(3) + "ł") }
    return stems
  }

  private static let softening: [(String, String)] = [
    ("st", "ści"), ("zd", "ździ"), ("sł", "śl"), ("sn", "śni"), ("zn", "źni"), ("ł", "l"),
    ("t", "ci"), ("d", "dzi"), ("n", "ni"), ("m", "mi"), ("b", "bi"), ("p", "pi"), ("w", "wi"),
    ("f", "fi"), ("s", "si"), ("z", "zi"),
  ]

  /// The stem as it is before the *-e* of the locative; nil where there is none.
  private static func softened(_ stem: String, beforeFeminine: Bool) -> String? {
    // What is soft already takes another ending.
    for ending in ["rz", "sz", "cz", "dz", "ż", "c", "j", "l", "i", "ch"]
    where stem.hasSuffix(ending) {
      return ending == "ch" && beforeFeminine ? String(stem.dropLast(2)) + "sz" : nil
    }
    if stem.hasSuffix("r") { return stem + "z" }
    if stem.hasSuffix("k") { return beforeFeminine ? String(stem.dropLast()) + "c" : nil }
    if stem.hasSuffix("g") { return beforeFeminine ? String(stem.dropLast()) + "dz" : nil }
    for (hard, soft) in softening where stem.hasSuffix(hard) {
      return stem.dropLast(hard.count) + soft
    }
    return nil
  }
}
