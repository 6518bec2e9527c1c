internal import Glibc
internal import HeardSources

/// Lexicons and policies of an earlier revision, taken out into a folder of their own.
///
/// Lexicons that were opened in the folder stay usable when it is removed.
struct GitRevision {
  /// The folder, which has `lexicons` and, when the revision has it, `policies`.
  let folder: String

  /// Takes out a revision of the repository that the current folder is in.
  init(_ revision: String) throws(Failure) {
    guard !revision.isEmpty, !revision.hasPrefix("-") else {
      throw Failure(.usage, "git:\(revision) names no revision; write one as git:HEAD~1")
    }
    let inside = GitRevision.run("git rev-parse --show-prefix")
    guard inside.status == 0 else {
      throw Failure(
        .noInput,
        "git:\(revision): this folder is in no git repository, or git is missing; "
          + "give the folder of the lexicons instead")
    }
    let name = GitRevision.quoted(revision + "^{commit}")
    guard GitRevision.run("git rev-parse --verify --quiet --end-of-options \(name)").status == 0
    else {
      throw Failure(
        .noInput, "git:\(revision): no such revision; `git log --oneline` lists them")
    }
    var template = Array(
      "\(Terminal.environment("TMPDIR") ?? "/tmp")/heard-revision-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe mkdtemp($0) != nil } ?? false
    }
    guard made else {
      throw Failure(
        .cannotCreate, "no temporary folder can be made: \(Terminal.systemReason())")
    }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let place = GitRevision.quoted(folder)
    // Policies came later than lexicons; a revision may be without them.
    let paths =
      GitRevision.run("git cat-file -e \(GitRevision.quoted(revision + ":./policies"))").status
        == 0 ? "lexicons policies" : "lexicons"
    let outcome = GitRevision.run(
      "git archive --output=\(place)/archive.tar \(GitRevision.quoted(revision)) \(paths) "
        + "&& tar -x -f \(place)/archive.tar -C \(place)")
    guard outcome.status == 0 else {
      _ = GitRevision.run("rm -rf \(place)")
      throw Failure(
        .noInput,
        "git:\(revision): it has no folder 'lexicons' here: "
          + outcome.output.split(separator: "\n").joined(separator: " "))
    }
  }

  /// Removes the folder.
  func remove() {
    _ = GitRevision.run("rm -rf \(GitRevision.quoted(folder))")
  }

  /// Runs a command of the shell; what it says on either stream.
  private static func run(_ command: String) -> (status: Int32, output: String) {
    guard let stream = unsafe popen("{ \(command); } 2>&1", "r") else { return (-1, "") }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let got = unsafe fread(&buffer, 1, buffer.count, stream)
      if got == 0 { break }
      bytes += buffer[..<got]
    }
    let status = unsafe pclose(stream)
    return (status, String(decoding: bytes, as: UTF8.self))
  }

  /// A word that the shell takes as it is.
  private static func quoted(_ word: String) -> String {
    "'" + word.replacing(scalar: "'", with: "'\\''") + "'"
  }
}
