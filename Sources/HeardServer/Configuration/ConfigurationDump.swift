/// Writes a configuration as a file that says the same.
enum ConfigurationDump {
  /// Every setting with its value.
  ///
  /// - Parameter showsOrigin: whether a comment says where each value comes from.
  static func text(_ reader: ConfigurationReader, showsOrigin: Bool) -> String {
    var text = "\(ConfigurationSchema.version.key): \(ConfigurationSchema.version.value)\n"
    var open: [Substring] = []
    for setting in ConfigurationSchema.settings {
      guard let item = reader.items[setting.path] else { continue }
      let names = setting.path.split(separator: ".")
      let groups = names.dropLast()
      let shared = zip(open, groups).prefix { $0.0 == $0.1 }.count
      for (depth, name) in groups.enumerated().dropFirst(shared) {
        text += String(repeating: "  ", count: depth) + "\(name):\n"
      }
      open = Array(groups)
      text += String(repeating: "  ", count: groups.count)
      text += "\(names[names.count - 1]): \(setting.write(item.value))"
      if showsOrigin { text += "  # \(item.origin)" }
      text += "\n"
    }
    return text
  }
}
