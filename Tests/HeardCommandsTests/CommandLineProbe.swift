import Foundation
import HeardTestSupport

/// Runs the built `heard` as a user would: a real process, real files.
struct CommandLineProbe {
  /// What a process left behind.
  struct Outcome {
    var status: Int32
    var output: Data
    var errors: String

    var text: String { String(decoding: output, as: UTF8.self) }
    /// The records of JSON lines.
    var records: [[String: Any]] {
      output.split(separator: 0x0A).compactMap {
        try? JSONSerialization.jsonObject(with: $0) as? [String: Any]
      }
    }
  }

  /// The package's folder, which holds lexicons, policies and corpus.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The executable beside the test bundle.
  static let executable: URL = {
    let bundle = URL(fileURLWithPath: CommandLine.arguments.first ?? "")
    let beside = bundle.deletingLastPathComponent().appendingPathComponent("heard")
    if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
    let runner =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: runner).deletingLastPathComponent().appendingPathComponent("heard")
  }()

  /// A folder of its own, removed when the probe goes.
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("heard-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() {
    try? FileManager.default.removeItem(at: folder)
  }

  /// Runs a command of a page in the folder, by a shell that finds `heard`; `text` is what it writes
  /// to standard output and standard error.
  func shell(_ command: String) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = folder
    let beside = Self.executable.deletingLastPathComponent().path
    process.environment = [
      "PATH": "\(beside):/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    return (process.end(), String(decoding: bytes, as: UTF8.self))
  }

  /// Writes a file into the folder and returns its path.
  func file(_ name: String, _ content: Data) throws -> String {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: url)
    return url.path
  }

  func file(_ name: String, _ content: String) throws -> String {
    try file(name, Data(content.utf8))
  }

  /// Runs heard in the package's folder.
  func heard(
    _ arguments: [String], input: Data = Data(), environment: [String: String] = [:],
    shell: String? = nil
  ) throws -> Outcome {
    let process = Process()
    if let shell {
      // Not sh: dash waits for SIGCHLD, which is blocked in children of a test's thread.
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["-c", shell, "bash", CommandLineProbe.executable.path] + arguments
    } else {
      process.executableURL = CommandLineProbe.executable
      process.arguments = arguments
    }
    process.currentDirectoryURL = CommandLineProbe.root
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files rather than pipes: a full pipe would stop the process.
    let inputURL = folder.appendingPathComponent("stdin-\(UUID().uuidString)")
    let outputURL = folder.appendingPathComponent("stdout-\(UUID().uuidString)")
    let errorURL = folder.appendingPathComponent("stderr-\(UUID().uuidString)")
    try input.write(to: inputURL)
    try Data().write(to: outputURL)
    try Data().write(to: errorURL)
    process.standardInput = try FileHandle(forReadingFrom: inputURL)
    process.standardOutput = try FileHandle(forWritingTo: outputURL)
    process.standardError = try FileHandle(forWritingTo: errorURL)
    try process.run()
    let status = process.end()
    return Outcome(
      status: status < 0 ? -1 : status,
      output: try Data(contentsOf: outputURL),
      errors: String(decoding: try Data(contentsOf: errorURL), as: UTF8.self))
  }
}
