internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle
internal import Synchronization

/// Listens for LMTP (RFC 2033) and files what comes.
///
/// A message is acknowledged when it and its record are durable, and not before. A connection that
/// is cut in the middle leaves nothing. At a stop, a message whose end has come is filed and
/// acknowledged; clients keep all others.
struct LMTPListener: Service {
  /// How long clients may take, and how much they may send.
  struct Limits: Sendable {
    var engine: LMTPEngine.Limits
    var connections: Int
    /// Without a byte.
    var idle: Duration
    /// From the last reply to the end of a message or command.
    var message: Duration
    /// Bytes of messages under way, of all connections.
    var memory: MemoryBudget
  }

  let address: ListenAddress
  let hostName: String
  let limits: Limits
  /// Files a message; one outcome a recipient.
  let file: @Sendable (LMTPTransaction) async -> [LMTPEngine.Outcome]
  let metrics: ServerMetrics
  let log: Logger
  let group: any EventLoopGroup
  /// Called when it listens, with the address it got.
  let listening: @Sendable (SocketAddress?) throws -> Void

  private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  func run() async throws {
    let server = try await bind()
    try listening(server.channel.localAddress)
    let places = WorkLimit(limits.connections)
    try await withGracefulShutdownHandler {
      try await withThrowingDiscardingTaskGroup { tasks in
        try await server.executeThenClose { inbound in
          for try await connection in inbound {
            tasks.addTask { await serve(connection, places.enter()) }
          }
        }
      }
    } onGracefulShutdown: {
      server.channel.close(promise: nil)
    }
  }

  private func bind() async throws -> NIOAsyncChannel<Connection, Never> {
    let idle = TimeAmount(limits.idle)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
    let makeConnection: @Sendable (any Channel) -> EventLoopFuture<Connection> = { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandlers([
          IdleStateHandler(readTimeout: idle), SilenceHandler(hostName: hostName),
        ])
        return try Connection(wrappingChannelSynchronously: channel)
      }
    }
    return switch address {
    case .network(let host, let port):
      try await bootstrap.bind(host: host, port: port, childChannelInitializer: makeConnection)
    case .unix(let path):
      try await bootstrap.bind(
        unixDomainSocketPath: path, cleanupExistingSocketFile: true,
        childChannelInitializer: makeConnection)
    }
  }

  private func serve(_ connection: Connection, _ place: WorkLimit.Place?) async {
    metrics.connection("lmtp", opened: true)
    defer { metrics.connection("lmtp", opened: false) }
    do {
      try await connection.executeThenClose { inbound, outbound in
        guard place != nil else {
          try await outbound.write(ByteBuffer(string: "421 4.7.0 too many connections\r\n"))
          return
        }
        // At a stop nothing more is read; what was read is finished.
        try await withGracefulShutdownHandler {
          try await converse(inbound, outbound)
        } onGracefulShutdown: {
          connection.channel.close(mode: .input, promise: nil)
        }
      }
    } catch is CancellationError {
      return
    } catch {
      // Clients come and go; what was not acknowledged they keep.
      log.debug("an LMTP connection ended", metadata: ["error": "\(type(of: error))"])
    }
    withExtendedLifetime(place) {}
  }

  private func converse(
    _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
    _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) async throws {
    var engine = LMTPEngine(hostName: hostName, limits: limits.engine)
    var share = limits.memory.share()
    guard try await carryOut(engine.greet(), &engine, outbound) else { return }
    var lastReply = ContinuousClock.now
    for try await bytes in inbound {
      let actions = engine.receive(bytes.readableBytesView)
      let complete = actions.reduce(0) { sum, action in
        if case .deliver(let transaction) = action { sum + transaction.message.count } else { sum }
      }
      if !share.resize(to: engine.heldBytes + complete), engine.isInData {
        engine.dropMessage()
        _ = share.resize(to: complete)
      }
      if actions.isEmpty {
        // Slow bytes, each in time, would otherwise hold the connection for ever.
        if ContinuousClock.now - lastReply > limits.message {
          _ = try await carryOut(engine.farewell("4.4.2", "too slow"), &engine, outbound)
          return
        }
        continue
      }
      guard try await carryOut(actions, &engine, outbound) else { return }
      _ = share.resize(to: engine.heldBytes)
      lastReply = .now
    }
    if Task.isShuttingDownGracefully {
      _ = try await carryOut(engine.farewell("4.3.2", "stopping"), &engine, outbound)
    }
  }

  /// Carries out what the engine says; false when the connection is to be closed.
  private func carryOut(
    _ actions: [LMTPEngine.Action], _ engine: inout LMTPEngine,
    _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) async throws -> Bool {
    var todo = actions[...]
    var replies = ByteBuffer()
    while let action = todo.popFirst() {
      switch action {
      case .reply(let bytes): replies.writeBytes(bytes)
      case .deliver(let transaction):
        // Replies to what came before need not wait for the disk.
        try await send(&replies, outbound)
        let outcomes = await file(transaction)
        todo = (engine.delivered(outcomes) + todo)[...]
      case .close:
        try await send(&replies, outbound)
        return false
      }
    }
    try await send(&replies, outbound)
    return true
  }

  private func send(
    _ replies: inout ByteBuffer, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) async throws {
    guard replies.readableBytes > 0 else { return }
    try await outbound.write(replies)
    replies.clear()
  }
}

/// Says goodbye to a client that says nothing.
private final class SilenceHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let hostName: String

  init(hostName: String) { self.hostName = hostName }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is IdleStateHandler.IdleStateEvent else {
      return context.fireUserInboundEventTriggered(event)
    }
    let words = ByteBuffer(string: "421 4.4.2 \(hostName) timeout\r\n")
    context.writeAndFlush(wrapOutboundOut(words), promise: nil)
    context.close(promise: nil)
  }
}
