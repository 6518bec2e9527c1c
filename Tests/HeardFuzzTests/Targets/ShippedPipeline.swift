import Glibc
import Heard
import HeardAuthoring
import HeardClassifier
import HeardInput
import HeardRouter

/// The lexicons and the policy of this repository.
enum ShippedPipeline {
  /// The package's folder: of this file when the tests run, the current one otherwise.
  static let root: String = {
    var folder = #filePath
    while let slash = folder.lastIndex(of: "/") {
      folder = String(folder[..<slash])
      if unsafe access("\(folder)/lexicons/scoring.yaml", R_OK) == 0 { return folder }
    }
    return "."
  }()

  private static let shared = Result { () throws -> Pipeline in
    let file = "\(root)/policies/default.yaml"
    let text = String(decoding: try FileReader.read(file, limit: 1 << 20), as: UTF8.self)
    return Pipeline(
      lexicon: try LexiconStore.open(path: "\(root)/lexicons"),
      policy: try Policy.read(file: file, text: text).policy)
  }

  /// What everything is judged with; the lexicons of the repository must be sound for fuzzing.
  static func make() -> Pipeline {
    switch shared {
    case .success(let pipeline): return pipeline
    case .failure(let error): fatalError("\(root): \(error)")
    }
  }
}
