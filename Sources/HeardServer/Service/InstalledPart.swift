internal import Glibc
internal import HeardInput

/// Where the parts that come with heard are.
enum InstalledPart {
  /// The path of the setting, or of the first place that has `name`.
  static func path(
    _ given: String, _ name: String, setting: String
  ) throws(StartError) -> String {
    if !given.isEmpty { return given }
    if let path = InstalledFile.find(name) { return path }
    throw StartError(
      place: setting, message: "no \(name) here or beside the program; name it in the configuration"
    )
  }
}
