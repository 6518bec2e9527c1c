internal import HeardLexicon
internal import HeardSources

/// Text of the Prometheus exposition format, version 0.0.4.
///
/// No package with the format is to be had for Swift here; it is small, and the tests read it with
/// Prometheus' own parser.
struct ExpositionText {
  /// What a family counts.
  enum Kind: String {
    case counter
    case gauge
    case histogram
  }

  private(set) var text = ""

  /// Begins a family; its samples follow.
  mutating func family(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  /// Adds a sample.
  mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: String) {
    text += name
    if !labels.isEmpty {
      text += "{"
      for (index, label) in labels.enumerated() {
        if index > 0 { text += "," }
        text += "\(label.0)=\"\(Self.escape(label.1))\""
      }
      text += "}"
    }
    text += " \(value)\n"
  }

  private static func escape(_ text: String) -> String {
    text.replacing(scalar: "\\", with: "\\\\").replacing(scalar: "\"", with: "\\\"").replacing(
      scalar: "\n", with: "\\n")
  }
}

/// Counts observations by their size.
struct Histogram: Sendable {
  /// Upper bounds in microseconds, ascending.
  static let bounds = [
    50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
    1_000_000, 2_500_000, 5_000_000, 10_000_000,
  ]

  private var counts = [Int](repeating: 0, count: bounds.count + 1)
  private var sum = 0

  /// Adds an observation.
  mutating func observe(microseconds: Int) {
    counts[Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count] += 1
    sum += microseconds
  }

  /// Adds the samples: cumulative buckets in seconds, sum and count.
  func write(_ name: String, into text: inout ExpositionText) {
    var total = 0
    for (bound, count) in zip(Self.bounds, counts) {
      total += count
      text.sample("\(name)_bucket", [("le", Self.seconds(bound))], "\(total)")
    }
    total += counts[Self.bounds.count]
    text.sample("\(name)_bucket", [("le", "+Inf")], "\(total)")
    text.sample("\(name)_sum", [], Self.seconds(sum))
    text.sample("\(name)_count", [], "\(total)")
  }

  /// Microseconds as seconds with a full stop, whatever the locale.
  static func seconds(_ microseconds: Int) -> String {
    let fraction = String(microseconds % 1_000_000)
    var text = "\(microseconds / 1_000_000)."
    text += String(repeating: "0", count: 6 - fraction.count) + fraction
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
