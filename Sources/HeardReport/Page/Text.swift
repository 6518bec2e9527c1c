internal import HeardStatistics
internal import HeardThemes

/// Figures and names as the page writes them.
enum Text {
  /// The levels of anger.
  static let anger = ["calm", "irritated", "angry", "furious"]

  /// `12,345`.
  static func number(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return value < 0 ? "−" + text : text
  }

  /// As an axis has it: `1,500`, `2.5`.
  static func short(_ value: Double) -> String {
    if value == value.rounded() { return number(Int(value)) }
    return Figure.decimals(value, value < 1 ? 2 : 1)
  }

  /// `34 %`, `3.4 %`, `0.3 %`.
  static func percent(_ share: Double) -> String {
    let text = Figure.decimals(share * 100, share < 0.0995 ? 1 : 0)
    return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + "\u{A0}%"
  }

  /// An interval of shares: `31–36 %`.
  static func range(_ shares: ClosedRange<Double>) -> String {
    let places = shares.lowerBound < 0.0995 ? 1 : 0
    return Figure.decimals(shares.lowerBound * 100, places) + "–"
      + Figure.decimals(shares.upperBound * 100, places) + "\u{A0}%"
  }

  /// `2 March 2026`.
  static func day(_ number: Int) -> String {
    ReportCalendar(from: number, to: number, unit: .day).title(of: 0)
  }

  /// Likewise, of two counts; `–` of nothing.
  static func percent(_ part: Int, _ whole: Int) -> String {
    whole == 0 ? "–" : percent(Double(part) / Double(whole))
  }

  /// A factor: `×3.2`, `×45`.
  static func factor(_ value: Double) -> String {
    if value > 999 { return "999+" }
    return Figure.decimals(value, value < 1.995 ? 2 : value < 9.95 ? 1 : 0)
  }

  static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// The name of a series for people.
  static func name(_ name: String, _ dimension: RecordVolumes.Dimension) -> String {
    switch dimension {
    case .language:
      switch name {
      case "nl": "Dutch"
      case "pl": "Polish"
      case "en": "English"
      case "other": "Another language"
      case "und": "Not determined"
      default: name
      }
    case .messageClass: name == "auto" ? "Automatic" : capitalised(name)
    case .tag, .signal: capitalised(name.replacing("-", with: " "))
    case .status, .queue, .anger, .error: name
    }
  }

  /// What a line of counts does, in words.
  static func course(_ series: VolumeSeries, _ what: String, _ calendar: ReportCalendar) -> String {
    guard let most = series.periods.max(), most > 0,
      let peak = series.periods.firstIndex(of: most)
    else { return "None." }
    let half = series.periods.count / 2
    let first = series.periods[..<half].reduce(0, +)
    let second = series.periods[half...].reduce(0, +)
    return "\(number(series.total)) \(what): \(number(first)) in the first half of the time, "
      + "\(number(second)) in the second; most, \(number(most)), in \(calendar.title(of: peak))."
  }
}
