internal import ArgumentParser
internal import Glibc
internal import HeardDeadlines
internal import HeardReport
internal import HeardRouter
internal import HeardStatistics

/// `heard told`: who was told what changed.
struct ToldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "told",
    abstract: "Keep account of which customers were told what changed.",
    discussion: """
      Examples:
        heard report judged.jsonl --messages archive/ -o report.html --raised raised.jsonl
        heard told pending raised.jsonl --ledger told.jsonl --change return-label \\
          --theme nl.expectation-gap.retourlabel > tell.jsonl
        heard told record tell.jsonl --ledger told.jsonl          # once they were written to
        heard told list --ledger told.jsonl
        heard told forget --ledger told.jsonl --sender-key key sanne@example.org

      The list names ids of messages, by which your own systems know whom to write to, and \
      pseudonyms of senders. Nobody is listed again for a change that they were told of.
      """,
    subcommands: [
      ToldPendingCommand.self, ToldRecordCommand.self, ToldListCommand.self,
      ToldForgetCommand.self,
    ])
}

/// Which ledger.
struct ToldOptions: ParsableArguments {
  @Option(help: "The ledger, a file of JSON lines.", completion: .file())
  var ledger: String

  func open(creates: Bool) throws(Failure) -> ToldLedger {
    do throws(ToldError) {
      return try ToldLedger(ledger, creates: creates)
    } catch {
      throw ToldOptions.failure(error)
    }
  }

  static func failure(_ error: ToldError) -> Failure {
    let status: ExitStatus =
      switch error.code {
      case .noInput: .noInput
      case .damaged: .data
      case .output: .cannotCreate
      case .busy: .temporary
      }
    return Failure(status, error.description)
  }
}

/// `heard told pending`: who is still to be told.
struct ToldPendingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pending",
    abstract: "List who raised themes and was not told of a change yet, as JSON lines.")

  @OptionGroup var told: ToldOptions

  @Option(help: "A name for what changed, as return-label.")
  var change: String

  @Option(help: "Id of a theme, as the figures have it (repeatable); all when none is named.")
  var theme: [String] = []

  @Argument(help: "List of heard report --raised.", completion: .file())
  var raised: String

  func validate() throws {
    if change.isEmpty { throw ValidationError("--change takes a name for what changed") }
  }

  func run() throws {
    do throws(ToldError) {
      let messages = try RaisedList.read(raised)
      for name in theme where !messages.contains(where: { $0.theme == name }) {
        throw ToldError(.damaged, "\(raised): nobody raised '\(name)'; is that the theme's id?")
      }
      let ledger = try ToldLedger(told.ledger, creates: true)
      let pending = ledger.pending(messages, change: change, themes: Set(theme))
      try write(ToldLedger.lines(pending))
    } catch {
      throw ToldOptions.failure(error)
    }
  }

  private func write(_ bytes: [UInt8]) throws(ToldError) {
    do throws(Failure) {
      try Terminal.write(bytes)
    } catch {
      throw ToldError(.output, error.message)
    }
  }
}

/// `heard told record`: they were told.
struct ToldRecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Record that those of a list were told; done again it changes nothing.")

  @OptionGroup var told: ToldOptions

  @Option(help: "When they were told, as 2026-11-22T10:00:00Z; else now.")
  var at: String?

  @Argument(help: "What heard told pending listed; - is standard input.", completion: .file())
  var list = "-"

  func validate() throws {
    if let at, ISOTime.read(at) == nil {
      throw ValidationError("--at takes 2026-11-22T10:00:00Z, not '\(at)'")
    }
  }

  func run() throws {
    let moment = at.flatMap(ISOTime.read) ?? Int64(time(nil))
    let ledger: ToldLedger
    let count: Int
    do throws(ToldError) {
      let tell = try ToldLedger.read(list)
      ledger = try ToldLedger(told.ledger, creates: true)
      count = try ledger.record(tell, at: ISOTime.text(moment))
    } catch {
      throw ToldOptions.failure(error)
    }
    Terminal.complain("\(count) recorded, \(ledger.entries.count) in the ledger")
  }
}

/// `heard told list`: who was told of what.
struct ToldListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List how many were told of what, or everybody.")

  @OptionGroup var told: ToldOptions

  @Flag(help: "List everybody, as JSON lines.")
  var all = false

  func run() throws {
    let ledger = try told.open(creates: false)
    if all { return try Terminal.write(ToldLedger.lines(ledger.entries)) }
    var table = Table(["theme", "change", ">told", "first", "last"])
    var groups: [String: [ToldEntry]] = [:]
    for entry in ledger.entries {
      groups["\(entry.theme)\n\(entry.change)", default: []].append(entry)
    }
    for group in groups.values.sorted(by: {
      ($0[0].theme, $0[0].change) < ($1[0].theme, $1[0].change)
    }) {
      let times = group.compactMap(\.told).sorted()
      table.add([
        group[0].theme, group[0].change, "\(group.count)", times.first ?? "", times.last ?? "",
      ])
    }
    try Terminal.write(table.write(.text))
  }
}

/// `heard told forget`: forgets senders.
struct ToldForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Forget senders, by pseudonym or, with the key of the run, by address.")

  @OptionGroup var told: ToldOptions

  @Option(help: "Key of the pseudonyms (--sender-key of heard run).", completion: .file())
  var senderKey: String?

  @Argument(help: "Pseudonyms (sha256:…), or addresses with --sender-key.")
  var senders: [String]

  func validate() throws {
    if senderKey == nil,
      let address = senders.first(where: { !$0.hasPrefix("sha256:") && !$0.hasPrefix("message:") })
    {
      throw ValidationError("'\(address)' is no pseudonym; addresses need --sender-key FILE")
    }
  }

  func run() throws {
    let ledger = try told.open(creates: false)
    let key = try senderKey.map { path throws(Failure) in
      try RedactionOptions.key(path, option: "--sender-key")
    }
    let names = senders.map { sender in
      guard let key, !sender.hasPrefix("sha256:"), !sender.hasPrefix("message:") else {
        return sender
      }
      return SenderName.pseudonym(sender, key)
    }
    do throws(ToldError) {
      let count = try ledger.forget(Set(names))
      Terminal.complain("\(count) \(count == 1 ? "line" : "lines") forgotten")
    } catch {
      throw ToldOptions.failure(error)
    }
  }
}
