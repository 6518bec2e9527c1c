/// Where a server listens.
enum ListenAddress: Hashable, Sendable, CustomStringConvertible {
  /// A name or number of a host, without brackets, and a port; 0: any free one.
  case network(host: String, port: Int)
  /// The path of a socket in the file system.
  case unix(path: String)

  /// Reads `127.0.0.1:8525`, `[::1]:8525`, `unix:/run/heard/x.sock`; nil when it is none of them.
  init?(_ text: String) {
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst(5))
      // The kernel's limit of sun_path.
      guard path.hasPrefix("/"), path.utf8.count < 108 else { return nil }
      self = .unix(path: path)
      return
    }
    guard let colon = text.lastIndex(of: ":"),
      let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port)
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty, !host.contains(" ") else { return nil }
    self = .network(host: String(host), port: port)
  }

  /// As the configuration writes it.
  var description: String {
    switch self {
    case .network(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }

  /// Whether only this machine can reach it.
  var isLocal: Bool {
    switch self {
    case .unix: true
    case .network(let host, _): host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
  }
}
