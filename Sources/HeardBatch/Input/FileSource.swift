internal import Glibc

/// Hands out the files of a folder, some at a time, in the order of their paths.
public final class FileSource: BlockSource {
  /// How many files one worker takes at a time.
  public static let filesPerBlock = 64

  /// Number of files.
  public var total: Int? { paths.count }
  private let paths: [(path: String, id: String)]
  private let inputName: String
  private var position = 0

  /// Takes one file.
  public init(file path: String) {
    paths = [(path, path)]
    inputName = path
  }

  /// Finds the mails below a folder.
  ///
  /// They are `*.eml` and `*.txt`, and every file of a Maildir's `cur` and `new`. A record's id is
  /// the path below the folder.
  public init(folder: String) throws(InputError) {
    inputName = folder
    let root = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    var found: [(path: String, id: String)] = []
    var folders = [""]
    while let relative = folders.popLast() {
      let path = relative.isEmpty ? root : "\(root)/\(relative)"
      for (name, isFolder) in try FileSource.entries(of: path) {
        let below = relative.isEmpty ? name : "\(relative)/\(name)"
        if isFolder {
          if name != "tmp" { folders.append(below) }
        } else if FileSource.isMessage(name, in: relative) {
          found.append(("\(root)/\(below)", below))
        }
      }
    }
    guard !found.isEmpty else {
      throw InputError(
        .unknownForm, "\(folder): no .eml or .txt file and no Maildir message in this folder")
    }
    paths = found.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
  }

  /// Hands out the next files.
  public func next(into block: inout Block) throws(InputError) -> Bool {
    block.clear()
    guard position < paths.count else { return false }
    let end = min(position + FileSource.filesPerBlock, paths.count)
    block.content = .files
    block.inputName = inputName
    block.firstLine = position + 1
    block.firstByte = 0
    block.files.append(contentsOf: paths[position..<end])
    position = end
    return true
  }

  private static func isMessage(_ name: String, in folder: String) -> Bool {
    if name.hasSuffix(".eml") || name.hasSuffix(".txt") { return true }
    let parent = folder.split(separator: "/").last
    return parent == "cur" || parent == "new"
  }

  /// Names in a folder, hidden ones left out, and whether each is a folder.
  private static func entries(of path: String) throws(InputError) -> [(String, Bool)] {
    guard let handle = unsafe opendir(path) else {
      throw InputError(.noInput, "\(path): cannot be opened: \(SystemFailure())")
    }
    defer { unsafe closedir(handle) }
    var names: [(String, Bool)] = []
    while let entry = unsafe readdir(handle) {
      let name = unsafe withUnsafePointer(to: entry.pointee.d_name) { tuple in
        unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      var status = stat()
      guard unsafe stat("\(path)/\(name)", &status) == 0 else { continue }
      names.append((name, status.st_mode & S_IFMT == S_IFDIR))
    }
    return names
  }
}
