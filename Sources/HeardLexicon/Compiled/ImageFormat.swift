/// The compiled lexicon: one flat file, read into memory as a whole and used where it lies.
///
/// ```
///   0  magic `HEARDLEX`
///   8  u32 format version          12  u32 byte order mark 0x01020304
///  16  u64 length of the file      24  u64 checksum of the head: bytes 0..<24 and 32..<head end
///  32  SHA-256 of the sources (32 bytes)
///  64  u32 number of sections      68  u32 vocabulary (what kinds of evidence and scopes exist)
///  72  zeros
///  80  the section table, 32 bytes each: u32 id, u32 stride, u64 offset, u64 count, u64 checksum
///      then the sections in the order of their ids, each padded with zeros to 16 bytes
/// ```
///
/// Head and sections tile the file, and each has its checksum, so that every byte is guarded and an
/// error can say which part is damaged. All numbers are little-endian; every section but the
/// strings is made of `UInt32` words. Indices that the matcher follows are checked before it does, on
/// opening or when a word first leads to them.
package enum ImageFormat {
  package static let magic: [UInt8] = Array("HEARDLEX".utf8)
  /// Raised when the layout changes, and also when the compiler makes other bytes of the same
  /// sources: images of another version are rebuilt.
  package static let version: UInt32 = 16
  package static let byteOrder: UInt32 = 0x0102_0304

  static let lengthOffset = 16
  package static let checksumOffset = 24
  static let digestOffset = 32
  static let digestCount = 32
  static let countOffset = 64
  static let vocabularyOffset = 68
  static let tableOffset = 80
  static let tableStride = 32
  package static let headCount = tableOffset + tableStride * ImageSection.allCases.count

  /// Sections begin at multiples of it, in the file and so in memory: what the longest record needs
  /// that is read as a value.
  static let alignment = 16

  /// Bytes of a section with the zeros behind it.
  package static func padded(_ count: Int) -> Int {
    (count + alignment - 1) / alignment * alignment
  }

  /// Names of kinds and scopes are stored as numbers; this is another number when they change.
  package static let vocabulary: UInt32 = {
    let names =
      EvidenceKind.allCases.map(\.rawValue) + Scopes.names + TokenClass.allCases.map(\.rawValue)
    let sum = ImageChecksum.of(Array(names.joined(separator: " ").utf8))
    return UInt32(truncatingIfNeeded: sum ^ sum >> 32)
  }()

  /// The checksum of the head, which stands in a gap of itself.
  package static func headChecksum(_ head: [UInt8]) -> UInt64 {
    ImageChecksum.of(Array(head[..<checksumOffset] + head[digestOffset...]))
  }
}

/// A part of the image, in file order.
package enum ImageSection: UInt32, CaseIterable {
  /// UTF-8 of every name and form; others point into it by offset and length.
  case strings
  /// Open addressing: form number + 1, or 0; a power of two of slots.
  case slots
  /// hash, string offset, first posting, string length (16 bits) and above it ``PostingFlags`` of any
  /// of its postings, which end where those of the next form begin.
  case forms
  /// element, ``PostingFlags``.
  case postings
  /// ``CompoundFilter``.
  case compounds
  /// first group, number of groups; for each element and behind those each token class.
  case anchors
  /// first candidate, number of candidates: phrases of a language that have the same step as their
  /// anchor, which many elements may take. Those of an anchor ascend by language, and in each single
  /// tokens are behind the others.
  case groups
  /// ``PhraseTable/Candidate``: its test with the language above it, its number.
  case candidates
  /// The bit of each element as a companion, and whether it is one, a byte each, four in a record.
  case bits
  /// ``PhraseTable/Phrase`` after phrase, in words.
  case rows
  /// ``PhraseTable/Label``: mask (2), value, then count (16 bits) and kind.
  case labels
  /// Elements of labels that take one of several, filled up to four with the highest number.
  case sets
  /// ``EntryRecord`` in words.
  case entries
  /// kind, thousandths.
  case evidence
  /// id (2), languages, first, second, ordered, window, distance, evidence (2), maximum.
  case frames
  /// kind, language, bias, slope.
  case calibrations
  /// name (2), thousandths.
  case scopeFactors
  /// name (2), evidence (2).
  case styles
  /// word (2), then of Dutch, Polish and English each the thousandths of the five scores, two in a word.
  case words
  /// signal threshold, then the anger levels.
  case settings
  /// path (2), size (2), modification time in nanoseconds (2).
  case stamps

  /// Bytes of one record.
  package var stride: Int {
    switch self {
    case .strings: 1
    case .slots, .compounds, .bits, .rows, .sets, .settings: 4
    case .postings, .anchors, .groups, .candidates, .evidence: 8
    case .scopeFactors: 12
    case .forms, .labels, .calibrations, .styles: 16
    case .stamps: 24
    case .frames, .words: 44
    case .entries: EntryRecord.stride
    }
  }

  var name: String { "\(self)" }
}

/// How a form belongs to an element.
package struct PostingFlags: OptionSet, Hashable {
  package let rawValue: UInt32

  /// The key is the element's own normal form.
  package static let exact = PostingFlags(rawValue: 1 << 0)
  /// The key is a form of the element without its diacritics.
  package static let folded = PostingFlags(rawValue: 1 << 1)
  /// May be the last part of a Dutch compound.
  package static let head = PostingFlags(rawValue: 1 << 2)
  /// May be the first part of a Dutch compound.
  package static let modifier = PostingFlags(rawValue: 1 << 3)
  /// Not as a name.
  package static let notName = PostingFlags(rawValue: 1 << 4)
  /// The entry accepts stray or missing diacritics.
  package static let folds = PostingFlags(rawValue: 1 << 5)

  /// Bits 8 to 15: the language of the element, as a bit of `LanguageSet`.
  static let languageShift: UInt32 = 8
  var languageBits: UInt8 { UInt8(truncatingIfNeeded: rawValue >> Self.languageShift) }

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package init(languageBits: UInt8) { rawValue = UInt32(languageBits) << Self.languageShift }
}

extension UInt64 {
  /// The two words of a record that hold the number, the lower first.
  package var halves: [UInt32] {
    [UInt32(truncatingIfNeeded: self), UInt32(truncatingIfNeeded: self >> 32)]
  }
}
