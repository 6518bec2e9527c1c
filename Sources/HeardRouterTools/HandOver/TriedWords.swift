internal import HeardText

/// What a customer may have tried before writing, in the words they say it with; folded.
///
/// A small table and no lexicon theme: it scores nothing, and only fills a line of the packet.
enum TriedWords {
  typealias Kind = HandOverPacket.Attempt.Kind

  /// The attempt that a word tells of, when the words beside it say that the writer made it.
  ///
  /// - Parameters:
  ///   - words: of one sentence.
  ///   - place: index of the word.
  static func kind(_ words: [String], at place: Int, _ language: Language) -> Kind? {
    switch language {
    case .dutch: dutch(words, place)
    case .polish: polish(words, place)
    case .english: english(words, place)
    case .undetermined, .other: nil
    }
  }

  private static func has(_ words: [String], _ range: Range<Int>, _ wanted: Set<String>) -> Bool {
    words[range.clamped(to: words.indices)].contains { wanted.contains($0) }
  }

  // MARK: Dutch

  private static let dutchParticiples: [String: Kind] = [
    "gebeld": .phone, "opgebeld": .phone, "getelefoneerd": .phone, "gemaild": .mail,
    "gemailed": .mail, "geschreven": .mail, "aangeschreven": .mail,
    "langsgegaan": .visit, "langsgeweest": .visit, "langsgekomen": .visit, "gechat": .chat,
    "teruggestuurd": .returned, "teruggebracht": .returned, "geretourneerd": .returned,
    "herstart": .restart, "gereset": .restart, "opgestart": .restart, "geherinstalleerd": .restart,
    "losgekoppeld": .restart, "geklaagd": .reported, "gemeld": .reported, "aangegeven": .reported,
    "ingediend": .reported, "gevraagd": .asked,
  ]
  private static let dutchPast: [String: Kind] = [
    "belde": .phone, "mailde": .mail, "schreef": .mail, "chatte": .chat, "meldde": .reported,
    "vroeg": .asked,
  ]
  private static let dutchSelf: Set<String> = ["ik", "we", "wij", "'k"]
  private static let dutchNot: Set<String> = ["niet", "nooit", "niemand", "geen", "nergens"]

  private static func dutch(_ words: [String], _ place: Int) -> Kind? {
    let near = (place - 9)..<(place + 4)
    guard has(words, near, dutchSelf), !has(words, (place - 2)..<place, dutchNot) else {
      return nil
    }
    if let kind = dutchPast[words[place]] {
      return has(words, (place - 2)..<(place + 2), dutchSelf) ? kind : nil
    }
    guard let kind = dutchParticiples[words[place]],
      has(words, near, ["heb", "hebben", "had", "hadden"])
        || kind == .visit && has(words, near, ["ben", "zijn", "was", "waren"])
    else { return nil }
    return kind
  }

  // MARK: Polish

  private static let polishStems: [(stem: String, kind: Kind)] = [
    ("dzwoni", .phone), ("zadzwoni", .phone), ("telefonowa", .phone), ("zatelefonowa", .phone),
    ("pisa", .mail), ("napisa", .mail), ("mailowa", .mail), ("wysla", .mail), ("wysyla", .mail),
    ("zglasza", .reported), ("zglosi", .reported), ("reklamowa", .reported),
    ("zareklamowa", .reported), ("skladal", .reported), ("zlozy", .reported),
    ("odesla", .returned), ("zwroci", .returned), ("oddal", .returned), ("odwiedzi", .visit),
    ("poszl", .visit), ("poszed", .visit), ("pojecha", .visit), ("restartowa", .restart),
    ("zrestartowa", .restart), ("resetowa", .restart), ("zresetowa", .restart),
    ("odlacz", .restart), ("przeinstalowa", .restart), ("odinstalowa", .restart),
    ("prosi", .asked), ("poprosi", .asked), ("pyta", .asked), ("czatowa", .chat),
  ]

  private static func polish(_ words: [String], _ place: Int) -> Kind? {
    let word = words[place]
    // The ending says who did it: dzwoniłem, dzwoniłam, dzwoniliśmy.
    guard ["lem", "lam", "lismy", "lysmy"].contains(where: word.hasSuffix),
      place == 0 || words[place - 1] != "nie"
    else { return nil }
    return polishStems.first { word.hasPrefix($0.stem) }?.kind
  }

  // MARK: English

  private static let englishVerbs: [String: Kind] = [
    "called": .phone, "phoned": .phone, "rang": .phone, "rung": .phone, "telephoned": .phone,
    "emailed": .mail, "mailed": .mail, "wrote": .mail, "written": .mail, "messaged": .mail,
    "visited": .visit, "chatted": .chat, "returned": .returned, "restarted": .restart,
    "rebooted": .restart, "reset": .restart, "reinstalled": .restart, "unplugged": .restart,
    "complained": .reported, "reported": .reported, "asked": .asked,
  ]
  private static let englishSelf: Set<String> = ["i", "we", "i've", "we've", "ive", "i'd", "we'd"]
  private static let englishNot: Set<String> = [
    "not", "never", "haven't", "hadn't", "didn't", "was", "were", "am", "been", "being", "nobody",
    "you", "they", "he", "she",
  ]

  private static func english(_ words: [String], _ place: Int) -> Kind? {
    guard let kind = englishVerbs[words[place]], has(words, (place - 7)..<place, englishSelf),
      !has(words, (place - 2)..<place, englishNot)
    else { return nil }
    return kind
  }
}
