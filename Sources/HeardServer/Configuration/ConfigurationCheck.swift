internal import Glibc
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
    return warnings
  }

  /// Says what does not go together.
  static func checkSettings(_ configuration: ServerConfiguration) throws(StartError) {
    if configuration.http.certificate.isEmpty != configuration.http.key.isEmpty {
      throw StartError(place: "http.tls", message: "certificate and key belong together; set both")
    }
    let needsIntake = !configuration.lmtp.listen.isEmpty || !configuration.maildir.watch.isEmpty
    if needsIntake, configuration.intake.maildir.isEmpty {
      throw StartError(
        place: "intake.maildir",
        message: "lmtp.listen and maildir.watch need a place for messages; set it")
    }
  }

  /// Reads everything that the configuration names, too.
  static func check(_ configuration: ServerConfiguration) throws(StartError) {
    try checkSettings(configuration)
    let sources = try HeardServer.sources(configuration)
    do throws(PipelineStore.LoadError) {
      _ = try PipelineStore(sources, limits: Limits())
    } catch {
      throw StartError(place: "lexicons or policy", message: error.description)
    }
  }
}
