internal import HeardSources

/// The source files of a lexicon folder as far as the store compares them.
enum SourceFolder {
  /// A file younger than this may change again without a change of its time (the clock of a file
  /// system is coarse), so its time proves nothing yet.
  private static let settling: Int64 = 1_000_000_000

  /// The files by path, with their sizes and times.
  static func list(_ folder: String) throws -> [SourceFile] {
    let files = try LexiconFiles.list(folder: folder)
    guard files.contains(where: { $0.path.hasSuffix(".yaml") }) else {
      throw CompiledLexiconError(
        .noSources, place: folder, message: "the folder has no lexicon files (*.yaml)",
        help: "name the folder with scoring.yaml, or a compiled lexicon")
    }
    return files
  }

  /// Digest and files; one that changed just now gets no time.
  static func manifest(_ folder: String, _ files: [SourceFile]) throws -> SourceManifest {
    var contents: [(path: String, content: [UInt8])] = []
    for file in files {
      contents.append(
        (file.path, try LexiconFiles.read(folder + "/" + file.path, named: file.path)))
    }
    let now = SystemFile.now()
    let stamped = files.map { file in
      var file = file
      if file.modified &+ settling >= now { file.modified = 0 }
      return file
    }
    return SourceManifest(digest: SourceDigest.of(contents), files: stamped)
  }
}
