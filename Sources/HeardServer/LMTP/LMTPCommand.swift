/// A command line of LMTP, read.
enum LMTPCommand: Hashable {
  /// An address of MAIL or RCPT with its parameters.
  struct Path: Hashable {
    /// Without angle brackets and source route; empty for `<>`.
    var address = ""
    /// Bytes as SIZE declares them.
    var size: Int?
    /// Whether SMTPUTF8 is declared.
    var usesUTF8 = false
    var isASCII: Bool { address.utf8.allSatisfy { $0 < 0x80 } }
  }

  case hello(String)
  case wrongHello
  case mail(Path)
  case recipient(Path)
  case data
  case reset
  case noOperation
  case verify
  case help
  case quit
  /// Not to be carried out; the reply says why.
  case malformed(String)

  /// Reads a line without its end.
  init(_ line: [UInt8]) {
    guard let text = String(validating: line, as: UTF8.self),
      !line.contains(where: { $0 < 0x20 || $0 == 0x7F })
    else {
      self = .malformed("500 5.5.2 control characters or invalid UTF-8 in a command")
      return
    }
    let verb = text.prefix { $0 != " " }
    let rest = text.dropFirst(verb.count).drop { $0 == " " }
    switch verb.uppercased() {
    case "LHLO": self = .hello(String(rest))
    case "HELO", "EHLO": self = .wrongHello
    case "MAIL": self = Self.path(rest, after: "FROM:", Path.mailParameter).map(Self.mail).command
    case "RCPT":
      self = Self.path(rest, after: "TO:", Path.recipientParameter).map(Self.recipient).command
    case "DATA": self = rest.isEmpty ? .data : .malformed("501 5.5.4 DATA takes no argument")
    case "RSET": self = rest.isEmpty ? .reset : .malformed("501 5.5.4 RSET takes no argument")
    case "QUIT": self = rest.isEmpty ? .quit : .malformed("501 5.5.4 QUIT takes no argument")
    case "NOOP": self = .noOperation
    case "VRFY": self = .verify
    case "HELP": self = .help
    default: self = .malformed("500 5.5.1 unknown command")
    }
  }

  private typealias Parameter = (inout Path, Substring, Substring) -> String?

  private static func path(
    _ text: Substring, after word: String, _ parameter: Parameter
  ) -> Result<Path, Refusal> {
    guard text.prefix(word.count).uppercased() == word else {
      return .failure(Refusal("501 5.5.4 expected \(word)<address>"))
    }
    let text = text.dropFirst(word.count).drop { $0 == " " }
    guard text.first == "<", let end = end(of: text) else {
      return .failure(Refusal("501 5.1.7 the address must stand in angle brackets"))
    }
    var path = Path()
    path.address = address(text[text.index(after: text.startIndex)..<end])
    guard path.address.utf8.count <= 320 else {
      return .failure(Refusal("501 5.1.7 the address is too long"))
    }
    var names: Set<String> = []
    for item in text[text.index(after: end)...].split(separator: " ") {
      let name = item.prefix { $0 != "=" }
      guard names.insert(name.uppercased()).inserted else {
        return .failure(Refusal("501 5.5.4 a parameter is given twice"))
      }
      if let reply = parameter(&path, name, item.dropFirst(name.count + 1)) {
        return .failure(Refusal(reply))
      }
    }
    return .success(path)
  }

  /// The closing bracket, which may also stand in a quoted local part.
  private static func end(of text: Substring) -> Substring.Index? {
    var isQuoted = false
    var isEscaped = false
    for index in text.indices {
      let character = text[index]
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = isQuoted
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == ">", !isQuoted {
        let next = text.index(after: index)
        return next == text.endIndex || text[next] == " " ? index : nil
      } else if character == " ", !isQuoted {
        return nil
      }
    }
    return nil
  }

  /// Without a source route, which RFC 5321 says to ignore.
  private static func address(_ text: Substring) -> String {
    guard text.first == "@", let colon = text.firstIndex(of: ":") else { return String(text) }
    return String(text[text.index(after: colon)...])
  }
}

/// The reply to a line that cannot be carried out.
private struct Refusal: Error {
  let reply: String

  init(_ reply: String) { self.reply = reply }
}

extension Result where Success == LMTPCommand, Failure == Refusal {
  fileprivate var command: LMTPCommand {
    switch self {
    case .success(let command): command
    case .failure(let refusal): .malformed(refusal.reply)
    }
  }
}

extension LMTPCommand.Path {
  /// Takes a parameter of MAIL; the reply when it cannot be taken.
  fileprivate static func mailParameter(
    _ path: inout Self, _ name: Substring, _ value: Substring
  ) -> String? {
    switch name.uppercased() {
    case "SIZE":
      // More digits than a number holds is certainly too much.
      guard !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return "501 5.5.4 SIZE needs a number"
      }
      path.size = Int(value) ?? .max
    case "BODY":
      guard ["7BIT", "8BITMIME"].contains(value.uppercased()) else {
        return "501 5.5.4 BODY is 7BIT or 8BITMIME"
      }
    case "SMTPUTF8":
      guard value.isEmpty else { return "501 5.5.4 SMTPUTF8 takes no value" }
      path.usesUTF8 = true
    default: return "555 5.5.4 unknown parameter"
    }
    return nil
  }

  /// RCPT has no parameters here; the reply to one.
  fileprivate static func recipientParameter(
    _ path: inout Self, _ name: Substring, _ value: Substring
  ) -> String? {
    "555 5.5.4 unknown parameter"
  }
}
