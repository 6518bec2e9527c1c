import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon
@testable import HeardLexiconTools
@testable import HeardSources

@Suite("Forms locks") struct InflectionLockTests {
  static let lock = FormsLock(
    language: .dutch, dictionary: "hunspell-nl=1:2:abc other:def",
    lines: [
      FormsLock.Key(lemma: "boos", partOfSpeech: "adjective"): [
        InflectedForm(text: "boos", rule: "lemma"),
        InflectedForm(text: "boze", rule: "SFX Al: oos>oze"),
      ],
      FormsLock.Key(lemma: "één", partOfSpeech: nil): [
        InflectedForm(text: "één", rule: "lemma", foldCollides: true)
      ],
      FormsLock.Key(lemma: "terugbellen", partOfSpeech: "verb"): [
        InflectedForm(text: "bel ...8 terug", rule: "separable split verb stem"),
        InflectedForm(text: "foto's", rule: "x"),
      ],
    ])

  @Test func writtenLocksAreReadBack() throws {
    let text = Self.lock.write()
    var read = try FormsLock.parse(text, file: "nl/forms.lock")
    #expect(read.file == "nl/forms.lock")
    read.file = nil
    #expect(read == Self.lock)
    #expect(read.write() == text)
    #expect(
      text == """
        # heard-forms/1 nl hunspell-nl=1:2:abc other:def
        # Made by heard lexicon expand --write. Do not edit: add forms: to the entry.
        boos\tadjective\tboos=lemma boze=SFX_Al:_oos>oze
        terugbellen\tverb\tbel_...8_terug=separable_split_verb_stem foto's=x
        één\tany\téén!=lemma

        """)
  }

  @Test func formsBecomePatterns() {
    #expect(
      InflectedForm(text: "bel ...8 terug", rule: "").pattern
        == .sequence([
          .word(WordPattern(text: "bel", inflected: false)), .gap(maximum: 8),
          .word(WordPattern(text: "terug", inflected: false)),
        ]))
    #expect(
      InflectedForm(text: "boze", rule: "").pattern
        == .word(WordPattern(text: "boze", inflected: false)))
  }

  @Test(
    "broken locks name the line",
    arguments: [
      ("", "1:1"), ("boos\tany\tboos=lemma\n", "1:1"), ("# heard-forms/2 nl x\n", "1:1"),
      ("# heard-forms/1 fr x\n", "1:1"), ("# heard-forms/1 nl x\nboos\tany\n", "2:1"),
      ("# heard-forms/1 nl x\nboos\tany\tboos\n", "2:10"),
      ("# heard-forms/1 nl x\nboos\tany\t\n", "2:10"),
      ("# heard-forms/1 nl x\n\n# c\na\tany\ta=x\na\tany\ta=x\n", "5:1"),
    ])
  func brokenLocks(text: String, place: String) {
    do throws(LexiconError) {
      _ = try FormsLock.parse(text, file: "f")
      Issue.record("it was read")
    } catch {
      #expect(error.description.hasPrefix("f:\(place): error: "), "\(error)")
      #expect(error.description.contains("run heard lexicon expand --write"))
    }
  }

  static func source(_ entries: String) throws -> LexiconSource {
    try LexiconSource(
      files: [("nl/a.yaml", "lexicon: heard/1\nlanguage: nl\ntheme: a\nentries:\n" + entries)])
  }

  @Test func lemmasThatAreNotLockedAreErrors() throws {
    var source = try Self.source(
      """
      - {id: nl.a.x, lemma: boos, pos: adjective, evidence: {anger: 1}}
      - {id: nl.a.y, phrases: ["~boos worden", "één", "één keer"], evidence: {anger: 1}}
      """)
    #expect(
      source.unlocked().map(\.description)
        == [
          "nl/a.yaml:5:23: error: the forms of 'boos' (adjective) are not in the forms lock; "
            + "run heard lexicon expand --write [lemma-not-locked]",
          "nl/a.yaml:6:26: error: the forms of 'boos' (any) are not in the forms lock; "
            + "run heard lexicon expand --write [lemma-not-locked]",
          "nl/a.yaml:6:42: warning: 'één' is not in the forms lock, so it is not known whether its "
            + "spelling without diacritics is another word; run heard lexicon expand --write "
            + "[lemma-not-locked]",
        ])
    #expect(throws: LexiconError.self) { try source.checkLocks() }
    source.locks[.dutch] = Self.lock
    #expect(source.unlocked().count == 2)
    #expect(source.lint().contains { $0.check == .lockUnused && $0.location.line == 4 })
  }

  @Test func updatingLocksExactlyWhatIsNeeded() throws {
    guard Dictionaries.available(.dutch) else { return }
    var source = try Self.source(
      """
      - {id: nl.a.x, lemma: boos, pos: adjective, evidence: {anger: 1}, forms: [boosaardig]}
      - {id: nl.a.y, phrases: ["~bellen terug", "één", "qwzxv"], evidence: {anger: 1}}
      - {id: nl.a.z, lemma: blorkzel, pos: noun, evidence: {anger: 1}}
      """)
    let (locks, problems) = try Dictionaries.with { inflector in
      try FormsLock.updated(for: source, inflector: inflector)
    }
    #expect(problems.map(\.check) == [.lemmaUnknown])
    let lock = try #require(locks.first)
    #expect(locks.count == 1 && lock.dictionary.contains("nl"))
    #expect(
      lock.lines.keys.sorted().map { "\($0.lemma) \($0.partOfSpeech)" } == [
        "bellen any", "blorkzel noun", "boos adjective", "één exact",
      ])
    source.locks[.dutch] = lock
    #expect(source.unlocked().isEmpty)
    let angry = try #require(
      source.forms(of: WordPattern(text: "boos", inflected: true), in: source.entries[0]))
    #expect(Set(angry.map(\.text)).isSuperset(of: ["boos", "boze", "boosaardig"]))
    let one = source.forms(of: WordPattern(text: "één", inflected: false), in: source.entries[1])
    #expect(one?.first?.foldCollides == true)
    let call = WordPattern(text: "bellen", inflected: true)
    let calls = source.forms(of: call, in: source.entries[1]) ?? []
    #expect(calls.contains { $0.text == "gebeld" })
    try source.checkLocks()
  }
}
