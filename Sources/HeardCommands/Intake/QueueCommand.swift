internal import ArgumentParser
internal import Heard
internal import HeardIntake

/// `heard queue`: mails in the queues of a database.
struct QueueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue",
    abstract: "List, take, acknowledge and give back mails of queues in a database.",
    discussion: """
      For queues that `heard deliver --queues` or heardd (intake.queues) fill. A mail that is taken \
      is in nobody else's hands until its lease ends, and gone when it is acknowledged; who is \
      killed with one in hand loses it to the next.
      """,
    subcommands: [
      QueueListCommand.self, QueueTakeCommand.self, QueueAcknowledgeCommand.self,
      QueueReleaseCommand.self,
    ])
}

/// Which database is meant.
struct QueueOptions: ParsableArguments {
  @Option(
    help: "The queues: a postgresql: URL or a SQLite file; else HEARD_QUEUES.",
    completion: .file())
  var queues: String?

  func open() throws(Failure) -> any Ledger {
    guard let name = queues ?? Terminal.environment("HEARD_QUEUES") else {
      throw Failure(.usage, "which queues? Name them with --queues or HEARD_QUEUES")
    }
    return try LedgerOptions.open(
      name, missing: "there are no such queues; name them with --queues or HEARD_QUEUES")
  }

  /// Reads tickets; one that is none is wrong usage.
  static func tickets(_ texts: [String]) throws -> [QueueTicket] {
    try texts.map { text in
      guard let ticket = QueueTicket(text) else {
        throw ValidationError("'\(text)' is no ticket; heard queue take prints them")
      }
      return ticket
    }
  }

  /// Says which tickets were no longer good, and ends with status 1 when there were some.
  static func report(_ lost: [QueueTicket]) throws(Failure) {
    if lost.isEmpty { return }
    throw Failure(
      .findings,
      lost.map { "\($0.sequence): not in hand any more; its lease ended and it may be taken again" }
        .joined(separator: "\n"))
  }
}

/// `heard queue list`: how full the queues are.
struct QueueListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show how many mails wait in each queue, and since when.",
    discussion: """
      Examples:
        heard queue list --queues postgresql://heard@db/heard
        heard queue list --format json

      A line a queue: name, mails that wait, mails in hand, when the oldest was received (UTC).
      """)

  /// How to show it.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Option(help: "text, or json: an object a line.")
  var format = Format.text

  @OptionGroup var options: QueueOptions

  func run() throws {
    let ledger = try options.open()
    let depths = try LedgerOptions.run { () throws(IntakeError) in
      try ledger.queueDepths(now: nil)
    }
    for depth in depths {
      switch format {
      case .text:
        try Terminal.write(
          "\(depth.queue)\t\(depth.waiting)\t\(depth.taken)\t\(UTCTime.text(depth.oldest))\n")
      case .json:
        var writer = JSONWriter()
        writer.openObject()
        writer.key("queue")
        writer.string(depth.queue)
        writer.key("waiting")
        writer.integer(depth.waiting)
        writer.key("taken")
        writer.integer(depth.taken)
        writer.key("oldest")
        writer.string(UTCTime.text(depth.oldest))
        writer.closeObject()
        writer.endLine()
        try Terminal.write(writer.finish())
      }
    }
  }
}

/// `heard queue ack`: what was taken is done.
struct QueueAcknowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack",
    abstract: "Remove mails that were taken and are done with.",
    discussion: """
      Examples:
        heard queue ack 17-0f3c5a…
        heard queue take billing | tee mails.jsonl | jq -r .ticket | xargs heard queue ack

      Exit status: 0 all removed; 1 some were not in hand any more, and others may have them now.
      """)

  @OptionGroup var options: QueueOptions

  @Argument(help: "Tickets that heard queue take printed.")
  var tickets: [String]

  func validate() throws { _ = try QueueOptions.tickets(tickets) }

  func run() throws {
    let ledger = try options.open()
    var lost: [QueueTicket] = []
    for ticket in try QueueOptions.tickets(tickets) {
      let isDone = try LedgerOptions.run { () throws(IntakeError) in
        try ledger.acknowledge(ticket)
      }
      if !isDone { lost.append(ticket) }
    }
    try QueueOptions.report(lost)
  }
}

/// `heard queue release`: what was taken is given back.
struct QueueReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Give back mails that were taken and are not done with.",
    discussion: """
      Examples:
        heard queue release 17-0f3c5a…
        heard queue release --after 600 17-0f3c5a…

      Exit status: 0 all given back; 1 some were not in hand any more.
      """)

  @Option(help: "Seconds before they can be taken again (0 to 604800).")
  var after = 0

  @OptionGroup var options: QueueOptions

  @Argument(help: "Tickets that heard queue take printed.")
  var tickets: [String]

  func validate() throws {
    guard (0...604_800).contains(after) else {
      throw ValidationError("--after takes 0 to 604800 seconds, not \(after)")
    }
    _ = try QueueOptions.tickets(tickets)
  }

  func run() throws {
    let ledger = try options.open()
    var lost: [QueueTicket] = []
    for ticket in try QueueOptions.tickets(tickets) {
      let isBack = try LedgerOptions.run { () throws(IntakeError) in
        try ledger.release(ticket, until: after == 0 ? 0 : UTCTime.now() + Int64(after))
      }
      if !isBack { lost.append(ticket) }
    }
    try QueueOptions.report(lost)
  }
}
