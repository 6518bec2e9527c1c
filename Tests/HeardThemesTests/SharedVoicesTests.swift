import HeardBatch
import HeardTestSupport
import Testing

@testable import HeardThemes

/// A voice counts once, when the last of its messages was read.
@Suite struct SharedVoicesTests {
  private func fact(voice: Int32, labels: UInt8 = 1, language: UInt8 = 0) -> FactTable.Fact {
    var fact = FactTable.Fact(key: 0, sender: 0, day: 0, labels: labels, language: language)
    fact.period = 3
    fact.sharedVoice = voice
    return fact
  }

  @Test func isGivenBackWithItsLastMessage() throws {
    let voices = SharedVoices(messages: [3, 2])
    #expect(voices.add(fact(voice: 0), [5, 7]) == nil)
    #expect(voices.add(fact(voice: 1), [5]) == nil)
    #expect(voices.add(fact(voice: 0), []) == nil)
    let voice = try #require(voices.add(fact(voice: 0), [7, 2]))
    #expect(voice.period == 3)
    #expect(voice.terms().map(\.hash) == [2, 5, 7])
    #expect(voices.takeRest().map { $0.terms().map(\.hash) } == [[5]])
    #expect(voices.takeRest().isEmpty)
  }

  /// A term has the labels of the messages that it stands in, and of no others.
  @Test func labelsGoWithTerms() throws {
    let voices = SharedVoices(messages: [2])
    _ = voices.add(fact(voice: 0, labels: 0b00001), [1, 2])
    let voice = try #require(voices.add(fact(voice: 0, labels: 0b10010), [2, 3]))
    let found = Dictionary(uniqueKeysWithValues: voice.terms().map { ($0.hash, $0.bits) })
    #expect(found[1] == FactTable.bits(0b00001))
    #expect(found[2] == FactTable.bits(0b00001) | FactTable.bits(0b10010))
    #expect(found[3] == FactTable.bits(0b10010))
  }

  /// A file that grew between two readings: what comes behind the last message is a voice again, and
  /// nothing is counted without end or lost.
  @Test func oneMessageTooMany() throws {
    let voices = SharedVoices(messages: [2])
    #expect(voices.add(fact(voice: 0), [1]) == nil)
    #expect(voices.add(fact(voice: 0), [1]) != nil)
    let again = try #require(voices.add(fact(voice: 0), [4]))
    #expect(again.terms().map(\.hash) == [4])
    #expect(voices.takeRest().isEmpty)
  }

  /// Law: counting by voices as they close is counting all voices at the end, in any order.
  @Test(arguments: 1...20) func sameAsAllAtTheEnd(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var messages: [(fact: FactTable.Fact, terms: [UInt64])] = []
    for _ in 0..<400 {
      messages.append(
        (
          fact(
            voice: Int32.random(in: 0..<90, using: &generator),
            labels: UInt8.random(in: 0..<32, using: &generator)),
          (0..<UInt64(30)).filter { _ in Bool.random(using: &generator) }
        ))
    }
    var sizes = [UInt32](repeating: 0, count: 90)
    var union: [Int32: [UInt64: UInt16]] = [:]
    for (fact, terms) in messages {
      sizes[Int(fact.sharedVoice)] += 1
      for term in terms {
        union[fact.sharedVoice, default: [:]][term, default: 0] |= FactTable.bits(fact.labels)
      }
    }
    var wanted: [UInt64: [Int32]] = [:]
    for (_, terms) in union {
      for (term, bits) in terms {
        for bit in 0..<10 where bits & 1 << UInt16(bit) != 0 {
          wanted[term, default: Array(repeating: 0, count: 10)][bit] += 1
        }
      }
    }
    let voices = SharedVoices(messages: sizes)
    var counts = TermCounts()
    for (fact, terms) in messages.shuffled(using: &generator) {
      if let voice = voices.add(fact, terms) { counts.add(voice, isRecent: false) }
    }
    #expect(voices.takeRest().isEmpty)
    #expect(counts.counts.count == wanted.count)
    for (term, count) in counts.counts {
      let found = (0..<5).map { count.with[$0] } + (0..<5).map { count.without[$0] }
      #expect(found == wanted[term])
      #expect((0..<5).allSatisfy { count.recent[$0] == 0 })
    }
  }

  /// Who writes twice in a period is one voice, and so are two messages with one id.
  @Test func whoSharesAVoice() {
    var facts = FactTable()
    let archive: [(id: String, sender: String, day: Int)] = [
      ("a", "x", 1), ("b", "x", 2), ("c", "y", 1), ("d", "z", 1), ("d", "z", 1), ("e", "x", 40),
    ]
    for one in archive {
      var record = JudgedRecord()
      record.id = one.id
      record.sender = one.sender
      record.language = "nl"
      facts.add(record, day: one.day, each: false)
    }
    _ = facts.finish(periods: 2) { $0 / 30 }
    let voices = ["a", "b", "c", "d", "e"].map { id in
      facts.number(id).map { facts.facts[$0].sharedVoice } ?? -2
    }
    #expect(voices[0] == voices[1] && voices[0] >= 0)
    #expect(voices[2] == -1 && voices[4] == -1)
    #expect(voices[3] >= 0 && voices[3] != voices[0])
    #expect(facts.sharedVoices == 2 && facts.doubled == 1)
  }
}
