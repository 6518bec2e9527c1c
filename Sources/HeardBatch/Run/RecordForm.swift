/// How records are written.
public enum RecordForm: Hashable, Sendable {
  /// `docs/record.schema.json`, an object a line.
  case jsonLines
  /// Rows of a table.
  case table(TableWriter.Form)
  /// Not as bytes: a database takes them as they are.
  case flat

  /// As `--to` names it.
  var name: String {
    switch self {
    case .jsonLines: "jsonl"
    case .table(let form): form.rawValue
    case .flat: "sqlite"
    }
  }
}

/// Which piece of a corpus a run judges.
///
/// Pieces are stretches of the input, so that the outputs of all of them, one behind the other, are
/// the output of one run.
public struct Shard: Hashable, Sendable {
  /// Which one, from 1.
  public var number: Int
  /// Of how many.
  public var count: Int

  /// Makes a shard; nil unless 1 ≤ number ≤ count ≤ 100,000.
  public init?(_ number: Int, of count: Int) {
    guard number >= 1, number <= count, count <= 100_000 else { return nil }
    self.number = number
    self.count = count
  }

  /// The bytes that are its own, of a corpus of `total`: records belong where they begin.
  func range(of total: Int) -> Range<Int> {
    let start = Shard.border(number - 1, count, total)
    return start..<(number == count ? Int.max : Shard.border(number, count, total))
  }

  private static func border(_ number: Int, _ count: Int, _ total: Int) -> Int {
    // total * number / count, without a product beyond 2⁶³.
    total / count * number + total % count * number / count
  }
}
