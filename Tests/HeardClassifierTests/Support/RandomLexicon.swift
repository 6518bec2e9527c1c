import HeardLexicon
import HeardMail
import HeardTestSupport
import HeardText

/// Lexicons, rules and messages without sense, for laws that must hold of any.
enum RandomLexicon {
  private static let words = [
    "oak", "elm", "ash", "fir", "yew", "pine", "larch", "birch", "cedar", "maple", "rowan", "alder",
    "beech", "hazel", "holly", "aspen", "łoza", "żyto", "größe", "naïve",
  ]

  /// Entries by language code.
  static func entries(_ random: inout SeededGenerator) -> [String: String] {
    var files: [String: String] = [:]
    for code in ["nl", "pl", "en"] {
      var text = ""
      for (index, word) in words.enumerated() {
        let second = words.randomElement(using: &random) ?? word
        let phrase = Int.random(in: 0..<4, using: &random) == 0 ? "\(word) \(second)" : word
        text += "- {id: \(code).mini.e\(index), phrase: \(phrase)"
        if Int.random(in: 0..<4, using: &random) == 0 {
          text += ", operator: \(scopeOperator(&random))"
        } else {
          text += ", evidence: \(evidence(&random))"
          if Bool.random(using: &random) { text += ", negated: \(evidence(&random))" }
        }
        text += ", max: \(Int.random(in: 1...3, using: &random))}\n"
      }
      files[code] = text
    }
    return files
  }

  /// Single words by language code, some of which are entries too.
  static func singleWords(_ random: inout SeededGenerator) -> [String: String] {
    var files: [String: String] = [:]
    for code in ["nl", "pl", "en"] {
      for word in ["oak", "elm", "naive", "rude", "clerk", "niet", "boos", "nie", "zly", "i", "de"]
      {
        let kinds = EvidenceKind.scores.shuffled(using: &random).prefix(2)
        let weights = kinds.map {
          "\($0.rawValue): \(Int.random(in: -1000...1000, using: &random).milli)"
        }
        files[code, default: ""] += "  \(word): {\(weights.joined(separator: ", "))}\n"
      }
    }
    return files
  }

  private static func evidence(_ random: inout SeededGenerator) -> String {
    let kinds = EvidenceKind.allCases.shuffled(using: &random).prefix(3)
    let weights = kinds.map {
      "\($0.rawValue): \(Int.random(in: -3999...3999, using: &random).milli)"
    }
    return "{\(weights.joined(separator: ", "))}"
  }

  private static func scopeOperator(_ random: inout SeededGenerator) -> String {
    let scopes = [
      "negation", "intensifier", "diminisher", "hypothetical", "other-person", "contrast",
    ]
    let scope = scopes.randomElement(using: &random) ?? "negation"
    let directions = ["forward", "backward", "both"]
    let direction = directions.randomElement(using: &random) ?? "both"
    let reach = Int.random(in: 1...12, using: &random)
    let text = "{scope: \(scope), direction: \(direction), reach: \(reach)"
    guard scope == "intensifier" || scope == "diminisher" else { return text + "}" }
    return text + ", factor: \(Int.random(in: 100...2000, using: &random).milli)}"
  }

  /// Scoring rules with frames over any kinds.
  static func scoring(_ random: inout SeededGenerator) -> String {
    let windows = ["clause", "sentence", "adjacent"]
    var text = "scoring: heard/1\nframes:\n"
    for index in 0..<8 {
      let kinds = EvidenceKind.allCases.shuffled(using: &random)
      let window = windows.randomElement(using: &random) ?? "clause"
      text += "- {id: frame.f\(index), first: \(kinds[0].rawValue), second: \(kinds[1].rawValue), "
      text += "ordered: \(Bool.random(using: &random)), window: \(window), "
      text += "distance: \(Int.random(in: 0...30, using: &random)), "
      text += "evidence: \(evidence(&random)), max: \(Int.random(in: 1...3, using: &random))}\n"
    }
    text += "calibration:\n"
    for kind in EvidenceKind.scores {
      let bias = Int.random(in: -3000...3000, using: &random).milli
      let slope = Int.random(in: 10...3000, using: &random).milli
      text += "- {kind: \(kind.rawValue), language: und, bias: \(bias), slope: \(slope)}\n"
    }
    text += "scopes: {hypothetical: 0.333, question: 0.777, quotation: 0.123, other-person: 0.2, "
    text += "contrast-before: 0.6, contrast-after: 1.234}\n"
    text += "styles: {capitals: {anger: 0.9}, exclamation: {anger: 0.3}, "
    text += "repeated: {anger: 0.8}, emoji: {valence: -1}}\n"
    return text + "anger-levels: [0, 1.6, 3.2]\nsignal-threshold: 1\n"
  }

  /// A message of the lexicon's words, of those of ``MiniLexicon``, and of marks, in some zones.
  static func message(_ random: inout SeededGenerator) -> Message {
    let vocabulary =
      words + [
        "not", "but", "if", "very", "rude", "clerk", "angry", "niet", "boos", "monteur", "nie",
        "zły", "ANGRY", "RUDE", "I", "de", "w", "promised", "invoice",
      ]
    let marks = [
      " ", " ", " ", " ", " ", ", ", "; ", " – ", " (", ") ", ". ", "! ", "? ", "?! ", "!!! ",
      " \"", "\" ", " „", "” ", "\n", "\n\n", " :-( ", " 😡 ",
    ]
    var stretches: [(Zone, String)] = []
    for _ in 0...Int.random(in: 0...2, using: &random) {
      var text = ""
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        text += vocabulary.randomElement(using: &random) ?? "oak"
        text += marks.randomElement(using: &random) ?? " "
      }
      let zones: [Zone] = [.own, .own, .quoted, .signature]
      stretches.append((zones.randomElement(using: &random) ?? .own, text))
    }
    return HeardClassifierTests.message(stretches)
  }
}

extension Int {
  /// Thousandths as a decimal number.
  fileprivate var milli: String {
    let digits = String(abs(self) % 1000 + 1000).dropFirst()
    return "\(self < 0 ? "-" : "")\(abs(self) / 1000).\(digits)"
  }
}
