/// Words that hold sentences together and name nothing: no theme begins or ends with one.
///
/// Written for this purpose, by normal form. A negation may begin a theme ("no answer"), because it
/// is what the theme is about.
enum FunctionWords {
  /// Whether a word is one.
  static func contains(_ word: String, _ language: String) -> Bool {
    words[language]?.contains(word) ?? false
  }

  /// Whether a word negates what follows.
  static func negates(_ word: String, _ language: String) -> Bool {
    negations[language]?.contains(word) ?? false
  }

  private static let negations: [String: Set<String>] = [
    "nl": list("niet geen nooit niemand nergens niets zonder"),
    "pl": list("nie nigdy nikt nikogo nic żaden żadna żadne żadnej żadnego bez brak"),
    "en": list("not no never nobody nothing without cannot can't don't won't didn't doesn't isn't"),
  ]

  private static let words: [String: Set<String>] = [
    "nl": list(
      """
      de het een en of maar want dus dat die dit deze daar hier er ik jij je u wij we zij ze hij hem \
      haar hun hen ons onze mijn jouw uw zijn jullie mij me wie wat waar wanneer hoe waarom welke \
      welk in op aan van voor bij met naar uit over onder tot te ter ten om door tegen tussen \
      vanaf volgens als dan toen nu nog al ook wel niet geen nooit niemand nergens niets zonder \
      is was ben bent waren wordt worden werd werden word heb hebt heeft hebben had hadden kan kunt \
      kunnen kon konden zal zult zullen zou zouden moet moeten moest moesten mag mogen mocht wil \
      wilt willen wilde wilden ga gaat gaan ging doe doet doen deed laat laten zo zeer heel erg \
      veel weinig meer meest elke elk alle alles iets iemand ander andere anders zelf toch maar \
      even eens graag echt gewoon hierbij hiervan daarvan daarom omdat terwijl hoewel indien of \
      steeds weer pas net eerst later vandaag gisteren morgen ja nee hallo beste geachte groet \
      groeten vriendelijke mvg dank bedankt alvast t 't s 's één twee drie vier vijf zes zeven acht \
      negen tien twaalf twintig honderd eerste tweede derde half keer zie zei zegt gezegd staan stond \
      staat sinds eigenlijk alweer misschien natuurlijk inmiddels echter nogal best
      """),
    "pl": list(
      """
      i a o w z na do od za po pod nad przy przez bez dla u ze we ku oraz lub albo ale lecz jednak \
      więc bo gdyż ponieważ że żeby aby by jak jako kiedy gdy gdzie co czy kto który która które \
      którzy których której którego którym którą ten ta to te ci tego tej tym tych tą tę temu tymi \
      taki taka takie ja ty on ona ono my wy oni one mnie mi mną cię ci ciebie go jego jej ją je im \
      ich nich nim nią nas nam nami was wam wami się siebie sobie mój moja moje mojej mojego moim \
      moją twój swój swoje swoją swojej nasz nasza nasze wasz wasza wasze waszej waszego pan pani \
      państwo państwa panu panią panem państwu nie nigdy nikt nikogo nic żaden żadna żadne żadnej \
      żadnego brak jest są był była było były być będzie będą będę jestem jesteśmy mam ma mają \
      mamy miał miała miało mieć może mogę można mogą mógł mogła trzeba należy proszę dziękuję już \
      jeszcze tylko też także również bardzo tak no tu tam teraz potem zawsze znowu znów dziś \
      dzisiaj wczoraj jutro wszystko wszystkie każdy każda inny inna inne jakiś jakaś coś ktoś \
      sam sama samo jeden jedna jedno raz dzień dobry witam pozdrawiam dwa dwie trzy cztery pięć \
      sześć siedem osiem dziewięć dziesięć pierwszy drugi druga trzeci trzecia pół razy razu choć \
      chociaż nawet ani ile niż cały cała całe całą zamiast właśnie chyba podobno
      """),
    "en": list(
      """
      the a an and or but so because that which who whom whose this these those there here i you he \
      she it we they me him her us them my your his its our their mine yours ours what when where \
      how why in on at of for by with to from out over under up down off about into through after \
      before between against during since until as than then now still already also too very not \
      no never nobody nothing without cannot can't don't won't didn't doesn't isn't is am are was \
      were be been being has have had having do does did doing can could will would shall should \
      may might must just only even again ever always each every all any some much many more most \
      other another own same such both few if while though although i'm i've i'd i'll you're \
      you've it's that's there's we're we've they're wasn't weren't haven't hasn't hadn't couldn't \
      wouldn't shouldn't let get got go went one thing things really quite please thanks thank \
      hello hi dear regards kind sincerely today yesterday tomorrow yes two three four five six \
      seven eight nine ten twelve twenty hundred first second third half time times said say says \
      next last instead actually apparently perhaps however
      """),
  ]

  private static func list(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
