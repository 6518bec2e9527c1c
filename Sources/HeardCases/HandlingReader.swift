internal import Glibc
public import HeardDeadlines
internal import HeardInput
internal import HeardRouter
internal import HeardSources
public import HeardStaff

/// Why a file that messages are handled with cannot be used.
public struct HandlingFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  public enum Code: String, Sendable {
    /// It cannot be read, or what it says is wrong.
    case configuration
    /// A key cannot be made.
    case cannotCreate
    /// A key cannot be written.
    case inputOutput
  }

  /// The kind of failure.
  public var code: Code
  /// File, and line where there is one; what is wrong; what to do.
  public var message: String

  /// The message.
  public var description: String { message }
}

/// Reads the files that messages are handled with: staff, deadlines, the key of conversations.
public enum HandlingReader {
  /// The staff of a directory file.
  public static func staff(_ path: String) throws(HandlingFileError) -> StaffDirectory {
    let text = try text(path, "the staff directory")
    do throws(PolicyError) {
      return try StaffDirectory.read(file: path, text: text).directory
    } catch {
      throw HandlingFileError(code: .configuration, message: error.description)
    }
  }

  /// The rules of several files; what is doubtful in them is a warning.
  public static func deadlines(
    _ paths: [String]
  ) throws(HandlingFileError) -> (rules: DeadlineRules, warnings: [String]) {
    var files: [(file: String, text: String)] = []
    for path in paths where !files.contains(where: { $0.file == path }) {
      files.append((path, try text(path, "the deadlines")))
    }
    do throws(PolicyError) {
      let (rules, warnings) = try DeadlineRules.read(files: files)
      return (rules, warnings.map(\.description))
    } catch {
      throw HandlingFileError(code: .configuration, message: error.description)
    }
  }

  /// The text of a file.
  ///
  /// - Parameter what: what it is, for the error.
  public static func text(
    _ path: String, _ what: String
  ) throws(HandlingFileError) -> String {
    let bytes: [UInt8]
    do throws(FileReader.Problem) {
      bytes = try FileReader.read(path, limit: 16 << 20)
    } catch {
      throw HandlingFileError(
        code: .configuration, message: "\(path): \(what) cannot be read: \(error.message)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw HandlingFileError(
        code: .configuration, message: "\(path): \(what): no valid UTF-8; save it as UTF-8")
    }
    return text
  }

  /// The key of an account of conversations: that of a file, else of the file beside the account,
  /// which is made when it is missing.
  public static func key(
    _ named: String?, beside account: String
  ) throws(HandlingFileError) -> [UInt8] {
    if let named { return try key(named) }
    let own = account + ".key"
    if let made = try makeKey(own) { return made }
    return try key(own)
  }

  private static func key(_ path: String) throws(HandlingFileError) -> [UInt8] {
    // How long it must be is what opening the account checks.
    do throws(FileReader.Problem) {
      return try FileReader.read(path, limit: 4096)
    } catch {
      throw HandlingFileError(
        code: .configuration, message: "\(path): the key of conversations: \(error.message)")
    }
  }

  /// Makes a key file that nobody else reads; nil when there is one.
  private static func makeKey(_ path: String) throws(HandlingFileError) -> [UInt8]? {
    guard unsafe access(path, F_OK) != 0 else { return nil }
    // Written aside and linked under its name whole: another process sees all of it or nothing.
    let partial = "\(path).\(getpid())"
    defer { unsafe unlink(partial) }
    var generator = SystemRandomNumberGenerator()
    let key = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    do throws(SystemFailure) {
      let file = try FileDescriptor(creating: partial, mode: 0o600)
      try file.write(key)
      try file.synchronize()
    } catch {
      throw HandlingFileError(
        code: .inputOutput, message: "\(path): the key cannot be written: \(error)")
    }
    guard unsafe link(partial, path) == 0 else {
      if errno == EEXIST { return nil }
      throw HandlingFileError(
        code: .cannotCreate, message: "\(path): no key can be made: \(SystemFailure())")
    }
    return key
  }
}
