internal import HeardSources
internal import HeardText

/// Every form of every name of a directory, and what is one letter away from it.
struct NameIndex: Sendable {
  /// What a form is of somebody's name.
  struct Entry: Hashable, Sendable {
    enum Part: Hashable, Sendable {
      case given
      /// Index among the surnames of the name.
      case surname(Int)
    }

    /// Index of the person in the directory.
    var person: Int
    /// Index of the name: 0 for the name, then the aliases.
    var name: Int
    var part: Part
    /// Languages whose endings the form has; all for the name as it stands.
    var languages: LanguageSet
  }

  /// Shorter names have too many neighbours.
  static let shortestMisspelt = 5

  /// Names of each person, their own first.
  private(set) var names: [[StaffName]] = []
  /// Folded particles of each surname, of each name, of each person.
  private(set) var genders: [GrammaticalGender?] = []
  private var entries: [String: [Entry]] = [:]
  /// Forms of names that are long enough for a slip in them to be told.
  private var spellable: Set<String> = []
  /// Forms by what is left of them when a letter is taken out (or none).
  private var shortened: [String: [String]] = [:]
  /// Forms of the other gender's surname, by person: never a misspelling of theirs.
  private var counterparts: [String: Set<Int>] = [:]

  init(_ people: [StaffMember]) {
    var folder = Folder()
    for (index, person) in people.enumerated() {
      let own = StaffName(person.name)
      let gender = person.gender ?? NameIndex.gender(own)
      genders.append(gender)
      names.append([])
      for name in [own] + person.aliases.map(StaffName.init) where !name.isEmpty {
        let place = names[index].count
        names[index].append(name)
        for given in name.given where given.unicodeScalars.count > 1 {
          add(given, .given, index, place, gender, &folder)
        }
        for (part, surname) in name.surnames.enumerated() {
          add(surname.core, .surname(part), index, place, gender, &folder)
          for form in PolishNames.counterpart(of: surname.core) {
            counterparts[folder.folded(form), default: []].insert(index)
          }
        }
      }
    }
    for form in spellable.sorted() {
      for short in NameIndex.shortenings(form) { shortened[short, default: []].append(form) }
    }
  }

  /// What a folded word is the form of.
  func exact(_ word: String, _ language: Language) -> [Entry] {
    (entries[word] ?? []).filter {
      language == .undetermined || language == .other || $0.languages.contains(language)
    }
  }

  /// What a folded word is one letter away from: one too many, too few, another, or two swapped.
  func misspelt(_ word: String, _ language: Language) -> [Entry] {
    guard word.unicodeScalars.count >= NameIndex.shortestMisspelt - 1 else { return [] }
    var forms: Set<String> = []
    for short in NameIndex.shortenings(word) { forms.formUnion(shortened[short] ?? []) }
    var found: Set<Entry> = []
    for form in forms where Spelling.editDistance(word, form) == 1 {
      for entry in exact(form, language) where counterparts[word]?.contains(entry.person) != true {
        found.insert(entry)
      }
    }
    return found.sorted { ($0.person, $0.name) < ($1.person, $1.name) }
  }

  private mutating func add(
    _ word: String, _ part: Entry.Part, _ person: Int, _ name: Int, _ gender: GrammaticalGender?,
    _ folder: inout Folder
  ) {
    func insert(_ form: String, _ languages: LanguageSet) {
      let entry = Entry(person: person, name: name, part: part, languages: languages)
      let folded = folder.folded(form)
      if word.unicodeScalars.count >= NameIndex.shortestMisspelt { spellable.insert(folded) }
      let same = entries[folded]?.firstIndex {
        $0.person == person && $0.name == name && $0.part == part
      }
      if let same {
        entries[folded]?[same].languages.formUnion(languages)
      } else {
        entries[folded, default: []].append(entry)
      }
    }
    insert(word, .read)
    for form in PolishNames.forms(of: word, gender: gender).sorted() where form != word {
      insert(form, LanguageSet(.polish))
    }
    // Whose it is: Kevins, Kevin's.
    let possessive: LanguageSet = [LanguageSet(.dutch), LanguageSet(.english)]
    insert(word + "'s", .read)
    insert(word + "'", possessive)
    if !word.hasSuffix("s") { insert(word + "s", possessive) }
  }

  private static func gender(_ name: StaffName) -> GrammaticalGender? {
    for surname in name.surnames {
      if let gender = PolishNames.gender(ofSurname: surname.core) { return gender }
    }
    return nil
  }

  private static func shortenings(_ word: String) -> Set<String> {
    let scalars = Array(word.unicodeScalars)
    var found: Set<String> = [word]
    for index in scalars.indices {
      var short = String.UnicodeScalarView()
      for (place, scalar) in scalars.enumerated() where place != index { short.append(scalar) }
      found.insert(String(short))
    }
    return found
  }
}

/// Folds names as the analyzer folds the words of texts.
private struct Folder {
  private let analyzer = TextAnalyzer(languages: nil)
  private var document = Document()

  mutating func folded(_ word: String) -> String {
    analyzer.analyze(Array(word.utf8), into: &document)
    guard document.tokens.count == 1 else { return word }
    return analyzer.memory.folded(document.tokens[0].form)
  }
}
