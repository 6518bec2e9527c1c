import Foundation
import HeardInput
import HeardTestSupport
import Testing

/// What a page shows is what happens: every `console` block is run, and its output compared.
///
/// A YAML block whose first line is a comment with a file's name is that file. Commands (`$ …`,
/// continued by `> …`) run one after another in a folder that has those files, the lexicons, the
/// policies and the corpus. In what is expected, `…` stands for anything on its line, and alone on a
/// line for any lines.
@Suite struct DocumentationTests {
  /// Pages whose examples are run.
  static let pages = ["docs/routing.md"]

  @Test(arguments: pages) func examplesAreTrue(_ page: String) throws {
    let text = try String(
      contentsOf: CommandLineProbe.root.appendingPathComponent(page), encoding: .utf8)
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    for name in ["lexicons", "policies", "corpus", "docs"] {
      try FileManager.default.createSymbolicLink(
        at: probe.folder.appendingPathComponent(name),
        withDestinationURL: CommandLineProbe.root.appendingPathComponent(name))
    }
    let blocks = DocumentationTests.blocks(text)
    for block in blocks where block.kind == "yaml" {
      if let name = DocumentationTests.fileName(block.lines.first) {
        _ = try probe.file(name, block.lines.joined(separator: "\n") + "\n")
      }
    }
    var commands = 0
    for block in blocks where block.kind == "console" {
      for (command, expected) in DocumentationTests.commands(block.lines) {
        commands += 1
        let said = lines(try probe.shell(command).text)
        #expect(
          DocumentationTests.matches(said, expected[...]),
          "\(page):\(block.line): $ \(command)\n--- said\n\(said.joined(separator: "\n"))\n")
      }
    }
    #expect(commands > 5, "the page shows next to nothing")
  }

  struct Block {
    let kind: String
    let line: Int
    var lines: [String] = []
  }

  /// The fenced blocks of a page.
  static func blocks(_ text: String) -> [Block] {
    var blocks: [Block] = []
    var open: Block?
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        if let done = open {
          blocks.append(done)
          open = nil
        } else {
          open = Block(kind: String(line.dropFirst(3)), line: number + 2)
        }
      } else {
        open?.lines.append(String(line))
      }
    }
    return blocks
  }

  /// `night.yaml` of `# night.yaml`.
  static func fileName(_ line: String?) -> String? {
    guard let line, line.hasPrefix("# "), line.hasSuffix(".yaml"), !line.dropFirst(2).contains(" ")
    else { return nil }
    return String(line.dropFirst(2))
  }

  /// The commands of a block, each with the lines that it must print.
  static func commands(_ lines: [String]) -> [(command: String, expected: [String])] {
    var commands: [(command: String, expected: [String])] = []
    for line in lines {
      if line.hasPrefix("$ ") {
        commands.append((String(line.dropFirst(2)), []))
      } else if line.hasPrefix("> "), let last = commands.last, last.expected.isEmpty {
        commands[commands.count - 1].command += "\n" + line.dropFirst(2)
      } else if !commands.isEmpty {
        commands[commands.count - 1].expected.append(line)
      }
    }
    return commands
  }

  /// Whether lines are those expected; see the suite.
  static func matches(_ said: [String], _ expected: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return said.isEmpty }
    if first == "…" {
      return (0...said.count).contains { matches(Array(said.dropFirst($0)), expected.dropFirst()) }
    }
    guard let line = said.first else { return false }
    let parts = first.components(separatedBy: "…")
    var rest = line[...]
    guard rest.hasPrefix(parts[0]) else { return false }
    rest = rest.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() {
      guard let range = rest.range(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    let isWhole = parts.count == 1 ? rest.isEmpty : rest.hasSuffix(parts[parts.count - 1])
    return isWhole && matches(Array(said.dropFirst()), expected.dropFirst())
  }

  private func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The comparison itself can fail.
  @Test func thePageIsHeldToItsWord() {
    typealias Page = DocumentationTests
    #expect(Page.matches(["a 12 b", "c"], ["a … b", "c"]))
    #expect(Page.matches(["a", "x", "y", "c"], ["a", "…", "c"]))
    #expect(!Page.matches(["a 12 c", "c"], ["a … b", "c"]))
    #expect(!Page.matches(["a", "c", "d"], ["a", "c"]))
    #expect(!Page.matches(["a"], ["a", "c"]))
    #expect(!Page.matches([], ["a"]))
    let commands = Page.commands(["$ one", "> two", "said", "$ three"])
    #expect(commands.map(\.command) == ["one\ntwo", "three"])
  }
}
