internal import Heard
internal import HeardClassifier
internal import HeardLexicon
internal import HeardMail
internal import HeardReport
internal import HeardRouter
internal import HeardRouterTools
internal import HeardStaff
internal import HeardText

/// A hand-over packet as text and as JSON.
struct HandOverView {
  let message: Message
  let assessment: Assessment
  let decision: Decision
  let name: String
  /// For names beside ids; nil when ids are tokens or there is no directory.
  let staff: StaffDirectory?
  let packet: HandOverPacket

  init(
    message: Message, assessment: Assessment, decision: Decision, name: String,
    staff: StaffDirectory?
  ) {
    self.message = message
    self.assessment = assessment
    self.decision = decision
    self.name = name
    self.staff = staff
    packet = HandOverPacket(message, assessment)
  }

  /// What to do first and what not to leave out, and everything else that is one line each.
  var facts: [(String, String)] {
    var facts = [
      ("message", name), ("language", assessment.language.code),
      ("class", assessment.messageClass.rawValue),
      ("tags", list(assessment.tags.map(\.rawValue))), ("heat", "\(assessment.anger) of 3"),
      ("queue", "\(decision.queue) (\(decision.priority))"),
      ("steps", list(decision.steps)), ("obligations", list(decision.obligations)),
    ]
    if let sender = message.sender {
      facts.insert(
        ("from", sender.name.isEmpty ? sender.address : "\(sender.name) <\(sender.address)>"), at: 1
      )
    }
    guard let handling = decision.handling else { return facts }
    return facts + HandlingView.lines(handling, message, staff: staff)
  }

  /// What stands in place of a number when there is none.
  static let noNumber = "none in the message: ask for one before the call or the hand-over"

  /// Numbers as lines.
  var numbers: [String] {
    packet.callBack.map { number in
      let place =
        number.zone == .signature ? "signature" : number.isOffered ? "offered" : "in the text"
      return
        "\(number.e164) (\(number.country), \(place), written \(slice(number.part, number.range)))"
    }
  }

  /// The page for a terminal.
  var text: String {
    var page = "HAND-OVER\n"
    let width = facts.map(\.0.count).max() ?? 0
    for (key, value) in facts {
      page += "\(key):\(String(repeating: " ", count: width - key.count + 1))\(value)\n"
    }
    page += "\nCALL BACK\n" + bullets(numbers.isEmpty ? [HandOverView.noNumber] : numbers)
    page += "\nEXPECTED\n" + bullets(passages(packet.expected))
    page += "\nGOT\n" + bullets(passages(packet.got))
    page += "\nALREADY TRIED\n" + bullets(attempts)
    return page
  }

  /// Attempts as lines: what, and the sentence that says so.
  var attempts: [String] {
    packet.tried.map { "\($0.kind.rawValue): \(slice($0.part, $0.sentence))" }
  }

  /// Sentences as lines.
  func passages(_ passages: [HandOverPacket.Passage]) -> [String] {
    passages.map { slice($0.part, $0.sentence) }
  }

  /// The words of a place on one line.
  func slice(_ part: TextPart.Name, _ range: ByteRange) -> String {
    guard let text = message.parts.first(where: { $0.name == part }) else { return "" }
    return MarkedText.printable(text.bytes[range.range]).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  private func bullets(_ lines: [String]) -> String {
    lines.isEmpty ? "- nothing found\n" : lines.map { "- \($0)\n" }.joined()
  }

  private func list(_ words: [String]) -> String {
    words.isEmpty ? "–" : words.joined(separator: ", ")
  }

  // MARK: JSON

  /// One object (`docs/handover.schema.json`).
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("schema")
    writer.string("heard-handover/1")
    writer.key("id")
    writer.string(name)
    writer.key("language")
    writer.string(assessment.language.code)
    writer.key("class")
    writer.string(assessment.messageClass.rawValue)
    writer.key("tags")
    writer.strings(assessment.tags.map(\.rawValue))
    writer.key("anger")
    writer.integer(assessment.anger)
    writer.key("queue")
    writer.string(decision.queue)
    writer.key("priority")
    writer.string(decision.priority)
    writer.key("steps")
    writer.strings(decision.steps)
    writer.key("obligations")
    writer.strings(decision.obligations)
    writer.key("callBack")
    writer.openArray()
    for number in packet.callBack {
      writer.openObject()
      writer.key("number")
      writer.string(number.e164)
      writer.key("country")
      writer.string(number.country)
      writer.key("offered")
      writer.json(number.isOffered ? "true".utf8 : "false".utf8)
      writer.key("zone")
      writer.string(number.zone.name)
      write(number.part, number.range, "bytes", &writer)
      writer.closeObject()
    }
    writer.closeArray()
    writer.key("callBackFound")
    writer.json(packet.callBack.isEmpty ? "false".utf8 : "true".utf8)
    for (key, passages) in [("expected", packet.expected), ("got", packet.got)] {
      writer.key(key)
      writer.openArray()
      for passage in passages {
        writer.openObject()
        write(passage.part, passage.sentence, "sentence", &writer)
        writer.key("text")
        writer.string(slice(passage.part, passage.sentence))
        writer.key("evidence")
        writer.openArray()
        for range in passage.evidence { write(range, &writer) }
        writer.closeArray()
        writer.closeObject()
      }
      writer.closeArray()
    }
    writer.key("tried")
    writer.openArray()
    for attempt in packet.tried {
      writer.openObject()
      writer.key("kind")
      writer.string(attempt.kind.rawValue)
      write(attempt.part, attempt.sentence, "sentence", &writer)
      writer.key("words")
      write(attempt.words, &writer)
      writer.key("text")
      writer.string(slice(attempt.part, attempt.sentence))
      writer.closeObject()
    }
    writer.closeArray()
    if let handling = decision.handling { HandlingText.write(handling, into: &writer) }
    writer.closeObject()
    return writer.finish()
  }

  private func write(
    _ part: TextPart.Name, _ range: ByteRange, _ key: String, _ writer: inout JSONWriter
  ) {
    writer.key("part")
    writer.string(part.rawValue)
    writer.key(key)
    write(range, &writer)
  }

  private func write(_ range: ByteRange, _ writer: inout JSONWriter) {
    writer.openArray()
    writer.integer(Int(range.start))
    writer.integer(Int(range.end))
    writer.closeArray()
  }
}

/// A hand-over packet as one HTML page that needs nothing else and runs nothing.
struct HandOverPage {
  let view: HandOverView

  /// The page.
  var html: String {
    var page = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>heard: hand-over</title>
      <style>\(ExplanationPage.style)</style>
      </head>
      <body>
      <h1>Hand-over</h1>
      <dl>

      """
    for (key, value) in view.facts {
      page += "<dt>\(Markup.escaped(key))</dt><dd>\(Markup.escaped(value))</dd>\n"
    }
    page += "</dl>\n"
    page += section(
      "Call back", view.numbers.isEmpty ? [HandOverView.noNumber] : view.numbers)
    page += section("Expected", view.passages(view.packet.expected))
    page += section("Got", view.passages(view.packet.got))
    page += section("Already tried", view.attempts)
    return page + "</body>\n</html>\n"
  }

  private func section(_ title: String, _ lines: [String]) -> String {
    let language = Markup.escaped(view.assessment.language.code)
    let items =
      lines.isEmpty
      ? "<li class=\"faint\">nothing found</li>\n"
      : lines.map { "<li lang=\"\(language)\">\(Markup.escaped($0))</li>\n" }.joined()
    return "<h2>\(title)</h2>\n<ul>\n\(items)</ul>\n"
  }
}
