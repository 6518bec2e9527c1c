// swift-tools-version: 6.2
// Fuzzing of everything that reads bytes from outside: a package of its own, so that sanitizers and
// their flags stay away from the build of the product. `Sources` is a link to the product's.
//
// Build it by `make fuzz-build`, which passes the sanitizers to all targets and dependencies.
import PackageDescription

/// The product's settings, but that warnings are left to its own build.
let swift: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// What is seldom the bottleneck is not optimised: nine tenths of a build is the optimiser.
let quick = swift + [.unsafeFlags(["-Onone"])]

/// Our own C and C++ is also watched for undefined behaviour.
let watched: [CSetting] = [
  .unsafeFlags(["-fsanitize=undefined", "-fno-sanitize=vptr", "-fno-sanitize-recover=undefined"])
]
let watchedCXX: [CXXSetting] = [
  .unsafeFlags(["-fsanitize=undefined", "-fno-sanitize=vptr", "-fno-sanitize-recover=undefined"])
]

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
      path: "Sources/HeardText", swiftSettings: swift),
    .target(
      name: "HeardMail", dependencies: ["HeardText", "CHeardMail", "CHeardICU"],
      path: "Sources/HeardMail", swiftSettings: swift),
    .target(
      name: "HeardLexicon", dependencies: ["HeardText", yams], path: "Sources/HeardLexicon",
      swiftSettings: swift),
    .target(
      name: "HeardLexiconTools", dependencies: ["HeardLexicon", "HeardText", yams],
      path: "Sources/HeardLexiconTools", swiftSettings: quick),
    .target(
      name: "HeardClassifier", dependencies: ["HeardText", "HeardMail", "HeardLexicon"],
      path: "Sources/HeardClassifier", swiftSettings: swift),
    .target(
      name: "HeardRouter",
      dependencies: [
        "HeardText", "HeardMail", "HeardLexicon", "HeardClassifier", "CHeardICU", yams,
      ],
      path: "Sources/HeardRouter", swiftSettings: quick),
    .target(
      name: "Heard",
      dependencies: ["HeardText", "HeardMail", "HeardLexicon", "HeardClassifier", "HeardRouter"],
      path: "Sources/Heard", swiftSettings: swift),
    .target(
      name: "HeardBatch",
      dependencies: [
        "Heard", "HeardClassifier", "HeardLexicon", "HeardMail", "HeardRouter", "HeardText",
        "CHeardJSON", "CHeardStream",
      ],
      path: "Sources/HeardBatch", swiftSettings: swift),
    .target(
      name: "HeardTuning",
      dependencies: [
        "Heard", "HeardBatch", "HeardClassifier", "HeardLexicon", "HeardMail", "HeardRouter",
        "HeardText", yams,
      ],
      path: "Sources/HeardTuning", swiftSettings: quick),
    .target(
      name: "HeardReply",
      dependencies: [
        "Heard", "HeardBatch", "HeardTuning", "HeardText", "HeardMail", "HeardLexicon",
        "HeardLexiconTools", "HeardClassifier", yams,
      ],
      path: "Sources/HeardReply", swiftSettings: quick),
    // Of the intake and the server what reads bytes, without databases and networks.
    .target(
      name: "HeardIntake",
      dependencies: [
        "Heard", "HeardClassifier", "HeardLexicon", "HeardMail", "HeardRouter", "HeardText",
      ],
      path: "Sources/HeardIntake",
      exclude: [
        "Filing", "Ledger", "Postgres", "SQLite", "Intake.swift", "IntakeConfiguration.swift",
        "IntakeError.swift", "Mail/Judge.swift", "Mail/JudgedMail.swift",
        "Mail/JudgingThread.swift",
      ],
      sources: [
        "Mail/HeaderBlock.swift", "Mail/HeaderWriter.swift", "Mail/CanonicalMessage.swift",
        "Receipt.swift", "Envelope.swift",
      ],
      swiftSettings: swift),
    .target(
      name: "HeardServer",
      dependencies: [
        "Heard", "HeardBatch", "HeardLexicon", "HeardMail", "HeardText", yams,
      ],
      path: "Sources/HeardServer",
      exclude: [
        "Commands", "Intake", "Judging", "Metrics", "Service",
        "Configuration/ConfigurationCheck.swift", "Configuration/ServerConfiguration.swift",
        "HTTP/APIResponder.swift", "HTTP/AccessControl.swift", "HTTP/BatchEndpoint.swift",
        "HTTP/Endpoint.swift", "HTTP/HTTPFieldNames.swift", "HTTP/JudgingEndpoints.swift",
        "HTTP/Problem.swift", "HTTP/ReplyEndpoint.swift", "HTTP/RequestGuard.swift",
        "HTTP/ServiceEndpoints.swift", "HTTP/openapi.json", "LMTP/LMTPListener.swift",
        "LMTP/MemoryBudget.swift",
      ],
      sources: [
        "LMTP/LMTPCommand.swift", "LMTP/LMTPEngine.swift", "LMTP/LMTPTransaction.swift",
        "HTTP/BodyType.swift", "HTTP/LineCutter.swift", "HTTP/MessageRequest.swift",
        "HTTP/ReplyRequest.swift",
        "Configuration/AccessToken.swift", "Configuration/ConfigurationDump.swift",
        "Configuration/ConfigurationReader.swift", "Configuration/ConfigurationSchema.swift",
        "Configuration/ListenAddress.swift", "Configuration/Quantity.swift",
        "Configuration/Setting.swift",
      ],
      swiftSettings: swift),
    .executableTarget(
      name: "heard-fuzz",
      dependencies: [
        "Heard", "HeardBatch", "HeardClassifier", "HeardIntake", "HeardLexicon",
        "HeardLexiconTools", "HeardMail", "HeardReply", "HeardRouter", "HeardServer",
        "HeardText", "HeardTuning",
      ],
      path: "Run", swiftSettings: swift),
  ],
  cxxLanguageStandard: .cxx17
)
