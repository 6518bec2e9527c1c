/// The version of heard, which every record carries.
public enum Version {
  /// Semantic version.
  public static let current = "0.1.0"
  /// The schema of the record; a change of meaning changes it.
  public static let schema = "heard/1"
}
