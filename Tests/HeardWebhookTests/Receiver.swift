import Foundation

/// A receiver of webhooks: a real HTTP server on loopback that does what it is told to.
final class Receiver {
  /// A request that it had.
  struct Request: Decodable {
    var headers: [String: String]
    var body: String
  }

  private static let program = """
    import http.server, json, sys, time
    plan, log = sys.argv[1].split(","), open(sys.argv[2], "a", buffering=1)
    class Handler(http.server.BaseHTTPRequestHandler):
      def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        log.write(json.dumps({"headers": headers, "body": body}) + "\\n")
        step = plan.pop(0) if plan else "200"
        if step == "close": return self.connection.close()
        if step == "hang": time.sleep(60)
        code, _, wait = step.partition("+")
        try:
          self.send_response(200 if step == "hang" else int(code))
          if wait: self.send_header("retry-after", wait)
          self.send_header("content-length", "2")
          self.end_headers()
          self.wfile.write(b"ok")
        except BrokenPipeError: pass
      def log_message(self, *words): pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
    """

  let url: String
  private let process = Process()
  private let log: URL

  /// Starts it; `plan` says how the first requests are answered (`500`, `429+7`, `close`, `hang`).
  init(plan: [String]) throws {
    log = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.program, plan.joined(separator: ","), log.path]
    process.standardOutput = output
    // Whoever waits for the end of the tests' own output must not wait for this.
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let port = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    url = "http://127.0.0.1:\(port.trimmingCharacters(in: .whitespacesAndNewlines))/hook"
  }

  deinit {
    // Not SIGTERM: what a test's thread blocks, its children block.
    kill(process.processIdentifier, SIGKILL)
    try? FileManager.default.removeItem(at: log)
  }

  func requests() throws -> [Request] {
    try String(decoding: Data(contentsOf: log), as: UTF8.self).split(separator: "\n")
      .map { try JSONDecoder().decode(Request.self, from: Data($0.utf8)) }
  }
}
