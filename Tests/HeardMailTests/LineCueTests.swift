import Testing

@testable import HeardMail

/// The quick look at lines may say yes too often and never no in error.
@Suite struct LineCueTests {
  private static var sets: [(LineCues, KeyPath<Phrasebook, [String]>)] {
    [
      (.forwardMarks, \.forwardMarks), (.originalMarks, \.originalMarks),
      (.attributionStarts, \.attributionStarts), (.closings, \.closings), (.sentFrom, \.sentFrom),
      (.boilerplate, \.boilerplate), (.boilerplateLines, \.boilerplateLines),
    ]
  }

  private static func page(_ text: String) -> LinePage {
    var draft = DraftText()
    draft.append(Array(text.utf8), zone: nil)
    return LinePage(draft)
  }

  @Test func everyPhraseIsSeenWhereALineBeginsWithIt() {
    for book in PhraseTables.books {
      for (set, list) in Self.sets {
        for phrase in book[keyPath: list] {
          let page = Self.page("hallo\n\(phrase)x y\n")
          #expect(page.lines[1].mayBegin(set), "\(phrase)")
          #expect(page.cues.contains(set), "\(phrase)")
        }
      }
      for field in book.fromFields + book.otherFields {
        #expect(Self.page("\(field): x").lines[0].mayBegin(.fields), "\(field)")
        #expect(Self.page("\(field) : x").lines[0].mayBegin(.fields), "\(field)")
      }
    }
  }

  private static let appearances: [(line: String, traits: LineTraits)] = [
    ("> quoted", .mark), ("| bar", .mark), ("- Jan", [.mark, .rule]),
    ("__________", [.mark, .rule]), ("~~~~", .rule), ("── ", .rule), ("2022-09-23 x", .digit),
    ("Jan schreef:", .colon), ("Beste Jan,", []),
  ]

  @Test(arguments: appearances)
  func looks(line: String, expected: LineTraits) {
    #expect(Self.page("\(line)\n").traits == expected)
  }

  /// A text without a cue has no zones but its own and those of its ending; one with a cue does.
  @Test func whatIsSkippedWouldHaveFoundNothing() {
    let plain = "Beste winkel,\n\nDe kast is kapot aangekomen en niemand neemt op.\n"
    #expect(!Quotations.mayMark(Self.page(plain)))
    let quoted =
      plain + "\nVan: Winkel <info@winkel.example>\nVerzonden: 3 mei\nAan: Jan\n\nDag Jan"
    #expect(Quotations.mayMark(Self.page(quoted)))
  }
}
