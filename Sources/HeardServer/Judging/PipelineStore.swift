internal import Heard
internal import HeardAuthoring
internal import HeardBatch
internal import HeardCases
internal import HeardLexicon
internal import HeardMail
internal import HeardReply
internal import HeardRouter
internal import HeardSources
internal import Synchronization

/// The pipeline that messages are judged with now, and how it is replaced.
///
/// A reload reads and compiles aside and swaps at the end. Whatever is wrong with the new lexicon or
/// policy, the old ones stay in use; messages are never judged with half of each.
final class PipelineStore: Sendable {
  /// A pipeline and the number of its loading, from 0.
  struct Current: Sendable {
    let pipeline: Pipeline
    let records: RecordWriter
    let generation: Int
    /// The wording of replies; nil when there is none.
    let wording: ReplyWording?
    /// What messages are handled with besides.
    let rules: HandlingRules
    /// How many entries each language has, by its code.
    let entryCounts: [(language: String, count: Int)]

    init(
      _ pipeline: Pipeline, _ wording: ReplyWording?, _ rules: HandlingRules, generation: Int
    ) {
      self.wording = wording
      self.rules = rules
      self.pipeline = pipeline
      self.generation = generation
      records = RecordWriter(pipeline)
      var counts: [String: Int] = [:]
      for index in 0..<pipeline.lexicon.entryCount {
        // An id is language.theme.slug.
        counts[String(pipeline.lexicon.entryID(index).prefix { $0 != "." }), default: 0] += 1
      }
      entryCounts = counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
  }

  /// Why lexicons or policy cannot be used; says file and line.
  struct LoadError: Error, CustomStringConvertible {
    let description: String
  }

  /// Where lexicons and policy are.
  struct Sources: Hashable, Sendable {
    /// Folder of lexicons, or a compiled lexicon.
    var lexicons: String
    /// Policy file.
    var policy: String
    /// Folder of wording lexicons for replies; nil: replies are not checked.
    var replies: String?
    /// Files of deadlines; none: none are counted.
    var deadlines: [String] = []
    /// Directory of the staff; nil: nobody is looked for.
    var staff: String?
  }

  private let state: Mutex<Current>
  /// One reload at a time: two at once could publish in the wrong order.
  private let loading = Mutex(())
  private let limits: Limits
  private let cases: CaseStore?

  /// Loads for the first time.
  ///
  /// - Parameter cases: the account of conversations, which stays open.
  init(_ sources: Sources, limits: Limits, cases: CaseStore? = nil) throws(LoadError) {
    self.limits = limits
    self.cases = cases
    state = Mutex(
      Current(
        try Self.load(sources, limits), try Self.wording(sources),
        try Self.rules(sources, cases), generation: 0))
  }

  /// What is in use.
  var current: Current { state.withLock { $0 } }

  /// Loads anew and swaps; on an error nothing changes.
  ///
  /// - Parameter swapped: told what is in use from now on, in the order of the swaps.
  /// - Returns: the same.
  func reload(
    _ sources: Sources, _ swapped: (Current) -> Void = { _ in }
  ) throws(LoadError) -> Current {
    let result: Result<Current, LoadError> = loading.withLock { _ in
      do throws(LoadError) {
        let pipeline = try Self.load(sources, limits)
        let next = Current(
          pipeline, try Self.wording(sources), try Self.rules(sources, cases),
          generation: state.withLock { $0.generation } + 1)
        state.withLock { $0 = next }
        swapped(next)
        return .success(next)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private static func load(_ sources: Sources, _ limits: Limits) throws(LoadError) -> Pipeline {
    let lexicon: CompiledLexicon
    do {
      lexicon = try LexiconStore.open(path: sources.lexicons)
    } catch {
      throw LoadError(description: "\(error)")
    }
    return Pipeline(lexicon: lexicon, policy: try policy(sources.policy), limits: limits)
  }

  private static func wording(_ sources: Sources) throws(LoadError) -> ReplyWording? {
    guard let folder = sources.replies else { return nil }
    do {
      return try ReplyWording(folder: folder)
    } catch {
      throw LoadError(description: "\(error)")
    }
  }

  private static func rules(
    _ sources: Sources, _ cases: CaseStore?
  ) throws(LoadError) -> HandlingRules {
    var rules = HandlingRules()
    rules.cases = cases
    do throws(HandlingFileError) {
      if let staff = sources.staff { rules.staff = try HandlingReader.staff(staff) }
      if !sources.deadlines.isEmpty {
        rules.deadlines = try HandlingReader.deadlines(sources.deadlines).rules
      }
    } catch {
      throw LoadError(description: error.description)
    }
    return rules
  }

  private static func policy(_ path: String) throws(LoadError) -> Policy {
    let text: String
    do throws(PolicyFileError) {
      text = try PolicyFile.text(path)
    } catch {
      throw LoadError(description: "\(path): \(error.message)")
    }
    do throws(PolicyError) {
      return try Policy.read(file: path, text: text, load: PolicyFile.text).policy
    } catch {
      throw LoadError(description: error.description)
    }
  }
}
