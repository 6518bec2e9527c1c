internal import Hummingbird
internal import NIOCore

/// What is known of a request beside what it says.
struct APIContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Who sent it; nil where the connection is gone.
  let remoteAddress: SocketAddress?

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    remoteAddress = source.channel.remoteAddress
  }
}
