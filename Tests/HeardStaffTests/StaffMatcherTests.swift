import HeardStaff
import HeardTestSupport
import HeardText
import Testing

/// Names in running text, in three languages.
@Suite struct StaffMatcherTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    /// `name:ids:certainty`, in the order of the text.
    let found: [String]
    var testDescription: String { text }
    init(_ text: String, _ found: String...) {
      self.text = text
      self.found = found
    }
  }

  static let polish: [Case] = [
    Case("Rozmawiałem z panią Kowalską w sprawie faktury.", "Kowalską:anna:certain"),
    Case("Byłem u pana Nowaka i nic nie załatwiłem.", "Nowaka:nowak:certain"),
    Case("Dałam dokumenty pani Nowak, ale ich nie ma.", "Nowak:nowakowa:certain"),
    Case("Pani Kowalska była niegrzeczna.", "Kowalska:anna:certain"),
    Case("Skarga dotyczy pana Kowalskiego z okienka.", "Kowalskiego:jank:certain"),
    Case("Nie mogę się dogadać z panem Janem Kowalskim.", "Janem Kowalskim:jank:certain"),
    Case("Panie Nowaku, proszę oddzwonić.", "Nowaku:nowak:certain"),
    Case("Powiedziała mi to Katarzyna Zielińska.", "Katarzyna Zielińska:zielinska:certain"),
    Case("Prosze o kontakt z pania Zielinska w tej sprawie.", "Zielinska:zielinska:certain"),
    Case("Czekam na odpowiedź od pana Dudka od tygodnia.", "Dudka:dudek:certain"),
    Case("Umówiłem się z panem Sikorą na środę.", "Sikorą:sikora:certain"),
    Case("Obsługiwał mnie pan Radosław i był opryskliwy.", "Radosław:radek:likely"),
    Case("Skarżę się na pana Radosława Wróbla z salonu.", "Radosława Wróbla:radek:certain"),
    Case("Chodzi o panią Kowalsą z infolinii.", "Kowalsą:anna:likely"),
    Case("Konsultantka Kasia Zielińska nie pomogła.", "Kasia Zielińska:zielinska:certain"),
    Case("Pani kierowniczka Kowalska krzyczała na mnie.", "Kowalska:anna:certain"),
    Case("Rozmawiałem z Zającem dwa razy.", "Zającem:lead:likely"),
    Case("Napisałem do Kowalskiej Anny w poniedziałek.", "Kowalskiej Anny:anna:certain"),
    Case("Czy pan może to sprawdzić? Proszę pana, to skandal."),
    Case("Pani Wiśniewska z banku była bardzo miła."),
    Case("Anna Wiśniewska to moja sąsiadka."),
    Case("Rozmawiałam z panią kasią zielińską.", "kasią zielińską:zielinska:certain"),
    Case("Pan nowak nie oddzwonił.", "nowak:nowak:certain"),
    Case("Niech pan wie, że to nie koniec."),
  ]

  static let dutch: [Case] = [
    Case("Mevrouw Van den Berg hing gewoon op.", "Van den Berg:berg:certain"),
    Case("Ik sprak met de heer V.d. Berg aan de balie.", "V.d. Berg:berg:certain"),
    Case("Ik sprak met meneer v/d Berg aan de balie.", "v/d Berg:berg:certain"),
    Case("Volgens dhr. van den berg is het geregeld.", "van den berg:berg:certain"),
    Case("J. van den Berg heeft mij uitgelachen.", "J. van den Berg:berg:certain"),
    Case("Ik wacht al weken op Sanne Jansen-de Vries.", "Sanne Jansen-de Vries:jdv:certain"),
    Case("Mevrouw De Vries beloofde terug te bellen.", "De Vries:jdv:certain"),
    Case("Mevrouw Jansen beloofde terug te bellen.", "Jansen:jdv,jansen:certain"),
    Case("Die Petra Jansen van jullie was onbeschoft.", "Petra Jansen:jansen:certain"),
    Case("Die snotneus, ene Kevin, heeft me uitgelachen.", "Kevin:kevin:likely"),
    Case("Gisteren heeft Kevin me uitgelachen.", "Kevin:kevin:possible"),
    Case(
      "Kevins gedrag aan de balie, dat van ene Kevin dus, was bot.",
      "Kevins:kevin:possible", "Kevin:kevin:likely"),
    Case("Mijn klacht gaat over mevrouw In 't Veld.", "In 't Veld:tveld:certain"),
    Case("Mevrouw Jansens was niet behulpzaam.", "Jansens:jdv,jansen:certain"),
    Case("Het gesprek met mevrouw Jannsen liep uit de hand.", "Jannsen:jdv,jansen:likely"),
    Case("Mijn buurman Kees Jansen vindt dat ook."),
    Case("Kevin Smit van de gemeente hielp mij."),
    Case("Ik kocht brood bij de bakker op de hoek."),
    Case("De heer Van der Meer was aardig."),
  ]

  static let english: [Case] = [
    Case("Mr O'Neill told me to calm down.", "O'Neill:oneill:certain"),
    Case("I spoke to Mr Hugh O’Neill yesterday.", "Hugh O’Neill:oneill:certain"),
    Case("Mrs Whitcombe was rude to my mother.", "Whitcombe:whit:certain"),
    Case("Ms Whitcomb was rude to my mother.", "Whitcomb:whit:likely"),
    Case("M. Whitcombe signed the letter.", "M. Whitcombe:whit:certain"),
    Case("I was told by your colleague Kevin that it was sent.", "Kevin:kevin:likely"),
    Case("Mr Whitcombe was rude to my mother."),
    Case("It was Margaret Thatcher who said so."),
    Case("Mrs Whitcombe's tone was awful.", "Whitcombe's:whit:certain"),
  ]

  @Test(arguments: polish + dutch + english) func namesAreFound(example: Case) throws {
    let text = Array(example.text.utf8)
    let matcher = StaffMatcher(try firm())
    let found = matcher.mentions(in: text).map { mention in
      let name = String(decoding: text[mention.range.range], as: UTF8.self)
      return "\(name):\(mention.people.joined(separator: ",")):\(mention.certainty.rawValue)"
    }
    #expect(found == example.found)
  }

  @Test(arguments: [
    "Beste Els,\n\nDank je wel.", "Hallo Kevin, hoe is het?", "Szanowna Pani Kowalska,",
  ])
  func whoIsWrittenToIsMarked(text: String) throws {
    let mentions = StaffMatcher(try firm()).mentions(in: Array(text.utf8))
    #expect(mentions.map(\.isSalutation) == [true])
  }

  /// Every form that Polish makes of a full name leads to its owner.
  @Test(arguments: [
    ("anna", "Anny Kowalskiej;Annie Kowalskiej;Annę Kowalską;Anną Kowalską;Anno Kowalska"),
    ("jank", "Jana Kowalskiego;Janowi Kowalskiemu;Janem Kowalskim;Janie Kowalskim"),
    ("nowak", "Piotra Nowaka;Piotrowi Nowakowi;Piotrem Nowakiem;Piotrze Nowaku"),
    ("zielinska", "Katarzyny Zielińskiej;Katarzynie Zielinskiej;Kasi Zielińskiej;Kasiu Zielińska"),
    ("dudek", "Marka Dudka;Markowi Dudkowi;Markiem Dudkiem;Marku Dudku"),
    ("sikora", "Pawła Sikory;Pawłowi Sikorze;Pawła Sikorę;Pawłem Sikorą;Pawle Sikoro"),
    ("lead", "Tomasza Zająca;Tomaszowi Zającowi;Tomaszem Zającem;Tomaszu Zającu"),
    ("radek", "Radosława Wróbla;Radosławowi Wróblowi;Radosławem Wróblem;Radosławie Wróblu"),
  ]) func everyCaseOfAName(id: String, forms: String) throws {
    let matcher = StaffMatcher(try firm())
    for form in forms.split(separator: ";") {
      let mentions = matcher.mentions(
        in: Array("Wczoraj w sprawie reklamacji: \(form).".utf8), language: .polish)
      #expect(mentions.map(\.people) == [[id]], "\(form)")
      #expect(mentions.first?.certainty == .certain, "\(form)")
    }
  }

  /// A slip of one letter in a surname behind a title still finds its owner, unless the slip makes
  /// another name of the directory.
  @Test func oneLetterOff() throws {
    let directory = try firm()
    let matcher = StaffMatcher(directory)
    var generator = SeededGenerator(seed: 0x5EED)
    for (id, name) in [("zielinska", "Zielińska"), ("oneill", "Whitcombe"), ("radek", "Wróbel")] {
      for _ in 0..<40 {
        var letters = Array(name)
        let place = Int.random(in: 1..<letters.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: letters.remove(at: place)
        case 1: letters.insert("x", at: place)
        case 2: letters[place] = "q"
        default: letters.swapAt(place, place - 1)
        }
        let misspelt = String(letters).lowercased().capitalisedFirst
        guard misspelt != name else { continue }
        let owner = name == "Whitcombe" ? "whit" : id
        let text = "Klacht: het ging mis bij dr. \(misspelt) vanmorgen."
        let mentions = matcher.mentions(in: Array(text.utf8))
        #expect(mentions.first?.people == [owner], "\(misspelt)")
      }
    }
  }

  /// Law 1, and nothing crashes: random words around names.
  @Test func rangesPointIntoTheOriginal() throws {
    let matcher = StaffMatcher(try firm())
    var generator = SeededGenerator(seed: 0x5EED)
    let pieces = [
      "pani ", "Kowalską", "van ", "den ", "Berg", "Kevin", " ", ", ", ".", "-", "Jansen", "de ",
      "\n", "J. ", "mevrouw ", "ż", "👍", "'t ", "Veld", "Nowaka ", "A", "\u{301}", "V.d. ", "x",
    ]
    for _ in 0..<400 {
      var text = ""
      for _ in 0..<Int.random(in: 1...20, using: &generator) {
        text += pieces.randomElement(using: &generator) ?? ""
      }
      let bytes = Array(text.utf8)
      var last = 0
      for mention in matcher.mentions(in: bytes) {
        #expect(Int(mention.range.start) >= last && Int(mention.range.end) <= bytes.count)
        #expect(!mention.range.isEmpty && !mention.people.isEmpty)
        #expect(String(validating: bytes[mention.range.range], as: UTF8.self) != nil)
        last = Int(mention.range.end)
      }
    }
  }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: ["Kowalski ", "Kowalska Anna ", "J. Kowalski van ", "pani "])
  func aTextOfNothingButANameEnds(name: String) throws {
    let matcher = StaffMatcher(try firm())
    let mentions = matcher.mentions(in: Array(String(repeating: name, count: 40_000).utf8))
    #expect(mentions.isEmpty == (name == "pani "))
  }
}
