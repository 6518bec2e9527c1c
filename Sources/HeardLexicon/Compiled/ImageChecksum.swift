/// XXH64 with seed 0: a fast checksum against damage, not against forgery.
///
/// Four lanes of eight bytes a step, so that checking an image costs less than reading it.
/// Any single flipped bit changes the result.
package enum ImageChecksum {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  /// The checksum of all bytes of the buffer.
  package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = bytes.count
    var place = 0
    var sum: UInt64
    if count >= 32 {
      var lane1 = prime1 &+ prime2
      var lane2 = prime2
      var lane3: UInt64 = 0
      var lane4 = 0 &- prime1
      let last = count - 32
      while place <= last {
        lane1 = round(lane1, unsafe word(bytes, place))
        lane2 = round(lane2, unsafe word(bytes, place &+ 8))
        lane3 = round(lane3, unsafe word(bytes, place &+ 16))
        lane4 = round(lane4, unsafe word(bytes, place &+ 24))
        place &+= 32
      }
      sum = rotate(lane1, 1) &+ rotate(lane2, 7) &+ rotate(lane3, 12) &+ rotate(lane4, 18)
      for lane in [lane1, lane2, lane3, lane4] {
        sum = (sum ^ round(0, lane)) &* prime1 &+ prime4
      }
    } else {
      sum = prime5
    }
    sum = sum &+ UInt64(count)
    while place + 8 <= count {
      sum = rotate(sum ^ round(0, unsafe word(bytes, place)), 27) &* prime1 &+ prime4
      place += 8
    }
    if place + 4 <= count {
      let half = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
      sum = rotate(sum ^ (UInt64(UInt32(littleEndian: half)) &* prime1), 23) &* prime2 &+ prime3
      place += 4
    }
    while place < count {
      sum = rotate(sum ^ (UInt64(unsafe bytes[place]) &* prime5), 11) &* prime1
      place += 1
    }
    sum = (sum ^ sum >> 33) &* prime2
    sum = (sum ^ sum >> 29) &* prime3
    return sum ^ sum >> 32
  }

  /// The checksum of an array.
  package static func of(_ bytes: [UInt8]) -> UInt64 {
    unsafe bytes.withUnsafeBytes { unsafe of($0) }
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
    UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  @inline(__always)
  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotate(lane &+ word &* prime2, 31) &* prime1
  }

  @inline(__always)
  private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 {
    word &<< bits | word &>> (64 &- bits)
  }
}
