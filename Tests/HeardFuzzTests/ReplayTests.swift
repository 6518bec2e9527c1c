import FoundationEssentials
import Testing

/// Inputs that once broke something, and the corpus, through every target of the fuzzer.
@Suite struct ReplayTests {
  private static let inputs = "\(ShippedPipeline.root)/Tests/HeardFuzzTests/Inputs"

  /// Files below a folder, or the file itself, in order.
  private static func files(_ path: String) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      return FileManager.default.fileExists(atPath: path) ? [path] : []
    }
    return names.sorted().flatMap { files("\(path)/\($0)") }
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path)))
  }

  /// `Inputs/<target>/<what it was>`.
  @Test(arguments: FuzzTarget.all) func whatWasFoundStaysMended(target: FuzzTarget) throws {
    for path in Self.files("\(Self.inputs)/\(target.name)") {
      let input = try Self.bytes(path)
      #expect(throws: Never.self, "\(path)") { try target.run(input) }
    }
  }

  /// The first inputs of the fuzzer hold to the laws before anything is changed in them.
  @Test(arguments: FuzzTarget.all) func seedsHold(target: FuzzTarget) throws {
    let seeds = target.seeds.flatMap { Self.files("\(ShippedPipeline.root)/\($0)") }
    #expect(target.seeds.isEmpty || !seeds.isEmpty, "the seeds of \(target) are gone")
    // Some of them: all are for the fuzzer, which is optimised.
    for path in seeds.enumerated().filter({ $0.offset % max(1, seeds.count / 6) == 0 }).map(
      \.element)
    {
      let input = Array(try Self.bytes(path).prefix(target.limit))
      #expect(throws: Never.self, "\(path)") { try target.run(input) }
    }
    #expect(throws: Never.self) { try target.run([]) }
    let words = target.words.joined()
    #expect(throws: Never.self) { try target.run(Array(words.utf8.prefix(target.limit))) }
  }

  @Test func everyKeptInputHasATarget() throws {
    let names = Set(FuzzTarget.all.map(\.name))
    #expect(names.count == FuzzTarget.all.count, "two targets have one name")
    for folder in try FileManager.default.contentsOfDirectory(atPath: Self.inputs) {
      #expect(names.contains(folder) || folder == "README.md", "no target is called \(folder)")
    }
  }

  /// A law can be broken.
  @Test func aBrokenLawIsSaid() {
    let target = FuzzTarget(name: "x") { input in try hold(input.choice(2) == 0, "odd") }
    #expect(throws: BrokenLaw.self) { try target.run([1]) }
    #expect(throws: Never.self) { try target.run([2]) }
  }
}
