internal import Glibc
internal import HeardInput

/// Finds the files of corpora.
enum CorpusFiles {
  /// What a path of the command line stands for.
  enum Input {
    case lines(String)
    case mails(folder: String)
    case mail(String)
  }

  /// The inputs behind a path: every `*.jsonl` below a folder, in order; else its mails.
  static func inputs(_ path: String) throws(InputError) -> [Input] {
    guard let isFolder = isFolder(path) else {
      throw InputError(.noInput, "\(path): no such file or folder")
    }
    guard isFolder else { return [path.hasSuffix(".eml") ? .mail(path) : .lines(path)] }
    let root = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    var found: [String] = []
    var folders = [root]
    while let folder = folders.popLast() {
      for name in try names(in: folder) {
        let below = "\(folder)/\(name)"
        if self.isFolder(below) == true {
          // Replies to customers are labelled with what is wrong with them, not with a class.
          if name != "replies" { folders.append(below) }
          // Replies and MIME fixtures have labels of another kind; language samples are read apart.
        } else if name.hasSuffix(".jsonl"), name != "index.jsonl", !name.hasPrefix("lid_") {
          found.append(below)
        }
      }
    }
    guard !found.isEmpty else { return [.mails(folder: root)] }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { .lines($0) }
  }

  /// Mails lie beside their labels or in `mail/` there.
  static func mail(_ name: String, beside file: String) -> String {
    if name.hasPrefix("/") { return name }
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    let direct = folder + name
    return isFolder(direct) == false ? direct : folder + "mail/" + name
  }

  /// Name of the set that a file is: its name without the extension.
  static func setName(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  private static func isFolder(_ path: String) -> Bool? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  private static func names(in folder: String) throws(InputError) -> [String] {
    guard let handle = unsafe opendir(folder) else {
      throw InputError(
        .noInput, "\(folder): cannot be opened; check that you may read the folder")
    }
    defer { unsafe closedir(handle) }
    var names: [String] = []
    while let entry = unsafe readdir(handle) {
      let name = unsafe withUnsafePointer(to: entry.pointee.d_name) { tuple in
        unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}
