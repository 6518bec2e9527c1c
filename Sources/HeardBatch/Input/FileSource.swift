internal import Glibc
internal import HeardLexicon

/// Hands out the files of a folder, some at a time, in the order of their paths.
public final class FileSource: BlockSource {
  /// How many files one worker takes at a time.
  public static let filesPerBlock = 64

  /// Bytes of all files.
  public var total: Int? { sizes.reduce(0, +) }
  /// Bytes of the files that no block may hold on both sides of.
  public var stops: [Int] = []
  private let paths: [(path: String, id: String)]
  /// Size of each file when it was found.
  private let sizes: [Int]
  /// When each was changed, nanoseconds since 1970.
  private let changes: [Int]
  private let inputName: String
  private var position = 0
  /// Bytes of the files before.
  private var bytes = 0

  /// Takes one file.
  public init(file path: String) {
    paths = [(path, path)]
    inputName = path
    let facts = FileFacts(path)
    sizes = [facts?.regularSize ?? 0]
    changes = [facts?.changed ?? 0]
  }

  /// Finds the mails below a folder.
  ///
  /// They are `*.eml` and `*.txt`, and every file of a Maildir's `cur` and `new`. A record's id is
  /// the path below the folder.
  public init(folder: String) throws(InputError) {
    inputName = folder
    let root = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    var found: [(path: String, id: String, facts: FileFacts)] = []
    var folders = [""]
    while let relative = folders.popLast() {
      let path = relative.isEmpty ? root : "\(root)/\(relative)"
      for (name, facts) in try FileSource.entries(of: path) {
        let below = relative.isEmpty ? name : "\(relative)/\(name)"
        if facts.isFolder {
          if name != "tmp" { folders.append(below) }
        } else if FileSource.isMessage(name, in: relative) {
          found.append(("\(root)/\(below)", below, facts))
        }
      }
    }
    guard !found.isEmpty else {
      throw InputError(
        .unknownForm, "\(folder): no .eml or .txt file and no Maildir message in this folder")
    }
    found.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    paths = found.map { ($0.path, $0.id) }
    sizes = found.map { $0.facts.regularSize ?? 0 }
    changes = found.map(\.facts.changed)
  }

  /// Goes to the end of a block.
  public func seek(to place: SourcePlace) throws(InputError) {
    guard place.count <= paths.count else {
      throw InputError(.readFailed, "\(inputName): has fewer files than were judged of it")
    }
    position = place.count
    bytes = place.byte
  }

  /// Hands out the next files.
  public func next(into block: inout Block) throws(InputError) -> Bool {
    block.clear()
    guard position < paths.count else { return false }
    block.content = .files
    block.inputName = inputName
    block.firstLine = position + 1
    block.firstByte = bytes
    let room = room(from: bytes, atMost: Int.max)
    let start = bytes
    repeat {
      block.files.append(paths[position])
      bytes += sizes[position]
      position += 1
    } while position < paths.count && block.files.count < FileSource.filesPerBlock
      && bytes - start < room
    block.consumed = bytes - start
    block.end = SourcePlace(byte: bytes, count: position)
    return true
  }

  /// Number of files, and a digest of their names, sizes and times of change.
  func fingerprint() -> String {
    var list: [UInt8] = []
    for index in paths.indices {
      list.append(contentsOf: "\(paths[index].id)\0\(sizes[index])\0\(changes[index])\0".utf8)
    }
    return "\(paths.count) files, list \(SHA256.name(list))"
  }

  private static func isMessage(_ name: String, in folder: String) -> Bool {
    if name.hasSuffix(".eml") || name.hasSuffix(".txt") { return true }
    let parent = folder.split(separator: "/").last
    return parent == "cur" || parent == "new"
  }

  /// Names in a folder, hidden ones left out, and what each is.
  private static func entries(of path: String) throws(InputError) -> [(String, FileFacts)] {
    guard let handle = unsafe opendir(path) else {
      throw InputError(.noInput, "\(path): cannot be opened: \(SystemFailure())")
    }
    defer { unsafe closedir(handle) }
    var names: [(String, FileFacts)] = []
    while let entry = unsafe readdir(handle) {
      // A name that is no UTF-8 is repaired: the file cannot be opened by it, which gives an error
      // record, where leaving it out would lose a mail in silence.
      let found = unsafe withUnsafePointer(to: entry.pointee.d_name) { tuple in
        unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          unsafe (String(cString: name), FileFacts(name, in: handle))
        }
      }
      guard !found.0.hasPrefix("."), let facts = found.1 else { continue }
      names.append((found.0, facts))
    }
    return names
  }
}
