import HeardAuthoring
import HeardClassifier
import HeardLexicon
import HeardMail
import HeardText

/// A lexicon of some dozen words a language, so that tests state their numbers beside their texts.
///
/// All weights are round: complaint 1, anger 2, roles 1. Every bias is −2 with slope 1.
enum MiniLexicon {
  /// The compiled lexicon of the files below, compiled once for all tests.
  static func compiled() throws -> CompiledLexicon { try shared.get() }

  private static let shared = Result<CompiledLexicon, any Error> {
    try compiled(entries: ["nl": dutch, "pl": polish, "en": english])
  }

  /// A lexicon of entries and single words by language code, in the syntax of lexicon files.
  static func compiled(
    entries: [String: String], scoring: String = MiniLexicon.scoring, words: [String: String] = [:]
  ) throws -> CompiledLexicon {
    var files = [(path: "scoring.yaml", text: scoring)]
    for (code, text) in words.sorted(by: { $0.key < $1.key }) {
      let head = "words: heard/1\nlanguage: \(code)\nweights:\n"
      files.append((path: "\(code)/words.yaml", text: head + text))
    }
    for (code, text) in entries.sorted(by: { $0.key < $1.key }) {
      let head = "lexicon: heard/1\nlanguage: \(code)\ntheme: mini\nentries:\n"
      files.append((path: "\(code)/mini.yaml", text: head + text))
    }
    let source = try LexiconSource(files: files)
    let image = try LexiconCompiler.compile(
      entries: source.entries, scoring: source.scoring,
      forms: { _, lemma, _ in [InflectedForm(text: lemma, rule: "lemma")] })
    return try CompiledLexicon(bytes: image)
  }

  static let scoring = """
    scoring: heard/1
    frames:
    - {id: frame.staff.clause, first: person, second: conduct, window: clause, distance: 12, evidence: {staff-targeted: 3, complaint: 1}, max: 2}
    - {id: frame.staff.sentence, first: person, second: conduct, window: sentence, distance: 25, evidence: {staff-targeted: 2.5}, max: 2}
    - {id: frame.gap.sentence, first: expectation, second: shortfall, window: sentence, distance: 30, evidence: {expectation-gap: 3, complaint: 1.5}, max: 2}
    - {id: frame.gap.adjacent, first: expectation, second: shortfall, ordered: true, window: adjacent, distance: 30, evidence: {expectation-gap: 2.5, complaint: 1.5}, max: 2}
    - {id: frame.price.sentence, first: charge, second: contest, window: sentence, distance: 25, evidence: {pricing-dispute: 3, complaint: 2}, max: 2}
    - {id: frame.sarcasm, first: praise, second: shortfall, ordered: true, window: sentence, distance: 8, evidence: {complaint: 1.5, anger: 2.2, expectation-gap: 2.2}, max: 1}
    calibration: []
    scopes: {hypothetical: 0.3, question: 0.5, quotation: 0.5, other-person: 0.2, contrast-before: 0.6, contrast-after: 1.2}
    styles: {capitals: {anger: 0.9}, exclamation: {anger: 0.3}, repeated: {anger: 0.8}, emoji: {valence: -1}}
    anger-levels: [0, 1.6, 3.2]
    signal-threshold: 1
    """

  static let dutch = """
    - {id: nl.mini.boos, phrase: boos, match: {case: not-name}, evidence: {anger: 2, complaint: 1, valence: -2}, negated: {anger: -0.5}}
    - {id: nl.mini.slecht, phrases: [slecht, slechte], evidence: {complaint: 1, valence: -2}}
    - {id: nl.mini.klacht, phrase: klacht, evidence: {complaint: 2.5}}
    - {id: nl.mini.klachten-aan, phrase: "klachten aan (mijn|de) <word>"}
    - {id: nl.mini.fijn, phrases: [fijn, fijne, lekker], evidence: {praise: 1, valence: 2, complaint: -0.5}, negated: {complaint: 1, valence: -1.5}}
    - {id: nl.mini.monteur, phrases: [monteur, medewerker], evidence: {person: 1}}
    - {id: nl.mini.onbeschoft, phrases: [onbeschoft, lomp], evidence: {conduct: 1, complaint: 0.5, valence: -2}}
    - {id: nl.mini.beloofd, phrase: beloofd, evidence: {expectation: 1}}
    - {id: nl.mini.niets-gehoord, phrases: [niets gehoord, niet gekomen], evidence: {shortfall: 1, complaint: 0.5}}
    - {id: nl.mini.rekening, phrases: [rekening, factuur], evidence: {charge: 1}}
    - {id: nl.mini.rekening-houden, phrase: "rekening ...2 houden"}
    - {id: nl.mini.klopt-niet, phrase: klopt niet, evidence: {contest: 1}}
    - {id: nl.mini.graag, phrase: graag, evidence: {request: 1.5}}
    - {id: nl.mini.buur, phrase: "mijn (buurvrouw|buurman)", operator: {scope: other-person, direction: forward, reach: 7}}
    - {id: nl.mini.niet, phrases: [niet, geen, nooit], operator: {scope: negation, direction: forward, reach: 4}}
    - {id: nl.mini.zonder, phrase: zonder, operator: {scope: negation, direction: forward, reach: 4}}
    - {id: nl.mini.niet-alleen, phrase: niet alleen}
    - {id: nl.mini.heel, phrase: heel, operator: {scope: intensifier, direction: forward, reach: 2, factor: 1.5}}
    - {id: nl.mini.beetje, phrase: een beetje, operator: {scope: diminisher, direction: forward, reach: 2, factor: 0.5}}
    - {id: nl.mini.als, phrase: als, operator: {scope: hypothetical, direction: forward, reach: 8}}
    - {id: nl.mini.maar, phrase: maar, operator: {scope: contrast, direction: both, reach: 14}}
    - {id: nl.mini.hoewel, phrase: hoewel, operator: {scope: contrast, direction: backward, reach: 14}}
    - {id: nl.mini.omdat, phrase: omdat, operator: {scope: contrast, direction: forward, reach: 1}}
    - {id: nl.mini.en, phrase: en, operator: {scope: contrast, direction: forward, reach: 2}}
    - {id: nl.mini.terug, phrase: "bel ...5 terug", evidence: {praise: 0.5}, negated: {shortfall: 1, complaint: 1}}
    """

  static let polish = """
    - {id: pl.mini.zly, phrases: [zły, zła], evidence: {anger: 2, complaint: 1, valence: -2}, negated: {anger: -0.5}}
    - {id: pl.mini.zla-data, phrase: "(zła|zły) (data|adres)", evidence: {complaint: 0.3}}
    - {id: pl.mini.reklamacja, phrases: [reklamacja, reklamację], evidence: {complaint: 2.5}}
    - {id: pl.mini.dobry, phrases: [dobry, dobra, miła], evidence: {praise: 1, valence: 2, complaint: -0.5}, negated: {complaint: 1, valence: -1.5}}
    - {id: pl.mini.pani-z, phrases: [pani w okienku, pani z infolinii, kurier], evidence: {person: 1}}
    - {id: pl.mini.chamski, phrases: [chamski, chamska, odburknęła], evidence: {conduct: 1, complaint: 0.5, valence: -2}}
    - {id: pl.mini.obiecano, phrases: [obiecano, obiecaliście], evidence: {expectation: 1}}
    - {id: pl.mini.spodziewac, phrases: [spodziewam się, spodziewamy się], evidence: {expectation: 1}}
    - {id: pl.mini.dziecka, phrase: "(spodziewam|spodziewamy) się dziecka"}
    - {id: pl.mini.odpowiada, phrase: odpowiada, evidence: {praise: 0.3}, negated: {shortfall: 1, complaint: 1, unheard: 1}}
    - {id: pl.mini.nic-sie, phrase: nic się nie stało, evidence: {complaint: -1}}
    - {id: pl.mini.oplata, phrases: [opłata, opłatę, rachunek], evidence: {charge: 1}}
    - {id: pl.mini.nienalezna, phrases: [nienależna, niesłusznie], evidence: {contest: 1}}
    - {id: pl.mini.prosze, phrases: [proszę o], evidence: {request: 1.5}}
    - {id: pl.mini.nie, phrases: [nie, nikt, nigdy, nic], operator: {scope: negation, direction: forward, reach: 3}}
    - {id: pl.mini.bardzo, phrase: bardzo, operator: {scope: intensifier, direction: forward, reach: 2, factor: 1.5}}
    - {id: pl.mini.gdyby, phrase: gdyby, operator: {scope: hypothetical, direction: forward, reach: 8}}
    - {id: pl.mini.ale, phrase: ale, operator: {scope: contrast, direction: both, reach: 14}}
    - {id: pl.mini.sasiad, phrase: "(mój|moja) (sąsiad|sąsiadka)", operator: {scope: other-person, direction: forward, reach: 7}}
    """

  static let english = """
    - {id: en.mini.angry, phrases: [angry, furious], evidence: {anger: 2, complaint: 1, valence: -2}, negated: {anger: -0.5}}
    - {id: en.mini.bad, phrases: [bad, broken], evidence: {complaint: 1, valence: -2}}
    - {id: en.mini.complaint, phrase: complaint, evidence: {complaint: 2.5}}
    - {id: en.mini.chest, phrase: "(chest|stomach) complaint"}
    - {id: en.mini.good, phrases: [good, great, patient], evidence: {praise: 1, valence: 2, complaint: -0.5}, negated: {complaint: 1, valence: -1.5}}
    - {id: en.mini.clerk, phrases: [clerk, your colleague], evidence: {person: 1}}
    - {id: en.mini.rude, phrases: [rude, dismissive], evidence: {conduct: 1, complaint: 0.5, valence: -2}}
    - {id: en.mini.promised, phrases: [promised, was told], evidence: {expectation: 1}}
    - {id: en.mini.nobody, phrases: [nobody came, weeks for a reply], evidence: {shortfall: 1, complaint: 0.5}}
    - {id: en.mini.fee, phrases: [fee, charge, invoice], evidence: {charge: 1}}
    - {id: en.mini.free, phrase: "(free of|in) charge"}
    - {id: en.mini.wrong, phrase: "(is|was) wrong", evidence: {contest: 1}}
    - {id: en.mini.could, phrase: could you, evidence: {request: 1.5}}
    - {id: en.mini.third, phrase: about my landlord, evidence: {third-party: 3, complaint: -3}}
    - {id: en.mini.lawyer, phrase: lawyer, evidence: {public-threat: 1.5}}
    - {id: en.mini.rage, phrase: 😡, evidence: {anger: 2}}
    - {id: en.mini.heart, phrase: ❤, evidence: {valence: 2}}
    - {id: en.mini.not, phrases: [not, never, no], operator: {scope: negation, direction: forward, reach: 4}}
    - {id: en.mini.without, phrase: without, operator: {scope: negation, direction: forward, reach: 4}}
    - {id: en.mini.not-only, phrase: not only}
    - {id: en.mini.very, phrases: [very, terribly], operator: {scope: intensifier, direction: forward, reach: 2, factor: 1.5}}
    - {id: en.mini.bit, phrase: a bit, operator: {scope: diminisher, direction: forward, reach: 2, factor: 0.5}}
    - {id: en.mini.if, phrase: if, operator: {scope: hypothetical, direction: forward, reach: 8}}
    - {id: en.mini.but, phrase: but, operator: {scope: contrast, direction: both, reach: 14}}
    - {id: en.mini.although, phrase: although, operator: {scope: contrast, direction: backward, reach: 14}}
    - {id: en.mini.manager, phrase: "my (manager|neighbour)", operator: {scope: other-person, direction: forward, reach: 7}}
    """
}

/// A message with one body in one zone.
func plain(_ text: String, zone: Zone = .own) -> Message {
  message([(zone, text)])
}

/// A message whose body is made of stretches in zones, one after another.
func message(_ stretches: [(Zone, String)], automatic: AutomaticKind? = nil) -> Message {
  var bytes: [UInt8] = []
  var zones: [ZoneSpan] = []
  for (zone, text) in stretches {
    let start = UInt32(bytes.count)
    bytes += Array(text.utf8)
    zones.append(ZoneSpan(zone: zone, range: ByteRange(start, UInt32(bytes.count))))
  }
  var message = Message()
  message.parts = [TextPart(name: .body, bytes: bytes, zones: zones)]
  message.automatic = automatic
  return message
}

extension Assessment {
  /// The sum of a kind without its bias; needs an explained assessment.
  func evidence(_ kind: EvidenceKind) -> Int32 {
    contributions.filter { $0.kind == kind && $0.source != .bias }.reduce(0) { $0 + $1.milli }
  }
}
