internal import ArgumentParser
internal import HeardBatch
internal import HeardSQLite

/// `heard merge`: puts the outputs of shards together.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put the outputs of `heard run --shard` together.",
    discussion: """
      Examples:
        heard run huge.jsonl --shard 1/2 -o part-1.jsonl
        heard run huge.jsonl --shard 2/2 -o part-2.jsonl     # on another machine
        heard merge part-*.jsonl -o judged.jsonl

      The result is what one run over everything gives, to the byte, for every form of output: files, \
      databases and folders of files per queue. The notes beside the outputs (part-1.jsonl.shard) \
      say what each is a piece of; a piece that is missing, there twice, cut short or of another \
      run is refused (status 65). Outputs may be named in any order.
      """)

  @Option(name: [.short, .long], help: "Where the result goes.", completion: .file())
  var output: String

  @Flag(name: [.short, .long], help: "No closing count.")
  var quiet = false

  @Argument(help: "Outputs of all shards.", completion: .file())
  var outputs: [String]

  func run() throws {
    let merge: ShardMerge
    do throws(MergeError) {
      merge = try ShardMerge(outputs)
    } catch {
      throw Failure(error.code == .missingNote ? .noInput : .data, error.description)
    }
    do throws(RunError) {
      if merge.kind == .database {
        try DatabaseMerge.write(merge.paths, to: output)
      } else {
        try merge.write(to: output)
      }
    } catch {
      throw BatchFailure.failure(error, canResume: false)
    }
    if !quiet {
      let statistics = merge.statistics
      Terminal.complain(
        "\(statistics.records) records, \(statistics.complaints) complaints, "
          + "\(statistics.errors) errors, of \(merge.paths.count) pieces")
    }
  }
}
