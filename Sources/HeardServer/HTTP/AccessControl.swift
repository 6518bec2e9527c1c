/// Who may do what: the tokens of the configuration.
struct AccessControl: Sendable {
  private let tokens: [AccessToken]
  private let isOpen: Bool

  /// - Parameter isOpen: whether judging needs no token.
  init(_ tokens: [AccessToken], isOpen: Bool) {
    self.tokens = tokens
    self.isOpen = isOpen
  }

  /// Lets a request pass that has a token for the scope.
  ///
  /// Every token is compared whole, so that time tells nothing of any.
  ///
  /// - Returns: the token; nil where none is needed.
  func check(_ field: String?, _ scope: AccessToken.Scope) throws(Problem) -> AccessToken? {
    if isOpen, scope == .judge { return nil }
    guard let field, field.utf8.count <= 1024, field.prefix(7).lowercased() == "bearer " else {
      throw Problem.unauthorized
    }
    let digest = AccessToken.digest(field.dropFirst(7).utf8)
    var found: AccessToken?
    for token in tokens where token.matches(digest: digest) { found = token }
    guard let found else { throw Problem.unauthorized }
    guard found.scopes.contains(scope.rawValue) else { throw Problem.forbidden(scope) }
    return found
  }
}
