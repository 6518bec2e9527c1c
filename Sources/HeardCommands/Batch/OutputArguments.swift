internal import ArgumentParser
internal import Heard
internal import HeardBatch
internal import HeardLexicon
internal import HeardRouter
internal import HeardSQLite

/// Where the records of a run go, and how they are written.
struct OutputArguments: ParsableArguments {
  /// How records are written.
  enum Form: String, CaseIterable, ExpressibleByArgument {
    /// Told from the name of the output.
    case auto
    case jsonl
    case csv
    case tsv
    case sqlite
  }

  @Option(
    name: [.short, .long], help: "Where the records go; - is standard output.",
    completion: .file())
  var output = "-"

  @Option(
    help: "Form of the output: auto (by its name), jsonl, csv, tsv or sqlite (.sqlite, .db).")
  var to = Form.auto

  @Option(
    help: "Folder for a file a queue, in place of -o; error records go to _errors.",
    completion: .directory)
  var perQueue: String?

  @Flag(help: "Add hits, near misses and zones (JSONL), or a table of hits (SQLite).")
  var explain = false

  @Flag(help: "Add time and sender to the records; senders as pseudonyms under --sender-key.")
  var withMeta = false

  @Option(
    help: "File with the key of the pseudonyms (16 bytes or more).", completion: .file())
  var senderKey: String?

  mutating func validate() throws {
    if perQueue != nil, output != "-" {
      throw ValidationError("--per-queue writes a folder of its own; leave out -o")
    }
    if withMeta, senderKey == nil {
      throw ValidationError(
        "--with-meta needs --sender-key FILE, so that runs agree on who is who; make one with: "
          + "head -c 32 /dev/urandom > FILE")
    }
    if senderKey != nil, !withMeta {
      throw ValidationError("--sender-key goes with --with-meta")
    }
    if to == .auto, let ending = OutputArguments.unwritten.first(where: output.hasSuffix) {
      throw ValidationError(
        "heard writes no \(ending): name a .jsonl, .csv, .tsv, .sqlite or .db, or compress what "
          + "comes on standard output (heard run … | gzip > FILE)")
    }
    if form == .sqlite, perQueue != nil || output == "-" {
      throw ValidationError("--to sqlite needs a file; name it with -o FILE")
    }
    if explain, form == .csv || form == .tsv {
      throw ValidationError("--explain needs --to jsonl or sqlite; a table has no room for it")
    }
  }

  /// Ends of names that promise a form which is not written.
  private static let unwritten = [
    ".gz", ".zst", ".bz2", ".xz", ".zip", ".xlsx", ".xls", ".ods", ".parquet", ".avro", ".orc",
    ".feather", ".arrow", ".json", ".mbox", ".html",
  ]

  /// The form that is meant.
  var form: Form {
    guard to == .auto else { return to }
    if output.hasSuffix(".csv") { return .csv }
    if output.hasSuffix(".tsv") { return .tsv }
    if [".sqlite", ".sqlite3", ".db"].contains(where: output.hasSuffix) { return .sqlite }
    return .jsonl
  }

  /// The same for a run.
  var recordForm: RecordForm {
    switch form {
    case .auto, .jsonl: .jsonLines
    case .csv: .table(.csv)
    case .tsv: .table(.tsv)
    case .sqlite: .flat
    }
  }

  /// What stands before the first record.
  private var header: [UInt8] {
    if case .table(let kind) = recordForm {
      TableWriter.header(kind, hasOrigin: withMeta)
    } else {
      []
    }
  }

  /// Sets up what the run writes to.
  func sink(
    _ pipeline: Pipeline, _ options: inout BatchRun.Options
  ) -> any RecordSink {
    if let perQueue {
      let sink = QueueSink(
        perQueue, queues: pipeline.policy.queues.map(\.name), suffix: ".\(form.rawValue)",
        header: header)
      options.queueFiles = sink.fileOfQueue
      return sink
    }
    if form == .sqlite {
      let facts = [
        ("schema", Version.schema), ("lexicon", pipeline.lexicon.digest),
        ("policy", pipeline.policy.digest), ("version", Version.current),
      ]
      return DatabaseSink(output, facts: facts, hasHits: explain)
    }
    return FileSink(output, header: header)
  }
}
