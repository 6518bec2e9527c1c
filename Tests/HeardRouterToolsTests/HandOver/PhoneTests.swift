import HeardMail
import HeardRouter
import HeardRouterTools
import HeardText
import Testing

/// Numbers to call back on.
@Suite struct PhoneTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let language: Language
    let found: [String]
    var testDescription: String { text }
    init(_ text: String, _ language: Language, _ found: String...) {
      self.text = text
      self.language = language
      self.found = found
    }
  }

  static let cases: [Case] = [
    // The Netherlands
    Case("Bel mij op 06-12345678.", .dutch, "+31612345678"),
    Case("Mijn nummer is 06 12 34 56 78, na zessen.", .dutch, "+31612345678"),
    Case("tel. 010 000 00 00", .dutch, "+31100000000"),
    Case("U kunt me bereiken op +31 (0)20 123 45 67", .dutch, "+31201234567"),
    Case("Bereikbaar op 0031 6 12345678", .dutch, "+31612345678"),
    Case("T: 0318-123456", .dutch, "+31318123456"),
    Case("085-1234567", .dutch, "+31851234567"),
    Case("Ik belde jullie nummer 0900-1234 drie keer.", .dutch),
    Case("Bel 0800 123 4567 gratis", .dutch),
    Case("Ik heb gebeld naar 020 123 45 67 en kreeg niemand.", .dutch),
    Case("IBAN NL91ABNA0417164300, factuur 2024-118, klantnummer 0612345678", .dutch),
    Case("Op 12-05-2024 om 10.30 uur betaalde ik 1.234.567,89 euro.", .dutch),
    Case("Bestelling 55-0912, ordernummer 0201234567", .dutch),
    Case("Faxnummer 020 123 45 67", .dutch),
    // Poland
    Case("Proszę o telefon: 600 000 111", .polish, "+48600000111"),
    Case("tel. 600-000-111 albo 22 123 45 67", .polish, "+48600000111", "+48221234567"),
    Case("kom. 600000111", .polish, "+48600000111"),
    Case("+48 600 000 111", .polish, "+48600000111"),
    Case("0048 22 123 45 67", .polish, "+48221234567"),
    Case("Numer zamówienia 600000111", .polish),
    Case("Zapłaciłem 600 000 111 zł", .polish),
    Case("PESEL 44051401359, NIP 526-104-08-28", .polish),
    Case("Dzwoniłem na 600 000 111 i nikt nie odebrał.", .polish),
    Case("tel. 700 000 111", .polish),
    // The United Kingdom
    Case("Please call me on 020 7946 0958.", .english, "+442079460958"),
    Case("my mobile is 07700 900123", .english, "+447700900123"),
    Case("Phone: (0161) 496 0000", .english, "+441614960000"),
    Case("+44 (0)20 7946 0958", .english, "+442079460958"),
    Case("I called 0870 123 4567 and 0800 1111 111.", .english),
    Case("Account 20-4417, invoice 7781 for £1,720", .english),
    Case("I rang your number 020 7946 0958 twice.", .english),
    // Elsewhere, and one written in another language
    Case("Call me: +32 470 12 34 56", .english, "+32470123456"),
    Case("Bel mij: +48 600 000 111", .dutch, "+48600000111"),
    Case("You can reach me in Amsterdam at 020 123 4567.", .english, "+31201234567"),
    Case("abc0612345678def x0612345678", .dutch),
    Case("+", .dutch),
    Case("", .dutch),
  ]

  @Test(arguments: cases) func numbersAreFound(example: Case) {
    let message = PlainText.message(text: Array(example.text.utf8), id: nil)
    let numbers = PhoneSearch.numbers(in: message, language: example.language)
    #expect(numbers.map(\.e164) == example.found)
    for number in numbers {
      let written = message.parts[0].bytes[number.range.range].filter { (48...57).contains($0) }
      let digits = number.e164.dropFirst(3).suffix(7)
      #expect(String(decoding: written, as: UTF8.self).hasSuffix(digits), "law 1")
    }
  }

  /// What is offered for calling comes before what merely stands there, and the text before the
  /// signature.
  @Test func theLikeliestComesFirst() throws {
    let mail = """
      From: a@example.org
      Subject: x
      Content-Type: text/plain; charset=utf-8

      Mijn oude 06-11111111 staat in uw systeem. Bel mij terug op 06-22222222 graag.

      Met vriendelijke groet,
      Jan
      --\u{20}
      Jan, tel. 06-33333333

      """
    let message = try MailReader().read(Array(mail.utf8))
    let numbers = PhoneSearch.numbers(in: message, language: .dutch)
    #expect(
      numbers.map(\.e164) == ["+31622222222", "+31633333333", "+31611111111"])
    #expect(numbers.map(\.zone) == [.own, .signature, .own])
  }
}
