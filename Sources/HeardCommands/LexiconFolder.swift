internal import HeardLexicon

/// The folder of lexicons that a command of `heard lexicon` works on.
struct LexiconFolder {
  let path: String

  /// The folder given, or the one that would be used.
  init(_ given: String?) throws(Failure) {
    path = try Installation.find(
      given, variable: "HEARD_LEXICONS", name: "lexicons", option: "the folder")
  }

  /// Reads the sources; every error of every file is said.
  func load() throws(Failure) -> LexiconSource {
    do throws(LexiconError) {
      return try LexiconSource.load(folder: path)
    } catch {
      throw Failure(.configuration, error.description)
    }
  }

  /// Compiles sources in memory.
  static func compile(_ source: LexiconSource) throws(Failure) -> CompiledLexicon {
    do throws(CompiledLexiconError) {
      return try CompiledLexicon(bytes: LexiconCompiler.compile(source))
    } catch {
      throw Failure(.configuration, "\(error)")
    }
  }
}
