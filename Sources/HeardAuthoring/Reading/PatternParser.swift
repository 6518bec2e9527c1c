internal import HeardLexicon
public import HeardSources

/// Reads the patterns of `phrase:` and `phrases:`.
///
/// ```
/// alternatives = sequence { "|" sequence }
/// sequence     = item { item }
/// item         = word | "~" word | "<" class ">" | "..." [digits] | "(" alternatives ")" [ "?" ]
/// ```
/// Everything but spaces and `( ) | ? ~ < >` belongs to words; `|` stands inside parentheses.
public struct PatternParser {
  /// Why a pattern cannot be read.
  public struct Failure: Error, Hashable, Sendable {
    /// Scalars before the place of the error, from 0.
    public var offset: Int
    /// Which check it fails.
    public var check: LexiconCheck
    /// What is wrong.
    public var message: String
    /// What to do.
    public var hint: String
  }

  /// Gaps reach over at most so many tokens.
  public static let gapLimit = 12
  private static let defaultGap = 3
  private static let depthLimit = 8
  private static let lengthLimit = 1000

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  private init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// Reads one pattern.
  ///
  /// - Throws: the first error, with its place in scalars from the pattern's start.
  public static func parse(_ text: String) throws(Failure) -> PatternNode {
    var parser = PatternParser(text)
    if parser.scalars.count > lengthLimit {
      throw parser.failure(
        "a pattern of \(parser.scalars.count) characters", hint: "at most \(lengthLimit) are read")
    }
    let node = try parser.sequence(inside: nil)
    try parser.checkEnds(node)
    return node
  }

  // MARK: Grammar

  /// Items up to the end, or up to `|` or `)` inside the parenthesis that opened at `inside`.
  private mutating func sequence(inside opening: Int?) throws(Failure) -> PatternNode {
    let start = position
    var items: [PatternNode] = []
    var gapAt: Int?
    while let scalar = peek() {
      let here = position
      switch scalar {
      case _ where isSpace(scalar):
        position += 1
        continue
      case "(":
        items.append(try group())
      case "|":
        if opening != nil { return try finish(items, from: start, opening: opening) }
        throw failure(
          "'|' outside parentheses", hint: "write (this|that), or use phrases: with one a line")
      case ")":
        if opening != nil { return try finish(items, from: start, opening: opening) }
        throw failure("')' without '('", hint: "remove it or open the group")
      case "?":
        throw failure("'?' without a group before it", hint: "write (word)? for an optional word")
      case "~":
        position += 1
        guard let next = peek(), isWordPart(next) else {
          throw failure("'~' without a word", at: here, hint: "write ~lemma without a space")
        }
        items.append(try word(inflected: true))
      case "<":
        items.append(try tokenClass())
      case ">":
        throw failure("'>' without '<'", hint: "token classes are \(Self.classNames)")
      case "." where startsGap():
        if gapAt == here { break }
        items.append(try gap())
      case "…":
        throw failure("'…' is one character", hint: "write a gap as three full stops: ...")
      default:
        items.append(try word(inflected: false))
      }
      if case .gap = items.last {
        if items.count > 1, case .gap = items[items.count - 2] {
          throw failure("two gaps in a row", at: here, hint: "write one with the sum: ...6")
        }
        gapAt = here
      }
    }
    return try finish(items, from: start, opening: opening)
  }

  private func finish(
    _ items: [PatternNode], from start: Int, opening: Int?
  ) throws(Failure) -> PatternNode {
    if let only = items.first, items.count == 1 { return only }
    guard items.isEmpty else { return .sequence(items) }
    if opening != nil {
      throw failure(
        "an empty alternative", at: start, hint: "write (a|b)? to make a group optional")
    }
    throw failure("an empty pattern", at: 0, hint: "write a word, or remove the pattern")
  }

  private mutating func group() throws(Failure) -> PatternNode {
    let opening = position
    position += 1
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit {
      throw failure(
        "parentheses more than \(Self.depthLimit) deep", at: opening,
        hint: "use phrases: with one pattern a line")
    }
    var branches: [PatternNode] = []
    while true {
      branches.append(try sequence(inside: opening))
      guard let scalar = peek() else {
        throw failure("'(' is not closed", at: opening, hint: "add ')'")
      }
      position += 1
      if scalar == ")" { break }
    }
    let node = branches.count == 1 ? branches[0] : .alternatives(branches)
    if peek() == "?" {
      position += 1
      return .optional(node)
    }
    return node
  }

  private mutating func tokenClass() throws(Failure) -> PatternNode {
    let opening = position
    position += 1
    var name = ""
    while let scalar = peek(), scalar != ">" {
      if isSpace(scalar) || !isWordPart(scalar) { break }
      name.unicodeScalars.append(scalar)
      position += 1
    }
    guard peek() == ">" else {
      throw failure("'<' is not closed", at: opening, hint: "token classes are \(Self.classNames)")
    }
    position += 1
    guard let found = TokenClass(rawValue: name) else {
      let nearest = Spelling.nearest(to: name, among: TokenClass.allCases.map(\.rawValue))
      throw failure(
        "unknown token class <\(name)>", at: opening,
        hint: nearest.map { "did you mean <\($0)>?" } ?? "token classes are \(Self.classNames)")
    }
    return .tokenClass(found)
  }

  private mutating func gap() throws(Failure) -> PatternNode {
    let start = position
    position += 3
    if peek() == "." {
      throw failure("a gap of more than three full stops", at: start, hint: "write ... or ...5")
    }
    var digits = ""
    while let scalar = peek(), ("0"..."9").contains(scalar) {
      digits.unicodeScalars.append(scalar)
      position += 1
    }
    if let next = peek(), isWordPart(next) {
      throw failure("a gap that touches a word", at: start, hint: "put a space behind the gap")
    }
    let maximum = digits.isEmpty ? Self.defaultGap : Int(digits) ?? .max
    guard (1...Self.gapLimit).contains(maximum) else {
      throw failure("a gap of \(digits) tokens", at: start, hint: "1 to \(Self.gapLimit) may be")
    }
    return .gap(maximum: maximum)
  }

  private mutating func word(inflected: Bool) throws(Failure) -> PatternNode {
    let start = position
    var text = ""
    while let scalar = peek(), isWordPart(scalar) {
      text.unicodeScalars.append(scalar)
      position += 1
    }
    if let problem = WordShape.problem(in: text) {
      throw Failure(
        offset: start + problem.offset, check: problem.check, message: problem.message,
        hint: problem.hint)
    }
    return .word(WordPattern(text: Spelling.normal(text), inflected: inflected))
  }

  // MARK: Ends

  /// A gap or an optional part must have words on both sides: else it means nothing.
  private func checkEnds(_ node: PatternNode) throws(Failure) {
    if Self.mayOpen(node, atEnd: false) {
      throw failure("a gap at the start", at: 0, hint: "remove it: text before is never looked at")
    }
    if Self.mayOpen(node, atEnd: true) {
      throw failure(
        "a gap at the end", at: max(0, scalars.count - 1),
        hint: "remove it: text behind is never looked at")
    }
    if Self.mayBeEmpty(node) {
      throw failure(
        "a pattern whose every part is optional", at: 0, hint: "make one part obligatory")
    }
  }

  private static func mayBeEmpty(_ node: PatternNode) -> Bool {
    switch node {
    case .word, .tokenClass: false
    case .gap, .optional: true
    case .sequence(let items): items.allSatisfy(mayBeEmpty)
    case .alternatives(let branches): branches.contains(where: mayBeEmpty)
    }
  }

  /// Whether a gap can stand at the very start or end.
  private static func mayOpen(_ node: PatternNode, atEnd: Bool) -> Bool {
    switch node {
    case .word, .tokenClass: return false
    case .gap: return true
    case .optional(let inner): return mayOpen(inner, atEnd: atEnd)
    case .alternatives(let branches): return branches.contains { mayOpen($0, atEnd: atEnd) }
    case .sequence(let items):
      // A gap beside an optional part at the edge is allowed: without the part it falls away.
      return (atEnd ? items.last : items.first).map { mayOpen($0, atEnd: atEnd) } ?? false
    }
  }

  // MARK: Scalars

  private static let classNames = TokenClass.allCases.map { "<\($0.rawValue)>" }
    .joined(separator: " ")

  private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    position + ahead < scalars.count ? scalars[position + ahead] : nil
  }

  private func startsGap() -> Bool { peek(1) == "." && peek(2) == "." }

  private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar == " " || ("\t"..."\r").contains(scalar) }
    return scalar.properties.isWhitespace
  }

  private func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "(", ")", "|", "?", "~", "<", ">": false
    default: !isSpace(scalar)
    }
  }

  private func failure(
    _ message: String, at offset: Int? = nil, hint: String
  ) -> Failure {
    Failure(offset: offset ?? position, check: .patternSyntax, message: message, hint: hint)
  }
}
