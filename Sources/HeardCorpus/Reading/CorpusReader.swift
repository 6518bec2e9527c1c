public import HeardInput

/// Reads labelled corpora: our own format, foreign JSONL by a label map, the sets of public data as
/// their README describes, and, without labels, folders of mails.
public enum CorpusReader {
  /// The labelled messages of files and folders (every `*.jsonl` below a folder), in order.
  public static func read(
    _ paths: [String], map: LabelMap = .init()
  ) throws(InputError) -> [LabelledMessage] {
    try CorpusScan(paths, map: map).map(state: {}) { _, message in message }
  }

  /// Whether a file is one of those that corpora are read from, by whatever name.
  public static func reads(_ file: String, in paths: [String]) throws(InputError) -> Bool {
    guard let facts = FileFacts(file) else { return false }
    for path in paths {
      for case .lines(let input) in try CorpusFiles.inputs(path)
      where FileFacts(input)?.isSame(facts) ?? false {
        return true
      }
    }
    return false
  }
}

/// Turns the records of one block into messages.
final class BlockReader {
  private let json: JSONFieldReader
  private let map: LabelMap

  init?(map: LabelMap) {
    guard let json = JSONFieldReader() else { return nil }
    self.json = json
    self.map = map
  }

  /// Hands every message of the block to `body`, in order.
  func read(_ block: Block, _ body: (LabelledMessage) -> Void) throws(InputError) {
    let set = CorpusFiles.setName(block.inputName)
    if block.content == .files {
      for file in block.files {
        body(
          LabelledMessage(
            id: file.id, language: "und", content: .mail(path: file.path), labels: [:], set: set,
            half: DocumentSplit.half(of: file.id)))
      }
      return
    }
    if let skipped = block.oversized.first {
      throw InputError(
        .unknownForm, "\(block.inputName):\(skipped.line): the line is longer than a record may be")
    }
    var number = block.firstLine
    var start = 0
    while start < block.length {
      let end = LineScan.end(of: start, in: block.bytes, before: block.length)
      if block.bytes[start..<end].contains(where: { $0 > 0x20 }) {
        body(try message(block, start..<end, number: number, set: set))
      }
      number += 1
      start = end + 1
    }
  }

  private func message(
    _ block: Block, _ line: Range<Int>, number: Int, set: String
  ) throws(InputError) -> LabelledMessage {
    var row = CorpusRow()
    do throws(JSONRecordReader.Problem) {
      try json.read(block.bytes, line) { path, value in
        row.take(path, value, map: map, set: set)
      }
    } catch {
      let hint =
        number > 1
        ? "" : "; labelled messages are JSON lines with id and text (heard run reads other forms)"
      throw InputError(.unknownForm, "\(block.inputName):\(number): \(error.message)\(hint)")
    }
    guard let message = row.message(file: block.inputName, set: set) else {
      throw InputError(
        .unknownForm,
        "\(block.inputName):\(number): a row needs id, and text or file; "
          + "name other fields with --label-map, as text=body")
    }
    return message
  }
}
