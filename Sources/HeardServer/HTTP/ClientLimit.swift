internal import NIOCore
internal import Synchronization

/// How much of each client is under way, so that none takes all there is.
final class ClientLimit: Sendable {
  /// A place of a client, given back when nobody holds it any more.
  final class Place: Sendable {
    private let limit: ClientLimit
    private let client: String

    fileprivate init(_ limit: ClientLimit, _ client: String) {
      self.limit = limit
      self.client = client
    }

    deinit { limit.leave(client) }
  }

  private let most: Int
  private let counts = Mutex<[String: Int]>([:])

  /// - Parameter most: requests of a client at the same time.
  init(_ most: Int) { self.most = most }

  /// Takes a place; nil when the client has as many as it may have.
  func enter(_ client: String) -> Place? {
    let isFree = counts.withLock { counts -> Bool in
      let count = counts[client, default: 0]
      guard count < most else { return false }
      counts[client] = count + 1
      return true
    }
    return isFree ? Place(self, client) : nil
  }

  private func leave(_ client: String) {
    counts.withLock { counts in
      let count = counts[client, default: 1] - 1
      counts[client] = count > 0 ? count : nil
    }
  }

  /// Whose request it is: of a token, else of an address without its port.
  static func client(_ token: AccessToken?, _ address: SocketAddress?) -> String {
    if let token { return "token \(token.name)" }
    return "address \(address?.ipAddress ?? "")"
  }
}
