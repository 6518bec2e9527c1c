internal import HeardAuthoring
import HeardLexicon
internal import HeardSources
import HeardText

extension EntrySource {
  /// Whether the entry is there only to cover shorter matches: `covers: true`, or the older way to
  /// write it, evidence of nothing but zeros.
  var isCover: Bool {
    if covers { return true }
    return scopeOperator == nil && !evidence.isEmpty
      && (evidence + negated).allSatisfy { $0.milli == 0 }
  }
}

/// The checks of numbers: weights, reach, how often, scoring.
extension LexiconLint {
  /// Logits above this decide a score whatever else the message says.
  private static let heavyWeight: UInt32 = 5000
  /// The same for anger, whose third level begins some 3 above the decision.
  private static let heavyAnger: UInt32 = 6000
  /// Strengths of roles above this outweigh every other pair of the frame.
  private static let heavyRole: UInt32 = 3000
  /// Tokens that operators reach over at most without a question: clauses are seldom longer.
  private static let longReach = 15
  /// An entry counts once a sentence, and few messages have so many sentences about one thing.
  private static let manyTimes = 10
  private static let roles: Set<EvidenceKind> = [
    .person, .conduct, .expectation, .shortfall, .charge, .contest,
  ]

  mutating func checkWeights(_ entry: EntrySource) {
    for evidence in entry.evidence + entry.negated where evidence.kind != .valence {
      let limit =
        switch evidence.kind {
        case .anger: Self.heavyAnger
        case _ where Self.roles.contains(evidence.kind): Self.heavyRole
        default: Self.heavyWeight
        }
      guard evidence.milli.magnitude > limit else { continue }
      report(
        .warning, .weightOutlier, at: entry.location,
        "'\(entry.id)' has \(evidence.kind.rawValue): \(Milli.text(evidence.milli))",
        hint: "2.5 is decisive; more than \(Milli.text(Int32(limit))) leaves nothing else a say")
    }
    guard entry.maximum != 2 else { return }
    if entry.isCover || entry.evidence.isEmpty && entry.negated.isEmpty {
      report(
        .note, .maxUnused, at: entry.location, "'\(entry.id)' has max: and nothing that counts",
        hint: "remove max:")
    } else if entry.maximum > Self.manyTimes {
      report(
        .note, .maxUnused, at: entry.location,
        "'\(entry.id)' may count \(entry.maximum) times, and counts once a sentence",
        hint: "\(Self.manyTimes) is more than messages reach")
    }
  }

  mutating func checkOperator(_ entry: EntrySource) {
    guard let change = entry.scopeOperator else { return }
    if change.reach > Self.longReach {
      report(
        .note, .operatorReach, at: entry.location,
        "'\(entry.id)' reaches over \(change.reach) tokens",
        hint: "operators end at their clause; \(Self.longReach) is a long one")
    }
    if change.scope == .intensifier || change.scope == .diminisher, change.factorMilli == 1000 {
      report(
        .warning, .noEffect, at: entry.location, "'\(entry.id)' multiplies by 1",
        hint: "give its factor:, above 1 for an intensifier and below 1 for a diminisher")
    }
    if change.scope == .intensifier && change.factorMilli < 1000
      || change.scope == .diminisher && change.factorMilli > 1000
    {
      report(
        .warning, .oppositeSenses, at: entry.location,
        "'\(entry.id)' has factor: \(Milli.text(change.factorMilli)), against its scope",
        hint: "an intensifier is above 1, a diminisher below")
    }
  }

  /// Frames without one of their halves, and scores without calibration.
  mutating func checkScoring() {
    var kinds: [Language: Set<EvidenceKind>] = [:]
    for entry in source.entries {
      for evidence in entry.evidence + entry.negated where evidence.milli != 0 {
        kinds[entry.language, default: []].insert(evidence.kind)
      }
    }
    let present = Language.read.filter { kinds[$0] != nil }
    for frame in source.scoring.frames {
      for language in present where frame.languages.contains(language) {
        for role in Set([frame.first, frame.second]).sorted(by: { $0.index < $1.index })
        where kinds[language]?.contains(role) != true {
          report(
            .warning, .frameRole, at: scoringPlace(of: frame.id),
            "'\(frame.id)' needs \(role.rawValue), and no \(language.code) entry is evidence for it",
            hint: "add such entries, or take \(language.code) out of its languages:")
        }
      }
      for language in present where frame.languages.contains(language) {
        kinds[language]?.formUnion(frame.evidence.map(\.kind))
      }
    }
    for language in present {
      for kind in EvidenceKind.scores where kinds[language]?.contains(kind) == true {
        let calibrated = source.scoring.calibrations.contains {
          $0.kind == kind && $0.language == language
        }
        guard !calibrated else { continue }
        report(
          .warning, .calibrationMissing, at: scoringPlace(of: "calibration"),
          "\(kind.rawValue) has no calibration for \(language.code)",
          hint: "add {kind: \(kind.rawValue), language: \(language.code), bias: -2, slope: 1}")
      }
    }
  }

  /// The first line of the scoring file that has a word.
  private func scoringPlace(of word: String) -> SourceLocation {
    let line = source.scoringLines.firstIndex { $0.contains(word) } ?? 0
    return SourceLocation(file: LexiconSource.scoringFile, line: line + 1, column: 1)
  }
}
