internal import HeardInput

/// One record of a corpus while its fields come in.
struct CorpusRow {
  /// By ``LabelMap/Field/place``.
  private var fields = [String?](repeating: nil, count: LabelMap.Field.count)
  private var tags: [String] = []
  private var signals: [String] = []
  private var given = LabelValues()
  private var mapped = LabelValues()

  private subscript(field: LabelMap.Field) -> String? {
    get { fields[field.place] }
    set { fields[field.place] = newValue }
  }

  /// Takes one scalar.
  mutating func take(_ path: String, _ value: JSONFieldReader.Value, map: LabelMap, set: String) {
    if let field = map.fields[path] {
      self[field] = CorpusRow.text(value)
    } else if path == "tags" {
      if case .text(let tag) = value { tags.append(tag) }
    } else if path == "signals" {
      if case .text(let signal) = value { signals.append(signal) }
    } else if path == "from", self[.sender] == nil {
      self[.sender] = CorpusRow.text(value)
    } else if path.hasPrefix("labels."), let holds = CorpusRow.truth(value, words: []),
      let label = CorpusRow.publicLabel(path.dropFirst(7), isStrict: set.hasPrefix("labelled_"))
    {
      given[label] = holds
    }
    for source in map.labels[path] ?? [] {
      guard let holds = CorpusRow.truth(value, words: source.words) else { continue }
      // One field may come several times, as the elements of an array: any of them will do.
      mapped[source.label] = holds || mapped[source.label] == true
    }
  }

  /// The message, or the word for what is missing.
  func message(file: String, set: String) -> LabelledMessage? {
    let content: LabelledMessage.Content
    if let text = self[.text] {
      content = .text(text)
    } else if let mail = self[.file] {
      content = .mail(path: CorpusFiles.mail(mail, beside: file))
    } else {
      return nil
    }
    guard let id = self[.id] else { return nil }
    let messageClass = self[.class]
    let isOurs = messageClass != nil
    var labels = isOurs ? ownLabels(messageClass ?? "") : given
    for (label, holds) in mapped { labels[label] = holds }
    return LabelledMessage(
      id: id, language: self[.lang] ?? "und", content: content, labels: labels,
      messageClass: messageClass, queue: self[.queue], sender: self[.sender],
      day: self[.date].flatMap(CalendarDay.number(of:)), set: isOurs ? "corpus" : set,
      half: self[.split].flatMap { isOurs ? LabelledMessage.Half(rawValue: $0) : nil }
        ?? DocumentSplit.half(of: id))
  }

  private func ownLabels(_ messageClass: String) -> LabelValues {
    [
      .complaint: messageClass == "complaint",
      .anger: tags.contains("anger"),
      .expectationGap: tags.contains("expectation-gap"),
      .staffTargeted: tags.contains("staff-targeted"),
      .service: tags.contains("staff-targeted") || signals.contains("poor-service"),
      .pricingDispute: tags.contains("pricing-dispute"),
      .price: tags.contains("pricing-dispute") || signals.contains("pricing-opinion"),
    ]
  }

  private static func publicLabel(_ name: Substring, isStrict: Bool) -> Label? {
    switch name {
    case "complaint": .complaint
    case "anger": .anger
    case "expectation": .expectationGap
    case "staff": isStrict ? .staffTargeted : .service
    case "price": isStrict ? .pricingDispute : .price
    case "negative": .negative
    default: nil
    }
  }

  private static func text(_ value: JSONFieldReader.Value) -> String? {
    switch value {
    case .text(let text): text
    case .number(let number):
      Int(exactly: number).map { "\($0)" } ?? "\(number)"
    case .truth(let truth): "\(truth)"
    case .null: nil
    }
  }

  /// Levels as anger's 0 to 3 hold from 1.
  private static func truth(_ value: JSONFieldReader.Value, words: [String]) -> Bool? {
    if !words.isEmpty { return text(value).map(words.contains) }
    switch value {
    case .truth(let truth): return truth
    case .number(let number): return number >= 1
    case .text(let text): return ["true", "yes", "1", "y"].contains(text.lowercased())
    case .null: return nil
    }
  }
}
