import Foundation
import HeardMail
import HeardTestSupport
import HeardText
import Testing

/// What a customer writes stays his own text, whatever letter he puts it into.
///
/// A complaint that a zone swallows is never heard; so each of a sample of the corpus goes through
/// every layout, and its bytes must lie in the zone that is scored.
struct LetterTests {
  private static let perLanguage = 60

  @Test(arguments: Letter.languages, Letter.layouts)
  func `a complaint inside a letter is scored to the byte`(_ words: Letter, _ layout: Layout) throws
  {
    var random = SeededGenerator(seed: layout.seed)
    let complaints = try Self.complaints(words.language)
    #expect(complaints.count > 200)
    for _ in 0..<Self.perLanguage {
      var complaint = complaints[Int.random(in: 0..<complaints.count, using: &random)]
      if layout.form != .html, Bool.random(using: &random) { complaint = wrapped(complaint) }
      let message = try layout.message(complaint, words)
      #expect(violation(of: message) == nil)
      let body = try #require(message.parts.last { $0.name == .body })
      let range = try #require(place(of: complaint, in: body.bytes), "\(complaint)")
      let zones = body.zones.filter {
        Int($0.range.start) < range.upperBound && Int($0.range.end) > range.lowerBound
      }.map(\.zone)
      #expect(zones == [layout.zone], "\(words.language) \(layout.name): \(complaint)")
      #expect(message.scoredZone == layout.zone, "\(words.language) \(layout.name): \(complaint)")
      for (zone, text) in layout.others(words) {
        #expect(message.text(zone).contains(text), "\(words.language) \(layout.name): \(text)")
      }
    }
  }

  /// Offsets of the last occurrence, so that no word of the letter is taken for it.
  private func place(of text: String, in bytes: [UInt8]) -> Range<Int>? {
    let text = Array(text.utf8)
    guard bytes.count >= text.count else { return nil }
    return (0...(bytes.count - text.count)).last { bytes[$0...].starts(with: text) }
      .map { $0..<$0 + text.count }
  }

  /// With a line end for the space before column 72, as mail programs break lines.
  private func wrapped(_ text: String) -> String {
    var out = ""
    var column = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if column > 0, column + word.count > 71 {
        out += "\n"
        column = 0
      } else if column > 0 {
        out += " "
      }
      out += word
      column += word.count + 1
    }
    return out
  }

  /// Complaints of the shipped corpus that are one line and end without thanks, which broken onto a
  /// line of its own is a closing like any other.
  private static func complaints(_ language: String) throws -> [String] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("corpus/\(language)/messages.jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard let text = row?["text"] as? String, row?["class"] as? String == "complaint",
        !text.contains("\n"), !text.contains("  "), text.first != " ", text.last != " ",
        !["thanks", "dank", "cheers", "dzięki", "regards", "serdecznie"].contains(where: {
          text.suffix(10).lowercased().contains($0)
        })
      else { return nil }
      return text
    }
  }
}

/// A way to put a complaint into a message.
struct Layout: Sendable, CustomTestStringConvertible {
  enum Form: Sendable {
    case text
    case mail
    case html
  }

  let name: String
  let seed: UInt64
  var form: Form = .mail
  var zone: Zone = .own
  /// The body around the complaint.
  let body: @Sendable (String, Letter) -> String
  /// What must still be something else.
  var others: @Sendable (Letter) -> [(Zone, String)] = { _ in [] }

  var testDescription: String { name }

  func message(_ complaint: String, _ words: Letter) throws -> Message {
    let body = body(complaint, words)
    if form == .text { return PlainText.message(text: Array(body.utf8), id: nil) }
    let head =
      "From: a@example.com\nTo: b@example.org\nSubject: \(words.subject)\nMIME-Version: 1.0\n"
      + "Content-Type: text/\(form == .html ? "html" : "plain"); charset=utf-8\n"
      + "Content-Transfer-Encoding: 8bit\n\n"
    return try MailReader().read(Array((head + body + "\n").utf8))
  }
}

/// The pieces of letters in one language.
struct Letter: Sendable, CustomTestStringConvertible {
  let language: String
  let subject: String
  let salutation: String
  let opening: String
  let question: String
  let closing: String
  let name: String
  let address: String
  /// Words of the law that disclaimers have too.
  let legal: String
  let disclaimer: String
  let phone: String
  let fields: (from: String, date: String, to: String, subject: String)
  let label: String
  let formHeading: String
  let formFooter: String
  let forwardMark: String
  /// Tells what somebody wrote, and ends with a colon.
  let colleague: String
  let promise: String
  /// Begins like a footer.
  let footer: String

  var testDescription: String { language }

  static let languages = [dutch, polish, english]

  static let layouts: [Layout] = [
    Layout(
      name: "a letter", seed: 1,
      body: {
        "\($1.salutation)\n\n\($1.opening)\n\n\($0)\n\n\($1.closing)\n\($1.name)\n\($1.address)"
      },
      others: { [(.signature, $0.name), (.signature, $0.address)] }),
    Layout(
      name: "text with a signature under its delimiter", seed: 2, form: .text,
      body: {
        "\($1.salutation)\n\($0)\n\n\($1.closing)\n\($1.name)\n-- \n\($1.name)\n\($1.address)"
      },
      others: { [(.signature, $0.address)] }),
    Layout(
      name: "a signature under a rule", seed: 3,
      body: { "\($1.salutation)\n\n\($0)\n\n__________\n\($1.name)\n\($1.address)" },
      others: { [(.signature, $0.address)] }),
    Layout(
      name: "a disclaimer below", seed: 4,
      body: { "\($1.salutation)\n\n\($0)\n\n\($1.closing)\n\($1.name)\n\n\($1.disclaimer)" },
      others: { [(.disclaimer, $0.disclaimer)] }),
    Layout(
      name: "words of the law behind", seed: 5,
      body: { "\($1.salutation)\n\n\($0) \($1.legal)\n\n\($1.closing)\n\($1.name)" }),
    Layout(
      name: "words of the law before", seed: 6, form: .text,
      body: { "\($1.salutation)\n\n\($1.legal) \($0)\n\n\($1.name)" }),
    Layout(
      name: "words of the law under the name", seed: 7,
      body: {
        "\($1.salutation)\n\n\($1.question)\n\n\($1.closing)\n\($1.name)\n\n\($1.legal) \($0)"
      }),
    Layout(
      name: "a contact form", seed: 8,
      body: {
        "\($1.fields.from): \($1.name) <a@example.com>\n\($1.fields.subject): \($1.subject)\n\n"
          + "\($1.label):\n\($0)\n\n-- \n\($1.formFooter)"
      },
      others: { [(.boilerplate, $0.formFooter)] }),
    Layout(
      name: "a contact form under a heading", seed: 9,
      body: {
        "\($1.formHeading)\n\n\($1.fields.from): \($1.name)\n\($1.fields.date): 3.05.2025\n"
          + "\($1.fields.subject): \($1.subject)\n\n\($1.label):\n\($0)"
      }),
    Layout(
      name: "a contact form without a mail", seed: 10, form: .text,
      body: {
        "\($1.formHeading).\n\n\($1.fields.from): \($1.name) <a@example.com>\n"
          + "\($1.fields.date): 3.05.2025\n\($1.fields.to): b@example.org\n"
          + "\($1.fields.subject): \($1.subject)\n\($1.label): \($0)"
      }),
    Layout(
      name: "under the line of a phone", seed: 11,
      body: { "\($1.question)\n\n\($1.phone)\n\n\($0)" },
      others: { [(.boilerplate, $0.phone)] }),
    Layout(
      name: "above the line of a phone", seed: 12, form: .text,
      body: { "\($0)\n\n\($1.phone)" }, others: { [(.boilerplate, $0.phone)] }),
    Layout(
      name: "under the name", seed: 13,
      body: { "\($1.question)\n\n\($1.closing)\n\($1.name)\n\n\($0)" },
      others: { [(.signature, $0.name)] }),
    Layout(
      name: "right under the name", seed: 14, form: .text,
      body: { "\($1.question)\n\n\($1.closing)\n\($1.name)\n\($0)" }),
    Layout(name: "under a rule", seed: 15, body: { "\($1.opening)\n----------\n\($0)" }),
    Layout(name: "under dashes", seed: 16, form: .text, body: { "\($1.opening)\n--\n\($0)" }),
    Layout(
      name: "passed on without a prefix", seed: 17, zone: .forwarded,
      body: {
        "\($1.forwardMark)\n\($1.fields.from): \($1.name) <j@example.com>\n"
          + "\($1.fields.date): 3.05.2025\n\($1.fields.subject): \($1.subject)\n\n\($0)"
      }),
    Layout(
      name: "after what a colleague wrote", seed: 18,
      body: { "\($1.salutation)\n\n\($1.colleague)\n\($1.promise)\n\n\($0)\n\n\($1.name)" }),
    Layout(
      name: "behind the beginning of a footer", seed: 19, form: .text,
      body: { "\($1.salutation)\n\n\($1.footer) \($0)" }),
    Layout(
      name: "moved in", seed: 20, form: .html,
      body: { complaint, words in
        let escaped = complaint.replacingOccurrences(of: "&", with: "&amp;")
          .replacingOccurrences(of: "<", with: "&lt;")
        return "<html><body><p>\(words.salutation)</p><blockquote style=\"margin:0 0 0 40px;"
          + "border:none;padding:0px\"><p>\(escaped)</p></blockquote></body></html>"
      }),
  ]

  private static let dutch = Letter(
    language: "nl", subject: "bestelling 12345", salutation: "Geachte heer, mevrouw,",
    opening: "Graag vraag ik uw aandacht voor het volgende.",
    question: "Kunt u naar mijn bestelling 12345 kijken?", closing: "Met vriendelijke groet,",
    name: "Sanne de Vries", address: "Lindelaan 4, 1234 AB Utrecht\ntel. 010 000 00 00",
    legal: "Dit is ten onrechte en niet toegestaan, en ik stel u aansprakelijk.",
    disclaimer: "Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde. "
      + "Aan de inhoud kunnen geen rechten worden ontleend.",
    phone: "Verstuurd vanaf mijn iPhone", fields: ("Van", "Datum", "Aan", "Onderwerp"),
    label: "Bericht", formHeading: "Nieuw bericht via het contactformulier",
    formFooter: "Deze e-mail is verzonden via het contactformulier van Winkel",
    forwardMark: "---------- Doorgestuurd bericht ---------",
    colleague: "Op 3 mei 2025 om 12:30 schreef uw collega mij het volgende:",
    promise: "Wij lossen het morgen op.",
    footer: "Afmelden voor uw nieuwsbrief lukt al vijf keer niet.")

  private static let polish = Letter(
    language: "pl", subject: "zamówienie 12345", salutation: "Szanowni Państwo,",
    opening: "Zwracam się z następującą sprawą.",
    question: "Czy mogą Państwo sprawdzić moje zamówienie 12345?", closing: "Z wyrazami szacunku",
    name: "Marek Nowak", address: "ul. Lipowa 4/7, 00-001 Warszawa\ntel. 600 100 200",
    legal: "Przez pomyłkę i bez zgody, co jest zabronione; proszę o usunięcie opłaty, a sprawą "
      + "zajmie się Sąd Rejonowy dla Krakowa.",
    disclaimer: "Niniejsza wiadomość jest poufna i przeznaczona wyłącznie do adresata. Jeżeli "
      + "otrzymali ją Państwo przez pomyłkę, prosimy o jej usunięcie.",
    phone: "Wysłano z iPhone'a", fields: ("Od", "Data", "Do", "Temat"), label: "Wiadomość",
    formHeading: "Nowa wiadomość przez formularz kontaktowy",
    formFooter: "Ta wiadomość została wysłana przez formularz kontaktowy Sklepu",
    forwardMark: "---------- Wiadomość przekazana ---------",
    colleague: "W dniu 5 maja 2025 pracownik napisał:", promise: "Zwrócimy pieniądze jutro.",
    footer: "Aby zrezygnować z umowy, dzwoniłem już pięć razy.")

  private static let english = Letter(
    language: "en", subject: "order 12345", salutation: "Dear Sir or Madam,",
    opening: "May I draw your attention to the following.",
    question: "Could you look at my order 12345?", closing: "With kind regards,",
    name: "Mark Smith",
    address: "12 Larch Close, Otley\nPhone: 020 0000 000",
    legal:
      "This was done in error and is unauthorised and prohibited, please delete it, as I wrote "
      + "to your registered office.",
    disclaimer: "This email is confidential and intended solely for the addressee. If you received "
      + "it in error please notify the sender and delete it.",
    phone: "Sent from my Galaxy", fields: ("From", "Date", "To", "Subject"), label: "Message Body",
    formHeading: "New message from the contact form",
    formFooter: "This e-mail was sent from a contact form on Shop (https://shop.example)",
    forwardMark: "---------- Forwarded message ---------",
    colleague: "On 5 May 2025 your colleague Anna wrote:",
    promise: "We will refund you tomorrow.",
    footer: "To unsubscribe from your list I have tried five times now.")
}
