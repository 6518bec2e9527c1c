internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Closes connections whose client is too slow, or that have nothing more to say.
///
/// A request must arrive, and its answer be taken, in the time it has; a connection without a
/// request may be silent for a while. A client that sends or reads a byte now and then gains
/// nothing by it. A stream (`/v1/batch`) has long, but must move.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// How long things may take.
  struct Times: Sendable {
    /// Of a request, from its head to its end, and of the taking of its answer.
    var request: TimeAmount
    /// Of a stream.
    var stream: TimeAmount
    /// Without a byte in or out.
    var idle: TimeAmount
    /// Path of the stream.
    var streamPath: String
  }

  private let times: Times
  private var check: Scheduled<Void>?
  /// When the connection last had nothing to do: its beginning, or the end of an answer.
  private var restSince = NIODeadline.now()
  private var lastMove = NIODeadline.now()
  /// The end of the time for the request that is arriving.
  private var arrival: NIODeadline?
  /// The end of the time for the answer that is being written.
  private var taking: NIODeadline?
  private var isStream = false
  private var underWay = 0
  private var isAnswered = false
  private var closesAfterAnswer = false

  init(_ times: Times) { self.times = times }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { watch(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    watch(context)
    context.fireChannelActive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { check?.cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    check?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    lastMove = .now()
    switch unwrapInboundIn(data) {
    case .head(let head):
      underWay += 1
      isStream = head.path?.prefix(while: { $0 != "?" }) == times.streamPath[...]
      arrival = .now() + (isStream ? times.stream : times.request)
    case .body: break
    case .end: arrival = nil
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head):
      taking = .now() + (isStream ? times.stream : times.request)
      closesAfterAnswer = head.headerFields[.connection]?.lowercased() == "close"
    case .body: break
    case .end: isAnswered = true
    }
    let written = promise ?? context.eventLoop.makePromise()
    let bound = NIOLoopBound((guard: self, context: context), eventLoop: context.eventLoop)
    let isEnd = isAnswered
    written.futureResult.whenSuccess {
      let (handler, context) = bound.value
      handler.lastMove = .now()
      if isEnd { handler.answered(context) }
    }
    context.write(data, promise: written)
  }

  /// The whole answer went to the system.
  private func answered(_ context: ChannelHandlerContext) {
    underWay = max(0, underWay - 1)
    isAnswered = false
    taking = nil
    restSince = .now()
    guard closesAfterAnswer else { return }
    if arrival == nil {
      context.close(promise: nil)
    } else {
      // The client is still sending; a moment lets it see the answer before the connection goes.
      arrival = .now() + .milliseconds(500)
    }
  }

  private func watch(_ context: ChannelHandlerContext) {
    guard check == nil else { return }
    let shortest = min(times.request, times.idle).nanoseconds
    schedule(context, every: .nanoseconds(max(10_000_000, min(shortest / 4, 1_000_000_000))))
  }

  private func schedule(_ context: ChannelHandlerContext, every interval: TimeAmount) {
    let bound = NIOLoopBound((guard: self, context: context), eventLoop: context.eventLoop)
    check = context.eventLoop.scheduleTask(in: interval) {
      let (handler, context) = bound.value
      if handler.isOverdue(.now()) {
        context.close(promise: nil)
      } else {
        handler.schedule(context, every: interval)
      }
    }
  }

  private func isOverdue(_ now: NIODeadline) -> Bool {
    if let arrival, now > arrival { return true }
    if let taking, now > taking { return true }
    if underWay == 0 { return now > restSince + times.idle }
    // Something should move: the rest of a request, or an answer that is not taken.
    return (arrival != nil || taking != nil) && now > lastMove + times.idle
  }
}
