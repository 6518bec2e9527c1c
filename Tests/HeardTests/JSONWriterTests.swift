import Foundation
import Heard
import HeardTestSupport
import Testing

/// The writer's bytes are JSON that says what was written, whatever the text.
@Suite struct JSONWriterTests {
  @Test(arguments: [
    (0, "0"), (1000, "1"), (1250, "1.25"), (-1, "-0.001"), (999, "0.999"), (-8000, "-8"),
    (100, "0.1"), (1010, "1.01"), (Int(Int32.max), "2147483.647"),
  ]) func thousandthsAreShortestDecimals(value: Int, text: String) {
    var writer = JSONWriter()
    writer.thousandths(value)
    #expect(String(decoding: writer.finish(), as: UTF8.self) == text)
  }

  @Test(arguments: [(0.0005, "0.001"), (0.4994, "0.499"), (-0.12345, "-0.123"), (1.0, "1")])
  func fractionsAreRounded(value: Double, text: String) {
    var writer = JSONWriter()
    writer.fraction(value)
    #expect(String(decoding: writer.finish(), as: UTF8.self) == text)
  }

  @Test func anyStringComesBack() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<3000 {
      let scalars = (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
        Unicode.Scalar(
          Bool.random(using: &generator)
            ? UInt32.random(in: 0...0x7F, using: &generator)
            : UInt32.random(in: 0...0x10FFFF, using: &generator))
      }
      let text = String(String.UnicodeScalarView(scalars))
      var writer = JSONWriter()
      writer.openObject()
      writer.key("a")
      writer.string(text)
      writer.key(text)
      writer.strings([text, "b"])
      writer.closeObject()
      let bytes = writer.finish()
      let read = try #require(
        JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
      if text != "a" {
        #expect((read["a"] as? String)?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
        #expect((read[text] as? [String])?.count == 2)
      }
    }
  }

  @Test func linesStandAlone() {
    var writer = JSONWriter()
    for _ in 0..<2 {
      writer.openObject()
      writer.key("x")
      writer.integer(1)
      writer.closeObject()
      writer.endLine()
    }
    #expect(String(decoding: writer.finish(), as: UTF8.self) == "{\"x\":1}\n{\"x\":1}\n")
  }

  @Test func commasAreWhereTheyBelong() {
    var writer = JSONWriter()
    writer.openArray()
    writer.openObject()
    writer.key("x")
    writer.openArray()
    writer.closeArray()
    writer.key("y")
    writer.null()
    writer.closeObject()
    writer.openObject()
    writer.closeObject()
    writer.json("7".utf8)
    writer.integer(-12)
    writer.closeArray()
    #expect(
      String(decoding: writer.finish(), as: UTF8.self) == #"[{"x":[],"y":null},{},7,-12]"#)
  }
}
