public import HeardCorpus

/// Lines of a concordance as text, TSV or JSON lines.
public enum ConcordanceReport {
  /// Aligned at the key words.
  public static func text(_ lines: [ConcordanceLine]) -> String {
    let names = min(lines.map(\.id.count).max() ?? 0, 24)
    let width = lines.map(\.left.count).max() ?? 0
    var text = ""
    for line in lines {
      let name = line.id.count > names ? "…" + line.id.suffix(names - 1) : line.id
      text += name + String(repeating: " ", count: names - name.count + 2)
      text += String(repeating: " ", count: width - line.left.count)
      text += "\(line.left)[\(line.match)]\(line.right)"
      text += line.source.isEmpty ? "\n" : "  (\(line.source))\n"
    }
    return text
  }

  /// One line each behind a head; tabs of the text are spaces already.
  public static func tsv(_ lines: [ConcordanceLine]) -> String {
    var text = "id\tset\tlang\tleft\tmatch\tright\tsource\n"
    for line in lines {
      text +=
        [line.id, line.set, line.language, line.left, line.match, line.right, line.source]
        .joined(separator: "\t") + "\n"
    }
    return text
  }

  /// One object a line.
  public static func json(_ lines: [ConcordanceLine]) -> String {
    var text = ""
    for line in lines {
      let fields = [
        ("id", line.id), ("set", line.set), ("lang", line.language), ("left", line.left),
        ("match", line.match), ("right", line.right), ("source", line.source),
      ]
      let members = fields.map { "\"\($0)\":\(quoted($1))" }
      text += "{\(members.joined(separator: ","))}\n"
    }
    return text
  }

  /// A JSON string.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
