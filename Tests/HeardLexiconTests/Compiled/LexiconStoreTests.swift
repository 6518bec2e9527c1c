import Glibc
import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon
@testable import HeardSources

/// The image of a folder is the folder's, whatever happens to either.
@Suite struct LexiconStoreTests {
  /// A lexicon folder that goes when the test ends.
  final class Folder {
    let path: String
    var cache: String { path + "/../cache-" + name }
    private let name: String
    var image: String { path + "/lexicon.compiled" }

    init() throws {
      name = "heard-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
      path = "/tmp/" + name
      #expect(SystemFile.makeFolder(path + "/nl"))
      #expect(SystemFile.makeFolder("/tmp/cache-" + name))
      try write("scoring.yaml", "scoring: heard/1\n")
      try write("nl/test.yaml", Self.theme("boos"))
    }

    deinit {
      unsafe chmod(path, 0o755)
      for folder in [path, "/tmp/cache-" + name] {
        for file in ["nl/test.yaml", "nl", "scoring.yaml", "lexicon.compiled"] {
          unsafe remove(folder + "/" + file)
        }
        LexiconStoreTests.names(folder).forEach { unsafe remove(folder + "/" + $0) }
        unsafe remove(folder)
      }
    }

    /// Writes a source that is old enough for its time to count.
    func write(_ name: String, _ text: String, age: Int = 100) throws {
      try LexiconFiles.write(text, to: path + "/" + name, named: name)
      touch(name, age: age)
    }

    func touch(_ name: String, age: Int) {
      let time = timespec(tv_sec: Int(SystemFile.now() / 1_000_000_000) - age, tv_nsec: 7)
      let set = unsafe utimensat(AT_FDCWD, path + "/" + name, [time, time], 0)
      #expect(set == 0)
    }

    func open() throws -> (lexicon: CompiledLexicon, origin: LexiconStore.Origin) {
      try LexiconStore.open(path: path + "/", cache: cache)
    }

    static func theme(_ word: String) -> String {
      """
      lexicon: heard/1
      language: nl
      theme: test
      entries:
      - id: nl.test.\(word)
        phrase: \(word)
        evidence: {complaint: 1.0}
        examples: ["Ik ben \(word)."]
      """
    }
  }

  static func names(_ folder: String) -> [String] {
    var names: [String] = []
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe _ = closedir(stream) }
    while let item = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &item.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  @Test func compilesOnceThenReads() throws {
    let folder = try Folder()
    let first = try folder.open()
    #expect(first.origin == .compiled(folder.image))
    let second = try folder.open()
    #expect(second.origin == .image(folder.image))
    #expect(first.lexicon.digest == second.lexicon.digest)
    #expect(second.lexicon.entryID(0) == "nl.test.boos")
    #expect(Self.names(folder.path) == ["lexicon.compiled", "nl", "scoring.yaml"])
    #expect(try LexiconStore.open(path: folder.image).digest == second.lexicon.digest)
  }

  @Test func compilesAgainWhenASourceChanged() throws {
    let folder = try Folder()
    let before = try folder.open().lexicon
    try folder.write("nl/test.yaml", Folder.theme("kwaad"))
    let after = try folder.open()
    #expect(after.origin == .compiled(folder.image))
    #expect(after.lexicon.entryID(0) == "nl.test.kwaad")
    #expect(after.lexicon.digest != before.digest)
    // Whoever has the old image open goes on reading the old one.
    #expect(before.entryID(0) == "nl.test.boos")
    #expect(try folder.open().origin == .image(folder.image))
  }

  /// An analyst copies another image over the one that is in use, or the disk is full meanwhile.
  @Test func whatBecomesOfTheFileIsNothingToAnOpenLexicon() throws {
    let folder = try Folder()
    _ = try folder.open()
    let lexicon = try CompiledLexicon(reading: folder.image)
    let file = unsafe Glibc.open(folder.image, O_WRONLY)
    let scrawl = [UInt8](repeating: 0xFF, count: 1000)
    let written = unsafe write(file, scrawl, scrawl.count)
    #expect(written == scrawl.count && ftruncate(file, 500) == 0 && close(file) == 0)
    #expect(lexicon.entryID(0) == "nl.test.boos")
    var matches: ContiguousArray<Match> = []
    var matcher = Matcher(lexicon)
    let memory = WordSplitter()
    matcher.match(memory.document("ik ben boos", .dutch), memory: memory, into: &matches)
    #expect(matches.count == 1)
    #expect(throws: CompiledLexiconError.self) { try CompiledLexicon(reading: folder.image) }
  }

  @Test func seesAChangeOfTheSameLength() throws {
    let folder = try Folder()
    _ = try folder.open()
    try folder.write("nl/test.yaml", Folder.theme("doof"), age: 50)
    #expect(try folder.open().lexicon.entryID(0) == "nl.test.doof")
  }

  @Test func aYoungSourceIsReadAgain() throws {
    let folder = try Folder()
    folder.touch("nl/test.yaml", age: 0)
    let built = try folder.open()
    #expect(built.lexicon.sourceFiles.first { $0.path == "nl/test.yaml" }?.modified == 0)
    #expect(try folder.open().origin == .image(folder.image))
    // The same length and the same time, as a fast editor and a coarse clock make it.
    try folder.write("nl/test.yaml", Folder.theme("doof"), age: 0)
    #expect(try folder.open().lexicon.entryID(0) == "nl.test.doof")
  }

  @Test func aTimeAloneIsNoChange() throws {
    let folder = try Folder()
    let before = try folder.open().lexicon
    folder.touch("nl/test.yaml", age: 50)
    let after = try folder.open()
    #expect(after.origin == .image(folder.image))
    #expect(after.lexicon.digest == before.digest)
    // The new time is written down, and the image is still in order.
    let files = try LexiconFiles.list(folder: folder.path)
    #expect(try CompiledLexicon(reading: folder.image).sourceFiles == files)
  }

  @Test func whatIsNoFileIsNeverReplaced() throws {
    let folder = try Folder()
    let name = folder.path + "/device"
    // As /dev/null, which root could replace.
    let linked = unsafe symlink("/dev/null", name)
    #expect(linked == 0)
    defer { unsafe remove(name) }
    try LexiconFiles.write("text", to: name, named: "device")
    #expect(!SystemFile.replace(name, with: [1, 2, 3]))
    var status = stat()
    let found = unsafe lstat(name, &status)
    #expect(found == 0)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func aNewFileIsAChange() throws {
    let folder = try Folder()
    _ = try folder.open()
    try folder.write("nl/forms.lock", "# heard-forms/1 nl test\n")
    defer { unsafe remove(folder.path + "/nl/forms.lock") }
    #expect(try folder.open().origin == .compiled(folder.image))
  }

  @Test func aDamagedImageIsAnError() throws {
    let folder = try Folder()
    _ = try folder.open()
    var bytes = try LexiconFiles.read(folder.image, named: "image")
    bytes[bytes.count / 2] ^= 1
    #expect(SystemFile.replace(folder.image, with: bytes))
    #expect {
      try folder.open()
    } throws: { error in
      let error = error as? CompiledLexiconError
      return error?.code == .damaged && error?.place == folder.image
        && error?.help == "run heard lexicon build"
    }
    // And building is indeed what helps.
    _ = try LexiconStore.build(folder: folder.path)
    #expect(try folder.open().origin == .image(folder.image))
  }

  @Test func anImageOfAnotherVersionIsReplaced() throws {
    let folder = try Folder()
    _ = try folder.open()
    var bytes = try LexiconFiles.read(folder.image, named: "image")
    bytes[8] &+= 1
    #expect(SystemFile.replace(folder.image, with: bytes))
    #expect(try folder.open().origin == .compiled(folder.image))
  }

  /// Where the tests run as root nothing is read-only, so the places are given by hand.
  @Test func theCacheServesFoldersThatCannotBeWritten() throws {
    let folder = try Folder()
    let places = LexiconStore.places(folder.path, folder.cache)
    #expect(places.count == 2 && places[0] == folder.image)
    let files = try LexiconFiles.list(folder: folder.path)
    let built = try LexiconStore.compile(
      folder.path, files, to: ["/proc/self/lexicon.compiled", places[1]])
    #expect(built.origin == .compiled(places[1]))
    #expect(try folder.open().origin == .image(places[1]))
  }

  @Test func whereNothingCanBeWrittenItIsInMemory() throws {
    let folder = try Folder()
    let files = try LexiconFiles.list(folder: folder.path)
    let built = try LexiconStore.compile(folder.path, files, to: ["/proc/self/lexicon.compiled"])
    #expect(built.origin == .unwritten && built.lexicon.entryCount == 1)
    #expect {
      try LexiconStore.build(folder: folder.path, output: "/proc/self/lexicon.compiled")
    } throws: { ($0 as? CompiledLexiconError)?.place == "/proc/self/lexicon.compiled" }
  }

  @Test func sourcesWithErrorsAreErrors() throws {
    let folder = try Folder()
    _ = try folder.open()
    try folder.write("nl/test.yaml", "lexicon: heard/1\nlanguage: nl\n")
    #expect(throws: LexiconError.self) { try folder.open() }
  }

  @Test func missingAndEmptyFolders() throws {
    #expect {
      try LexiconStore.open(path: "/nowhere/lexicons")
    } throws: { ($0 as? CompiledLexiconError)?.code == .missing }
    let folder = try Folder()
    unsafe remove(folder.path + "/scoring.yaml")
    unsafe remove(folder.path + "/nl/test.yaml")
    #expect {
      try folder.open()
    } throws: { ($0 as? CompiledLexiconError)?.code == .noSources }
  }

  @Test func manyAtOnce() async throws {
    let folder = try Folder()
    let path = folder.path
    let cache = folder.cache
    let digests = await withTaskGroup(of: String?.self) { group in
      for _ in 0..<16 {
        group.addTask { try? LexiconStore.open(path: path, cache: cache).lexicon.digest }
      }
      return await group.reduce(into: [String?]()) { $0.append($1) }
    }
    #expect(Set(digests).count == 1 && digests.first != .some(nil))
    #expect(Self.names(folder.path) == ["lexicon.compiled", "nl", "scoring.yaml"])
  }
}
