internal import Heard
internal import HeardInput

/// How far a run is, on disk: everything before it is written, nothing behind it is needed.
struct Checkpoint: Hashable {
  /// What must be the same for a run to go on: names and values, in order.
  var identity: [Fact] = []
  /// Blocks that are written with all before them.
  var blocks = 0
  /// The input that the next block is of, from 0.
  var input = 0
  /// Where the next block begins in it.
  var place = SourcePlace()
  /// Blocks behind those that are written as well, where order does not matter.
  var done: [Int] = []
  /// How much of the output that is.
  var mark = OutputMark([])
  /// What was done.
  var statistics = RunStatistics()
  /// Whether only the names of the outputs are missing.
  var isComplete = false

  /// Something that a run depends on.
  struct Fact: Hashable {
    var name: String
    var value: String
  }

  static let schema = "heard-checkpoint/1"

  /// The checkpoint as a line of JSON.
  func encoded() -> [UInt8] {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("schema")
    writer.string(Checkpoint.schema)
    writer.key("run")
    writer.openArray()
    for fact in identity {
      writer.openObject()
      writer.key("name")
      writer.string(fact.name)
      writer.key("value")
      writer.string(fact.value)
      writer.closeObject()
    }
    writer.closeArray()
    let numbers: [(String, Int)] = [
      ("blocks", blocks), ("input", input), ("byte", place.byte), ("count", place.count),
      ("records", statistics.records), ("errors", statistics.errors),
      ("complaints", statistics.complaints), ("consumed", statistics.consumed),
      ("complete", isComplete ? 1 : 0),
    ]
    for (name, number) in numbers {
      writer.key(name)
      writer.integer(number)
    }
    writer.key("done")
    writer.openArray()
    for block in done { writer.integer(block) }
    writer.closeArray()
    writer.key("output")
    writer.openArray()
    for part in mark.parts {
      writer.openObject()
      writer.key("name")
      writer.string(part.name)
      writer.key("length")
      writer.integer(part.length)
      writer.closeObject()
    }
    writer.closeArray()
    writer.closeObject()
    writer.endLine()
    return writer.finish()
  }

  /// Reads what ``encoded()`` wrote; nil for anything else.
  init?(_ bytes: [UInt8]) {
    guard let reader = JSONFieldReader() else { return nil }
    let buffer = bytes + [UInt8](repeating: 0, count: JSONRecordReader.padding)
    var found = Checkpoint()
    var schema = ""
    var seen = 0
    do throws(JSONRecordReader.Problem) {
      try reader.read(buffer, 0..<bytes.count) { path, value in
        switch (path, value) {
        case ("schema", .text(let text)): schema = text
        case ("run.name", .text(let text)): found.identity.append(Fact(name: text, value: ""))
        case ("run.value", .text(let text)):
          if !found.identity.isEmpty { found.identity[found.identity.count - 1].value = text }
        case ("output.name", .text(let text)):
          found.mark.parts.append(OutputMark.Part(name: text, length: 0))
        case (_, .number(let number)):
          guard let number = Int(exactly: number), number >= 0 else { return }
          if found.take(path, number) { seen += 1 }
        default: break
        }
      }
    } catch {
      return nil
    }
    guard schema == Checkpoint.schema, seen == 9 else { return nil }
    self = found
  }

  init() {}

  /// Takes a number; returns whether it is one of those that every checkpoint has once.
  private mutating func take(_ path: String, _ number: Int) -> Bool {
    switch path {
    case "blocks": blocks = number
    case "input": input = number
    case "byte": place.byte = number
    case "count": place.count = number
    case "records": statistics.records = number
    case "errors": statistics.errors = number
    case "complaints": statistics.complaints = number
    case "consumed": statistics.consumed = number
    case "complete": isComplete = number == 1
    case "done":
      done.append(number)
      return false
    case "output.length":
      if !mark.parts.isEmpty { mark.parts[mark.parts.count - 1].length = number }
      return false
    default: return false
    }
    return true
  }
}
