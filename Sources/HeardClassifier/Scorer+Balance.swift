import HeardLexicon
import HeardMail
import HeardText

/// What the message as a whole says about its parts: added once, when everything else is known.
///
/// An outburst among praise is joy more often than anger, and a yardstick in a review that praises
/// tells what was kept; an outburst in a message that complains of nothing is about something else.
extension Scorer {
  /// Points of sentiment above zero that count, thousandths.
  private static let praiseLimit: Int32 = 4000
  /// Logits that a complaint can lack and that count, thousandths.
  private static let lackLimit: Int32 = 3000

  /// Adds the styles of the whole message: `praising` by the point of its sentiment above zero, then
  /// `blameless` by the logit that its complaint, bias included, is below the threshold.
  ///
  /// Both are of no place in the text.
  mutating func addBalance() {
    let praise = sums[KindRules.valence]
    if praise > 0 { addOverall(table.praising, times: min(praise, Self.praiseLimit)) }
    let complaint = sums[KindRules.complaint]
    if complaint < 0 { addOverall(table.blameless, times: min(-complaint, Self.lackLimit)) }
  }

  private mutating func addOverall(_ style: ScoringTable.Style, times factor: Int32) {
    for place in style.weights.indices {
      let weight = table.weights[place]
      add(
        .style(ScoringTable.styleNames[style.number]), kind: Int(weight.kind),
        milli: FixedPoint.times(weight.milli, factor), plain: weight.milli, zone: scoredZone,
        part: 0, range: ByteRange(0, 0))
    }
  }
}
