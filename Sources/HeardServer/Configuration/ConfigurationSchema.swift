internal import HeardIntake

/// Every key that `heardd.yaml` may hold.
///
/// The reader, `heardd config dump`, the reference in `docs/server.md` and its test all use this.
enum ConfigurationSchema {
  /// The first key of a file, and what it must say.
  static let version = (key: "heardd", value: "heard/1")

  private static let mebibyte = 1 << 20
  private static let second = 1000
  private static let minute = 60 * second

  /// The keys, in the order of the reference.
  static let settings: [Setting] = [
    Setting(
      "lexicons", .path, "",
      "Folder of lexicons, or a compiled lexicon; empty: ./lexicons, or those installed."),
    Setting(
      "policy", .path, "", "Policy file; empty: ./policies/default.yaml, or the one installed."),
    Setting(
      "replies", .path, "",
      "Folder of wording lexicons for replies; empty: ./replies, or those installed."),
    Setting("host-name", .text, "", "What the server calls itself; empty: the machine's name."),
    Setting("log.level", .choice(Self.levels), "info", "The least that is logged."),
    Setting("judging.workers", .number(0...256), "0", "Judging threads; 0: one a core."),
    Setting("judging.waiting", .number(0...100_000), "256", "Messages that wait for one at most."),
    Setting(
      "judging.patience", .duration(1...10 * minute), "5 s", "How long a message waits at most."),
    Setting(
      "judging.time", .duration(100...60 * minute), "2 min",
      "How long judging one message may take; then it is given up."),
    Setting("http.listen", .addresses, "127.0.0.1:8525", "Addresses of the HTTP API; []: none."),
    Setting(
      "http.body", .size(1024...512 * mebibyte), "10 MiB", "The largest body; batches have none."),
    Setting(
      "http.batch-line", .size(1024...64 * mebibyte), "1 MiB", "The longest line of a batch."),
    Setting(
      "http.batch-time", .duration(second...24 * 60 * minute), "1 h",
      "The longest a batch may take."),
    Setting("http.connections", .number(1...65_000), "4096", "Connections at most."),
    Setting("http.requests", .number(1...65_000), "256", "Requests under way at most."),
    Setting(
      "http.client-requests", .number(1...65_000), "128",
      "Those of one client at most: of a token, else of an address."),
    Setting(
      "http.request-time", .duration(100...60 * minute), "30 s",
      "How long a request may take to arrive, and its answer to be taken."),
    Setting(
      "http.idle-time", .duration(100...60 * minute), "60 s", "How long a client may be silent."),
    Setting("http.tls.certificate", .path, "", "Certificates (PEM); TLS is used when it is set."),
    Setting("http.tls.key", .path, "", "Private key (PEM) of the certificate."),
    Setting(
      "http.open", .truth, "true", "Whether judging needs no token; metrics and health never do."),
    Setting("http.tokens", .tokens, "", "Who may do more: {name, sha256, scopes} each."),
    Setting("lmtp.listen", .addresses, "", "Addresses of the LMTP listener; []: none."),
    Setting("lmtp.message", .size(mebibyte...1024 * mebibyte), "128 MiB", "The largest message."),
    Setting(
      "lmtp.memory", .size(mebibyte...65_536 * mebibyte), "512 MiB",
      "Bytes of mails under way at most, also by HTTP; what is beyond is told to come back."),
    Setting("lmtp.connections", .number(1...65_000), "4096", "Connections at most."),
    Setting("lmtp.recipients", .number(100...100_000), "1000", "Recipients of a message at most."),
    Setting(
      "lmtp.idle-time", .duration(100...60 * minute), "5 min", "How long a client may be silent."),
    Setting(
      "lmtp.message-time", .duration(100...24 * 60 * minute), "10 min",
      "How long a message may take to arrive."),
    Setting("socket.mode", .choice(["0600", "0660", "0666"]), "0660", "Of unix sockets."),
    Setting(
      "intake.maildir", .path, "",
      "Maildir whose folders are the queues; empty: no intake, unless intake.queues is set."),
    Setting(
      "intake.queues", .ledger, "",
      "Instead: database of queues and ledger, a postgresql: URL or a SQLite file."),
    Setting(
      "intake.ledger", .ledger, "",
      "SQLite file of the ledger, or a postgresql: URL; empty: heard-ledger.sqlite in the Maildir."),
    Setting("intake.fallback", .text, "fallback", "The queue for what cannot be judged or filed."),
    Setting(
      "intake.attempts", .number(1...100), "2",
      "How often the process may end while it judges a message; then it is filed unjudged."),
    Setting(
      "intake.state", .path, "",
      "Folder here for notes of what is judged; empty: in the Maildir, beside the SQLite file."),
    Setting(
      "intake.headers", .choice(TicketSystem.allCases.map(\.rawValue)), "generic",
      "Whose fields mails get besides X-Heard-*: generic (nobody's), zammad, otrs, otobo."),
    Setting("intake.threads", .number(1...256), "4", "Messages that are filed at the same time."),
    Setting("intake.days", .number(1...36_500), "400", "Days that ledger records are kept."),
    Setting(
      "intake.records", .number(1000...1_000_000_000), "10000000",
      "Ledger records that are kept at most."),
    Setting(
      "handling.deadlines", .paths, "",
      "Files that bind recipients or queues to the regimes of policies/deadlines.yaml."),
    Setting("handling.staff", .path, "", "Directory of the staff (YAML or CSV)."),
    Setting(
      "handling.cases", .path, "",
      "SQLite file that keeps account of conversations; made when missing."),
    Setting(
      "handling.cases-key", .path, "", "Key of its digests; empty: beside it, made when missing."),
    Setting("handling.days", .number(1...3660), "90", "Days that conversations are remembered."),
    Setting(
      "webhook.url", .text, "", "Where every record goes, signed; empty: nowhere. Needs an intake."),
    Setting("webhook.secret", .path, "", "File with the secret that signs, 16 bytes or more."),
    Setting("webhook.timeout", .duration(100...5 * minute), "15 s", "How long a request may take."),
    Setting(
      "webhook.first-delay", .duration(second...60 * minute), "5 s",
      "When one that was not taken is sent again; twice as late each time."),
    Setting(
      "webhook.most-delay", .duration(second...24 * 60 * minute), "1 h", "How late at most."),
    Setting(
      "webhook.patience", .duration(minute...10_000 * 60 * minute), "336 h",
      "How long one is tried that nobody takes; then it is given up."),
    Setting("webhook.concurrency", .number(1...64), "8", "Requests at the same time."),
    Setting("maildir.watch", .paths, "", "Maildirs whose new mail is taken in."),
    Setting(
      "maildir.interval", .duration(10...60 * minute), "1 s",
      "How often they are looked at when the system does not tell."),
    Setting(
      "stop.grace", .duration(0...60 * minute), "30 s", "How long work may finish at a stop."),
  ]

  /// Levels of the log, most talkative first.
  static let levels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]
}
