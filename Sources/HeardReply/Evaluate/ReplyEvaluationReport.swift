public import HeardStatistics
internal import HeardText

extension ReplyEvaluation {
  /// A row for each rule in each language, then the totals.
  public func table(_ form: Table.Form) -> String {
    var table = Table([
      "lang", "rule", ">labels", ">found", ">wrong", ">P", ">95 %", ">R", ">95 %",
    ])
    let languages = Language.read.filter { replies[$0] != nil }
    for language in languages {
      for rule in ReplyRule.allCases {
        guard let one = counts[language]?[rule] else { continue }
        table.add(Self.row(language.code, rule.rawValue, one))
      }
      table.add(Self.row(language.code, "all", total(language)))
    }
    if languages.count > 1 {
      for rule in ReplyRule.allCases where counts.values.contains(where: { $0[rule] != nil }) {
        table.add(Self.row("all", rule.rawValue, total(rule)))
      }
      table.add(Self.row("all", "all", total()))
    }
    return table.write(form)
  }

  private static func row(_ language: String, _ rule: String, _ one: Counts) -> [String] {
    func interval(_ range: ClosedRange<Double>) -> String {
      "\(Figure.share(range.lowerBound))–\(Figure.share(range.upperBound))"
    }
    return [
      language, rule, "\(one.found + one.missed)", "\(one.found)", "\(one.wrong)",
      Figure.share(one.precision), interval(one.precisionInterval),
      Figure.share(one.recall), interval(one.recallInterval),
    ]
  }
}
