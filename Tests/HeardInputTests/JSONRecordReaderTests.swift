import HeardInput
import HeardTestSupport
import Testing

/// One JSON object a line, read exactly or refused with a word that says why.
@Suite struct JSONRecordReaderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let line: String
    var text = ""
    var id = ""
    var refusal: String?
    var testDescription: String { line }
  }

  static let cases: [Case] = [
    Case(line: #"{"id":"a-1","text":"Hallo"}"#, text: "Hallo", id: #""a-1""#),
    Case(line: #"{"text":"x","id": 17 }"#, text: "x", id: "17"),
    Case(line: #"{"text":"x","id":-1.5e3}"#, text: "x", id: "-1.5e3"),
    Case(line: #"{"text":"x","id":null}"#, text: "x"),
    Case(line: #"{"text":"x"}"#, text: "x"),
    Case(line: #"{"text":""}"#),
    Case(line: #"{"id":"q\"\\\u00e9","text":"x"}"#, text: "x", id: #""q\"\\\u00e9""#),
    Case(line: #"{"text":"a\nb\t\"c\" \u0142\ud83d\ude21"}"#, text: "a\nb\t\"c\" ł😡"),
    Case(
      line: #"{"meta":{"text":"no","deep":[1,{"id":2}]},"text":"yes","id":3}"#, text: "yes", id: "3"
    ),
    Case(line: #" { "text" : "x" } "#, text: "x"),
    Case(line: "", refusal: "invalid-json"),
    Case(line: "{", refusal: "invalid-json"),
    Case(line: #"{"text":"x""#, refusal: "invalid-json"),
    Case(line: #"{"text":"x"}}"#, refusal: "invalid-json"),
    Case(line: #"{"text":"x"} {}"#, refusal: "invalid-json"),
    Case(line: #"{"text":"x","id":01x}"#, refusal: "invalid-json"),
    Case(line: #"["text"]"#, refusal: "not-an-object"),
    Case(line: #""text""#, refusal: "not-an-object"),
    Case(line: #"{"id":1}"#, refusal: "no-text"),
    Case(line: #"{"text":null}"#, refusal: "text-type"),
    Case(line: #"{"text":["x"]}"#, refusal: "text-type"),
    Case(line: #"{"text":"x","id":{}}"#, refusal: "id-type"),
    Case(line: #"{"text":"half \ud83d pair"}"#, refusal: "invalid-utf8"),
  ]

  @Test(arguments: cases) func readsOrRefuses(_ one: Case) throws {
    let reader = try #require(JSONRecordReader())
    let line = Array(one.line.utf8)
    let buffer = line + [UInt8](repeating: 0, count: JSONRecordReader.padding)
    var text: [UInt8] = []
    var id: [UInt8] = []
    do throws(JSONRecordReader.Problem) {
      let hasID = try reader.read(buffer, 0..<line.count, text: &text, id: &id)
      #expect(one.refusal == nil)
      #expect(String(decoding: text, as: UTF8.self) == one.text)
      #expect(String(decoding: id, as: UTF8.self) == one.id)
      #expect(hasID == !one.id.isEmpty)
    } catch {
      #expect(error.code == one.refusal, "\(error.message)")
    }
  }

  /// Law 9: mutated records are read or refused; the reader goes on with the next.
  @Test func mutatedBytesAreReadOrRefused() throws {
    var generator = SeededGenerator(seed: 7)
    let reader = try #require(JSONRecordReader())
    let seed = Array(
      #"{"id":"a-1","text":"Ik wacht al \u0142 drie weken","meta":[1,2,{"a":null}]}"#.utf8)
    var text: [UInt8] = []
    var id: [UInt8] = []
    var refused = 0
    for _ in 0..<20_000 {
      var line = seed
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: line.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: line[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: line.remove(at: place)
        default: line.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        }
      }
      let buffer = line + [UInt8](repeating: 0, count: JSONRecordReader.padding)
      do throws(JSONRecordReader.Problem) {
        _ = try reader.read(buffer, 0..<line.count, text: &text, id: &id)
        #expect(String(validating: text, as: UTF8.self) != nil)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 1000)
    let good = Array(#"{"text":"after"}"#.utf8)
    _ = try reader.read(
      good + [UInt8](repeating: 0, count: JSONRecordReader.padding), 0..<good.count, text: &text,
      id: &id)
    #expect(text == Array("after".utf8))
  }
}
