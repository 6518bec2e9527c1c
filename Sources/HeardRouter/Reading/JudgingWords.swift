/// Words that no name in a policy may hold: they would say who is right, or what a customer is worth.
///
/// heard says what is to be done, never who is to blame. A rule's id, a queue, a step and an
/// obligation all end up in records, so all of them are looked at, here and in the record's schema.
/// A list of words cannot know every paraphrase; it keeps the refusal from being forgotten.
enum JudgingWords {
  /// Parts of a name, between hyphens.
  static let words: Set<String> = [
    "merit", "merits", "meritless", "meritorious", "unmeritorious", "justified", "unjustified",
    "unfounded", "baseless", "frivolous", "vexatious", "unreasonable", "deserving", "undeserving",
    "worthless", "unworthy", "unfit", "unsuitable", "blacklist", "blacklisted", "troublemaker",
    "troublemakers", "querulant", "querulants", "liar", "liars", "guilty", "blameworthy",
    "terecht", "onterecht", "gegrond", "ongegrond", "zasadna", "niezasadna", "bezzasadna",
  ]

  /// Neighbouring parts that judge only together.
  static let pairs: Set<String> = [
    "is-right", "is-wrong", "at-fault", "bad-customer", "bad-customers", "difficult-customer",
    "difficult-customers", "problem-customer", "problem-customers", "fire-customer",
    "customer-right", "customer-wrong",
  ]

  /// The first of them in a name; nil when there is none.
  static func first(in name: String) -> String? {
    let parts = name.split(separator: "-").map(String.init)
    if let word = parts.first(where: words.contains) { return word }
    return zip(parts, parts.dropFirst()).map { "\($0)-\($1)" }.first(where: pairs.contains)
  }
}
