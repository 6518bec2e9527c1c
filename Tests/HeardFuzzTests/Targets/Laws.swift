import HeardClassifier
import HeardLexicon
import HeardMail
import HeardRouter
import HeardSources
import HeardText

/// The laws that several targets hold their results to.
enum Laws {
  /// Laws 1 and 5: zones tile every part, which is sound UTF-8 with `\n` as line ends.
  static func message(_ message: Message) throws(BrokenLaw) {
    for part in message.parts {
      try tile(part.zones, part.bytes, "\(part.name)")
      try hold(String(validating: part.bytes, as: UTF8.self) != nil, "\(part.name) is no UTF-8")
      try hold(!part.bytes.contains(0x0D), "\(part.name) holds CR")
      try hold(!part.bytes.contains(0), "\(part.name) holds NUL")
    }
    try hold(message.parts.filter { $0.name == .body }.count <= 1, "more than one body")
    try hold(message.recipients.count <= Limits().recipients, "too many recipients")
    for repair in message.repairs {
      try hold(!repair.code.isEmpty && !repair.detail.isEmpty, "a repair that says nothing")
    }
    try hold(Set(message.repairs).count == message.repairs.count, "a repair is reported twice")
  }

  /// Law 5: zones ascend without gap or overlap, from 0 to the end.
  static func tile(_ zones: [ZoneSpan], _ bytes: [UInt8], _ name: String) throws(BrokenLaw) {
    var at: UInt32 = 0
    for span in zones {
      try hold(span.range.start == at, "\(name): gap or overlap at byte \(at)")
      try hold(span.range.end > span.range.start, "\(name): empty zone at byte \(at)")
      at = span.range.end
    }
    try hold(Int(at) == bytes.count, "\(name): zones end at \(at) of \(bytes.count)")
    for span in zones where Int(span.range.end) < bytes.count {
      try hold(bytes[Int(span.range.end)] & 0xC0 != 0x80, "\(name): a zone ends in a character")
    }
  }

  /// Law 2: tokens ascend, each in one sentence; in sound text they begin and end at characters.
  static func tokens(_ document: Document) throws(BrokenLaw) {
    let bytes = document.bytes
    let isSound = String(validating: bytes, as: UTF8.self) != nil
    var end = 0
    for token in document.tokens {
      try hold(Int(token.start) >= end && token.end > token.start, "tokens do not ascend")
      end = Int(token.end)
      try hold(end <= bytes.count, "a token ends beyond the text")
      try hold(
        !isSound || bytes[Int(token.start)] & 0xC0 != 0x80, "a token begins inside a character")
      try hold(
        !isSound || end == bytes.count || bytes[end] & 0xC0 != 0x80,
        "a token ends inside a character")
    }
    var token: Int32 = 0
    for sentence in document.sentences {
      try hold(sentence.firstToken == token, "a token without a sentence, or in two")
      try hold(sentence.endToken > token, "a sentence without words")
      token = sentence.endToken
      try hold(Int(sentence.bytes.end) <= bytes.count, "a sentence ends beyond the text")
    }
    try hold(Int(token) == document.tokens.count, "tokens behind the last sentence")
  }

  /// Law 4: contributions add up, and stand in the text.
  static func assessment(_ result: Assessment, of message: Message) throws(BrokenLaw) {
    try hold(result.scores.allSatisfy { $0 >= 0 && $0 <= 1 }, "a score beyond 0…1")
    try hold(abs(result.sentiment) <= 1, "a sentiment beyond −1…1")
    try hold((0...3).contains(result.anger), "anger beyond 0…3")
    for kind in EvidenceKind.allCases {
      let sum = result.contributions.filter { $0.kind == kind }.reduce(0) { $0 + Int($1.milli) }
      try hold(sum == Int(result.sums[kind.index]), "\(kind): \(sum) is not the sum")
    }
    for one in result.contributions where one.source != .bias {
      try hold(message.parts.indices.contains(one.part), "a contribution of no part")
      try hold(
        one.range.start <= one.range.end
          && Int(one.range.end) <= message.parts[one.part].bytes.count,
        "a contribution beyond its part")
    }
  }

  /// Errors of lexicon files say what, where and what to do.
  static func error(_ error: LexiconError) throws(BrokenLaw) {
    try hold(!error.diagnostics.isEmpty, "an error without a reason")
    for found in error.diagnostics {
      try hold(found.location.line >= 1 && found.location.column >= 1, "no place: \(found)")
      try hold(!found.message.isEmpty && !found.hint.isEmpty, "no words: \(found)")
    }
  }

  /// Errors of policy files likewise.
  static func error(_ error: PolicyError) throws(BrokenLaw) {
    try hold(!error.problems.isEmpty, "an error without a reason")
    try problems(error.problems)
  }

  /// What is said of policy files has a place.
  static func problems(_ problems: [PolicyProblem]) throws(BrokenLaw) {
    for found in problems {
      try hold(found.location.line >= 1 && found.location.column >= 1, "no place: \(found)")
      try hold(!found.message.isEmpty && !found.hint.isEmpty, "no words: \(found)")
    }
  }
}
