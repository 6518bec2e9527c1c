// What libFuzzer calls. `heard-fuzz --target=NAME [libFuzzer's options] [folders]` fuzzes one target;
// `--list`, `--seeds=NAME`, `--words=NAME` and `--limit=NAME` tell the runner what there is.

import Glibc

/// The target that the command line names; set once, before the first input.
nonisolated(unsafe) private var target: FuzzTarget?

/// Processor time that one input may take, in seconds, sanitizers included.
///
/// Not the time of the clock on the wall, in which other programs on the machine may have had their turn.
private let timeLimit = 1.0

/// The most that an input has taken so far, in seconds of processor time.
nonisolated(unsafe) private var slowest = 0.0

/// Reads the command line; always 0.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> CInt {
  for index in 1..<max(1, Int(unsafe count.pointee)) {
    guard let start = unsafe arguments.pointee[index] else { continue }
    let argument = unsafe String(cString: start)
    let halves = argument.split(separator: "=", maxSplits: 1).map(String.init)
    switch halves[0] {
    case "--list":
      for target in FuzzTarget.all { print(target.name) }
      exit(0)
    case "--target": unsafe target = named(halves.last ?? "")
    case "--limit":
      print(named(halves.last ?? "").limit)
      exit(0)
    case "--seeds":
      for seed in named(halves.last ?? "").seeds { print(seed) }
      exit(0)
    case "--words":
      for word in named(halves.last ?? "").words { print(quoted(word)) }
      exit(0)
    default: continue
    }
  }
  guard let target = unsafe target else {
    fail("name a target: --target=NAME; --list names them all")
  }
  // What is made once, as the pipeline, is no input's time.
  try? target.run([])
  atexit { say("slowest \(unsafe slowest)") }
  return 0
}

/// Runs one input; always 0, for what is broken ends the process.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let target = unsafe target else { return 0 }
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let began = processorTime()
  do {
    try target.run(bytes)
  } catch {
    fail("\(target.name): law broken: \(error)")
  }
  let seconds = processorTime() - began
  if unsafe seconds > slowest { unsafe slowest = seconds }
  if seconds > timeLimit { fail("\(target.name): \(seconds) s of processor time for one input") }
  return 0
}

private func named(_ name: String) -> FuzzTarget {
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    fail("no target is called '\(name)'; --list names them all")
  }
  return target
}

private func processorTime() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Ends in a way that libFuzzer notices: it keeps the input.
private func fail(_ message: String) -> Never {
  say(message)
  abort()
}

/// A line on standard error.
private func say(_ message: String) {
  let line = Array("heard-fuzz: \(message)\n".utf8)
  _ = unsafe line.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
}

/// A word as libFuzzer's dictionaries have it.
private func quoted(_ word: String) -> String {
  var text = "\""
  for byte in word.utf8 {
    if byte == 0x22 || byte == 0x5C || byte < 0x20 || byte > 0x7E {
      let digits = String(byte, radix: 16, uppercase: true)
      text += "\\x" + (digits.count < 2 ? "0" : "") + digits
    } else {
      text.unicodeScalars.append(Unicode.Scalar(byte))
    }
  }
  return text + "\""
}
