import Glibc
import Heard
import HeardBatch
import HeardClassifier
import HeardLexicon
import HeardMail
import HeardRouter
import HeardText

/// Times the way of a message stage by stage.
///
/// Each run goes a stage further than the one before, over the same messages, with a worker that
/// knows no word yet; what a stage costs is the difference. All runs of a round come in turn. Only
/// the public interface of the rooms is used, so that the rooms may change inside.
struct StageTimes {
  private let input: [UInt8]
  private let lines: [Range<Int>]
  private let path: String
  private let pipeline: Pipeline

  /// What a run counted, to see that the work was done.
  private struct Tally: Equatable {
    var messages = 0
    var textBytes = 0
    var tokens = 0
    var matches = 0
    var rightLanguages = 0
    var complaints = 0
    var queues = 0
    var records = Fingerprint().value
  }

  init(messages: String, lexicons: String, policy: String) throws {
    path = messages
    input = try Input.bytes(messages) + [UInt8](repeating: 0, count: 64)
    lines = Input.lines(Array(input.dropLast(64)))
    let policyText = String(decoding: try Input.bytes(policy), as: UTF8.self)
    pipeline = Pipeline(
      lexicon: try LexiconStore.open(path: lexicons),
      policy: try Policy.read(file: policy, text: policyText).policy)
  }

  /// Times all stages and prints them as JSON.
  func report(rounds: Int) throws {
    let stages: [(name: String, run: () throws -> Tally)] = [
      ("JSON in", { try run(until: .json) }),
      ("zones", { try run(until: .zones) }),
      ("tokenise and normalise", { try run(until: .tokens) }),
      ("language", { try run(until: .language) }),
      ("match", { try run(until: .matches) }),
      ("score", { try run(until: .score) }),
      ("route", { try run(until: .route) }),
      ("JSON out", { try run(until: .record) }),
      ("whole", whole),
    ]
    var seconds: [[Double]] = Array(repeating: [], count: stages.count)
    var tallies: [Tally?] = Array(repeating: nil, count: stages.count)
    for _ in 0..<rounds {
      for (index, stage) in stages.enumerated() {
        let started = threadSeconds()
        let tally = try stage.run()
        seconds[index].append(threadSeconds() - started)
        guard tallies[index] == nil || tallies[index] == tally else {
          throw BenchmarkError("\(stage.name): another result in another round")
        }
        tallies[index] = tally
      }
    }
    let found = tallies.compactMap { $0 }
    try check(found)
    let medians = seconds.map { $0.sorted()[$0.count / 2] }
    var text = "{\"messages\":\(lines.count),\"text_bytes\":\(found[0].textBytes),"
    text += "\"tokens\":\(found[2].tokens),\"matches\":\(found[4].matches),"
    text += "\"right_language\":\(found[3].rightLanguages),\"complaints\":\(found[5].complaints),"
    text += "\"stages\":["
    for index in stages.indices {
      let isWhole = index == stages.count - 1
      // Differences within a round: a change of the machine's mood falls on both.
      let own = seconds[index].indices.map {
        seconds[index][$0] - (index > 0 && !isWhole ? seconds[index - 1][$0] : 0)
      }.sorted()
      if index > 0 { text += "," }
      text += "{\"stage\":\"\(stages[index].name)\",\"seconds\":\(own[own.count / 2]),"
      text += "\"seconds_with_all_before\":\(medians[index])}"
    }
    Input.say(text + "]}\n")
  }

  private func check(_ tallies: [Tally]) throws {
    let (all, whole) = (tallies[tallies.count - 2], tallies[tallies.count - 1])
    guard tallies.allSatisfy({ $0.messages == lines.count }) else {
      throw BenchmarkError("a stage did not see every message")
    }
    guard all.records == whole.records else {
      throw BenchmarkError("the stages together write other records than the whole run")
    }
    guard tallies[2].tokens == tallies[4].tokens, tallies[4].matches > lines.count / 10 else {
      throw BenchmarkError("tokens or matches are missing")
    }
    guard tallies[3].rightLanguages * 100 > lines.count * 95 else {
      throw BenchmarkError("only \(tallies[3].rightLanguages) languages are right")
    }
  }

  /// How far a run goes.
  private enum Stage: Int, Comparable {
    case json, zones, tokens, language, matches, score, route, record

    static func < (one: Stage, other: Stage) -> Bool { one.rawValue < other.rawValue }
  }

  private func run(until last: Stage) throws -> Tally {
    guard let json = JSONRecordReader() else { throw BenchmarkError("no memory for JSON") }
    var tally = Tally()
    let analyzer = TextAnalyzer(languages: last == .tokens ? nil : .shared)
    var matcher = Matcher(pipeline.lexicon)
    let classifier = Classifier(lexicon: pipeline.lexicon)
    let recordWriter = RecordWriter(pipeline)
    var writer = JSONWriter()
    var document = Document()
    var matches: ContiguousArray<Match> = []
    var records = Fingerprint()
    var (text, id): ([UInt8], [UInt8]) = ([], [])
    for line in lines {
      let hasID: Bool
      do throws(JSONRecordReader.Problem) {
        hasID = try json.read(input, line, text: &text, id: &id)
      } catch {
        throw BenchmarkError("a line is no message: \(error.message)")
      }
      tally.messages += 1
      tally.textBytes += text.count
      if last == .json { continue }
      let message = PlainText.message(text: text, id: nil)
      if last == .zones { continue }
      if last < .score {
        for part in message.parts {
          analyzer.analyze(part.bytes, into: &document)
          tally.tokens += document.tokens.count
          if last >= .language, id.dropFirst().starts(with: document.language.code.utf8) {
            tally.rightLanguages += 1
          }
          if last == .matches {
            matcher.match(document, memory: analyzer.memory, into: &matches)
            tally.matches += matches.count
          }
        }
        continue
      }
      let assessment = classifier.assess(message, explain: false)
      if assessment.messageClass == .complaint { tally.complaints += 1 }
      if last == .score { continue }
      let decision = pipeline.policy.decide(Facts(assessment: assessment, message: message))
      if !decision.queue.isEmpty { tally.queues += 1 }
      if last == .route { continue }
      let judgement = Judgement(
        id: hasID ? .json(id) : .none, outcome: .judged(message, assessment, decision))
      recordWriter.write(judgement, explain: false, into: &writer)
      writer.endLine()
      if writer.count > 1 << 18 {
        records.add(writer.bytes)
        writer.removeAll()
      }
    }
    records.add(writer.bytes)
    tally.records = records.value
    return tally
  }

  /// The run as `heard run --jobs 1` does it, to a file.
  private func whole() throws -> Tally {
    let output = "/tmp/heard-stages-\(getpid()).jsonl"
    defer { unsafe unlink(output) }
    let plan: InputPlan
    do throws(InputError) {
      plan = try InputPlan([path])
    } catch {
      throw BenchmarkError(error.description)
    }
    let outcome: RunOutcome
    do throws(RunError) {
      outcome = try BatchRun(pipeline: pipeline, options: .init())
        .run(plan, to: FileSink(output)) { _ in }
    } catch {
      throw BenchmarkError(error.description)
    }
    guard outcome.statistics.errors == 0 else { throw BenchmarkError("the run has errors") }
    var tally = Tally()
    tally.messages = outcome.statistics.records
    tally.complaints = outcome.statistics.complaints
    var records = Fingerprint()
    records.add(try Input.bytes(output))
    tally.records = records.value
    return tally
  }
}
