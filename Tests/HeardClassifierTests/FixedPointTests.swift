import Testing

@testable import HeardClassifier

@Suite("Arithmetic in thousandths")
struct FixedPointTests {
  @Test(
    "products are rounded once, halves away from zero",
    arguments: [
      (1000, 1000, 1000), (1, 500, 1), (-1, 500, -1), (1, 499, 0), (-1, 499, 0), (1500, 333, 500),
      (-2500, -500, 1250), (8000, 4000, 32_000), (0, 700, 0),
    ] as [(Int32, Int32, Int32)])
  func products(weight: Int32, factor: Int32, expected: Int32) {
    #expect(FixedPoint.times(weight, factor) == expected)
  }

  @Test func productsDoNotOverflow() {
    #expect(FixedPoint.times(.max, .max) == .max)
    #expect(FixedPoint.times(.min, .max) == .min)
  }

  @Test func scoreIsAHalfExactlyFromZero() {
    for sum in Int64(-50)...50 {
      #expect((FixedPoint.logistic(milli: sum) >= 0.5) == (sum >= 0), "sum \(sum)")
    }
  }

  @Test func scoreAscendsAndStaysWithinBounds() {
    var last = -1.0
    for sum in stride(from: Int64(-40_000), through: 40_000, by: 37) {
      let score = FixedPoint.logistic(milli: sum)
      #expect(score >= last && score >= 0 && score <= 1, "sum \(sum)")
      last = score
    }
  }

  @Test(
    "known values of the logistic curve",
    arguments: [
      (0, 0.5), (1000, 0.7311), (-1000, 0.2689), (2000, 0.8808), (-4000, 0.018), (30_000, 1),
    ] as [(Int64, Double)])
  func logistic(sum: Int64, expected: Double) {
    #expect(FixedPoint.logistic(milli: sum) == expected)
  }

  @Test(
    "sentiment lies between −1 and 1 and never is minus zero",
    arguments: [
      (0, 0), (4000, 0.718), (-4000, -0.718), (1_000_000_000, 1), (-1_000_000_000, -1),
    ] as [(Int32, Double)])
  func sentiment(sum: Int32, expected: Double) {
    let value = FixedPoint.sentiment(milli: sum)
    #expect(value == expected)
    #expect("\(FixedPoint.sentiment(milli: -0))" == "0.0")
    #expect("\(FixedPoint.sentiment(milli: -1))" == "0.0")
  }
}
