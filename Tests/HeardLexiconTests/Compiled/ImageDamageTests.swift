import HeardTestSupport
import HeardText
import Testing

@testable import HeardAuthoring
@testable import HeardLexicon
@testable import HeardSources

private typealias Make = LexiconFixture

/// Law 9 for images: every damage is an error, and no image makes heard read outside its bounds.
@Suite struct ImageDamageTests {
  private static func image() throws -> [UInt8] {
    try Make.image(
      [
        Make.entry("en.a", .english, Make.phrase("not at all")),
        Make.entry("nl.a", .dutch, Make.lemma("klagen"), mode: MatchingMode(compound: .any)),
        Make.entry("nl.b", .dutch, Make.phrase("niets te ...3 ~klagen")),
        Make.entry("nl.c", .dutch, Make.phrase("<number> weken")),
        Make.entry(
          "pl.a", .polish, Make.lemma("łaska"),
          change: ScopeOperator(scope: .negation, direction: .backward, reach: 6)),
      ],
      manifest: SourceManifest(
        digest: Array(0..<32), files: [SourceFile(path: "nl/a.yaml", size: 7, modified: 9)]))
  }

  private static func code(_ bytes: [UInt8]) -> CompiledLexiconError.Code? {
    do {
      _ = try CompiledLexicon(bytes: bytes)
      return nil
    } catch { return error.code }
  }

  @Test func everyFlippedBitIsSeen() throws {
    let image = try Self.image()
    for index in image.indices {
      var other = image
      other[index] ^= 1 << UInt8(index % 8)
      let code = Self.code(other)
      let allowed: [CompiledLexiconError.Code] =
        index < 8
        ? [.notAnImage] : index < 16 || 68..<72 ~= index ? [.version] : [.damaged]
      #expect(code.map(allowed.contains) == true, "byte \(index): \(String(describing: code))")
    }
  }

  @Test func everyTruncationIsSeen() throws {
    let image = try Self.image()
    for count in 0..<image.count {
      let code = Self.code(Array(image[..<count]))
      #expect(code == .damaged || count < 8 && code == .notAnImage, "\(count) bytes")
    }
    #expect(Self.code(image + [0]) == .damaged)
    #expect(Self.code(image) == nil)
  }

  @Test func errorsNameTheSectionAndWhatToDo() throws {
    var image = try Self.image()
    let row =
      ImageFormat.tableOffset + Int(ImageSection.candidates.rawValue) * ImageFormat.tableStride
    let offset = (0..<8).reduce(0) { $0 | Int(image[row + 8 + $1]) << ($1 * 8) }
    image[offset] ^= 0x10
    do {
      _ = try CompiledLexicon(bytes: image, path: "x.compiled")
      Issue.record("a damaged image was opened")
    } catch {
      #expect(error.description.hasPrefix("x.compiled: the lexicon image is damaged: checksum "))
      #expect(error.description.hasSuffix(" at section candidates; run heard lexicon build"))
    }
  }

  @Test func otherFilesAreNoImages() {
    #expect(Self.code([]) == .notAnImage)
    #expect(Self.code(Array("lexicon: heard/1\n".utf8)) == .notAnImage)
    #expect(Self.code([UInt8](repeating: 0, count: 10_000)) == .notAnImage)
    #expect(throws: CompiledLexiconError.self) { try CompiledLexicon(reading: "/nowhere/x") }
    #expect(throws: CompiledLexiconError.self) { try CompiledLexicon(reading: "/dev/null") }
    #expect(throws: CompiledLexiconError.self) { try CompiledLexicon(reading: "/") }
  }

  /// With right checksums nothing but the checks of indices stands between an image and the
  /// matcher: whatever the bytes are, it must be refused or be usable.
  @Test(arguments: 0..<8)
  func forgedImagesDoNoHarm(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let image = try Self.image()
    let memory = WordSplitter()
    let document = memory.document(
      "niets te veel klagen not at all 3 weken klaagt laske klachtenbrief . zadam", .undetermined)
    for _ in 0..<400 {
      var forged = image
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: ImageFormat.headCount..<image.count, using: &random)
        forged[index] =
          [0, 1, 0x7F, 0xFF, UInt8.random(in: 0...255, using: &random)]
          .randomElement(using: &random) ?? 0
      }
      Self.correctChecksums(&forged)
      guard let lexicon = try? CompiledLexicon(bytes: forged) else { continue }
      var matches: ContiguousArray<Match> = []
      var matcher = Matcher(lexicon)
      matcher.match(document, memory: memory, into: &matches)
      for match in matches { _ = lexicon.entry(Int(match.entry)) }
      _ = lexicon.entries
    }
  }

  private static func correctChecksums(_ image: inout [UInt8]) {
    func long(_ place: Int) -> Int { (0..<8).reduce(0) { $0 | Int(image[place + $1]) << ($1 * 8) } }
    func put(_ number: UInt64, _ place: Int) {
      var bytes: [UInt8] = []
      bytes.append(little: number)
      image.replaceSubrange(place..<place + 8, with: bytes)
    }
    let sections = ImageSection.allCases
    for section in sections {
      let row = ImageFormat.tableOffset + Int(section.rawValue) * ImageFormat.tableStride
      let next = section == sections.last ? image.count : long(row + ImageFormat.tableStride + 8)
      put(ImageChecksum.of(Array(image[long(row + 8)..<next])), row + 24)
    }
    put(
      ImageFormat.headChecksum(Array(image[..<ImageFormat.headCount])),
      ImageFormat.checksumOffset)
  }
}
