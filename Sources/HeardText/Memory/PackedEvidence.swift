/// A spelling's language evidence in 16 bytes, made to be summed fast.
///
/// A lane's evidence lies between −7 nats and 0; its size in sixteenths of a nat fits a byte. Eight
/// lanes are a `UInt64`, and adding every second byte of it adds four lanes at once.
struct PackedEvidence {
  /// Lanes 0…7, the first one lowest.
  var low: UInt64 = 0
  /// Lanes 8…15.
  var high: UInt64 = 0

  /// Steps of the model's evidence to one of ours.
  static let step: Int32 = 4

  /// Packs what the model says.
  init(_ evidence: SIMD16<Int16>) {
    for lane in 0..<8 {
      low |= Self.size(evidence[lane]) << UInt64(lane * 8)
      high |= Self.size(evidence[lane + 8]) << UInt64(lane * 8)
    }
  }

  private static func size(_ evidence: Int16) -> UInt64 {
    UInt64(min(max((Int32(0) - Int32(evidence) + step / 2) / step, 0), 255))
  }

  /// Sums of packed evidence.
  struct Sum {
    /// Additions after which a lane of 16 bits could overflow.
    static let most = 256

    private static let even: UInt64 = 0x00FF_00FF_00FF_00FF
    private var lowEven: UInt64 = 0
    private var lowOdd: UInt64 = 0
    private var highEven: UInt64 = 0
    private var highOdd: UInt64 = 0

    /// Adds one spelling's evidence; no more than ``most`` times.
    @inline(__always)
    mutating func add(_ evidence: PackedEvidence) {
      lowEven &+= evidence.low & Self.even
      lowOdd &+= (evidence.low &>> 8) & Self.even
      highEven &+= evidence.high & Self.even
      highOdd &+= (evidence.high &>> 8) & Self.even
    }

    /// The sums in the model's own steps.
    var lanes: SIMD16<Int32> {
      var lanes = SIMD16<Int32>.zero
      for pair in 0..<4 {
        let shift = UInt64(pair * 16)
        lanes[pair * 2] = Self.steps(lowEven >> shift)
        lanes[pair * 2 + 1] = Self.steps(lowOdd >> shift)
        lanes[pair * 2 + 8] = Self.steps(highEven >> shift)
        lanes[pair * 2 + 9] = Self.steps(highOdd >> shift)
      }
      return lanes
    }

    private static func steps(_ sum: UInt64) -> Int32 { -Int32(sum & 0xFFFF) &* step }
  }
}
