import FoundationEssentials
import Glibc
import Heard
import HeardClassifier
import HeardRouter
import Synchronization

@testable import HeardBatch
@testable import HeardInput

/// What holds of every corpus: a record is cut the same wherever blocks end, and gives one record.
enum CorpusLaws {
  static func check(
    _ bytes: [UInt8], _ options: InputOptions, blockBytes: Int, judges: Bool = true
  ) throws {
    // What is compressed has a target of its own, for a thousand bytes may stand for a billion.
    guard !judges || Compression(magic: bytes) == nil else { return }
    let file = try ScratchFile(bytes)
    var small = options
    small.blockBytes = blockBytes
    let whole = try records(file.path, options, judges: judges)
    let cut = try records(file.path, small, judges: false)
    try hold(whole.error == cut.error, "where blocks end changes what is wrong")
    // A damaged file is read up to the damage: small blocks come nearer to it.
    let shared = whole.error == nil ? whole.found.count : min(whole.found.count, cut.found.count)
    try same(
      whole.error == nil ? whole.found : Array(whole.found.prefix(shared)),
      whole.error == nil ? cut.found : Array(cut.found.prefix(shared)))
  }

  /// Every record with its number and offset, or why there is none.
  private static func records(
    _ path: String, _ options: InputOptions, judges: Bool
  ) throws -> (found: [String], error: InputError.Code?) {
    var found: [String] = []
    do throws(InputError) {
      for source in try InputPlan([path], options: options).sources() {
        var block = Block()
        while try source.next(into: &block) {
          found += dump(block)
          if judges { try judge(block) }
        }
      }
    } catch {
      if error.code == .readFailed && error.description.hasPrefix(lawMark) {
        throw BrokenLaw(description: error.description)
      }
      try hold(!error.description.isEmpty, "no words")
      return (found, error.code)
    }
    return (found, nil)
  }

  private static let lawMark = "law: "

  private static let judge = Mutex(BlockBench())

  /// Law 7: one record out for every record that is not empty.
  private static func judge(_ block: Block) throws(InputError) {
    let (expected, got, lines) = judge.withLock { $0.judge(block) }
    guard expected == got, expected == lines else {
      throw InputError(
        .readFailed, "\(lawMark)\(expected) records in, \(got) counted and \(lines) written")
    }
  }

  private static func dump(_ block: Block) -> [String] {
    var found: [String] = []
    func add(_ number: Int, _ range: Range<Int>) {
      found.append("\(number) @\(block.firstByte + range.lowerBound) \(Array(block.bytes[range]))")
    }
    switch block.content {
    case .files: found += block.files.map(\.id)
    case .rows, .mails: for span in block.records { add(span.number, span.range) }
    case .jsonLines, .textLines, .exchange:
      var number = block.firstLine
      var start = 0
      while start < block.length {
        let end = LineScan.end(of: start, in: block.bytes, before: block.length)
        add(number, start..<end)
        number += 1
        start = end + 1
      }
    }
    for skipped in block.oversized {
      found.append("\(skipped.line) @\(skipped.offset) too long: \(skipped.length)")
    }
    return found
  }

  private static func same(_ one: [String], _ other: [String]) throws(BrokenLaw) {
    guard one != other else { return }
    let index = zip(one, other).prefix { $0 == $1 }.count
    throw BrokenLaw(
      description: "where blocks end changes record \(index): "
        + "\(index < one.count ? String(one[index].prefix(300)) : "none") and "
        + "\(index < other.count ? String(other[index].prefix(300)) : "none")")
  }
}

/// Judges blocks and counts.
private final class BlockBench {
  private let judge: BlockJudge?

  init() {
    var fields = RecordFields()
    fields.text = "text"
    let pipeline = ShippedPipeline.make()
    judge = JSONRecordReader(fields).map {
      BlockJudge(pipeline: pipeline, json: $0, options: BatchRun.Options())
    }
  }

  func judge(_ block: Block) -> (expected: Int, counted: Int, lines: Int) {
    guard let judge else { return (0, 0, 0) }
    let judged = judge.judge(block)
    return (
      expected(block), judged.statistics.records,
      judged.records.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
    )
  }

  private func expected(_ block: Block) -> Int {
    func isBlank(_ range: Range<Int>, _ blanks: [UInt8]) -> Bool {
      block.bytes[range].allSatisfy { blanks.contains($0) }
    }
    switch block.content {
    case .files: return block.files.count
    case .rows:
      return block.oversized.count
        + block.records.count { !isBlank($0.range, [0x20, 0x09, 0x0A, 0x0D]) }
    case .mails: return block.records.count + block.oversized.count
    case .jsonLines, .textLines, .exchange:
      var count = block.oversized.count
      var start = 0
      while start < block.length {
        var end = LineScan.end(of: start, in: block.bytes, before: block.length)
        let next = end + 1
        if end > start, block.bytes[end - 1] == 0x0D { end -= 1 }
        if !isBlank(start..<end, [0x20, 0x09]) { count += 1 }
        start = next
      }
      return count
    }
  }
}

/// A file without a name, in memory where the system has room for such, with a path all the same.
final class ScratchFile {
  let path: String
  private let number: Int32

  init(_ bytes: [UInt8]) throws {
    var opened: Int32 = -1
    for folder in ["/dev/shm", "/tmp"] where opened < 0 {
      var template = Array("\(folder)/heard-fuzz-XXXXXX\0".utf8.map { CChar(bitPattern: $0) })
      opened = unsafe mkstemp(&template)
      if opened >= 0 { unsafe unlink(template) }
    }
    guard opened >= 0 else { throw BrokenLaw(description: "a file cannot be made") }
    number = opened
    path = "/proc/self/fd/\(number)"
    var at = 0
    while at < bytes.count {
      let written = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(number, $0.baseAddress.map { unsafe $0 + at }, bytes.count - at)
      }
      guard written > 0 else { throw BrokenLaw(description: "a file cannot be written") }
      at += written
    }
  }

  deinit { close(number) }
}

/// A folder that goes away.
final class ScratchFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/heard-fuzz-XXXXXX\0".utf8.map { CChar(bitPattern: $0) })
    guard unsafe mkdtemp(&template) != nil else {
      throw BrokenLaw(description: "a folder cannot be made")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func makeFolder(_ name: String) throws {
    guard unsafe mkdir("\(path)/\(name)", 0o700) == 0 else {
      throw BrokenLaw(description: "a folder cannot be made")
    }
  }

  /// Writes a file whose name may be any bytes; returns whether the system took the name.
  func write(_ name: [UInt8], _ bytes: [UInt8] = []) -> Bool {
    let whole = (Array("\(path)/".utf8) + name + [0]).map { CChar(bitPattern: $0) }
    let number = unsafe open(whole, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard number >= 0 else { return false }
    defer { close(number) }
    return unsafe bytes.withUnsafeBytes {
      unsafe Glibc.write(number, $0.baseAddress, $0.count)
    } == bytes.count
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
