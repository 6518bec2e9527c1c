public import HeardLexicon
public import HeardSources

/// Opens lexicons by path, and keeps the compiled image of a folder up to date.
///
/// 1. A path to a file is an image: it is read.
/// 2. A path to a folder has sources. Beside them lies `lexicon.compiled`; where nothing can be
///    written, the image lies in the user's cache, and where that cannot be written either, it is
///    made anew each time.
/// 3. An image whose stamps (size and time of each source) are those of the folder is taken. When
///    only times differ, the digest of the content decides. Otherwise the folder is compiled.
/// 4. A damaged image is an error, for something is wrong that heard did not do. An image of
///    another format version is replaced.
///
/// Several processes may do this at once: images are put in place whole.
public enum LexiconStore {
  /// Name of the image in a lexicon folder.
  public static let imageName = "lexicon.compiled"

  /// How a lexicon came to be open.
  public enum Origin: Hashable, Sendable {
    /// An image that was up to date.
    case image(String)
    /// Compiled now, and written there.
    case compiled(String)
    /// Compiled now, and written nowhere.
    case unwritten
  }

  /// Opens the lexicon at a path: a folder with sources, or a compiled file.
  ///
  /// - Parameter warn: told, when the folder was compiled now, of every lemma whose forms are not
  ///   pinned: it matches as it is spelt and in no other form until they are.
  /// - Throws: ``LexiconError`` for sources that cannot be used, ``CompiledLexiconError`` else.
  public static func open(
    path: String, warn: (Diagnostic) -> Void = { _ in }
  ) throws -> CompiledLexicon {
    try open(path: path, cache: cacheFolder(), warn: warn).lexicon
  }

  /// Compiles a folder whether or not its image is up to date, and writes the image.
  ///
  /// - Parameter output: where to write; nil: where ``open(path:)`` looks.
  /// - Throws: ``LexiconError`` for sources that cannot be used, ``CompiledLexiconError`` else, also
  ///   when a named output cannot be written.
  public static func build(
    folder: String, output: String? = nil
  ) throws -> (lexicon: CompiledLexicon, origin: Origin) {
    let folder = trimmed(folder)
    let files = try SourceFolder.list(folder)
    let built = try compile(folder, files, to: output.map { [$0] } ?? places(folder, cacheFolder()))
    if let output, built.origin == .unwritten {
      throw CompiledLexiconError(
        .unreadable, place: output, message: "the lexicon image cannot be written",
        help: "check the folder, its permissions and the room on its disk")
    }
    return built
  }

  /// As ``open(path:)``, with the cache folder to use, and saying what it did.
  static func open(
    path: String, cache: String?, warn: (Diagnostic) -> Void = { _ in }
  ) throws -> (lexicon: CompiledLexicon, origin: Origin) {
    guard let kind = SystemFile.kind(path) else {
      throw SystemFile.error(path, "the lexicon cannot be opened")
    }
    guard kind == .folder else { return (try CompiledLexicon(reading: path), .image(path)) }
    let folder = trimmed(path)
    let files = try SourceFolder.list(folder)
    let places = places(folder, cache)
    for place in places where SystemFile.kind(place) != nil {
      guard let lexicon = try upToDate(place, folder, files) else { continue }
      return (lexicon, .image(place))
    }
    return try compile(folder, files, to: places, warn: warn)
  }

  /// The image at a place when it is that of the sources; nil when it is that of others.
  private static func upToDate(
    _ place: String, _ folder: String, _ files: [SourceFile]
  ) throws -> CompiledLexicon? {
    guard let lexicon = try image(place) else { return nil }
    if lexicon.sourceFiles == files { return lexicon }
    // Another size or another file is another content; a time alone is not.
    guard lexicon.sourceFiles.map(\.path) == files.map(\.path),
      lexicon.sourceFiles.map(\.size) == files.map(\.size)
    else { return nil }
    let manifest = try SourceFolder.manifest(folder, files)
    guard lexicon.isCompiled(from: manifest) else { return nil }
    if manifest.files != lexicon.sourceFiles {
      // So that the next start need not read the sources; it does not matter if this fails.
      _ = SystemFile.replace(place, with: lexicon.restamped(manifest.files))
    }
    return lexicon
  }

  /// The image at a place; nil when it is of another version, or was just taken away.
  private static func image(_ place: String) throws(CompiledLexiconError) -> CompiledLexicon? {
    do {
      return try CompiledLexicon(reading: place)
    } catch {
      if error.code == .version || error.code == .missing { return nil }
      throw error
    }
  }

  /// Compiles and writes to the first place that takes it.
  static func compile(
    _ folder: String, _ listed: [SourceFile], to places: [String],
    warn: (Diagnostic) -> Void = { _ in }
  ) throws -> (lexicon: CompiledLexicon, origin: Origin) {
    var files = listed
    var image: [UInt8] = []
    var unlocked: [Diagnostic] = []
    // Sources that are being saved meanwhile could be read half old and half new: try again.
    for _ in 0..<3 {
      let manifest = try SourceFolder.manifest(folder, files)
      let source = try LexiconSource.load(folder: folder)
      image = try LexiconCompiler.compile(source, manifest: manifest)
      unlocked = source.unlocked()
      let now = try SourceFolder.list(folder)
      if now == files { break }
      files = now
    }
    let lexicon = try CompiledLexicon(bytes: image, path: folder)
    for diagnostic in unlocked { warn(diagnostic) }
    for place in places {
      if let slash = place.lastIndex(of: "/") {
        guard SystemFile.makeFolder(String(place[..<slash])) else { continue }
      }
      if SystemFile.replace(place, with: image) { return (lexicon, .compiled(place)) }
    }
    return (lexicon, .unwritten)
  }

  // MARK: Places

  /// Where the image of a folder may lie, the best place first.
  static func places(_ folder: String, _ cache: String?) -> [String] {
    var places = ["\(folder)/\(imageName)"]
    if let cache {
      let key = SourceDigest.hexadecimal(SHA256.digest(SystemFile.absolute(folder).utf8))
      places.append("\(cache)/\(key.prefix(16)).compiled")
    }
    return places
  }

  private static func cacheFolder() -> String? {
    if let folder = SystemFile.environment("XDG_CACHE_HOME"), folder.hasPrefix("/") {
      return folder + "/heard"
    }
    return SystemFile.environment("HOME").map { $0 + "/.cache/heard" }
  }

  private static func trimmed(_ folder: String) -> String {
    var folder = folder[...]
    while folder.count > 1 && folder.hasSuffix("/") { folder = folder.dropLast() }
    return String(folder)
  }
}
