// swift-tools-version: 6.2
// Fuzzing of everything that reads bytes from outside: a package of its own, so that sanitizers and
// their flags stay away from the build of the product. `Sources` is a link to the product's.
//
// Build it by `make fuzz-build`, which passes the sanitizers to all targets and dependencies.
import Foundation
import PackageDescription

/// The product's settings, but that warnings are left to its own build.
let swift: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Of what most inputs spend their time in.
///
/// Nine tenths of a build is the optimiser. `make fuzz-build` passes `-Onone` to all, and these
/// targets ask for optimisation again.
let optimised =
  swift + [
    .unsafeFlags(["-Xfrontend", "-O", "-Xfrontend", "-enable-default-cmo"])
  ]

/// Our own C and C++ is also watched for undefined behaviour.
let watched: [CSetting] = [
  .unsafeFlags(["-fsanitize=undefined", "-fno-sanitize=vptr", "-fno-sanitize-recover=undefined"])
]
let watchedCXX: [CXXSetting] = [
  .unsafeFlags(["-fsanitize=undefined", "-fno-sanitize=vptr", "-fno-sanitize-recover=undefined"])
]

/// What the fuzzer takes of the edges.
let cases = ["DueItem.swift", "DueRecords.swift"]
let webhook = ["WebhookSignature.swift", "WebhookTarget.swift"]
let intake = [
  "Base64.swift", "Envelope.swift", "IntakeError.swift", "Ledger/Ledger.swift",
  "Ledger/LedgerChain.swift", "Ledger/MessageQueues.swift", "Ledger/OutboxBody.swift",
  "Ledger/Retention.swift", "Mail/CanonicalMessage.swift", "Mail/HeaderBlock.swift",
  "Mail/HeaderWriter.swift", "Mail/TicketSystem.swift", "Postgres/PostgresBytes.swift",
  "Receipt.swift",
]
let server = [
  "Configuration/AccessToken.swift", "Configuration/ConfigurationDump.swift",
  "Configuration/ConfigurationReader.swift", "Configuration/ConfigurationSchema.swift",
  "Configuration/ListenAddress.swift", "Configuration/Quantity.swift",
  "Configuration/Setting.swift", "HTTP/BodyType.swift", "HTTP/LineCutter.swift",
  "HTTP/MessageRequest.swift", "HTTP/ReplyRequest.swift", "LMTP/LMTPCommand.swift",
  "LMTP/LMTPEngine.swift", "LMTP/LMTPTransaction.swift",
]

/// The files of a target but these; what is neither a source nor excluded is warned of.
func others(in target: String, than sources: [String]) -> [String] {
  let folder = "\(Context.packageDirectory)/../Sources/\(target)"
  let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
  return files.filter {
    $0.split(separator: "/").last?.contains(".") == true && !sources.contains($0)
  }
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
  name: "heard-fuzz",
  dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.0")],
  targets: [
    .systemLibrary(name: "CICU", path: "Sources/CICU", pkgConfig: "icu-i18n"),
    .target(
      name: "CHeardICU", dependencies: ["CICU"], path: "Sources/CHeardICU", cSettings: watched,
      cxxSettings: watchedCXX),
    .systemLibrary(name: "CGMime", path: "Sources/CGMime", pkgConfig: "gmime-3.0"),
    .systemLibrary(name: "CLibXML2", path: "Sources/CLibXML2", pkgConfig: "libxml-2.0"),
    .target(
      name: "CHeardMail", dependencies: ["CGMime", "CLibXML2"], path: "Sources/CHeardMail",
      cSettings: watched),
    .target(
      name: "CHeardJSON", path: "Sources/CHeardJSON", cxxSettings: watchedCXX,
      linkerSettings: [.linkedLibrary("simdjson")]),
    .target(
      name: "CHeardStream", path: "Sources/CHeardStream", cSettings: watched,
      linkerSettings: [.linkedLibrary("z"), .linkedLibrary("zstd")]),
    .target(
      name: "CHeardLanguageModel", path: "Sources/CHeardLanguageModel",
      exclude: ["model.bin", "NOTICE"], cSettings: [.headerSearchPath(".")]),
    .target(
      name: "HeardText", dependencies: ["CHeardICU", "CHeardLanguageModel"],
      path: "Sources/HeardText", swiftSettings: optimised),
    .target(
      name: "HeardSources", dependencies: [yams], path: "Sources/HeardSources", swiftSettings: swift
    ),
    .target(
      name: "HeardMail", dependencies: ["HeardText", "CHeardICU", "CHeardMail"],
      path: "Sources/HeardMail", swiftSettings: optimised),
    .target(name: "CHeardLexicon", path: "Sources/CHeardLexicon", cSettings: watched),
    .target(
      name: "HeardLexicon", dependencies: ["HeardSources", "HeardText", "CHeardLexicon"],
      path: "Sources/HeardLexicon", swiftSettings: optimised),
    .target(
      name: "HeardAuthoring", dependencies: ["HeardLexicon", "HeardSources", "HeardText", yams],
      path: "Sources/HeardAuthoring", swiftSettings: optimised),
    .target(
      name: "HeardHunspell", dependencies: ["HeardSources", "HeardText"],
      path: "Sources/HeardHunspell", swiftSettings: swift),
    .target(
      name: "HeardLexiconTools",
      dependencies: [
        "HeardAuthoring", "HeardHunspell", "HeardLexicon", "HeardSources", "HeardText", yams,
      ],
      path: "Sources/HeardLexiconTools", swiftSettings: swift),
    .target(
      name: "HeardClassifier", dependencies: ["HeardLexicon", "HeardMail", "HeardText"],
      path: "Sources/HeardClassifier", swiftSettings: optimised),
    .target(
      name: "HeardDeadlines", dependencies: ["HeardLexicon", "HeardSources", "CHeardICU", yams],
      path: "Sources/HeardDeadlines", swiftSettings: swift),
    .target(
      name: "HeardStaff", dependencies: ["HeardMail", "HeardSources", "HeardText", yams],
      path: "Sources/HeardStaff", swiftSettings: swift),
    .target(
      name: "HeardRouter",
      dependencies: [
        "HeardClassifier", "HeardDeadlines", "HeardLexicon", "HeardMail", "HeardSources",
        "HeardStaff", "HeardText", yams,
      ],
      path: "Sources/HeardRouter", swiftSettings: swift),
    .target(
      name: "HeardRouterTools",
      dependencies: [
        "HeardClassifier", "HeardDeadlines", "HeardLexicon", "HeardMail", "HeardRouter",
        "HeardSources", "HeardText",
      ],
      path: "Sources/HeardRouterTools", swiftSettings: swift),
    .target(
      name: "HeardStatistics", dependencies: ["HeardSources"], path: "Sources/HeardStatistics",
      swiftSettings: swift),
    .target(
      name: "HeardRedaction",
      dependencies: ["HeardRouter", "HeardSources", "HeardStaff", "HeardText"],
      path: "Sources/HeardRedaction", swiftSettings: swift),
    .target(
      name: "Heard",
      dependencies: [
        "HeardClassifier", "HeardDeadlines", "HeardLexicon", "HeardMail", "HeardRouter",
        "HeardStaff", "HeardText",
      ],
      path: "Sources/Heard", swiftSettings: optimised),
    .target(
      name: "HeardInput",
      dependencies: ["HeardMail", "HeardSources", "CHeardJSON", "CHeardStream"],
      path: "Sources/HeardInput", swiftSettings: optimised),
    .target(
      name: "HeardBatch",
      dependencies: [
        "Heard", "HeardClassifier", "HeardInput", "HeardLexicon", "HeardMail", "HeardRouter",
        "HeardText",
      ],
      path: "Sources/HeardBatch", swiftSettings: optimised),
    .target(
      name: "HeardThemes",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardBatch", "HeardInput", "HeardMail", "HeardRedaction",
        "HeardText",
      ],
      path: "Sources/HeardThemes", swiftSettings: optimised),
    .target(
      name: "HeardCorpus",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardClassifier", "HeardDeadlines", "HeardInput",
        "HeardLexicon", "HeardMail",
        "HeardRedaction", "HeardRouter", "HeardSources", "HeardStatistics", "HeardText",
      ], path: "Sources/HeardCorpus", swiftSettings: swift),
    .target(
      name: "HeardTuning",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardClassifier", "HeardCorpus", "HeardInput", "HeardLexicon",
        "HeardMail", "HeardRedaction", "HeardRouter", "HeardSources", "HeardStatistics",
        "HeardText", yams,
      ],
      path: "Sources/HeardTuning", swiftSettings: swift),
    .target(
      name: "HeardReply",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardClassifier", "HeardInput", "HeardLexicon", "HeardMail",
        "HeardRedaction", "HeardSources", "HeardStatistics", "HeardText", yams,
      ],
      path: "Sources/HeardReply", swiftSettings: swift),
    // Of the edges what reads bytes, without databases and networks.
    .target(
      name: "HeardIntake",
      dependencies: [
        "Heard", "HeardClassifier", "HeardDeadlines", "HeardLexicon", "HeardRouter", "HeardSources",
        "HeardText",
      ],
      path: "Sources/HeardIntake", exclude: others(in: "HeardIntake", than: intake),
      sources: intake, swiftSettings: optimised),
    .target(
      name: "HeardServer",
      dependencies: [
        "Heard", "HeardInput", "HeardIntake", "HeardLexicon", "HeardMail", "HeardSources",
        "HeardText", yams,
      ],
      path: "Sources/HeardServer", exclude: others(in: "HeardServer", than: server),
      sources: server, swiftSettings: optimised),
    .target(
      name: "HeardCases", dependencies: ["HeardDeadlines", "HeardInput", "HeardRouter"],
      path: "Sources/HeardCases", exclude: others(in: "HeardCases", than: cases), sources: cases,
      swiftSettings: swift),
    .target(
      name: "HeardWebhook", dependencies: ["HeardIntake", "HeardSources"],
      path: "Sources/HeardWebhook", exclude: others(in: "HeardWebhook", than: webhook),
      sources: webhook, swiftSettings: swift),
    .target(
      name: "HeardReport",
      dependencies: [
        "Heard", "HeardBatch", "HeardDeadlines", "HeardInput", "HeardRouter", "HeardSources",
        "HeardStatistics", "HeardThemes",
      ],
      path: "Sources/HeardReport", swiftSettings: swift),
    .executableTarget(
      name: "heard-fuzz",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardBatch", "HeardCases", "HeardClassifier", "HeardCorpus",
        "HeardDeadlines", "HeardHunspell", "HeardInput", "HeardIntake", "HeardLexicon",
        "HeardLexiconTools", "HeardMail", "HeardRedaction", "HeardReply", "HeardReport",
        "HeardRouter", "HeardRouterTools", "HeardServer", "HeardSources", "HeardStaff", "HeardText",
        "HeardThemes", "HeardTuning", "HeardWebhook",
      ],
      path: "Run", swiftSettings: optimised),
  ],
  cxxLanguageStandard: .cxx17
)
