/// What was asked of a message, and the answers.
///
/// Two bytes rather than a dictionary: corpora have a hundred thousand of them.
public struct LabelValues: Hashable, Sendable {
  private var asked: UInt8 = 0
  private var held: UInt8 = 0

  /// Nothing was asked.
  public init() {}

  /// The answer; nil when the label was not asked.
  public subscript(label: Label) -> Bool? {
    get {
      let bit = LabelValues.bit(label)
      return asked & bit == 0 ? nil : held & bit != 0
    }
    set {
      let bit = LabelValues.bit(label)
      asked &= ~bit
      held &= ~bit
      guard let newValue else { return }
      asked |= bit
      if newValue { held |= bit }
    }
  }

  /// Whether nothing was asked.
  public var isEmpty: Bool { asked == 0 }

  private static func bit(_ label: Label) -> UInt8 { 1 << UInt8(label.order) }
}

extension LabelValues: ExpressibleByDictionaryLiteral {
  /// Writes `[.anger: true]`.
  public init(dictionaryLiteral elements: (Label, Bool)...) {
    self.init()
    for (label, value) in elements { self[label] = value }
  }
}

extension LabelValues: Sequence {
  /// The labels that were asked and their answers, in the order of the labels.
  public func makeIterator() -> IndexingIterator<[(key: Label, value: Bool)]> {
    Label.allCases.compactMap { label in self[label].map { (label, $0) } }.makeIterator()
  }
}
