import Foundation
import HeardInput
import Testing

/// Compressed inputs are streamed, and what is wrong with them is said with its place.
@Suite struct CompressionTests {
  private func fixture(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: SourceDump.fixtures.appendingPathComponent(name)))
  }

  /// Every truncation is noticed, whatever comes out before it.
  @Test(arguments: ["one.jsonl.gz", "members.jsonl.gz", "frames.jsonl.zst"])
  func truncationIsSaidWithItsPlace(name: String) throws {
    let scratch = try Scratch()
    let bytes = try fixture(name)
    var whole = 0
    for length in 5..<bytes.count {
      let path = try scratch.write("cut-\(length)", Array(bytes[..<length]))
      var options = InputOptions()
      options.form = .jsonl
      do {
        _ = try SourceDump.records([path], options)
        whole += 1
      } catch let error as InputError {
        #expect(error.code == .damaged)
        #expect(error.description.contains("breaks off at byte \(length);"), "\(error)")
      }
    }
    // A cut between two members, or in the zeros behind the last, leaves whole members.
    #expect(whole == (name.hasPrefix("members") ? 38 : name.hasPrefix("frames") ? 1 : 0))
  }

  /// A changed byte is noticed by the checksum, or changes nothing but the header's remarks.
  @Test(arguments: ["one.jsonl.gz", "frames.jsonl.zst"])
  func damageIsNoticed(name: String) throws {
    let scratch = try Scratch()
    let bytes = try fixture(name)
    let sound = try SourceDump.records([
      SourceDump.fixtures.appendingPathComponent("plain.jsonl").path
    ])
    var noticed = 0
    for place in 4..<bytes.count {
      var damaged = bytes
      damaged[place] ^= 0x10
      let path = try scratch.write("damaged-\(place)", damaged)
      var options = InputOptions()
      options.form = .jsonl
      do {
        #expect(try SourceDump.records([path], options) == sound, "byte \(place)")
      } catch let error as InputError {
        #expect(error.code == .damaged)
        noticed += 1
      }
    }
    #expect(noticed > bytes.count - 20)
  }

  @Test func whatFollowsAMemberMustBeOne() throws {
    let scratch = try Scratch()
    let path = try scratch.write("tail.gz", try fixture("one.jsonl.gz") + Array("rubbish".utf8))
    var options = InputOptions()
    options.form = .jsonl
    #expect(throws: InputError.self) { try SourceDump.records([path], options) }
  }

  /// 256 MiB of one letter come out of 8 KiB: one record that is too long, in little memory.
  @Test func aBombCostsABuffer() throws {
    let path = SourceDump.fixtures.appendingPathComponent("bomb.txt.zst").path
    var options = InputOptions()
    options.form = .text
    options.recordLimit = 1 << 20
    let before = try residentBytes()
    let found = try SourceDump.records([path], options)
    #expect(found == ["1 @0 too long: \(256 << 20)"])
    #expect(try residentBytes() - before < 100 << 20)
  }

  private func residentBytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
  }
}
