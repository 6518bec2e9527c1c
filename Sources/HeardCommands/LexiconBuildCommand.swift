internal import ArgumentParser
internal import HeardAuthoring
internal import HeardLexicon

/// `heard lexicon build`: compiles the lexicons.
struct LexiconBuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Compile the lexicons, whether or not they changed.",
    discussion: """
      Examples:
        heard lexicon build
        heard lexicon build lexicons -o /var/lib/heard/lexicon.compiled

      Other commands compile by themselves when a source changed; this one also replaces an image \
      that is damaged.
      """)

  @Option(name: [.short, .long], help: "Where to write the image.", completion: .file())
  var output: String?

  @Argument(help: "Folder of lexicons; none is the one that would be used.", completion: .directory)
  var folder: String?

  func run() throws {
    let folder = try LexiconFolder(folder)
    do {
      let (lexicon, origin) = try LexiconStore.build(folder: folder.path, output: output)
      let place =
        switch origin {
        case .image(let path), .compiled(let path): path
        case .unwritten: "nowhere: no place for the image can be written"
        }
      try Terminal.write("\(lexicon.entryCount) entries, \(lexicon.digest)\n\(place)\n")
      if case .unwritten = origin {
        throw Failure(.cannotCreate, "the image was not written; name a place with --output")
      }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.configuration, "\(error)")
    }
  }
}
