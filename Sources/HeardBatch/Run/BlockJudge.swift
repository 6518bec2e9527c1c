internal import Heard
internal import HeardClassifier
internal import HeardMail

/// What a worker made of a block.
struct JudgedBlock {
  /// Lines of JSON.
  var records: [UInt8]
  /// Lines for people; empty unless asked for.
  var summaryLines: [UInt8]
  var statistics: RunStatistics
}

/// Judges the records of a block, one worker's loop.
///
/// Law 7: one record in, one record out; a bad one gives an error record.
final class BlockJudge {
  private let worker: Worker
  private let json: JSONRecordReader
  private let recordWriter: RecordWriter
  private let explain: Bool
  private let summary: BatchRun.Summary?
  private let handle: ((Judgement) -> Judgement)?
  private var summaryLines: [UInt8] = []
  private var text: [UInt8] = []
  private var id: [UInt8] = []
  private var writer = JSONWriter()
  private var statistics = RunStatistics()
  /// Summaries name the words that decided, so they need the explanation too, as handlers do.
  private var explains: Bool { explain || summary != nil || handle != nil }
  private var fileLimit: Int { worker.pipeline.limits.mailBytes }

  init(pipeline: Pipeline, json: JSONRecordReader, options: BatchRun.Options) {
    worker = pipeline.makeWorker()
    recordWriter = RecordWriter(pipeline)
    self.json = json
    explain = options.explain
    summary = options.summary
    handle = options.makeHandler?()
  }

  /// Judges every record of the block; the records come back as lines of JSON.
  func judge(_ block: Block) -> JudgedBlock {
    writer.removeAll()
    summaryLines.removeAll(keepingCapacity: true)
    statistics = RunStatistics()
    switch block.content {
    case .files:
      for file in block.files { emit(judge(file: file.path, id: .text(file.id))) }
      statistics.consumed = block.files.count
    case .jsonLines, .textLines:
      var line = block.firstLine
      var start = 0
      while start < block.length {
        let end = LineScan.end(of: start, in: block.bytes, before: block.length)
        judge(line: start..<end, number: line, of: block)
        line += 1
        start = end + 1
      }
      for skipped in block.oversized {
        emit(
          failure(
            .none, "too-large",
            "the line has \(skipped.length) bytes, more than a record may have; split it",
            "\(block.inputName):\(skipped.line) (byte \(skipped.offset))"))
      }
      statistics.consumed = block.length
    }
    return JudgedBlock(
      records: writer.bytes, summaryLines: summaryLines, statistics: statistics)
  }

  private func judge(line: Range<Int>, number: Int, of block: Block) {
    var line = line
    if let last = line.last, block.bytes[last] == 0x0D { line = line.lowerBound..<last }
    guard line.contains(where: { block.bytes[$0] != 0x20 && block.bytes[$0] != 0x09 }) else {
      return
    }
    guard block.content == .jsonLines else {
      text.removeAll(keepingCapacity: true)
      text.append(contentsOf: block.bytes[line])
      emit(worker.judge(text: text, id: .text("\(number)"), explain: explains))
      return
    }
    let messageID: MessageID
    do throws(JSONRecordReader.Problem) {
      messageID = try json.read(block.bytes, line, text: &text, id: &id) ? .json(id) : .none
    } catch {
      emit(
        failure(
          id.isEmpty ? .none : .json(id), error.code, error.message,
          "\(block.inputName):\(number) (byte \(block.firstByte + line.lowerBound))"))
      return
    }
    emit(worker.judge(text: text, id: messageID, explain: explains))
  }

  private func judge(file path: String, id: MessageID) -> Judgement {
    let bytes: [UInt8]
    do throws(FileReader.Problem) {
      bytes = try FileReader.read(path, limit: fileLimit)
    } catch {
      return failure(id, error.code, error.message, path)
    }
    if path.hasSuffix(".txt") && !MailReader.looksLikeMail(bytes) {
      return worker.judge(text: bytes, id: id, explain: explains)
    }
    return worker.judge(mail: bytes, id: id, location: path, explain: explains)
  }

  private func failure(
    _ id: MessageID, _ code: String, _ message: String, _ location: String
  ) -> Judgement {
    Judgement(
      id: id,
      outcome: .failed(RecordError(code: code, message: message, location: location)))
  }

  private func emit(_ judged: Judgement) {
    let judgement = handle?(judged) ?? judged
    statistics.records += 1
    switch judgement.outcome {
    case .judged(_, let assessment, _):
      if assessment.messageClass == .complaint { statistics.complaints += 1 }
    case .failed:
      statistics.errors += 1
    }
    recordWriter.write(judgement, explain: explain, into: &writer)
    writer.endLine()
    if let summary {
      summaryLines.append(contentsOf: summary.line(judgement).utf8)
      summaryLines.append(0x0A)
    }
  }
}
