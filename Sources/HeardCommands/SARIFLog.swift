internal import Heard

/// A SARIF 2.1.0 log with one run, for code review: of lint and of replies.
struct SARIFLog {
  /// One of the tool's rules.
  struct Rule {
    var id: String
    var summary: String
  }

  /// Where in a file.
  enum Region {
    /// From 1; columns count Unicode scalars.
    case place(line: Int, column: Int)
    /// Bytes of a decoded part, which have no place in the file itself.
    case part(name: String, start: Int, end: Int)
  }

  /// One finding.
  struct Result {
    var rule: Int
    /// `note`, `warning` or `error`.
    var level: String
    var message: String
    var uri: String
    var region: Region
  }

  /// The command that found it, as `heard lexicon lint`.
  var tool: String
  var rules: [Rule]
  var results: [Result]

  /// The log, ending with a line's end.
  var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("$schema")
    writer.string("https://json.schemastore.org/sarif-2.1.0.json")
    writer.key("version")
    writer.string("2.1.0")
    writer.key("runs")
    writer.openArray()
    writer.openObject()
    writeTool(into: &writer)
    writer.key("columnKind")
    writer.string("unicodeCodePoints")
    writer.key("results")
    writer.openArray()
    for result in results { write(result, into: &writer) }
    writer.closeArray()
    writer.closeObject()
    writer.closeArray()
    writer.closeObject()
    writer.endLine()
    return writer.finish()
  }

  private func writeTool(into writer: inout JSONWriter) {
    writer.key("tool")
    writer.openObject()
    writer.key("driver")
    writer.openObject()
    writer.key("name")
    writer.string(tool)
    writer.key("semanticVersion")
    writer.string(Version.current)
    writer.key("rules")
    writer.openArray()
    for rule in rules {
      writer.openObject()
      writer.key("id")
      writer.string(rule.id)
      writer.key("shortDescription")
      write(text: rule.summary, into: &writer)
      writer.closeObject()
    }
    writer.closeArray()
    writer.closeObject()
    writer.closeObject()
  }

  private func write(_ result: Result, into writer: inout JSONWriter) {
    writer.openObject()
    writer.key("ruleId")
    writer.string(rules[result.rule].id)
    writer.key("ruleIndex")
    writer.integer(result.rule)
    writer.key("level")
    writer.string(result.level)
    writer.key("message")
    write(text: result.message, into: &writer)
    writer.key("locations")
    writer.openArray()
    writer.openObject()
    writer.key("physicalLocation")
    writer.openObject()
    writer.key("artifactLocation")
    writer.openObject()
    writer.key("uri")
    writer.string(result.uri)
    writer.closeObject()
    if case .place(let line, let column) = result.region {
      writer.key("region")
      writer.openObject()
      writer.key("startLine")
      writer.integer(max(1, line))
      writer.key("startColumn")
      writer.integer(max(1, column))
      writer.closeObject()
    }
    writer.closeObject()
    if case .part(let name, _, _) = result.region {
      writer.key("logicalLocations")
      writer.openArray()
      writer.openObject()
      writer.key("name")
      writer.string(name)
      writer.closeObject()
      writer.closeArray()
    }
    writer.closeObject()
    writer.closeArray()
    if case .part(_, let start, let end) = result.region {
      writer.key("properties")
      writer.openObject()
      writer.key("start")
      writer.integer(start)
      writer.key("end")
      writer.integer(end)
      writer.closeObject()
    }
    writer.closeObject()
  }

  private func write(text: String, into writer: inout JSONWriter) {
    writer.openObject()
    writer.key("text")
    writer.string(text)
    writer.closeObject()
  }

  /// A path as a URI reference (RFC 3986): relative where the path is.
  static func uri(of path: String) -> String {
    let hexadecimal = Array("0123456789ABCDEF".utf8)
    var uri: [UInt8] = Array((path.hasPrefix("/") ? "file://" : "").utf8)
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        uri.append(byte)
      default:
        uri += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return String(decoding: uri, as: UTF8.self)
  }
}
