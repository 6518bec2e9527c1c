import Testing

@testable import HeardText

/// The figures of docs/decisions/0003-language-model.md: prints them and holds them to the bars.
///
///     swift test --filter LanguageModelMeasure
struct LanguageModelMeasure {
  struct Count {
    var all = 0
    var right = 0
    var undetermined = 0
    var share: Double { Double(right) / Double(max(all, 1)) }
  }

  static func told(_ text: String) -> Language {
    let evidence = PlainEvidence(text)
    return LanguageModel.shared.decide(evidence.sum, letters: evidence.letters).language
  }

  /// Two halves by FNV-1a of the id, the second reported apart to show that they agree.
  static func half(_ id: String) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in id.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int(hash >> 16) & 1
  }

  @Test func fifteenLanguagesFourWays() {
    let rows = MeasuringSet.rows("lid_lingua")
    guard !rows.isEmpty else { return }
    var counts: [String: [Count]] = [:]
    for row in rows {
      guard let kind = row.kind, let language = row.labels.language else { continue }
      let found = Self.told(row.text)
      for part in [2, Self.half(row.id)] {
        counts[kind, default: [Count(), Count(), Count()]][part].all += 1
        if found.code == language { counts[kind]?[part].right += 1 }
        if found == .undetermined { counts[kind]?[part].undetermined += 1 }
      }
    }
    let bars = ["sentences": 0.983, "word-pairs": 0.90, "single-words": 0.78]
    for (kind, bar) in bars.sorted(by: { $0.key < $1.key }) {
      guard let count = counts[kind] else {
        Issue.record("no rows of kind \(kind)")
        continue
      }
      print(
        "\(kind): all \(count[2].share) of \(count[2].all), second half \(count[1].share),",
        "undetermined \(count[2].undetermined), bar \(bar)")
      #expect(count[2].share >= bar)
      #expect(count[1].share >= bar)
    }
  }

  /// Texts of customers, each told as a whole.
  @Test(arguments: [
    ("airline_en", 0.97), ("goemotions_en", 0.93), ("semeval16_rest_en", 0.97),
    ("semeval16_rest_nl", 0.97), ("semeval16_rest_reviews", 0.99), ("bolcom_nl", 0.97),
    ("wccrs_pl", 0.98), ("clarin_emo_pl_sentences", 0.97), ("clarin_emo_pl_reviews", 0.99),
  ])
  func textsOfTheOtherSets(_ set: String, _ bar: Double) {
    let rows = MeasuringSet.rows(set)
    guard !rows.isEmpty else { return }
    var count = Count()
    for row in rows {
      let found = Self.told(row.text)
      count.all += 1
      if found.code == row.lang { count.right += 1 }
      if found == .undetermined { count.undetermined += 1 }
    }
    print("\(set): \(count.share) of \(count.all), undetermined \(count.undetermined)")
    #expect(count.share >= bar)
  }
}
