internal import HeardSources
import HeardText

// Records of the image as values. Whatever names another record is checked here.
extension ImageReader {
  func decodeEvidence() throws(CompiledLexiconError) -> [Evidence] {
    let kinds = EvidenceKind.allCases
    var list: [Evidence] = []
    list.reserveCapacity(count(.evidence))
    for record in 0..<count(.evidence) {
      let kind = Int(word(.evidence, record, 0))
      guard kind < kinds.count else { throw damage(.evidence) }
      list.append(
        Evidence(kinds[kind], milli: Int32(bitPattern: word(.evidence, record, 1))))
    }
    return list
  }

  /// A range of evidence whose first and count are in two fields.
  private func evidenceRange(
    _ section: ImageSection, _ record: Int, _ field: Int
  ) throws(CompiledLexiconError) -> Range<Int> {
    let first = Int(word(section, record, field))
    let end = first + Int(word(section, record, field + 1))
    guard end <= count(.evidence) else { throw damage(section) }
    return first..<end
  }

  /// Checks everything that ``decodeEntry(_:)`` relies on.
  func checkEntries() throws(CompiledLexiconError) {
    let languages = UInt32(Language.allCases.count)
    let evidence = count(.evidence)
    for record in 0..<count(.entries) {
      let place = place(.entries, record)
      func field(_ field: Int) -> Int { Int(memory.word(place &+ field &* 4)) }
      let end = field(EntryRecord.evidence) + field(EntryRecord.evidence + 1)
      let negatedEnd = field(EntryRecord.negated) + field(EntryRecord.negated + 1)
      guard end <= evidence, negatedEnd <= evidence, field(EntryRecord.language) < languages else {
        throw damage(.entries)
      }
    }
  }

  func decodeEntry(_ record: Int) -> CompiledEntry {
    let concept = string(.entries, record, EntryRecord.concept)
    return CompiledEntry(
      id: string(.entries, record, EntryRecord.id),
      theme: string(.entries, record, EntryRecord.theme),
      concept: concept.isEmpty ? nil : concept,
      pattern: string(.entries, record, EntryRecord.pattern),
      location: SourceLocation(
        file: string(.entries, record, EntryRecord.file),
        line: Int(word(.entries, record, EntryRecord.line)),
        column: Int(word(.entries, record, EntryRecord.column))),
      rules: decodeRules(record))
  }

  private static let directions = ScopeOperator.Direction.allCases

  func decodeRules(_ record: Int) -> EntryRules {
    let place = place(.entries, record)
    func field(_ field: Int) -> UInt32 { memory.word(place &+ field &* 4) }
    func range(_ first: Int) -> Range<Int> {
      Int(field(first))..<Int(field(first)) + Int(field(first + 1))
    }
    let scope = UInt16(truncatingIfNeeded: field(EntryRecord.operatorScope))
    let reach = field(EntryRecord.operatorReach)
    let directions = Self.directions
    let change = ScopeOperator(
      scope: Scopes(rawValue: scope), direction: directions[Int(reach & 0xFF) % directions.count],
      reach: Int(reach >> 8), factorMilli: Int32(bitPattern: field(EntryRecord.operatorFactor)))
    return EntryRules(
      language: Language(rawValue: UInt8(truncatingIfNeeded: field(EntryRecord.language)))
        ?? .undetermined,
      evidence: range(EntryRecord.evidence), negated: range(EntryRecord.negated),
      scopeOperator: scope == 0 ? nil : change,
      scopes: Scopes(rawValue: UInt16(truncatingIfNeeded: field(EntryRecord.scopes))),
      maximum: Int(field(EntryRecord.maximum)))
  }

  func decodeFrames(_ evidence: [Evidence]) throws(CompiledLexiconError) -> [Frame] {
    let kinds = EvidenceKind.allCases
    let windows = Frame.Window.allCases
    var frames: [Frame] = []
    for record in 0..<count(.frames) {
      func field(_ field: Int) -> Int { Int(word(.frames, record, field)) }
      let list = try evidenceRange(.frames, record, 8)
      guard field(3) < kinds.count, field(4) < kinds.count, field(6) < windows.count else {
        throw damage(.frames)
      }
      frames.append(
        Frame(
          id: string(.frames, record, 0),
          languages: LanguageSet(rawValue: UInt8(truncatingIfNeeded: field(2))),
          first: kinds[field(3)], second: kinds[field(4)], ordered: field(5) != 0,
          window: windows[field(6)], distance: field(7), evidence: Array(evidence[list]),
          maximum: field(10)))
    }
    return frames
  }

  func decodeCalibrations() throws(CompiledLexiconError) -> [Calibration] {
    let kinds = EvidenceKind.allCases
    var list: [Calibration] = []
    for record in 0..<count(.calibrations) {
      let kind = Int(word(.calibrations, record, 0))
      let code = UInt8(truncatingIfNeeded: word(.calibrations, record, 1))
      guard kind < kinds.count, let language = Language(rawValue: code) else {
        throw damage(.calibrations)
      }
      list.append(
        Calibration(
          kind: kinds[kind], language: language,
          biasMilli: Int32(bitPattern: word(.calibrations, record, 2)),
          slopeMilli: Int32(bitPattern: word(.calibrations, record, 3))))
    }
    return list
  }

  func decodeScopeFactors() -> [String: Int32] {
    var factors: [String: Int32] = [:]
    for record in 0..<count(.scopeFactors) {
      factors[string(.scopeFactors, record, 0)] = Int32(
        bitPattern: word(.scopeFactors, record, 2))
    }
    return factors
  }

  func decodeStyles(_ evidence: [Evidence]) throws(CompiledLexiconError) -> [String: [Evidence]] {
    var styles: [String: [Evidence]] = [:]
    for record in 0..<count(.styles) {
      let list = try evidenceRange(.styles, record, 2)
      styles[string(.styles, record, 0)] = Array(evidence[list])
    }
    return styles
  }

  func decodeStamps() -> [SourceFile] {
    (0..<count(.stamps)).map { record in
      func long(_ field: Int) -> UInt64 {
        UInt64(word(.stamps, record, field)) | UInt64(word(.stamps, record, field + 1)) << 32
      }
      return SourceFile(
        path: string(.stamps, record, 0), size: Int(truncatingIfNeeded: long(2)),
        modified: Int64(bitPattern: long(4)))
    }
  }
}

extension ImageReader {
  /// The image with other times of its sources, which are otherwise the same files.
  func restamped(_ files: [SourceFile]) -> [UInt8] {
    var image = memory.copy(0..<memory.count)
    let section = ImageSection.stamps
    let row = ImageFormat.tableOffset + Int(section.rawValue) * ImageFormat.tableStride
    let start = Int(memory.long(row + 8))
    for (index, file) in files.prefix(count(section)).enumerated() {
      image.replace(
        at: start + index * section.stride + 16, little: UInt64(bitPattern: file.modified))
    }
    let end = start + ImageFormat.padded(count(section) * section.stride)
    image.replace(at: row + 24, little: ImageChecksum.of(Array(image[start..<end])))
    let head = Array(image[..<ImageFormat.headCount])
    image.replace(at: ImageFormat.checksumOffset, little: ImageFormat.headChecksum(head))
    return image
  }
}

extension [UInt8] {
  /// Overwrites eight bytes.
  fileprivate mutating func replace(at offset: Int, little number: UInt64) {
    for place in 0..<8 { self[offset + place] = UInt8(truncatingIfNeeded: number >> (8 * place)) }
  }
}
