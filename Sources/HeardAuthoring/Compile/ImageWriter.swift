internal import HeardLexicon
internal import HeardSources

/// Collects the sections of an image and lays them out.
///
/// The bytes depend on nothing but what is added, in its order: no hash seed, no clock.
struct ImageWriter {
  private var strings: [UInt8] = []
  private var places: [String: (offset: UInt32, count: UInt32)] = [:]
  private var lists: [[Evidence]: (first: UInt32, count: UInt32)] = [:]
  private var words: [[UInt32]] = Array(repeating: [], count: ImageSection.allCases.count)

  /// Where the UTF-8 of a string stands; the same string stands once.
  mutating func place(of string: String) -> (offset: UInt32, count: UInt32) {
    if let place = places[string] { return place }
    let place = (offset: UInt32(strings.count), count: UInt32(string.utf8.count))
    strings.append(contentsOf: string.utf8)
    places[string] = place
    return place
  }

  /// Adds one record to a section.
  mutating func add(_ record: [UInt32], to section: ImageSection) {
    words[Int(section.rawValue)].append(contentsOf: record)
  }

  /// Sets a whole section.
  mutating func set(_ section: ImageSection, _ all: [UInt32]) {
    words[Int(section.rawValue)] = all
  }

  /// Where a list of evidence stands; the same list stands once, for weights are few.
  mutating func place(of evidence: [Evidence]) -> (first: UInt32, count: UInt32) {
    if let place = lists[evidence] { return place }
    let place = (first: UInt32(count(of: .evidence)), count: UInt32(evidence.count))
    for item in evidence {
      add([UInt32(item.kind.index), UInt32(bitPattern: item.milli)], to: .evidence)
    }
    lists[evidence] = place
    return place
  }

  /// Records of a section so far.
  func count(of section: ImageSection) -> Int {
    section == .strings
      ? strings.count : words[Int(section.rawValue)].count * 4 / section.stride
  }

  /// The image; `digest` is made of the content when none is given.
  func finish(digest: [UInt8]?) -> [UInt8] {
    var image = [UInt8](repeating: 0, count: ImageFormat.headCount)
    var table: [UInt8] = []
    var content = SHA256()
    for section in ImageSection.allCases {
      let offset = image.count
      var bytes: [UInt8]
      if section == .strings {
        bytes = strings
      } else {
        bytes = []
        bytes.reserveCapacity(words[Int(section.rawValue)].count * 4)
        for word in words[Int(section.rawValue)] { bytes.append(little: word) }
      }
      let padding = ImageFormat.padded(bytes.count) - bytes.count
      bytes.append(contentsOf: repeatElement(0, count: padding))
      image.append(contentsOf: bytes)
      if section != .stamps && digest == nil { content.update(bytes) }
      table.append(little: section.rawValue)
      table.append(little: UInt32(section.stride))
      table.append(little: UInt64(offset))
      table.append(little: UInt64(count(of: section)))
      table.append(little: ImageChecksum.of(bytes))
    }
    var head = ImageFormat.magic
    head.append(little: ImageFormat.version)
    head.append(little: ImageFormat.byteOrder)
    head.append(little: UInt64(image.count))
    head.append(little: UInt64(0))
    head.append(contentsOf: digest ?? content.finish())
    head.append(little: UInt32(ImageSection.allCases.count))
    head.append(little: ImageFormat.vocabulary)
    head.append(little: UInt64(0))
    head.append(contentsOf: table)
    let sum = ImageFormat.headChecksum(head)
    var sumBytes: [UInt8] = []
    sumBytes.append(little: sum)
    head.replaceSubrange(
      ImageFormat.checksumOffset..<ImageFormat.checksumOffset + 8, with: sumBytes)
    image.replaceSubrange(0..<head.count, with: head)
    return image
  }
}

extension [UInt8] {
  /// Appends a number, lowest byte first.
  mutating func append<Number: FixedWidthInteger>(little number: Number) {
    for shift in stride(from: 0, to: Number.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> Number(shift)))
    }
  }
}
