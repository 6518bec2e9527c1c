public import Heard
public import HeardInput

/// Answers each line of standard input with one line of standard output, at once.
///
/// For engines that talk to a program through pipes: exactly one record for every line, empty ones
/// and bad ones too, written before the next is waited for.
public struct LineExchange {
  private let pipeline: Pipeline
  private let options: BatchRun.Options
  private let inputs: InputOptions

  /// Prepares the exchange.
  public init(pipeline: Pipeline, options: BatchRun.Options, inputs: InputOptions) {
    self.pipeline = pipeline
    self.options = options
    self.inputs = inputs
  }

  /// Runs until the input ends.
  public func run() throws(RunError) {
    guard
      let json = JSONRecordReader(inputs.fields, readsOrigin: options.sign != nil)
    else { throw .input(InputError(.readFailed, "no memory for the JSON reader")) }
    let judge = BlockJudge(pipeline: pipeline, json: json, options: options)
    let input = FileDescriptor.standardInput()
    let output = FileDescriptor.standardOutput()
    var block = Block()
    block.content =
      switch inputs.form {
      case .jsonl: .exchange(.json)
      case .text: .exchange(.text)
      default: .exchange(.either)
      }
    block.inputName = "standard input"
    block.bytes = [UInt8](repeating: 0, count: 1 << 16)
    var filled = 0
    // No line ends before it.
    var searched = 0
    var isEnded = false
    while true {
      switch next(block.bytes, searched, filled, isEnded) {
      case .lines(let end):
        block.length = end
        try write(judge.judge(block).records, to: output)
        drop(end, from: &block, &filled)
        searched = 0
      case .tooLong(let length):
        try answerTooLong(&block, length, output, judge)
        drop(min(length + 1, filled), from: &block, &filled)
        searched = 0
      case .more where filled > inputs.recordLimit:
        filled = try skipTooLong(&block, filled, input, output, judge)
        searched = 0
      case .more:
        if isEnded { return }
        searched = filled
        if block.bytes.count - filled <= JSONRecordReader.padding {
          block.bytes.append(contentsOf: repeatElement(0, count: block.bytes.count))
        }
        let got = try read(input, into: &block.bytes, at: filled)
        isEnded = got == 0
        filled += got
      }
    }
  }

  /// What the buffer begins with.
  private enum Stretch {
    /// Whole lines, so many bytes.
    case lines(Int)
    /// A line of so many bytes that is whole, and too long.
    case tooLong(Int)
    /// Less than a line.
    case more
  }

  /// What the buffer begins with; what the input ends with is a line too.
  private func next(_ bytes: [UInt8], _ from: Int, _ filled: Int, _ isEnded: Bool) -> Stretch {
    let last = bytes[from..<filled].lastIndex(of: 0x0A).map { $0 + 1 }
    guard let end = isEnded && filled > 0 ? filled : last else { return .more }
    guard end > inputs.recordLimit else { return .lines(end) }
    // How much is read at a time must not decide which line is too long.
    var start = 0
    while start < end {
      let lineEnd = LineScan.end(of: start, in: bytes, before: end)
      if lineEnd - start > inputs.recordLimit {
        return start > 0 ? .lines(start) : .tooLong(lineEnd)
      }
      start = lineEnd + 1
    }
    return .lines(end)
  }

  /// Takes what was answered from the front of the buffer.
  private func drop(_ count: Int, from block: inout Block, _ filled: inout Int) {
    block.firstLine += LineScan.lines(in: block.bytes, before: count)
    block.firstByte += count
    block.bytes.replaceSubrange(0..<(filled - count), with: Array(block.bytes[count..<filled]))
    filled -= count
  }

  /// Reads over the rest of a line that is too long and answers it with an error record; returns
  /// how much of the next lines is in the buffer.
  private func skipTooLong(
    _ block: inout Block, _ started: Int, _ input: borrowing FileDescriptor,
    _ output: borrowing FileDescriptor, _ judge: BlockJudge
  ) throws(RunError) -> Int {
    var length = started
    var rest = 0
    while true {
      let got = try read(input, into: &block.bytes, at: 0)
      let end = LineScan.end(of: 0, in: block.bytes, before: got)
      length += end
      if end < got {
        rest = got - end - 1
        block.bytes.replaceSubrange(0..<rest, with: Array(block.bytes[(end + 1)..<got]))
        break
      }
      if got == 0 { break }
    }
    try answerTooLong(&block, length, output, judge)
    block.firstLine += 1
    block.firstByte += length + 1
    return rest
  }

  /// Answers a line that is too long with an error record.
  private func answerTooLong(
    _ block: inout Block, _ length: Int, _ output: borrowing FileDescriptor, _ judge: BlockJudge
  ) throws(RunError) {
    block.length = 0
    block.oversized = [(block.firstLine, block.firstByte, length)]
    try write(judge.judge(block).records, to: output)
    block.oversized = []
  }

  private func read(
    _ input: borrowing FileDescriptor, into bytes: inout [UInt8], at place: Int
  ) throws(RunError) -> Int {
    do throws(SystemFailure) {
      let room = max(1, bytes.count - place - JSONRecordReader.padding)
      return try input.read(into: &bytes, at: place, count: min(room, bytes.count - place))
    } catch {
      throw .input(InputError(.readFailed, "standard input: cannot be read: \(error)"))
    }
  }

  private func write(
    _ bytes: [UInt8], to output: borrowing FileDescriptor
  ) throws(RunError) {
    do throws(SystemFailure) {
      try output.write(bytes)
    } catch {
      throw .output("standard output", error)
    }
  }
}
