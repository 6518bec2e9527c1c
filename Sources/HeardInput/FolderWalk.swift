internal import Glibc

/// Finds the messages below a folder.
///
/// They are `*.eml` and `*.txt`, and every file of a Maildir's `cur` and `new`. Hidden names and a
/// Maildir's `tmp` are left out, and so are sockets, pipes and devices, which would never end. Every
/// folder is walked once, whatever links lead to it, so a loop of links ends.
struct FolderWalk {
  /// A message.
  struct Found {
    /// Its path below the folder.
    let id: String
    /// Nil for what cannot be looked at, as a link that leads nowhere.
    let facts: FileFacts?
  }

  private struct Entry {
    let name: String
    let facts: FileFacts?
    var isFolder: Bool { facts?.isFolder ?? false }
  }

  private let root: String
  private var found: [Found] = []
  /// Files that are no messages, below the folder.
  private var others: [String] = []
  private var walked: Set<FileFacts.Identity> = []
  /// Folders still to be walked: those that are there themselves before those that links lead to.
  private var folders = [""]
  private var links: [String] = []

  /// The messages below a folder, in the order of the bytes of their paths.
  static func messages(below root: String) throws(InputError) -> [Found] {
    try all(below: root).messages
  }

  /// The messages below a folder and the files that are none, in the order of the bytes of their
  /// paths.
  static func all(
    below root: String
  ) throws(InputError) -> (messages: [Found], others: [String]) {
    var walk = FolderWalk(root: root)
    if let facts = FileFacts(root) { walk.walked.insert(facts.identity) }
    while let relative = walk.next() { try walk.walk(relative) }
    return (
      walk.found.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) },
      walk.others.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    )
  }

  private init(root: String) { self.root = root }

  private mutating func next() -> String? {
    if let folder = folders.popLast() { return folder }
    // The order in which a folder lists its entries must not decide by which link one is reached.
    links.sort { $1.utf8.lexicographicallyPrecedes($0.utf8) }
    while let link = links.popLast() {
      if let facts = FileFacts("\(root)/\(link)"), walked.insert(facts.identity).inserted {
        return link
      }
    }
    return nil
  }

  private mutating func walk(_ relative: String) throws(InputError) {
    let path = relative.isEmpty ? root : "\(root)/\(relative)"
    let entries = try FolderWalk.entries(of: path)
    let isMaildir = entries.contains { $0.isFolder && ($0.name == "cur" || $0.name == "new") }
    for entry in entries {
      let below = relative.isEmpty ? entry.name : "\(relative)/\(entry.name)"
      if let facts = entry.facts, facts.isFolder {
        if isMaildir && entry.name == "tmp" { continue }
        if FileFacts.isLink("\(root)/\(below)") {
          links.append(below)
        } else if walked.insert(facts.identity).inserted {
          folders.append(below)
        }
      } else if FolderWalk.isMessage(entry.name, in: path),
        entry.facts == nil || entry.facts?.regularSize != nil
      {
        found.append(Found(id: below, facts: entry.facts))
      } else if entry.facts?.regularSize != nil {
        others.append(below)
      }
    }
  }

  private static func isMessage(_ name: String, in folder: String) -> Bool {
    if name.hasSuffix(".eml") || name.hasSuffix(".txt") { return true }
    let parent = folder.split(separator: "/").last
    return parent == "cur" || parent == "new"
  }

  /// Names in a folder, hidden ones left out, and what each is.
  private static func entries(of path: String) throws(InputError) -> [Entry] {
    guard let handle = unsafe opendir(path) else {
      throw InputError(.noInput, "\(path): cannot be opened: \(SystemFailure())")
    }
    defer { unsafe closedir(handle) }
    var entries: [Entry] = []
    while let entry = unsafe readdir(handle) {
      // A name that is no UTF-8 is repaired: the file cannot be opened by it, which gives an error
      // record, where leaving it out would lose a mail in silence.
      let found = unsafe withUnsafePointer(to: entry.pointee.d_name) { tuple in
        unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          unsafe Entry(name: String(cString: name), facts: FileFacts(name, in: handle))
        }
      }
      if !found.name.hasPrefix(".") { entries.append(found) }
    }
    return entries
  }
}
