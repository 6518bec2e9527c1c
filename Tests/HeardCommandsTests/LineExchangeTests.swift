import Foundation
import HeardTestSupport
import Testing

/// `heard run - --lines`: a record for every line, before the next is written.
@Suite struct LineExchangeTests {
  /// heard at the other end of two pipes.
  final class Partner {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var rest = Data()

    init(_ arguments: [String] = []) throws {
      process.executableURL = CommandLineProbe.executable
      process.arguments = ["run", "-", "--lines"] + arguments
      process.currentDirectoryURL = CommandLineProbe.root
      process.standardInput = input
      process.standardOutput = output
      try process.run()
    }

    func send(_ text: String) throws { try send(bytes: Array(text.utf8)[...]) }

    func send(bytes: ArraySlice<UInt8>) throws {
      try input.fileHandleForWriting.write(contentsOf: Data(bytes))
    }

    /// The next line that comes; waits for it.
    func line() -> Data {
      while true {
        if let end = rest.firstIndex(of: 0x0A) {
          let line = rest[..<end]
          rest = Data(rest[(end + 1)...])
          return line
        }
        let more = output.fileHandleForReading.availableData
        guard !more.isEmpty else { return rest }
        rest += more
      }
    }

    func record() throws -> [String: Any] {
      try JSONSerialization.jsonObject(with: line()) as? [String: Any] ?? [:]
    }

    /// Ends the input; what still comes, and the status.
    func end() throws -> (rest: Data, status: Int32) {
      try input.fileHandleForWriting.close()
      rest += try output.fileHandleForReading.readToEnd() ?? Data()
      return (rest, process.end())
    }
  }

  private func code(_ record: [String: Any]) -> String {
    (record["error"] as? [String: Any])?["code"] as? String ?? record["status"] as? String ?? ""
  }

  /// A line too long is answered too, and so is the line that came with its end.
  @Test func aLineTooLongHoldsNothingUp() throws {
    let partner = try Partner()
    let long = "{\"id\":1,\"text\":\"" + String(repeating: "x", count: 17 << 20) + "\"}\n"
    try partner.send(long + "{\"id\":2,\"text\":\"kort\"}\n{\"id\":3,\"text\":\"ook\"}\n")
    #expect(code(try partner.record()) == "too-large")
    #expect(try partner.record()["id"] as? Int == 2)
    #expect(try partner.record()["id"] as? Int == 3)
    // Whatever comes next is answered as before, with the right place.
    try partner.send("{broken\n")
    let broken = try partner.record()
    let place = (broken["error"] as? [String: Any])?["where"] as? String
    #expect(place == "standard input:4 (byte \(long.utf8.count + 45))")
    #expect(try partner.end() == (Data(), 0))
  }

  /// Where a line is cut on its way does not matter.
  @Test func piecesOfLinesAreWaitedFor() throws {
    var generator = SeededGenerator(seed: 21)
    let partner = try Partner(["--from", "jsonl"])
    for number in 0..<60 {
      let bytes = Array("{\"id\":\(number),\"text\":\"Zażółć gęślą jaźń 😡 \(number)\"}\n".utf8)
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + Int.random(in: 1...30, using: &generator))
        // Half a character now and then: written as bytes.
        try partner.send(bytes: bytes[start..<end])
        start = end
      }
      let record = try partner.record()
      #expect(record["id"] as? Int == number)
      #expect(record["status"] as? String == "ok")
    }
    #expect(try partner.end() == (Data(), 0))
  }

  /// The records are those of a run over a file, whatever is in the lines, and as many as the lines.
  @Test func recordsAreThoseOfARun() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    var lines: [String] = []
    for language in ["nl", "pl", "en"] {
      let path = CommandLineProbe.root.appendingPathComponent("corpus/\(language)/messages.jsonl")
      lines += try String(contentsOf: path, encoding: .utf8).split(separator: "\n").prefix(60)
        .map(String.init)
    }
    lines += ["{\"id\":1}", "{", "[]", "{\"text\":null}", "{\"id\":{},\"text\":\"x\"}"]
    let path = try probe.file("in.jsonl", lines.joined(separator: "\n") + "\n")
    let whole = try probe.heard(["run", "--quiet", path])
    let partner = try Partner(["--from", "jsonl"])
    var found = ""
    for line in lines {
      try partner.send(line + "\r\n")
      found += String(decoding: partner.line(), as: UTF8.self) + "\n"
    }
    #expect(try partner.end() == (Data(), 0))
    let neutral = { (text: String) in
      text.replacing(/"where":"[^"]*"/, with: "").replacing(path, with: "")
    }
    #expect(neutral(found) == neutral(whole.text))
  }

  /// An engine that goes away is no error, and nothing stays behind.
  @Test func anEngineThatGoesAwayEndsIt() throws {
    let probe = try CommandLineProbe()
    defer { probe.remove() }
    let line = "{\"id\":1,\"text\":\"De levering is te laat.\"}\n"
    let path = try probe.file("in.jsonl", String(repeating: line, count: 20_000))
    let outcome = try probe.heard(
      ["run", "-", "--lines", path],
      shell: #"cat "${@: -1}" | { "${@:1:$#-1}"; echo "status $?" >&2; } | head -n 1"#)
    #expect(outcome.errors.contains("status 0\n"), "\(outcome.errors)")
    #expect(outcome.records.count == 1)
  }
}
