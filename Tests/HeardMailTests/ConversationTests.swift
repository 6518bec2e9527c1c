import Foundation
import HeardMail
import Testing

/// What a message says of its conversation.
@Suite struct ConversationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let subject: String
    let normal: String
    var isReply = false
    var tickets: [String] = []
    var testDescription: String { subject }
  }

  static let subjects: [Case] = [
    Case(subject: "Levering", normal: "levering"),
    Case(subject: "Re: Levering", normal: "levering", isReply: true),
    Case(subject: "RE: RE: DISGRACEFUL", normal: "disgraceful", isReply: true),
    Case(subject: "Antw: Fwd: Re: Uw  afspraak", normal: "uw afspraak", isReply: true),
    Case(
      subject: "ODP: Reklamacja 2024/311", normal: "reklamacja 2024/311", isReply: true,
      tickets: ["2024311"]),
    Case(subject: "FW: kapotte vaatwasser", normal: "kapotte vaatwasser"),
    Case(
      subject: "Re: Zgłoszenie nr 5521", normal: "zgloszenie nr 5521", isReply: true,
      tickets: ["5521"]),
    Case(subject: "Klacht [#123]", normal: "klacht", tickets: ["123"]),
    Case(subject: "[TICKET-123] Klacht", normal: "[] klacht", tickets: ["123"]),
    Case(subject: "Ticket #4711: klacht", normal: ": klacht", tickets: ["4711"]),
    Case(
      subject: "Uw kenmerk: AB-2024/118", normal: "uw kenmerk: ab-2024/118", tickets: ["AB2024118"]),
    Case(subject: "Zaaknummer 2024.118", normal: "zaaknummer 2024.118", tickets: ["2024118"]),
    Case(subject: "Case no. 90125", normal: "case no. 90125", tickets: ["90125"]),
    Case(subject: "Sprawa nr 12/345", normal: "sprawa nr 12/345", tickets: ["12345"]),
    Case(subject: "In that case 300 pounds", normal: "in that case 300 pounds"),
    Case(subject: "Refund 12345 please", normal: "refund 12345 please"),
    Case(subject: "W sprawie 2000 zł", normal: "w sprawie 2000 zl"),
    Case(subject: "Faktura 117/05 – błędna kwota", normal: "faktura 117/05 - bledna kwota"),
    Case(subject: "#12", normal: "#12"),
    Case(subject: "", normal: ""),
  ]

  @Test(arguments: subjects) func subjectsAreRead(example: Case) throws {
    let mail =
      "From: a@example.org\nSubject: \(example.subject)\nContent-Type: text/plain; charset=utf-8\n\nx\n"
    let conversation = Conversation(of: try MailReader().read(Array(mail.utf8)))
    #expect(conversation.subject == example.normal)
    #expect(conversation.isReply == example.isReply)
    #expect(conversation.subjectTickets == example.tickets)
  }

  @Test func referencesComeNewestFirst() throws {
    let mail = """
      From: a@example.org
      In-Reply-To: Your message <c@x> of Monday
      References: <a@x> <b@x>
       <c@x> broken <d@x
      Subject: x

      y
      """
    let conversation = Conversation(of: try MailReader().read(Array(mail.utf8)))
    #expect(conversation.references == ["c@x", "b@x", "a@x"])
  }

  @Test func numbersInTheOwnTextOnly() throws {
    let mail = """
      From: a@example.org
      Subject: Vraag

      Het gaat om ticket 4711.

      Op ma 18 mrt 2024 om 16:02 schreef Klantenservice <k@example.org>:
      > Uw ticket 5822 is gesloten.
      """
    let conversation = Conversation(of: try MailReader().read(Array(mail.utf8)))
    #expect(conversation.textTickets == ["4711"])
  }

  /// Our own door's time counts, not what the sender's clock says.
  @Test(
    arguments: [
      (
        "Received: from a by b; Mon, 11 Mar 2024 09:14:22 +0100\nDate: Mon, 11 Mar 2030 09:00:00 +0100\n",
        1_710_144_862
      ),
      ("Date: Mon, 11 Mar 2024 09:14:22 +0100\n", 1_710_144_862),
      ("Received: nonsense\nDate: Mon, 11 Mar 2024 09:14:22 +0100\n", 1_710_144_862),
      ("", nil),
    ] as [(String, Int64?)]) func timeOfReceipt(headers: String, seconds: Int64?) throws
  {
    let message = try MailReader().read(Array("From: a@example.org\n\(headers)\nx\n".utf8))
    #expect(message.received == seconds)
  }

  /// Every mail of the corpus can be asked.
  @Test func theCorpusHasConversations() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    var replies = 0
    for language in ["nl", "pl", "en"] {
      let folder = root.appendingPathComponent("corpus/\(language)/mail")
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
        let message = try MailReader().read(Array(bytes))
        let conversation = Conversation(of: message)
        #expect(message.received != nil, "\(name)")
        #expect(!conversation.subject.hasPrefix("re:") && !conversation.subject.hasPrefix("odp:"))
        if !conversation.references.isEmpty { replies += 1 }
      }
    }
    #expect(replies >= 4)
  }
}
