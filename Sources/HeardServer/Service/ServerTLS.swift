internal import Glibc
internal import NIOSSL

/// The certificate and key that the configuration names.
enum ServerTLS {
  /// What TLS is set up with; nil when the configuration asks for none.
  ///
  /// - Throws: which of the two files cannot be used, where it was set, and why.
  static func settings(
    _ configuration: ServerConfiguration
  ) throws(StartError) -> TLSConfiguration? {
    let http = configuration.http
    guard !http.certificate.isEmpty else { return nil }
    let certificates: [NIOSSLCertificate]
    do {
      certificates = try NIOSSLCertificate.fromPEMFile(try readable(http.certificate))
    } catch {
      throw StartError(
        place: configuration.place("http.tls.certificate"),
        message: "\(http.certificate): \(reason(error, "no certificates in PEM form"))")
    }
    guard let first = certificates.first else {
      throw StartError(
        place: configuration.place("http.tls.certificate"),
        message: "\(http.certificate): there is no certificate in it; name a PEM file with some")
    }
    if first.notValidAfter < time(nil) {
      throw StartError(
        place: configuration.place("http.tls.certificate"),
        message: "\(http.certificate): the certificate is no longer valid; renew it")
    }
    let key: NIOSSLPrivateKey
    do {
      key = try NIOSSLPrivateKey(file: try readable(http.key), format: .pem)
    } catch {
      throw StartError(
        place: configuration.place("http.tls.key"),
        message: "\(http.key): \(reason(error, "no private key in PEM form"))")
    }
    var tls = TLSConfiguration.makeServerConfiguration(
      certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
    tls.minimumTLSVersion = .tlsv12
    do {
      _ = try NIOSSLContext(configuration: tls)
    } catch {
      throw StartError(
        place: configuration.place("http.tls.key"),
        message: "\(http.key): it is not the key of \(http.certificate); name the one that is")
    }
    return tls
  }

  private struct Unreadable: Error {
    let reason: String
  }

  private static func readable(_ path: String) throws -> String {
    guard unsafe access(path, R_OK) == 0 else {
      throw Unreadable(reason: unsafe String(cString: strerror(errno)).lowercased())
    }
    return path
  }

  private static func reason(_ error: any Error, _ otherwise: String) -> String {
    if let unreadable = error as? Unreadable {
      return "it cannot be read: \(unreadable.reason); check path and permissions"
    }
    return "\(otherwise); check the file"
  }
}
