import Testing

@testable import HeardHunspell
@testable import HeardLexicon
@testable import HeardLexiconTools
@testable import HeardSources

/// A small dictionary of made-up rules.
private func dictionary(_ aff: String, _ dic: String) throws -> HunspellDictionary {
  try HunspellDictionary(
    aff: Array(aff.utf8), dic: Array(("9\n" + dic).utf8), name: "test")
}

private func forms(
  _ dictionary: HunspellDictionary, _ stem: String, prefixes: Set<String> = []
) -> [String] {
  dictionary.forms(of: stem, suffixes: { _ in true }, prefixes: prefixes.contains)
    .map { "\($0.text)=\($0.label)" }
}

@Suite("Hunspell files") struct InflectionHunspellTests {
  @Test func suffixesStripAndAddWhereTheStemFits() throws {
    let found = try dictionary(
      """
      SET UTF-8
      SFX S Y 3
      SFX S y ies [^aeiou]y
      SFX S 0 s [aeiou]y
      SFX S 0 s [^y]
      """, "try/S\nday/S\nwalk/S\nnone")
    #expect(forms(found, "try") == ["try=lemma", "tries=SFX S: y>ies"])
    #expect(forms(found, "day") == ["day=lemma", "days=SFX S: 0>s"])
    #expect(forms(found, "none") == ["none=lemma"])
    #expect(forms(found, "gone").isEmpty)
    for word in ["tries", "days", "walks", "walk", "none"] { #expect(found.contains(word)) }
    for word in ["trys", "daies", "nones", "s", "", "ies"] { #expect(!found.contains(word)) }
  }

  @Test func prefixesCrossOnlyWhereBothAllowItAndTheyAreAskedFor() throws {
    let found = try dictionary(
      """
      PFX N Y 1
      PFX N 0 nie .
      PFX Q N 1
      PFX Q 0 pra .
      SFX A Y 1
      SFX A y ego y
      SFX B N 1
      SFX B y o y
      """, "nowy/NQAB")
    #expect(forms(found, "nowy") == ["nowy=lemma", "nowego=SFX A: y>ego", "nowo=SFX B: y>o"])
    #expect(
      forms(found, "nowy", prefixes: ["nie"]).dropFirst(3) == [
        "nienowy=PFX N: 0>nie lemma", "nienowego=PFX N: 0>nie SFX A: y>ego",
      ])
    #expect(forms(found, "nowy", prefixes: ["pra"]).dropFirst(3) == ["pranowy=PFX Q: 0>pra lemma"])
    #expect(found.contains("nienowego") && found.contains("pranowy"))
    #expect(!found.contains("pranowego") && !found.contains("nienowo"))
    #expect(found.stems(of: "nowego") == ["nowy"])
  }

  @Test func flagsMayBeLongNumbersOrAliases() throws {
    let long = try dictionary(
      "FLAG long\nSFX Aa Y 1\nSFX Aa 0 e .\nSFX Ab Y 1\nSFX Ab 0 s .", "boek/AaAb")
    #expect(forms(long, "boek") == ["boek=lemma", "boeke=SFX Aa: 0>e", "boeks=SFX Ab: 0>s"])
    let number = try dictionary("FLAG num\nSFX 12 Y 1\nSFX 12 0 e .", "boek/7,12")
    #expect(forms(number, "boek") == ["boek=lemma", "boeke=SFX 12: 0>e"])
    let alias = try dictionary("AF 2\nAF X\nAF YX\nSFX Y Y 1\nSFX Y 0 e .", "boek/2\nblad/1")
    #expect(forms(alias, "boek") == ["boek=lemma", "boeke=SFX Y: 0>e"])
    #expect(forms(alias, "blad") == ["blad=lemma"])
  }

  @Test func specialFlagsHideStems() throws {
    let found = try dictionary(
      "NEEDAFFIX n\nFORBIDDENWORD f\nONLYINCOMPOUND c\nSFX A Y 1\nSFX A 0 s .",
      "root/nA\nbad/fA\npart/c\nplain\\/word")
    #expect(forms(found, "root") == ["roots=SFX A: 0>s"])
    #expect(forms(found, "bad").isEmpty)
    #expect(!found.contains("root") && found.contains("roots"))
    #expect(!found.contains("bad") && !found.contains("bads") && !found.contains("part"))
  }

  @Test func continuationClassesMakeTwofoldSuffixes() throws {
    let found = try dictionary(
      "SFX A Y 1\nSFX A 0 er/B .\nSFX B Y 1\nSFX B 0 s .\nSFX C Y 1\nSFX C 0 x/h .\nONLYINCOMPOUND h",
      "work/AC")
    #expect(
      forms(found, "work") == [
        "work=lemma", "worker=SFX A: 0>er", "workers=SFX A: 0>er SFX B: 0>s",
      ])
    #expect(found.contains("workers") && !found.contains("works"))
  }

  @Test func charsetsAreDecoded() throws {
    let polish = try HunspellDictionary(
      aff: Array("SET ISO8859-2\nSFX A Y 1\nSFX A a ".utf8) + [0xEA] + Array(" a".utf8),
      dic: Array("1\n".utf8) + [0xB3] + Array("aska/A\n".utf8), name: "pl")
    #expect(forms(polish, "łaska") == ["łaska=lemma", "łaskę=SFX A: a>ę"])
    let dutch = try dictionary("SET UTF-8\nSFX A Y 1\nSFX A ĳs ĳzen ĳs", "prĳs/A")
    #expect(forms(dutch, "prijs") == ["prijs=lemma", "prijzen=SFX A: ijs>ijzen"])
    #expect(throws: LexiconError.self) { try dictionary("SET KOI8-R", "a") }
    #expect(throws: LexiconError.self) { try dictionary("SFX A Y 1\nSFX A 0 s [ab", "a/A") }
    #expect(throws: LexiconError.self) { try dictionary("SFX A", "a/A") }
    #expect(throws: LexiconError.self) { try dictionary("", "") }
  }
}
