import HeardMail
import Testing

struct AutomaticTests {
  @Test(arguments: [
    ("a person", "From: jan@x.nl\nSubject: Te laat", "Mijn pakket is weg.", AutomaticKind?.none),
    ("Auto-Submitted: no", "From: j@x.nl\nAuto-Submitted: no", "x", nil),
    (
      "a person who went on holiday", "From: j@x.nl\nSubject: Vakantie verpest", "Ik ben boos.", nil
    ),
    (
      "a person who quotes an automatic answer", "From: j@x.nl\nSubject: Re: order",
      "Ik kreeg: dit is een automatisch antwoord.", nil
    ),
    (
      "a person about absence", "From: j@x.nl\nSubject: Afwezig bij levering", "Ik was er niet.",
      nil
    ),
    (
      "suppressing answers is no answer",
      "From: j@x.nl\nX-Auto-Response-Suppress: All\nSubject: klacht", "x", nil
    ),
    ("auto-replied", "From: j@x.nl\nAuto-Submitted: auto-replied", "x", .autoReply),
    ("auto-generated", "From: j@x.nl\nAuto-Submitted: auto-generated (rss)", "x", .generated),
    ("a program", "From: j@x.nl\nX-Cron-Env: <LANG=C>", "x", .generated),
    ("vacation", "From: j@x.nl\nX-Autoreply: yes", "x", .autoReply),
    ("precedence auto_reply", "From: j@x.nl\nPrecedence: auto_reply", "x", .autoReply),
    ("null return path", "Return-Path: <>\nFrom: j@x.nl\nSubject: hallo", "x", .autoReply),
    ("Dutch subject", "From: j@x.nl\nSubject: Automatisch antwoord: klacht", "x", .autoReply),
    (
      "Polish subject", "From: j@x.pl\nSubject: =?utf-8?Q?Autoodpowied=C5=BA=3A_x?=", "x",
      .autoReply
    ),
    ("English subject", "From: j@x.com\nSubject: Out of office: x", "x", .autoReply),
    (
      "one word with a body that says it", "From: j@x.nl\nSubject: Afwezig",
      "Ik ben afwezig tot 3 mei.", .autoReply
    ),
    ("mailer daemon", "From: MAILER-DAEMON@x.nl\nSubject: x", "x", .bounce),
    ("postmaster", "From: postmaster@x.nl\nSubject: Undeliverable: x", "x", .bounce),
    ("a list", "From: j@x.nl\nList-Id: <a.b.c>", "x", .list),
    (
      "a group behind an address",
      "From: j@x.nl\nList-Id: <a.b.c>\nList-Unsubscribe: <mailto:u@x.nl>\nPrecedence: list", "x",
      .list
    ),
    (
      "a list that people write to",
      "From: j@x.nl\nList-Unsubscribe: <mailto:u@x.nl>\nList-Post: <mailto:a@x.nl>", "x", .list
    ),
    (
      "a list that only announces",
      "From: j@x.nl\nList-Unsubscribe: <mailto:u@x.nl>\nList-Post: NO", "x", .bulk
    ),
    ("a newsletter", "From: j@x.nl\nList-Unsubscribe: <mailto:u@x.nl>", "x", .bulk),
    (
      "a newsletter with a name",
      "From: j@x.nl\nList-Unsubscribe: <mailto:u@x.nl>\nList-Id: <a.b.c>", "x", .bulk
    ),
    (
      "a bulk list", "From: j@x.nl\nList-Post: <mailto:a@x.nl>\nPrecedence: bulk", "x", .bulk
    ),
    ("bulk", "From: j@x.nl\nPrecedence: bulk", "x", .bulk),
    ("a form through Amazon", "From: j@x.nl\nFeedback-ID: 1.eu:AmazonSES", "x", nil),
    ("a form through Mailgun", "From: j@x.nl\nX-Mailgun-Tag: contact-form", "x", nil),
  ])
  func `automatic mail is recognised`(
    _ name: String, _ headers: String, _ body: String, _ kind: AutomaticKind?
  ) throws {
    let message = try MailReader().read(Array("\(headers)\n\n\(body)\n".utf8))
    #expect(message.automatic == kind, "\(name)")
  }

  @Test func `a delivery report is a bounce`() throws {
    let mail = """
      From: postbode@x.nl
      Content-Type: multipart/report; report-type=delivery-status; boundary=b

      --b
      Content-Type: text/plain

      Could not be delivered.
      --b
      Content-Type: message/delivery-status

      Action: failed
      --b--

      """
    #expect(try MailReader().read(Array(mail.utf8)).automatic == .bounce)
  }
}
