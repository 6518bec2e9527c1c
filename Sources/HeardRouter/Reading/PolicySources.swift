internal import HeardSources
internal import Yams

/// A file that cannot be included.
public struct PolicyFileError: Error, Hashable, Sendable {
  /// What is wrong with it, without its name.
  public var message: String

  /// Makes an error.
  public init(_ message: String) {
    self.message = message
  }
}

/// A policy file and those it includes.
struct PolicySources {
  /// More files than this are a mistake.
  private static let fileLimit = 64
  private static let depthLimit = 16

  /// What gives the text of a file by its path.
  typealias Loader = (String) throws(PolicyFileError) -> String

  /// Every file once: what is included stands before what includes it; the policy's own file last.
  private(set) var files: [(file: String, root: Node)] = []
  /// The texts, for the digest, in the same order.
  private(set) var texts: [String] = []
  private(set) var problems: [PolicyProblem] = []
  private var open: [String] = []
  private let load: Loader?

  init(file: String, text: String, load: Loader?) {
    self.load = load
    add(file, text)
  }

  /// `sha256:…` of the file; of the digests of all files when there are several.
  var digest: String {
    let digests = texts.map { SHA256.name($0.utf8) }
    return digests.count == 1 ? digests[0] : SHA256.name(digests.joined(separator: "\n").utf8)
  }

  private mutating func add(_ file: String, _ text: String) {
    switch YAMLText.root(file: file, text: text) {
    case .failure(let error):
      problems += error.diagnostics.map {
        PolicyProblem(
          severity: .error, location: $0.location, message: $0.message,
          hint: $0.hint.hasPrefix("begin with")
            ? "begin with 'policy: \(PolicyReader.version)'" : $0.hint)
      }
    case .success(let root):
      open.append(file)
      include(root, in: file)
      open.removeLast()
      files.append((file, root))
      texts.append(text)
    }
  }

  private mutating func include(_ root: Node, in file: String) {
    guard case .mapping(let mapping) = root,
      let node = mapping.first(where: { $0.key.string == "include" })?.value
    else { return }
    let items: [Node]
    if case .sequence(let sequence) = node { items = Array(sequence) } else { items = [node] }
    for item in items {
      let location = SourceLocation(
        file: file, line: item.mark?.line ?? 1, column: item.mark?.column ?? 1)
      guard let name = item.string, !name.isEmpty, !name.hasPrefix("/") else {
        refuse(location, "no file to include", "name it from the folder of this file")
        continue
      }
      read(PolicySources.path(name, from: file), at: location)
    }
  }

  private mutating func read(_ path: String, at location: SourceLocation) {
    if let start = open.firstIndex(of: path) {
      let circle = (open[start...] + [path]).joined(separator: " → ")
      return refuse(
        location, "the file includes itself: \(circle)", "take one include out of the circle")
    }
    // Two files may need a third; its lines count once.
    if files.contains(where: { $0.file == path }) { return }
    guard files.count + open.count < PolicySources.fileLimit,
      open.count < PolicySources.depthLimit
    else { return refuse(location, "too many files are included", "put some together") }
    guard let load else {
      return refuse(location, "nothing can be included here", "write the lines into this file")
    }
    do throws(PolicyFileError) {
      add(path, try load(path))
    } catch {
      refuse(location, "\(path): \(error.message)", "check the name, from the folder of this file")
    }
  }

  private mutating func refuse(_ location: SourceLocation, _ message: String, _ hint: String) {
    problems.append(
      PolicyProblem(severity: .error, location: location, message: message, hint: hint))
  }

  /// The path of a file named in another, without `.` and with `..` resolved where it can be.
  static func path(_ name: String, from file: String) -> String {
    var parts = file.split(separator: "/", omittingEmptySubsequences: true).dropLast()
      .map(String.init)
    for part in name.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    return (file.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
