import HeardText
import Testing

/// A text and the normal forms of its words.
struct WordCase: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let words: [String]

  init(_ name: String, _ text: String, _ words: [String]) {
    self.name = name
    self.text = text
    self.words = words
  }

  var testDescription: String { name }
}

/// How texts come apart into words.
enum WordCases {
  static let apostrophes = [
    WordCase("straight", "zo'n foto's", ["zo'n", "foto's"]),
    WordCase("right quotation mark", "zo’n foto’s", ["zo'n", "foto's"]),
    WordCase("left quotation mark", "don‘t", ["don't"]),
    WordCase("modifier letter", "donʼt", ["don't"]),
    WordCase("acute", "don´t", ["don't"]),
    WordCase("grave", "don`t", ["don't"]),
    WordCase("full width", "don＇t", ["don't"]),
    WordCase("quoting a word", "'hallo' en ‘dag’", ["hallo", "en", "dag"]),
    WordCase("at the start", "'s avonds 't is", ["s", "avonds", "t", "is"]),
    WordCase("alone", "' ’ ''", []),
  ]

  static let marks = [
    WordCase(
      "full stops", "z.o.z. www.x.nl 100.000", ["z", "o", "z", "www", "x", "nl", "100", "000"]),
    WordCase("colon and comma", "12:30u 1,5 a,b", ["12", "30u", "1", "5", "a", "b"]),
    WordCase("underscore", "een_twee _x_", ["een", "twee", "x"]),
    WordCase("hyphen and slash", "e-mail en/of", ["e", "mail", "en", "of"]),
    WordCase("made by normalising", "a․b a：b a﹒b a＿b", ["a", "b", "a", "b", "a", "b", "a", "b"]),
    WordCase("middle dot joins", "col·lega", ["col·lega"]),
    WordCase("glued", "ontevreden.Omgaan mee!”Er", ["ontevreden", "omgaan", "mee", "er"]),
    WordCase("dashes and quotes", "„ja”–nee… «tak»", ["ja", "nee", "tak"]),
  ]

  static let invisible = [
    WordCase("soft hyphen inside", "over\u{AD}stap", ["overstap"]),
    WordCase("soft hyphen at the ends", "\u{AD}over\u{AD} stap", ["over", "stap"]),
    WordCase("zero-width space", "over\u{200B}stap", ["overstap"]),
    WordCase("zero-width non-joiner", "over\u{200C}stap", ["overstap"]),
    WordCase("byte order mark", "\u{FEFF}Beste", ["beste"]),
    WordCase("no-break space", "10\u{A0}000 a\u{202F}b", ["10", "000", "a", "b"]),
  ]

  static let symbols = [
    WordCase("currency", "€5 5€ $5 £ 10zł", ["€", "5", "5", "€", "$", "5", "£", "10zł"]),
    WordCase("full-width currency", "￥5", ["¥", "5"]),
    WordCase("emoji", "top👍ok 😡😡", ["top", "👍", "ok", "😡", "😡"]),
    WordCase("skin tone", "👍🏽", ["👍🏽"]),
    WordCase("family", "👨‍👩‍👧 ja", ["👨👩👧", "ja"]),
    WordCase("heart on fire", "❤️‍🔥", ["❤🔥"]),
    WordCase("flags", "🇳🇱🇵🇱", ["🇳🇱", "🇵🇱"]),
    WordCase("keycap", "5️⃣", ["5⃣"]),
    WordCase("no emoji", "© ® ™ → §", ["tm"]),
  ]

  static let scripts = [
    WordCase("Polish", "ŁÓDŹ Zażółć GĘŚLĄ", ["łódź", "zażółć", "gęślą"]),
    WordCase("decomposed", "cafe\u{301} e\u{301}\u{328}", ["café", "ę\u{301}"]),
    WordCase("German", "STRASSE Straße", ["strasse", "strasse"]),
    WordCase("Greek", "ΌΧΙ σας", ["όχι", "σασ"]),
    WordCase("Cyrillic", "Привет, МИР!", ["привет", "мир"]),
    WordCase("ligatures", "ﬁets ĳs", ["fiets", "ijs"]),
    WordCase("full width", "ＡＢＣ１", ["abc1"]),
    WordCase("expansion joins", "ﷺ ⒈", ["صلى الله عليه وسلم", "1."]),
    WordCase("Han", "我要投诉", ["我要", "投诉"]),
  ]
}

@Suite("Words") struct WordTests {
  @Test(
    arguments: [
      WordCases.apostrophes, WordCases.marks, WordCases.invisible, WordCases.symbols,
      WordCases.scripts,
    ].flatMap { $0 })
  func words(_ example: WordCase) {
    #expect(Analyzed(example.text).words == example.words)
  }

  @Test(arguments: [
    WordCase("Polish", "zażółć gęślą jaźń ŁÓDŹ", ["zazolc", "gesla", "jazn", "lodz"]),
    WordCase("Dutch", "één geïnformeerd ĳs", ["een", "geinformeerd", "ijs"]),
    WordCase(
      "no decomposition", "Øre Đorđe straße æ œ ð þ ı ħ ŧ",
      ["ore", "dorde", "strasse", "ae", "oe", "d", "th", "i", "h", "t"]),
    WordCase("decomposed", "cafe\u{301} ɫ", ["cafe", "ɫ"]),
    WordCase("Greek and Cyrillic", "όχι ёй", ["οχι", "еи"]),
    WordCase("marks of other scripts stay", "が हिन्दी 한국", ["が", "हिन्दी", "한국"]),
  ])
  func folded(_ example: WordCase) {
    #expect(Analyzed(example.text).folded == example.words)
  }

  @Test func shapes() {
    let cases: [(String, FormFlags)] = [
      ("boos", .word), ("Boos", [.word, .capitalised]), ("BOOS", [.word, .capitals]),
      ("I", .word), ("iPhone", .word), ("12", .number), ("30u", .word),
      ("€", [.symbol, .currency]),
      ("euro", [.word, .currency]), ("Złotych", [.word, .capitalised, .accented, .currency]),
      ("😡", .symbol), ("żal", [.word, .accented]), ("ŻAL", [.word, .accented, .capitals]),
      ("B2B", [.word, .capitals]), ("5⃣", .number),
    ]
    for (text, flags) in cases {
      #expect(Analyzed(text).flags == [flags], "\(text)")
    }
  }
}
