internal import HeardSources

/// Hands out the files of a folder, some at a time, in the order of their paths.
public final class FileSource: BlockSource {
  /// How many files one worker takes at a time.
  public static let filesPerBlock = 64

  /// Bytes of all files.
  public var total: Int? { sizes.reduce(0, +) }
  /// Bytes of the files that no block may hold on both sides of.
  public var stops: [Int] = []
  /// Files of a folder that are no messages, which nobody reads.
  let leftOut: [String]
  /// Where each file is, and the id of its record.
  private(set) var paths: [(path: String, id: String)]
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
    leftOut = []
    inputName = path
    let facts = FileFacts(path)
    sizes = [facts?.regularSize ?? 0]
    changes = [facts?.changed ?? 0]
  }

  /// Finds the mails below a folder.
  ///
  /// ``FolderWalk`` says which they are. A record's id is the path below the folder.
  public init(folder: String) throws(InputError) {
    inputName = folder
    let root = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let (found, others) = try FolderWalk.all(below: root)
    leftOut = others
    guard !found.isEmpty else {
      let how = others.first.map { "; name other files themselves, as \(root)/\($0)" } ?? ""
      throw InputError(
        .unknownForm, "\(folder): no .eml or .txt file and no Maildir message in this folder" + how)
    }
    paths = found.map { ("\(root)/\($0.id)", $0.id) }
    sizes = found.map { $0.facts?.regularSize ?? 0 }
    changes = found.map { $0.facts?.changed ?? 0 }
  }

  /// Puts the folder in front of ids that other folders have as well.
  func qualify(_ ids: Set<String>) {
    for index in paths.indices where ids.contains(paths[index].id) {
      paths[index].id = paths[index].path
    }
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
}
