@testable import HeardAuthoring
@testable import HeardLexicon

/// Changes a sound image and makes its checksums right again, so that what lies behind them is tried.
enum ImageForgery {
  private static let good = Result { () throws -> [UInt8] in
    try LexiconCompiler.compile(
      LexiconSource(files: [
        (
          "nl/a.yaml",
          """
          lexicon: heard/1
          language: nl
          theme: a
          entries:
          - {id: nl.a.klagen, lemma: klagen, forms: [klaagt], match: {compound: any}, evidence: {complaint: 1}}
          - {id: nl.a.niets, phrase: niets te ...3 ~klagen, evidence: {complaint: -1}}
          - {id: nl.a.weken, phrase: <number> weken, evidence: {anger: 1}}
          - {id: nl.a.niet, phrase: niet, operator: {scope: negation, direction: both, reach: 6}}

          """
        ),
        (
          "en/a.yaml",
          """
          lexicon: heard/1
          language: en
          theme: a
          entries:
          - {id: en.a.not, phrases: [not at all, "(not|never) again"], evidence: {anger: 1}}

          """
        ),
      ]))
  }

  /// Every five bytes of a recipe change a place of the image: two say where, one how, two to what.
  static func apply(_ recipe: [UInt8]) throws -> [UInt8] {
    var image = try good.get()
    let head = ImageFormat.headCount
    var at = 0
    while at + 5 <= recipe.count {
      let place =
        head + (Int(recipe[at]) << 8 | Int(recipe[at + 1])) % (image.count - head)
      let width = [1, 2, 4, 8][Int(recipe[at + 2]) % 4]
      let value = UInt64(recipe[at + 3]) << 8 | UInt64(recipe[at + 4])
      let number = recipe[at + 2] & 4 == 0 ? value : ~value
      for index in 0..<width where place + index < image.count {
        image[place + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index))
      }
      at += 5
    }
    correctChecksums(&image)
    return image
  }

  private static func correctChecksums(_ image: inout [UInt8]) {
    func long(_ place: Int) -> Int { (0..<8).reduce(0) { $0 | Int(image[place + $1]) << ($1 * 8) } }
    func put(_ number: UInt64, _ place: Int) {
      var bytes: [UInt8] = []
      bytes.append(little: number)
      image.replaceSubrange(place..<place + 8, with: bytes)
    }
    let sections = ImageSection.allCases
    for section in sections {
      let row = ImageFormat.tableOffset + Int(section.rawValue) * ImageFormat.tableStride
      let next = section == sections.last ? image.count : long(row + ImageFormat.tableStride + 8)
      put(ImageChecksum.of(Array(image[long(row + 8)..<next])), row + 24)
    }
    put(
      ImageFormat.headChecksum(Array(image[..<ImageFormat.headCount])), ImageFormat.checksumOffset)
  }
}
