package import HeardSources
public import HeardText

/// Where the Hunspell dictionaries of the three languages are.
public struct DictionaryFolder: Sendable {
  /// Where Debian installs them.
  public static let standard = DictionaryFolder(path: "/usr/share/hunspell")

  /// The folder with `pl_PL.aff`, `pl_PL.dic` and the others.
  public var path: String

  /// Names a folder.
  public init(path: String) { self.path = path }

  /// Base names of a language's dictionaries; a word is known when one of them knows it.
  package static func names(_ language: Language) -> [String] {
    switch language {
    case .dutch: ["nl_NL"]
    case .polish: ["pl_PL"]
    case .english: ["en_GB", "en_US"]
    case .undetermined, .other: []
    }
  }

  /// Debian packages that install them.
  package static func packages(_ language: Language) -> [String] {
    switch language {
    case .dutch: ["hunspell-nl"]
    case .polish: ["hunspell-pl"]
    case .english: ["hunspell-en-gb", "hunspell-en-us"]
    case .undetermined, .other: []
    }
  }

  /// Whether all dictionaries of a language are there.
  public func has(_ language: Language) -> Bool { missing(language).isEmpty }

  private func missing(_ language: Language) -> [String] {
    Self.names(language).flatMap { ["\($0).aff", "\($0).dic"] }
      .filter { !LexiconFiles.exists(path + "/" + $0) }
  }

  /// Reads the dictionaries of a language.
  ///
  /// - Returns: the dictionaries, and what pins them in a lock: `pl_PL:<digest>`, with the version
  ///   of the Debian package when the package manager knows it.
  /// - Throws: ``LexiconError/Code-swift.enum/dictionary``, naming the packages to install.
  package func load(
    _ language: Language
  ) throws(LexiconError) -> (dictionaries: [HunspellDictionary], pin: String) {
    if let file = missing(language).first {
      throw LexiconError(
        .dictionary,
        [
          Diagnostic(
            .error, .dictionaryMissing,
            at: SourceLocation(file: path + "/" + file, line: 1, column: 1),
            "no dictionary for '\(language.code)'",
            hint: "apt-get install \(Self.packages(language).joined(separator: " ")), or name "
              + "their folder with --dictionaries")
        ])
    }
    var dictionaries: [HunspellDictionary] = []
    var pins: [String] = []
    for (name, package) in zip(Self.names(language), Self.packages(language)) {
      let aff = try LexiconFiles.read(path + "/\(name).aff", named: path + "/\(name).aff")
      let dic = try LexiconFiles.read(path + "/\(name).dic", named: path + "/\(name).dic")
      dictionaries.append(try HunspellDictionary(aff: aff, dic: dic, name: name))
      let version = path == Self.standard.path ? Self.version(package) : nil
      let digest = String(Self.digest(of: [aff, dic]), radix: 16)
      pins.append((version.map { "\(package)=\($0)" } ?? name) + ":" + digest)
    }
    return (dictionaries, pins.joined(separator: " "))
  }

  /// Tells dictionaries apart.
  package static func digest(of files: [[UInt8]]) -> UInt64 {
    files.reduce(StableHash.empty) { StableHash.of($1, after: $0) }
  }

  /// The installed version of a Debian package, from the package manager's own list.
  private static func version(_ package: String) -> String? {
    let path = "/var/lib/dpkg/status"
    guard let bytes = try? LexiconFiles.read(path, named: path) else { return nil }
    var inPackage = false
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.isEmpty {
        inPackage = false
      } else if line.starts(with: Array("Package: ".utf8)) {
        inPackage = line.dropFirst(9).elementsEqual(package.utf8)
      } else if inPackage, line.starts(with: Array("Version: ".utf8)) {
        return String(decoding: line.dropFirst(9), as: UTF8.self)
      }
    }
    return nil
  }
}
