import Foundation
import HeardInput
import Testing

/// Folders are walked to their end, every message once, whatever is in them.
@Suite struct FolderWalkTests {
  private func link(_ scratch: borrowing Scratch, _ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: scratch.folder.appendingPathComponent(name).path, withDestinationPath: target)
  }

  private func records(_ scratch: borrowing Scratch) throws -> [String] {
    try SourceDump.records([scratch.folder.path])
  }

  @Test func loopsOfLinksEnd() throws {
    let scratch = try Scratch()
    _ = try scratch.write("a/1.eml", [0x61])
    _ = try scratch.write("a/b/2.eml", [0x61])
    try link(scratch, "a/itself", to: ".")
    try link(scratch, "a/b/above", to: "..")
    try link(scratch, "top", to: scratch.folder.path)
    // Before the folder in every order, yet the folder's own name is what counts.
    try link(scratch, "0-early", to: "a")
    #expect(try records(scratch) == ["a/1.eml", "a/b/2.eml"])
  }

  /// Links to folders elsewhere are followed, once, by the first name.
  @Test func foldersElsewhereAreReadOnce() throws {
    let elsewhere = try Scratch()
    _ = try elsewhere.write("x/1.eml", [0x61])
    let scratch = try Scratch()
    _ = try scratch.write("0.eml", [0x61])
    for name in ["z", "m", "c"] { try link(scratch, name, to: elsewhere.folder.path) }
    try link(scratch, "b", to: elsewhere.folder.appendingPathComponent("x").path)
    #expect(try records(scratch) == ["0.eml", "b/1.eml"])
  }

  /// Ten folders with links to one another, of which the paths would be ten millions.
  @Test func foldersThatKnowOneAnotherAreReadOnce() throws {
    let scratch = try Scratch()
    for folder in 0..<10 {
      _ = try scratch.write("\(folder)/\(folder).eml", [0x61])
      for other in 0..<10 where other != folder {
        try link(scratch, "\(folder)/to-\(other)", to: "../\(other)")
      }
    }
    #expect(try records(scratch) == (0..<10).map { "\($0)/\($0).eml" })
  }

  /// A link that leads nowhere is a message that cannot be read, not one that is lost.
  @Test func linksThatLeadNowhereAreKept() throws {
    let scratch = try Scratch()
    try link(scratch, "gone.eml", to: "nowhere.eml")
    try link(scratch, "self.eml", to: "self.eml")
    try link(scratch, "gone", to: "nowhere")
    _ = try scratch.write("there.eml", [0x61])
    #expect(try records(scratch) == ["gone.eml", "self.eml", "there.eml"])
  }

  /// What would never end is no message.
  @Test func pipesAndSocketsAreLeftOut() throws {
    let scratch = try Scratch()
    _ = try scratch.write("there.eml", [0x61])
    let pipe = scratch.folder.appendingPathComponent("pipe.eml").path
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    try link(scratch, "zero.eml", to: "/dev/zero")
    #expect(try records(scratch) == ["there.eml"])
  }

  /// `tmp` is a Maildir's only where there is one.
  @Test func onlyAMaildirHasATmp() throws {
    let scratch = try Scratch()
    _ = try scratch.write("box/cur/1:2,S", [0x61])
    _ = try scratch.write("box/tmp/2", [0x61])
    _ = try scratch.write("box/tmp/3.eml", [0x61])
    _ = try scratch.write("tmp/4.eml", [0x61])
    #expect(try records(scratch) == ["box/cur/1:2,S", "tmp/4.eml"])
  }
}
