internal import HeardAuthoring
internal import HeardInput
internal import HeardLexicon
internal import HeardSources
internal import HeardText

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

  /// Reads what is pinned of inflection, and of the sources nothing else.
  func locks() throws(Failure) -> [Language: FormsLock] {
    var locks: [Language: FormsLock] = [:]
    for language in [Language.dutch, .polish, .english] {
      let file = "\(path)/\(language.code)/\(FormsLock.fileName)"
      guard let bytes = try? FileReader.read(file, limit: 1 << 30) else { continue }
      do throws(LexiconError) {
        locks[language] = try FormsLock.parse(LexiconSource.text(bytes, file: file), file: file)
      } catch {
        throw Failure(.configuration, error.description)
      }
    }
    // No folder of sources: reading it as one says what is wrong.
    return locks.isEmpty ? try load().locks : locks
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
