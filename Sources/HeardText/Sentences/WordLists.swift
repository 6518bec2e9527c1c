/// Small closed lists that sentence ends and shapes depend on, by folded spelling.
///
/// To add an abbreviation, put it in its language's line without its full stop: in `leading` when a
/// sentence goes on after it whatever follows (titles, `nr.`, `ul.`), in `trailing` when a sentence
/// may end with it (`enz.`, `itd.`). A word that is also an ordinary word of one of the languages
/// belongs in neither (`al`, `red`, `vol`, `lid`; a domain like `de` or `net` neither).
enum WordLists {
  private static let leading: [String] = [
    // Dutch
    """
    dhr mevr mw mej drs mr ir dr prof nr nrs art blz bijv bijvoorb ca resp evt vgl tel afd incl \
    excl zgn jl gem afb fam hfdst aanv betr tav tnv
    """,
    // Polish
    """
    np ul tzw tzn tj ww nr p mgr inz hab sw ks plk por godz str pkt ust poz dot wg zob sp lek \
    woj gm os pow kpt zm ew
    """,
    // English
    "mr mrs ms messrs dr prof rev hon vs fig approx dept ref viz lt capt sgt",
    // German, French, Spanish: they stand in signatures and quoted mail
    "hr fr frl bzw zb ggf mme mlle sra dra",
  ]

  private static let trailing: [String] = [
    // Dutch
    "enz etc bv nv vof sec mnd wk uur st stk gr kg cm km ltr jr sr max min",
    // Polish
    "itd itp zl szt tys mln mld mies tyg min r w ok etc pn wt czw pt sob niedz cd br bm ur",
    // English
    "etc inc ltd co corp jr sr esq hrs mins lbs ft dec nov oct sept aug feb jan",
  ]

  private static let months = """
    januari februari maart april mei juni juli augustus september oktober november december \
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada \
    grudnia january february march may june july august october \
    januar februar marz mai juni juli dezember
    """

  private static let domains = """
    nl com org eu pl uk io biz gov edu tv www http https html htm php asp aspx jpg jpeg png pdf gif \
    doc docx xls xlsx txt zip exe csv xml json eml
    """

  private static let currencies = """
    euro euros eur euro's pln zl zloty zlote zlotego zlotych zlotowka zlotowki zlotowek grosz \
    grosze groszy usd dollar dollars dolar dolary dolarow gbp pound pounds chf cent cents centow
    """

  /// Dotted chains (`z.o.z`, `a.u.b`) without their dots that a sentence may end with; others go on
  /// unless all their letters are upper case (`B.V.`).
  static let endingChains: Set<String> = words([
    "aub svp ed eo oid nvt pm am zoz oo bv nv mm zoo spzoo jw cdn ps rp"
  ])

  /// What the lists say of a word.
  private struct Entry {
    var flags: FormFlags = []
    var traits: WordTraits = []
  }

  /// A folded spelling of up to 16 bytes, zero-padded.
  private struct Key: Hashable {
    var low: UInt64
    var high: UInt64

    init(_ bytes: TextBytes) {
      low = bytes.few(at: 0, count: min(8, bytes.count))
      high = bytes.count > 8 ? bytes.few(at: 8, count: bytes.count - 8) : 0
    }
  }

  private static let entries: [Key: Entry] = {
    var entries: [Key: Entry] = [:]
    let lists: [([String], Entry)] = [
      (leading, Entry(traits: .leading)), (trailing, Entry(traits: .trailing)),
      ([months], Entry(traits: .month)), ([domains], Entry(traits: .domain)),
      ([currencies], Entry(flags: .currency)),
    ]
    for (lines, added) in lists {
      for word in words(lines) {
        let key = Array(word.utf8).withTextBytes { Key($0) }
        var entry = entries[key] ?? Entry()
        entry.flags.formUnion(added.flags)
        // A word of both lists is the cautious kind: what follows decides.
        let isBoth = entry.traits.contains(.leading) && added.traits.contains(.trailing)
        if isBoth { entry.traits.remove(.leading) }
        entry.traits.formUnion(added.traits)
        entries[key] = entry
      }
    }
    return entries
  }()

  private static func words(_ lines: [String]) -> Set<String> {
    Set(lines.flatMap { $0.split(separator: " ").map(String.init) })
  }

  /// Adds what the lists know of a folded spelling.
  static func describe(_ folded: TextBytes, _ shape: inout WordShape) {
    // No listed word is longer than a key.
    guard shape.flags.contains(.word), folded.count <= 16, let entry = entries[Key(folded)] else {
      return
    }
    shape.flags.formUnion(entry.flags)
    shape.traits.formUnion(entry.traits)
  }
}
