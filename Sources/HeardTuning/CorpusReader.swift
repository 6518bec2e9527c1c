internal import Foundation
public import HeardBatch

/// Reads labelled corpora: our own format, and the sets of public data as their README describes.
public enum CorpusReader {
  /// The labelled messages of files and folders (every `*.jsonl` below a folder), in order.
  public static func read(_ paths: [String]) throws(InputError) -> [LabelledMessage] {
    var messages: [LabelledMessage] = []
    for path in paths {
      for file in try files(path) { messages += try read(file: file) }
    }
    return messages
  }

  private static func files(_ path: String) throws(InputError) -> [String] {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw InputError(.noInput, "\(path): no such file or folder")
    }
    guard isFolder.boolValue else { return [path] }
    let below = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    // Replies and MIME fixtures have labels of another kind; language samples are read apart.
    return below.filter { $0.hasSuffix(".jsonl") && !$0.hasSuffix("index.jsonl") }
      .filter { !$0.contains("lid_") }.sorted().map { "\(path)/\($0)" }
  }

  private static func read(file path: String) throws(InputError) -> [LabelledMessage] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw InputError(.noInput, "\(path): cannot be read")
    }
    var messages: [LabelledMessage] = []
    for (number, line) in data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty {
      guard let row = try? JSONSerialization.jsonObject(with: line) as? [String: Any] else {
        throw InputError(.unknownForm, "\(path):\(number + 1): not a JSON object")
      }
      guard let message = message(row, file: path) else {
        throw InputError(
          .unknownForm, "\(path):\(number + 1): a row needs id, lang, and text or file")
      }
      messages.append(message)
    }
    return messages
  }

  private static func message(_ row: [String: Any], file: String) -> LabelledMessage? {
    guard let id = row["id"] as? String, let language = row["lang"] as? String else { return nil }
    let content: LabelledMessage.Content
    if let text = row["text"] as? String {
      content = .text(text)
    } else if let mail = row["file"] as? String {
      content = .mail(path: mailPath(mail, beside: file))
    } else {
      return nil
    }
    let isOurs = row["class"] is String
    let name = file.split(separator: "/").last.map { String($0.dropLast(6)) } ?? file
    return LabelledMessage(
      id: id, language: language, content: content,
      labels: isOurs ? ownLabels(row) : publicLabels(row, set: name),
      messageClass: row["class"] as? String, queue: row["queue"] as? String,
      set: isOurs ? "corpus" : name,
      half: (row["split"] as? String).flatMap { isOurs ? LabelledMessage.Half(rawValue: $0) : nil }
        ?? DocumentSplit.half(of: id))
  }

  /// Mails lie in `mail/` beside their labels.
  private static func mailPath(_ name: String, beside file: String) -> String {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    let direct = "\(folder)/\(name)"
    return FileManager.default.fileExists(atPath: direct) ? direct : "\(folder)/mail/\(name)"
  }

  private static func ownLabels(_ row: [String: Any]) -> [Label: Bool] {
    let tags = Set(row["tags"] as? [String] ?? [])
    let signals = Set(row["signals"] as? [String] ?? [])
    return [
      .complaint: row["class"] as? String == "complaint",
      .anger: tags.contains("anger"),
      .expectationGap: tags.contains("expectation-gap"),
      .staffTargeted: tags.contains("staff-targeted"),
      .service: tags.contains("staff-targeted") || signals.contains("poor-service"),
      .pricingDispute: tags.contains("pricing-dispute"),
      .price: tags.contains("pricing-dispute") || signals.contains("pricing-opinion"),
    ]
  }

  private static func publicLabels(_ row: [String: Any], set: String) -> [Label: Bool] {
    let given = row["labels"] as? [String: Any] ?? [:]
    let isStrict = set.hasPrefix("labelled_")
    let names: [String: Label] = [
      "complaint": .complaint, "anger": .anger, "expectation": .expectationGap,
      "staff": isStrict ? .staffTargeted : .service,
      "price": isStrict ? .pricingDispute : .price, "negative": .negative,
    ]
    var labels: [Label: Bool] = [:]
    for (name, label) in names {
      // JSON booleans and levels (anger 0 to 3) both come as numbers.
      if let value = given[name] as? NSNumber { labels[label] = value.intValue >= 1 }
    }
    return labels
  }
}
