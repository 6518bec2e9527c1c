internal import HeardInput
internal import HeardText
internal import HeardTuning

/// The tables of words that may change places, one a language, beside the lexicons.
enum SwapTables {
  /// Those of a folder; a language without one is left out.
  ///
  /// - Throws: ``Failure`` with the first line that cannot be read.
  static func read(
    _ folder: String
  ) throws(Failure) -> [(language: String, table: FairnessSwaps)] {
    var tables: [(language: String, table: FairnessSwaps)] = []
    for language in Language.read {
      let path = "\(folder)/\(language.code)/\(FairnessSwaps.fileName)"
      let bytes: [UInt8]
      do throws(FileReader.Problem) {
        bytes = try FileReader.read(path, limit: 4 << 20)
      } catch {
        continue
      }
      do throws(InputError) {
        let table = try FairnessSwaps(String(decoding: bytes, as: UTF8.self), file: path)
        tables.append((language.code, table))
      } catch {
        throw Failure(.configuration, error.description)
      }
    }
    return tables
  }
}
