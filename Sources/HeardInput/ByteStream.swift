/// The bytes of one input in their order, decompressed when they are gzip or zstd.
///
/// Offsets are those of the bytes that come out, so a place in a compressed file is found again by
/// decompressing up to it.
final class ByteStream {
  /// How much of a compressed file is read at a time.
  private static let chunkBytes = 1 << 17

  /// As errors name it.
  let name: String
  private let file: FileDescriptor
  /// Bytes of the file that were read and not used yet.
  private var raw: [UInt8]
  private var rawRange = 0..<0
  private var unpacking: Inflater?
  private let compression: Compression?
  /// Bytes that were looked at and are still to be handed out.
  private var ahead: [UInt8] = []
  private var aheadUsed = 0
  /// How many bytes of the file were used, compressed as they are.
  private(set) var consumed = 0
  /// How many bytes came out.
  private(set) var offset = 0

  /// Opens a file, or standard input for `-`.
  init(_ path: String) throws(InputError) {
    name = path == "-" ? "standard input" : path
    raw = []
    do throws(SystemFailure) {
      file = path == "-" ? .standardInput() : try FileDescriptor(reading: path)
      // A few bytes to tell the compression; a pipe may hand them out one by one.
      raw = [UInt8](repeating: 0, count: Compression.magicBytes)
      var got = 0
      while got < raw.count {
        let more = try file.read(into: &raw, at: got, count: raw.count - got)
        if more == 0 { break }
        got += more
      }
      rawRange = 0..<got
    } catch {
      throw InputError(.noInput, "\(path): cannot be opened: \(error)")
    }
    compression = Compression(magic: raw[rawRange])
    if let compression {
      guard let inflater = Inflater(compression) else {
        throw InputError(.readFailed, "no memory to decompress \(name)")
      }
      unpacking = inflater
    }
  }

  /// Whether the bytes come out as they are in the file.
  var isPlain: Bool { compression == nil }

  /// Size of the file in bytes, compressed as it is; nil for a pipe.
  func size() -> Int? {
    do throws(SystemFailure) {
      return try file.size()
    } catch {
      return nil
    }
  }

  /// Size of what comes out; a compressed file is read to its end for it.
  func contentSize() throws(InputError) -> Int {
    if compression == nil, let size = size() { return size }
    var scratch = [UInt8](repeating: 0, count: ByteStream.chunkBytes)
    while try read(into: &scratch, at: 0, count: scratch.count) > 0 {}
    return offset
  }

  /// The first bytes, at most `count`, which stay to be read.
  func peek(_ count: Int) throws(InputError) -> [UInt8] {
    precondition(offset == 0 && ahead.isEmpty)
    var head = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      // One read of a pipe is enough: waiting for more would hold up who talks line by line.
      let got = try read(into: &head, at: filled, count: count - filled)
      filled += got
      if got == 0 || head[..<filled].contains(0x0A) { break }
    }
    head.removeSubrange(filled...)
    ahead = head
    aheadUsed = 0
    offset = 0
    return head
  }

  /// Reads at most `count` bytes into `bytes` at `place`; 0 at the end.
  func read(into bytes: inout [UInt8], at place: Int, count: Int) throws(InputError) -> Int {
    guard count > 0 else { return 0 }
    if aheadUsed < ahead.count {
      let got = min(count, ahead.count - aheadUsed)
      bytes.replaceSubrange(place..<place + got, with: ahead[aheadUsed..<aheadUsed + got])
      aheadUsed += got
      if aheadUsed == ahead.count {
        ahead = []
        aheadUsed = 0
      }
      offset += got
      return got
    }
    let got =
      compression == nil
      ? try readPlain(into: &bytes, at: place, count: count)
      : try readCompressed(into: &bytes, at: place, count: count)
    offset += got
    return got
  }

  /// Goes to byte `target` of what comes out, from the beginning of the input.
  func skip(to target: Int) throws(InputError) {
    precondition(offset <= target)
    if compression == nil, ahead.isEmpty, size() != nil {
      do throws(SystemFailure) {
        try file.seek(to: target)
      } catch {
        throw failure(error)
      }
      rawRange = 0..<0
      consumed = target
      offset = target
      return
    }
    var scratch = [UInt8](repeating: 0, count: ByteStream.chunkBytes)
    while offset < target {
      let wanted = min(scratch.count, target - offset)
      guard try read(into: &scratch, at: 0, count: wanted) > 0 else {
        throw InputError(.readFailed, "\(name): has fewer than the \(target) bytes already judged")
      }
    }
  }

  private func readPlain(
    into bytes: inout [UInt8], at place: Int, count: Int
  ) throws(InputError) -> Int {
    if !rawRange.isEmpty {
      let got = min(count, rawRange.count)
      bytes.replaceSubrange(
        place..<place + got, with: raw[rawRange.lowerBound..<rawRange.lowerBound + got])
      rawRange = rawRange.lowerBound + got..<rawRange.upperBound
      consumed += got
      return got
    }
    do throws(SystemFailure) {
      let got = try file.read(into: &bytes, at: place, count: count)
      consumed += got
      return got
    } catch {
      throw failure(error)
    }
  }

  private func readCompressed(
    into bytes: inout [UInt8], at place: Int, count: Int
  ) throws(InputError) -> Int {
    guard let unpacking, let compression else { return 0 }
    while true {
      if rawRange.isEmpty, try !refill() {
        // What has been taken in may still be on its way out.
        let rest = try unpack(unpacking, compression, into: &bytes, place..<place + count)
        if rest > 0 { return rest }
        guard unpacking.isBetween else {
          throw InputError(
            .damaged,
            "\(name): the \(compression.rawValue) stream breaks off at byte \(consumed); "
              + "\(offset) bytes came out of it; fetch the whole file again")
        }
        return 0
      }
      if compression == .gzip, unpacking.isBetween, consumed > 0, try restIsPadding() { return 0 }
      let given = try unpack(unpacking, compression, into: &bytes, place..<place + count)
      if given > 0 { return given }
    }
  }

  private func unpack(
    _ unpacking: Inflater, _ compression: Compression, into bytes: inout [UInt8], _ room: Range<Int>
  ) throws(InputError) -> Int {
    do throws(Inflater.Problem) {
      let (taken, given) = try unpacking.read(raw, rawRange, into: &bytes, room)
      rawRange = rawRange.lowerBound + taken..<rawRange.upperBound
      consumed += taken
      return given
    } catch {
      throw damage(error, compression)
    }
  }

  /// Whether nothing but zeros follows a member; tapes and block devices pad so.
  private func restIsPadding() throws(InputError) -> Bool {
    while true {
      if let other = raw[rawRange].firstIndex(where: { $0 != 0 }) {
        // A member begins behind the padding, or there was none.
        consumed += other - rawRange.lowerBound
        rawRange = other..<rawRange.upperBound
        return false
      }
      consumed += rawRange.count
      rawRange = 0..<0
      if try !refill() { return true }
    }
  }

  private func refill() throws(InputError) -> Bool {
    if raw.count < ByteStream.chunkBytes {
      raw = [UInt8](repeating: 0, count: ByteStream.chunkBytes)
    }
    do throws(SystemFailure) {
      let got = try file.read(into: &raw, at: 0, count: raw.count)
      rawRange = 0..<got
      return got > 0
    } catch {
      throw failure(error)
    }
  }

  private func damage(_ problem: Inflater.Problem, _ compression: Compression) -> InputError {
    switch problem {
    case .damaged(let words):
      InputError(
        .damaged,
        "\(name): the \(compression.rawValue) stream is damaged near byte \(consumed) (\(words)); "
          + "\(offset) bytes came out of it; fetch the file again")
    case .tooLargeWindow:
      InputError(
        .damaged,
        "\(name): the \(compression.rawValue) stream asks for a window of more than 128 MiB; "
          + "compress it without --long, or pipe it: zstd -dc --long=31 FILE | heard run -")
    }
  }

  private func failure(_ error: SystemFailure) -> InputError {
    InputError(.readFailed, "\(name): cannot be read at byte \(consumed): \(error)")
  }
}
