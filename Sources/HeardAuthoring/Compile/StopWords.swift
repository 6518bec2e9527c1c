package import HeardText

/// Words of everyday grammar, which are evidence for nothing by themselves.
package enum StopWords {
  package static func contains(_ word: String, _ language: Language) -> Bool {
    words[language]?.contains(word) ?? false
  }

  private static let words: [Language: Set<String>] = [
    .dutch: set(
      """
      de het een en of maar dan dat die dit deze er hier daar ik jij je u hij zij ze wij we jullie \
      mij me hem haar ons hun van voor met op in aan bij uit over naar door om te tot als is zijn \
      was waren ben bent heb heeft had wordt werd zal zou kan ook wel nog al zo toen wat wie
      """),
    .polish: set(
      """
      i a o u w z na do od po za ze się to ten ta te tego tej tym ja ty on ona ono my wy oni mi mnie \
      go jej ich nas was jest są był była było być że żeby jak co kto czy ale lub oraz już tak też \
      dla przy przez pod nad jako tylko więc
      """),
    .english: set(
      """
      the a an and or but if then that this these those there here i you he she it we they me him \
      her us them my your his its our their of for with on in at by from to as is are was were be \
      been am have has had do does did will would can could so what who which
      """),
  ]

  private static func set(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
