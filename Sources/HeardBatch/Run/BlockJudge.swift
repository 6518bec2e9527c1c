internal import Heard
internal import HeardClassifier
internal import HeardInput
internal import HeardLexicon
internal import HeardMail
internal import HeardRouter

/// What a worker made of a block.
public struct JudgedBlock: Sendable {
  /// Place of the block in the run, from 0.
  public var index: Int
  /// Records as bytes, unless they are flat.
  public var records: [UInt8]
  /// Records for a database.
  public var rows: [FlatRecord]
  /// Where records for each file of a folder are in `records`, when files are per queue.
  public var pieces: [(file: Int, range: Range<Int>)]
  /// Lines for people; empty unless asked for.
  var summaryLines: [UInt8]
  /// What was judged.
  public var statistics: RunStatistics
  /// The first of its records that could not be judged.
  var firstError: RecordError?
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
  /// Reads messages that are not to be judged; nil: they are.
  private let reader: MailReader?
  private let form: RecordForm
  private let sign: (@Sendable (String) -> String)?
  private let files: [String: Int]
  private let rowReader = RowReader()
  private let flat: FlatRecordMaker
  private var table: TableWriter
  private var rows: [FlatRecord] = []
  private var pieces: [(file: Int, range: Range<Int>)] = []
  private var summaryLines: [UInt8] = []
  private var text: [UInt8] = []
  private var id: [UInt8] = []
  private var sender: [UInt8] = []
  private var time: [UInt8] = []
  private var writer = JSONWriter()
  private var statistics = RunStatistics()
  private var firstError: RecordError?
  /// Summaries name the words that decided, so they need the explanation too, as some handlers do.
  private let explains: Bool
  private var fileLimit: Int { worker.pipeline.limits.mailBytes }

  init(pipeline: Pipeline, json: JSONRecordReader, options: BatchRun.Options) {
    worker = pipeline.makeWorker()
    recordWriter = RecordWriter(pipeline)
    self.json = json
    explain = options.explain
    summary = options.summary
    handle = options.makeHandler?()
    explains = explain || summary != nil || handle != nil && options.handlerExplains
    reader = options.onlyReads ? MailReader(limits: pipeline.limits) : nil
    form = options.form
    sign = options.sign
    files = options.queueFiles
    flat = FlatRecordMaker(recordWriter)
    let kind: TableWriter.Form = if case .table(let kind) = options.form { kind } else { .csv }
    table = TableWriter(
      kind, hasOrigin: options.sign != nil,
      tail: [pipeline.lexicon.digest, pipeline.policy.digest, Version.current])
  }

  /// Judges every record of the block.
  func judge(_ block: Block) -> JudgedBlock {
    writer.removeAll()
    table.removeAll()
    rows.removeAll()
    pieces.removeAll()
    summaryLines.removeAll(keepingCapacity: true)
    statistics = RunStatistics()
    firstError = nil
    switch block.content {
    case .files:
      for file in block.files { emit(judge(file: file.path, id: .text(file.id))) }
    case .rows(let layout):
      for record in block.records { judge(row: record, layout, of: block) }
      emitOversized(block, "row")
    case .mails(let dialect):
      for record in block.records { judge(mail: record, dialect, of: block) }
      emitOversized(block, "mail")
    case .jsonLines, .textLines, .exchange:
      var line = block.firstLine
      var start = 0
      while start < block.length {
        let end = LineScan.end(of: start, in: block.bytes, before: block.length)
        judge(line: start..<end, number: line, of: block)
        line += 1
        start = end + 1
      }
      emitOversized(block, "line")
    }
    statistics.consumed = block.consumed
    return JudgedBlock(
      index: block.index, records: isTable ? table.bytes : writer.bytes, rows: rows,
      pieces: pieces, summaryLines: summaryLines, statistics: statistics, firstError: firstError)
  }

  private func judge(line: Range<Int>, number: Int, of block: Block) {
    var line = line
    if let last = line.last, block.bytes[last] == 0x0D { line = line.lowerBound..<last }
    let first = line.first { block.bytes[$0] != 0x20 && block.bytes[$0] != 0x09 }
    let isJSON: Bool
    if case .exchange(let kind) = block.content {
      isJSON =
        kind == .json
        || kind == .either && first.map { block.bytes[$0] == UInt8(ascii: "{") } ?? false
    } else {
      if first == nil { return }
      isJSON = block.content == .jsonLines
    }
    guard isJSON else {
      text.removeAll(keepingCapacity: true)
      text.append(contentsOf: block.bytes[line])
      emit(judge(text: text, id: .text("\(number)")))
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
    if sign != nil { (sender, time) = (json.sender, json.time) }
    emit(judge(text: text, id: messageID))
  }

  private func judge(row: Block.Span, _ layout: RowLayout, of block: Block) {
    let isBlank = block.bytes[row.range].allSatisfy {
      $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D
    }
    if isBlank { return }
    text.removeAll(keepingCapacity: true)
    id.removeAll(keepingCapacity: true)
    var hasText = false
    let place = "\(block.inputName):\(row.number) (byte \(block.firstByte + row.range.lowerBound))"
    let columns: Int
    do throws(RowReader.Problem) {
      columns = try rowReader.read(
        block.bytes, row.range, separator: layout.separator
      ) { column, cell, isQuoted in
        func take(_ target: inout [UInt8]) {
          rowReader.append(block.bytes, cell, isQuoted: isQuoted, to: &target)
        }
        if column == layout.text {
          hasText = true
          take(&text)
        }
        if column == layout.id { take(&id) }
        if column == layout.sender { take(&sender) }
        if column == layout.time { take(&time) }
      }
    } catch {
      emit(failure(rowID, "quotation", RowReader.message(error), place))
      return
    }
    if let expected = layout.columns, columns > expected {
      let message =
        "the row has \(columns) cells, the header \(expected); put text that holds separators "
        + "between quotation marks"
      emit(failure(rowID, "columns", message, place))
    } else if !hasText {
      emit(
        failure(
          rowID, "no-text",
          "the row has \(columns) cells, and the text is in column \(layout.text + 1)", place))
    } else {
      emit(judge(text: text, id: rowID))
    }
  }

  private var rowID: MessageID {
    id.isEmpty ? .none : .text(String(decoding: id, as: UTF8.self))
  }

  private func judge(mail span: Block.Span, _ dialect: MboxDialect, of block: Block) {
    let place =
      "\(block.inputName): mail \(span.number) (byte \(block.firstByte + span.range.lowerBound))"
    guard let mail = MboxMail.mail(block.bytes, span.range, dialect: dialect) else {
      emit(
        failure(
          .text("\(span.number)"), "no-from-line", "no \"From \" line begins the mail", place))
      return
    }
    var judgement = judge(mail: mail, id: .text("\(span.number)"), location: place)
    if case .judged(let message, _, _) = judgement.outcome, let id = message.id, !id.isEmpty {
      judgement.id = .text(id)
    }
    emit(judgement)
  }

  private func judge(file path: String, id: MessageID) -> Judgement {
    let bytes: [UInt8]
    do throws(FileReader.Problem) {
      bytes = try FileReader.read(path, limit: fileLimit)
    } catch {
      let isRepaired = path.unicodeScalars.contains("\u{FFFD}")
      return failure(
        id, error.code,
        error.message + (isRepaired ? "; its name is no UTF-8: give it another" : ""), path)
    }
    // What is neither is refused as mail is.
    if path.hasSuffix(".txt"), !MailReader.looksLikeMail(bytes), !Binary.isNoText(bytes) {
      return judge(text: bytes, id: id)
    }
    return judge(mail: bytes, id: id, location: path)
  }

  private func judge(text: [UInt8], id: MessageID) -> Judgement {
    guard reader != nil else { return worker.judge(text: text, id: id, explain: explains) }
    return unjudged(PlainText.message(text: text, id: nil), id)
  }

  private func judge(mail: [UInt8], id: MessageID, location: String) -> Judgement {
    guard let reader else {
      return worker.judge(mail: mail, id: id, location: location, explain: explains)
    }
    do throws(MailError) {
      return unjudged(try reader.read(mail), id)
    } catch {
      return failure(id, error.code.word, error.message, "\(location) (byte \(error.offset))")
    }
  }

  private func unjudged(_ message: Message, _ id: MessageID) -> Judgement {
    let decision = Decision(queue: "", priority: "", rule: "", steps: [], obligations: [])
    return Judgement(id: id, outcome: .judged(message, Assessment(), decision))
  }

  private func emitOversized(_ block: Block, _ name: String) {
    for skipped in block.oversized {
      emit(
        failure(
          .none, "too-large",
          "the \(name) has \(skipped.length) bytes, more than a record may have; split it",
          "\(block.inputName):\(skipped.line) (byte \(skipped.offset))"))
    }
  }

  private func failure(
    _ id: MessageID, _ code: String, _ message: String, _ location: String
  ) -> Judgement {
    Judgement(
      id: id,
      outcome: .failed(RecordError(code: code, message: message, location: location)))
  }
}

// MARK: - Output

extension BlockJudge {
  private var isTable: Bool { if case .table = form { true } else { false } }

  private func emit(_ judged: Judgement) {
    let judgement = handle?(judged) ?? judged
    statistics.records += 1
    switch judgement.outcome {
    case .judged(_, let assessment, _):
      if assessment.messageClass == .complaint { statistics.complaints += 1 }
    case .failed(let error):
      statistics.errors += 1
      if firstError == nil { firstError = error }
    }
    let origin = sign == nil ? nil : origin(of: judgement)
    switch form {
    case .jsonLines:
      let start = files.isEmpty ? 0 : writer.count
      recordWriter.write(judgement, explain: explain, origin: origin, into: &writer)
      writer.endLine()
      if !files.isEmpty { file(judgement, start..<writer.count) }
    case .table:
      let start = table.bytes.count
      table.write(flat.make(judgement, explain: false, origin: origin))
      if !files.isEmpty { file(judgement, start..<table.bytes.count) }
    case .flat:
      rows.append(flat.make(judgement, explain: explain, origin: origin))
    }
    if let summary {
      summaryLines.append(contentsOf: summary.line(judgement).utf8)
      summaryLines.append(0x0A)
    }
  }

  /// Puts a record to the file of its queue; error records have one of their own.
  private func file(_ judgement: Judgement, _ range: Range<Int>) {
    var file = 0
    if case .judged(_, _, let decision) = judgement.outcome { file = files[decision.queue] ?? 0 }
    if let last = pieces.last, last.file == file {
      pieces[pieces.count - 1].range = last.range.lowerBound..<range.upperBound
    } else {
      pieces.append((file, range))
    }
  }

  /// When it was sent and by whom: what the record says, else what the mail's header says.
  private func origin(of judgement: Judgement) -> MessageOrigin {
    var seconds = Timestamp.seconds(time)
    var name = String(decoding: sender, as: UTF8.self)
    sender.removeAll(keepingCapacity: true)
    time.removeAll(keepingCapacity: true)
    if case .judged(let message, _, _) = judgement.outcome {
      seconds = seconds ?? message.date
      if name.isEmpty { name = message.sender?.address ?? "" }
    }
    return MessageOrigin(
      time: seconds.flatMap(Timestamp.text), sender: name.isEmpty ? nil : sign?(name))
  }
}

extension RowReader {
  /// What is wrong with a row, for people.
  static func message(_ problem: Problem) -> String {
    switch problem {
    case .openQuotation(let column):
      "a quotation mark in column \(column + 1) is not closed"
    case .behindQuotation(let column):
      "text stands behind the closing quotation mark of column \(column + 1); write a quotation "
        + "mark inside a cell twice"
    }
  }
}
