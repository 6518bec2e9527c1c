/// The source files of a lexicon folder: `*.yaml` and `*.lock` in it and in its folders.
enum SourceFolder {
  private static let depth = 4
  /// A file younger than this may change again without a change of its time (the clock of a file
  /// system is coarse), so its time proves nothing yet.
  private static let settling: UInt64 = 1_000_000_000

  /// The files by path, with their sizes and times.
  static func list(_ folder: String) throws(CompiledLexiconError) -> [SourceStamp] {
    var files: [SourceStamp] = []
    try list(folder, "", 0, into: &files)
    guard files.contains(where: { $0.path.hasSuffix(".yaml") }) else {
      throw CompiledLexiconError(
        .noSources, place: folder, message: "the folder has no lexicon files (*.yaml)",
        help: "name the folder with scoring.yaml, or a compiled lexicon")
    }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private static func list(
    _ folder: String, _ prefix: String, _ depth: Int, into files: inout [SourceStamp]
  ) throws(CompiledLexiconError) {
    for name in try SystemFile.names(in: folder + "/" + prefix) {
      let path = prefix + name
      guard let status = SystemFile.status(folder + "/" + path) else { continue }
      if status.isFolder {
        if depth < Self.depth { try list(folder, path + "/", depth + 1, into: &files) }
      } else if name.hasSuffix(".yaml") || name.hasSuffix(".lock") {
        files.append(SourceStamp(path: path, size: status.size, modified: status.modified))
      }
    }
  }

  /// Digest and stamps; a file that changed just now gets no time.
  static func manifest(
    _ folder: String, _ files: [SourceStamp]
  ) throws(CompiledLexiconError) -> SourceManifest {
    var contents: [(path: String, content: [UInt8])] = []
    for file in files {
      contents.append((file.path, try SystemFile.read(folder + "/" + file.path)))
    }
    let now = SystemFile.now()
    let stamps = files.map { file in
      let settled = file.modified &+ settling < now
      return SourceStamp(path: file.path, size: file.size, modified: settled ? file.modified : 0)
    }
    return SourceManifest(digest: SourceDigest.of(contents), stamps: stamps)
  }
}
