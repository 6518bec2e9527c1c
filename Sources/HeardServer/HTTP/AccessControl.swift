internal import Synchronization

/// Who may do what: the tokens of the configuration, which a reload may change.
final class AccessControl: Sendable {
  private let state: Mutex<(tokens: [AccessToken], isOpen: Bool)>

  /// - Parameter isOpen: whether judging needs no token.
  init(_ tokens: [AccessToken], isOpen: Bool) { state = Mutex((tokens, isOpen)) }

  /// Replaces the tokens.
  func replace(_ tokens: [AccessToken], isOpen: Bool) {
    state.withLock { $0 = (tokens, isOpen) }
  }

  /// Lets a request pass that has a token for the scope.
  ///
  /// Every token is compared whole, so that time tells nothing of any.
  ///
  /// - Returns: the token; nil where none is needed.
  func check(_ field: String?, _ scope: AccessToken.Scope) throws(Problem) -> AccessToken? {
    let (tokens, isOpen) = state.withLock { $0 }
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
