import Foundation
import HeardInput
import Testing

/// A file of its own, removed when the scratch goes.
struct Scratch: ~Copyable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("heard-batch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }
}

/// All lines of a source with their numbers and offsets.
private func lines(_ source: LineSource) throws -> [(number: Int, offset: Int, text: [UInt8])] {
  var found: [(number: Int, offset: Int, text: [UInt8])] = []
  var block = Block()
  while try source.next(into: &block) {
    var number = block.firstLine
    var start = 0
    while start < block.length {
      let end = block.bytes[start..<block.length].firstIndex(of: 0x0A) ?? block.length
      found.append((number, block.firstByte + start, Array(block.bytes[start..<end])))
      number += 1
      start = end + 1
    }
    for skipped in block.oversized { found.append((skipped.line, skipped.offset, [])) }
  }
  return found
}

/// Blocks hold every line of the file, whole, once, with its number and offset.
@Suite struct LineSourceTests {
  @Test(arguments: [0, 1, 10, 1000, 1_048_575, 1_048_576, 1_048_577, 3_000_000])
  func everyLineComesOnce(length: Int) throws {
    let scratch = try Scratch()
    var bytes: [UInt8] = []
    var expected: [(offset: Int, count: Int)] = []
    for (index, count) in [3, length, 0, 17, length / 2, 5].enumerated() {
      expected.append((bytes.count, count))
      bytes += [UInt8](repeating: UInt8(ascii: "a") + UInt8(index), count: count) + [0x0A]
    }
    let path = try scratch.write("lines", bytes)
    let found = try lines(LineSource(path: path, content: .textLines))
    #expect(found.map(\.number) == Array(1...6))
    #expect(found.map(\.offset) == expected.map(\.offset))
    #expect(found.map(\.text.count) == expected.map(\.count))
  }

  @Test(arguments: [true, false]) func aLastLineNeedsNoLineEnd(ended: Bool) throws {
    let scratch = try Scratch()
    let path = try scratch.write("lines", Array("one\ntwo".utf8) + (ended ? [0x0A] : []))
    #expect(try lines(LineSource(path: path, content: .textLines)).map(\.text.count) == [3, 3])
  }

  @Test func anEmptyFileHasNoLines() throws {
    let scratch = try Scratch()
    let path = try scratch.write("lines", [])
    #expect(try lines(LineSource(path: path, content: .textLines)).isEmpty)
  }

  @Test func tooLongALineIsSkippedAndTheNextIsRead() throws {
    let scratch = try Scratch()
    let long = [UInt8](repeating: 0x61, count: 5 << 20)
    let path = try scratch.write("lines", Array("one\n".utf8) + long + Array("\nthree\n".utf8))
    let found = try lines(LineSource(path: path, content: .textLines, lineLimit: 1 << 20))
      .sorted { $0.number < $1.number }
    #expect(found.map(\.number) == [1, 2, 3])
    #expect(found.map(\.offset) == [0, 4, 4 + long.count + 1])
    #expect(found[2].text == Array("three".utf8))
  }
}
