import HeardInput
import Testing

/// Moments as inputs write them.
@Suite struct TimestampTests {
  static let cases: [(text: String, expected: String?)] = [
    ("2026-01-05", "2026-01-05T00:00:00Z"),
    ("2026-01-05T10:20:30Z", "2026-01-05T10:20:30Z"),
    ("2026-01-05 10:20", "2026-01-05T10:20:00Z"),
    ("2026-01-05T10:20:30.123456+01:00", "2026-01-05T09:20:30Z"),
    ("2026-01-05T23:30:00-0230", "2026-01-06T02:00:00Z"),
    ("2024-02-29T12:00:00+02", "2024-02-29T10:00:00Z"),
    ("1767604500", "2026-01-05T09:15:00Z"),
    ("1767604500123", "2026-01-05T09:15:00Z"),
    ("\"2026-01-05\"", "2026-01-05T00:00:00Z"),
    ("2026-02-31", nil), ("2026-13-01", nil), ("26-01-05", nil), ("yesterday", nil), ("", nil),
    ("2026-01-05T25:00", nil), ("2026-01-05T10:00+1", nil), ("17676045001234567", nil),
    ("2026-01-05T10:20:30Zulu", nil), ("5", nil),
  ]

  @Test(arguments: cases) func momentsAreRead(text: String, expected: String?) {
    #expect(Timestamp.seconds(Array(text.utf8)).flatMap(Timestamp.text) == expected)
  }
}
