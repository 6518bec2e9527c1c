internal import Glibc
internal import HeardInput
public import HeardText

/// A reply with what its labeller found in it.
public struct LabelledReply: Sendable {
  /// Something that a rule should find.
  public struct Expected: Hashable, Sendable {
    /// The rule.
    public var rule: ReplyRule
    /// Where, in UTF-8 bytes of the text; nil for what is missing, which has no place.
    public var range: ByteRange?
  }

  /// Unique, as `nl-r07`.
  public var id: String
  /// The language that it is labelled in.
  public var language: Language
  /// The reply: plain text, or a mail.
  public var text: String
  /// What it replies to.
  public var to: String?
  /// What the rules should find.
  public var expected: [Expected]
  /// Whether it may be looked at when words are changed (`tune`), or only measured (`check`).
  public var half: String
}

/// Reads labelled replies: `corpus/replies/<language>.jsonl`.
public enum ReplyCorpus {
  /// Why a corpus cannot be read.
  public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Whether a file is missing, or its content is wrong.
    public enum Code: String, Sendable {
      case missing
      case invalid
    }

    /// Which of the two.
    public var code: Code
    /// What, where and what to do.
    public var description: String
  }

  /// Files longer than this are refused: 64 MB.
  private static let sizeLimit = 64 << 20

  /// The replies of a file, or of every `*.jsonl` in a folder, by name.
  ///
  /// - Throws: the first file or row that cannot be read.
  public static func read(_ path: String) throws(Problem) -> [LabelledReply] {
    var replies: [LabelledReply] = []
    for file in try files(path) {
      var bytes: [UInt8]
      do throws(FileReader.Problem) {
        bytes = try FileReader.read(file, limit: sizeLimit)
      } catch {
        throw Problem(code: .missing, description: "\(file): \(error.message)")
      }
      let count = bytes.count
      bytes += [UInt8](repeating: 0, count: JSONRecordReader.padding)
      try rows(bytes, count, file: file, into: &replies)
    }
    return replies
  }

  private static func rows(
    _ bytes: [UInt8], _ count: Int, file: String, into replies: inout [LabelledReply]
  ) throws(Problem) {
    guard let reader = JSONFieldReader() else {
      throw Problem(code: .missing, description: "\(file): no memory for the JSON reader")
    }
    var start = 0
    var number = 0
    while start < count {
      let end = bytes[start..<count].firstIndex(of: 0x0A) ?? count
      number += 1
      if bytes[start..<end].contains(where: { $0 > 0x20 }) {
        var row = Row()
        do throws(JSONRecordReader.Problem) {
          try reader.read(bytes, start..<end) { path, value in row.take(path, value) }
        } catch {
          throw Problem(code: .invalid, description: "\(file):\(number): \(error.message)")
        }
        replies.append(try row.reply("\(file):\(number)"))
      }
      start = end + 1
    }
  }

  private static func files(_ path: String) throws(Problem) -> [String] {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw Problem(code: .missing, description: "\(path): no such file or folder")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { return [path] }
    guard let folder = unsafe opendir(path) else {
      throw Problem(code: .missing, description: "\(path): the folder cannot be opened")
    }
    defer { unsafe closedir(folder) }
    var files: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: entry.pointee.d_name) { tuple in
        unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name.hasSuffix(".jsonl"), !name.hasPrefix(".") { files.append("\(path)/\(name)") }
    }
    guard !files.isEmpty else {
      throw Problem(
        code: .missing, description: "\(path): no *.jsonl in it; name a folder of labelled replies")
    }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The fields of a row as they come: `expect` is a list of objects, each with its rule first.
  private struct Row {
    private var fields: [String: String] = [:]
    private var expected: [(rule: String, at: String?)] = []

    mutating func take(_ path: String, _ value: JSONFieldReader.Value) {
      guard case .text(let text) = value else { return }
      switch path {
      case "expect.rule": expected.append((text, nil))
      case "expect.at": if !expected.isEmpty { expected[expected.count - 1].at = text }
      default: fields[path] = text
      }
    }

    func reply(_ place: String) throws(Problem) -> LabelledReply {
      guard let id = fields["id"], let text = fields["text"],
        let language = fields["lang"].flatMap({ Language(code: $0) }), let half = fields["split"],
        half == "tune" || half == "check"
      else {
        throw Problem(
          code: .invalid,
          description: "\(place): a row needs id, lang (nl, pl, en), text and split (tune, check)")
      }
      var found: [LabelledReply.Expected] = []
      for (name, at) in expected {
        guard let rule = ReplyRule(rawValue: name) else {
          throw Problem(
            code: .invalid,
            description: "\(place): no rule '\(name)'; rules are "
              + ReplyRule.allCases.map(\.rawValue).joined(separator: ", "))
        }
        var range: ByteRange?
        if let at {
          guard let place = ReplyCorpus.range(of: at, in: text) else {
            throw Problem(
              code: .invalid, description: "\(place): what '\(name)' is at stands not in the text")
          }
          range = place
        }
        found.append(LabelledReply.Expected(rule: rule, range: range))
      }
      return LabelledReply(
        id: id, language: language, text: text, to: fields["to"], expected: found, half: half)
    }
  }

  /// Where the words first stand, in bytes.
  static func range(of words: String, in text: String) -> ByteRange? {
    let needle = Array(words.utf8)
    let hay = Array(text.utf8)
    guard !needle.isEmpty, needle.count <= hay.count else { return nil }
    for start in 0...(hay.count - needle.count)
    where hay[start..<(start + needle.count)].elementsEqual(needle) {
      return ByteRange(UInt32(start), UInt32(start + needle.count))
    }
    return nil
  }
}
