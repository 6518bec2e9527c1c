internal import Glibc
internal import HeardCases
internal import HeardMail

/// What can be said of a configuration without serving.
enum ConfigurationCheck {
  /// What works, but is perhaps not meant.
  static func warnings(_ configuration: ServerConfiguration) -> [String] {
    var warnings: [String] = []
    let http = configuration.http
    for address in http.listen where !address.isLocal {
      if http.certificate.isEmpty {
        warnings.append("http.listen: \(address) is reached from outside without TLS")
      }
      if http.isOpen {
        warnings.append("http.open: anybody who reaches \(address) can have messages judged")
      }
    }
    for address in configuration.lmtp.listen where !address.isLocal {
      warnings.append(
        "lmtp.listen: \(address) is reached from outside; LMTP has no passwords, keep it in a"
          + " network of your own")
    }
    if configuration.tokens.isEmpty, !http.listen.isEmpty, !http.isOpen {
      warnings.append("http.open: nobody can have messages judged, for there are no tokens")
    }
    if http.listen.isEmpty, configuration.lmtp.listen.isEmpty, configuration.maildir.watch.isEmpty {
      warnings.append("nothing listens and no Maildir is watched")
    }
    if configuration.webhook.url.hasPrefix("http://") {
      warnings.append("webhook.url: what is sent can be read on its way; use https://")
    }
    for (key, path) in [
      ("webhook.secret", configuration.webhook.secret), ("http.tls.key", http.key),
    ] where isReadableByAll(path) {
      warnings.append("\(key): everybody on this machine can read \(path); chmod o-r")
    }
    return warnings
  }

  private static func isReadableByAll(_ path: String) -> Bool {
    var status = stat()
    guard !path.isEmpty, unsafe stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IROTH != 0
  }

  /// Says what does not go together.
  static func checkSettings(_ configuration: ServerConfiguration) throws(StartError) {
    func refuse(_ key: String, _ message: String) -> StartError {
      StartError(place: configuration.place(key), message: message)
    }
    let (http, intake) = (configuration.http, configuration.intake)
    if http.certificate.isEmpty != http.key.isEmpty {
      throw refuse(
        http.certificate.isEmpty ? "http.tls.key" : "http.tls.certificate",
        "certificate and key belong together; set both")
    }
    if !intake.maildir.isEmpty, !intake.queues.isEmpty {
      throw refuse(
        "intake.queues", "the queues are there or in intake.maildir, not both; leave one out")
    }
    if !intake.queues.isEmpty, intake.ledger != intake.queues {
      throw refuse("intake.ledger", "intake.queues names the ledger as well; leave this out")
    }
    if intake.isPresent, intake.ledger.isEmpty {
      throw refuse(
        "intake.ledger",
        "two ledgers are in the Maildir, heard-ledger.sqlite and ledger.sqlite; name the one to go"
          + " on with, or put the other aside")
    }
    if intake.isPresent, intake.state.isEmpty {
      throw refuse("intake.queues", "queues in PostgreSQL need intake.state, a folder here; set it")
    }
    if !intake.isPresent {
      for (key, isSet) in [
        ("lmtp.listen", !configuration.lmtp.listen.isEmpty),
        ("maildir.watch", !configuration.maildir.watch.isEmpty),
        ("webhook.url", !configuration.webhook.url.isEmpty),
      ] where isSet {
        throw refuse(
          key, "messages need a place; set intake.maildir or intake.queues")
      }
    }
    if configuration.handling.cases.isEmpty, !configuration.handling.casesKey.isEmpty {
      throw refuse("handling.cases-key", "there is no account of conversations; set handling.cases")
    }
  }

  /// Reads everything that the configuration names, too.
  static func check(_ configuration: ServerConfiguration) throws(StartError) {
    try checkSettings(configuration)
    _ = try ServerTLS.settings(configuration)
    _ = try WebhookService.target(configuration)
    let sources = try HeardServer.sources(configuration)
    do throws(PipelineStore.LoadError) {
      _ = try PipelineStore(sources, limits: Limits())
    } catch {
      throw StartError(place: "lexicons or policy", message: error.description)
    }
  }
}
