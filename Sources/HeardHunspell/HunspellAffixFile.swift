internal import HeardSources

/// What a Hunspell `.aff` file says, as far as it makes forms.
struct HunspellAffixFile: Sendable {
  /// How flags are written.
  enum FlagType: Sendable {
    case short
    case long
    case number
    case utf8
  }

  var charset = HunspellText.Charset.latin1
  var flagType = FlagType.short
  /// `AF` aliases, from 1.
  var aliases: [[UInt32]] = []
  var affixes: [HunspellAffix] = []
  var needAffix: UInt32?
  var forbidden: UInt32?
  var onlyInCompound: UInt32?

  /// Reads the file.
  ///
  /// - Throws: the first line that cannot be read.
  init(_ bytes: [UInt8], name: String) throws(LexiconError) {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    let raw = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    // The charset rules the whole file, wherever the line stands.
    for line in raw where line.starts(with: Array("SET ".utf8)) {
      let set =
        String(decoding: line.dropFirst(4), as: UTF8.self)
        .split(whereSeparator: \.isWhitespace).first ?? ""
      guard let charset = HunspellText.Charset(name: set) else {
        throw Self.failure(name, 1, "the charset '\(set)'")
      }
      self.charset = charset
    }
    var crossing: [UInt32: Bool] = [:]
    for (index, line) in raw.enumerated() {
      let fields = HunspellText.plain(HunspellText.decode(line, charset))
        .split(whereSeparator: \.isWhitespace).map(String.init)
      guard let keyword = fields.first, keyword != "#" else { continue }
      switch keyword {
      case "FLAG" where fields.count > 1:
        flagType =
          switch fields[1] {
          case "long": .long
          case "num": .number
          case "UTF-8": .utf8
          default: .short
          }
      case "AF" where fields.count > 1:
        // The first AF line only counts the others.
        if crossing[.max] != nil { aliases.append(flags(fields[1])) }
        crossing[.max] = true
      case "NEEDAFFIX", "PSEUDOROOT":
        needAffix = fields.dropFirst().first.flatMap { flags($0).first }
      case "FORBIDDENWORD": forbidden = fields.dropFirst().first.flatMap { flags($0).first }
      case "ONLYINCOMPOUND": onlyInCompound = fields.dropFirst().first.flatMap { flags($0).first }
      case "PFX", "SFX":
        guard fields.count >= 4, let flag = flags(fields[1]).first else {
          throw Self.failure(name, index + 1, "an affix line of \(fields.count) fields")
        }
        if fields[2] == "Y" || fields[2] == "N", Int(fields[3]) != nil, crossing[flag] == nil {
          crossing[flag] = fields[2] == "Y"
        } else {
          try affix(fields, flag, crosses: crossing[flag] ?? false, name: name, line: index + 1)
        }
      default: break
      }
    }
  }

  private mutating func affix(
    _ fields: [String], _ flag: UInt32, crosses: Bool, name: String, line: Int
  ) throws(LexiconError) {
    let added = fields[3].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    // A condition may be missing; what follows it are morphological notes.
    let conditionText = fields.count > 4 && !fields[4].contains(":") ? fields[4] : "."
    guard let condition = HunspellAffix.condition(conditionText) else {
      throw Self.failure(name, line, "the condition '\(conditionText)'")
    }
    let add = added.first.map(String.init) ?? "0"
    affixes.append(
      HunspellAffix(
        isPrefix: fields[0] == "PFX", flag: flag, flagName: fields[1], crosses: crosses,
        strip: fields[2] == "0" ? [] : Array(fields[2].unicodeScalars),
        add: add == "0" ? [] : Array(add.unicodeScalars), condition: condition,
        continuation: added.count > 1 ? flags(String(added[1])) : []))
  }

  /// The flags of a text, through the aliases when the file has them.
  func flags(_ text: some StringProtocol) -> [UInt32] {
    if !aliases.isEmpty, let number = Int(text) {
      return aliases.indices.contains(number - 1) ? aliases[number - 1] : []
    }
    switch flagType {
    case .short, .utf8: return text.unicodeScalars.map(\.value)
    case .number: return text.split(separator: ",").compactMap { UInt32($0) }
    case .long:
      let scalars = Array(text.unicodeScalars)
      return stride(from: 0, to: scalars.count - 1, by: 2).map {
        scalars[$0].value << 16 | scalars[$0 + 1].value
      }
    }
  }

  static func failure(_ name: String, _ line: Int, _ what: String) -> LexiconError {
    LexiconError(
      .dictionary,
      [
        Diagnostic(
          .error, .dictionaryMissing, at: SourceLocation(file: name, line: line, column: 1),
          "\(what) in a dictionary that cannot be read",
          hint: "install the Debian package again, or name another folder with --dictionaries")
      ])
  }
}
