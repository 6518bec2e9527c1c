internal import Glibc
internal import NIOCore

/// Tells systemd how the service is (sd_notify(3)), where systemd asked to be told.
enum SystemdNotice {
  /// It listens.
  case ready
  /// It ends, which may take so long, whatever the unit's `TimeoutStopSec` is.
  case stopping(within: TimeAmount)

  private var text: String {
    switch self {
    case .ready: "READY=1"
    case .stopping(let limit):
      "STOPPING=1\nEXTEND_TIMEOUT_USEC=\(limit.nanoseconds / 1000)"
    }
  }

  /// Sends the notice; does nothing without systemd.
  func send() {
    guard let value = unsafe getenv("NOTIFY_SOCKET") else { return }
    var path = unsafe Array(String(cString: value).utf8)
    // An abstract socket's name begins with a NUL, written as `@`.
    if path.first == UInt8(ascii: "@") { path[0] = 0 }
    var address = sockaddr_un()
    guard (1..<MemoryLayout.size(ofValue: address.sun_path)).contains(path.count) else { return }
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path) }
    let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    guard number >= 0 else { return }
    defer { close(number) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
    let text = Array(text.utf8)
    unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe _ = sendto(number, text, text.count, Int32(MSG_NOSIGNAL), address, length)
      }
    }
  }
}
