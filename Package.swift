// swift-tools-version: 6.2
// The rooms of heard. Dependencies point one way: what a target may know is what it lists here,
// and CI builds with `--explicit-target-dependency-import-check error`.
import PackageDescription

/// Settings of every Swift target of ours: Swift 6 mode, strict memory safety, no warnings.
let swift: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
  .enableUpcomingFeature("ExistentialAny"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
  .enableUpcomingFeature("MemberImportVisibility"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Settings of the targets that see every message or the whole lexicon.
///
/// The law of exclusivity is checked while running in debug builds, and so in all tests; a release
/// build leaves that check out, which took a tenth of its time.
///
/// Nine tenths of a release build is the optimiser. `make build` therefore passes `-Onone` to all,
/// and these targets ask for optimisation again here; commands, their parser and the YAML reader,
/// which work once a process, go without. The environment asks for it because it is a matter of how
/// the whole is built.
let optimised: [SwiftSetting] =
  swift + [
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
    .unsafeFlags(
      Context.environment["HEARD_QUICK_BUILD"] == nil
        ? [] : ["-Xfrontend", "-O", "-Xfrontend", "-enable-default-cmo"],
      .when(configuration: .release)),
  ]

/// Where GMime's headers are, and in other builds than `make build` its libraries.
///
/// They are a dozen, and most mail is read without them: CHeardMail loads them when they are needed.
/// Linking them as well changes nothing but the start, and needs no pkg-config file of ours.
let gmime = Context.environment["HEARD_QUICK_BUILD"] == nil ? "gmime-3.0" : "gmime-headers"

/// The trait of the server.
///
/// `make build` turns it off, and then two dozen packages that only heardd needs are not fetched.
let server = "Server"

/// A product of a package that only the server needs.
func ofServer(_ product: String, _ package: String) -> Target.Dependency {
  .product(name: product, package: package, condition: .when(traits: [server]))
}

let package = Package(
  name: "heard",
  products: [
    .executable(name: "heard", targets: ["heard-cli"]),
    .executable(name: "heardd", targets: ["heardd"]),
    .library(name: "Heard", targets: ["Heard", "HeardAuthoring"]),
    // For Benchmarks/, a package of its own.
    .library(name: "HeardBatch", targets: ["HeardBatch"]),
  ],
  traits: [.trait(name: server), .default(enabledTraits: [server])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.0.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    // Of the server only.
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.0.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.26.0"),
  ],
  targets: [
    // C libraries: system modules are for linking only, shims show no foreign type to Swift.
    .systemLibrary(name: "CICU", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"])]),
    .target(name: "CHeardICU", dependencies: ["CICU"]),
    .systemLibrary(
      name: "CGMime", pkgConfig: gmime, providers: [.apt(["libgmime-3.0-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(
      name: "CHeardMail", dependencies: ["CGMime", "CLibXML2"],
      linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CHeardJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CHeardLexicon"),
    .target(name: "CHeardStream", linkerSettings: [.linkedLibrary("z"), .linkedLibrary("zstd")]),

    // The language model as data of the executable; made by tools/language-model.
    .target(
      name: "CHeardLanguageModel", exclude: ["model.bin", "NOTICE"],
      cSettings: [.headerSearchPath(".")]),

    // The way of a message.
    .target(
      name: "HeardText",
      dependencies: ["CHeardICU", "CHeardLanguageModel"],
      swiftSettings: optimised),
    // Files that people write, found and read; what is wrong with them has a place.
    .target(
      name: "HeardSources", dependencies: [.product(name: "Yams", package: "Yams")],
      swiftSettings: optimised),
    .target(
      name: "HeardMail", dependencies: ["HeardText", "CHeardICU", "CHeardMail"],
      swiftSettings: optimised),
    .target(
      name: "HeardLexicon", dependencies: ["HeardSources", "HeardText", "CHeardLexicon"],
      swiftSettings: optimised),
    // Beside the way of a message, so that it is compiled beside it. Of two targets that could be
    // compiled SwiftPM takes that with the later name: HeardAuthoring comes when nobody waits.
    .target(
      name: "HeardAuthoring",
      dependencies: [
        "HeardLexicon", "HeardSources", "HeardText",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: optimised),
    .target(
      name: "HeardHunspell", dependencies: ["HeardSources", "HeardText"],
      swiftSettings: optimised),
    .target(
      name: "HeardLexiconTools",
      dependencies: [
        "HeardAuthoring", "HeardHunspell", "HeardLexicon", "HeardSources", "HeardText",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardClassifier", dependencies: ["HeardLexicon", "HeardMail", "HeardText"],
      swiftSettings: optimised),
    .target(
      name: "HeardDeadlines",
      dependencies: [
        "HeardLexicon", "HeardSources", "CHeardICU",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardStaff",
      dependencies: [
        "HeardMail", "HeardSources", "HeardText",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: optimised),
    .target(
      name: "HeardRouter",
      dependencies: [
        "HeardClassifier", "HeardDeadlines", "HeardLexicon", "HeardMail", "HeardSources",
        "HeardStaff", "HeardText",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: optimised),
    .target(
      name: "Heard",
      dependencies: [
        "HeardClassifier", "HeardDeadlines", "HeardLexicon", "HeardMail", "HeardRouter",
        "HeardStaff", "HeardText",
      ],
      swiftSettings: optimised),
    // Beside the way of a message again.
    .target(
      name: "HeardRouterTools",
      dependencies: [
        "HeardClassifier", "HeardDeadlines", "HeardLexicon", "HeardMail", "HeardRouter",
        "HeardSources", "HeardText",
      ],
      swiftSettings: swift),
    .target(name: "HeardStatistics", dependencies: ["HeardSources"], swiftSettings: optimised),
    .target(
      name: "HeardRedaction",
      dependencies: [
        "HeardRouter", "HeardSources", "HeardStaff", "HeardText",
      ],
      swiftSettings: optimised),

    // The edges.
    .target(
      name: "HeardInput",
      dependencies: ["HeardMail", "HeardSources", "CHeardJSON", "CHeardStream"],
      swiftSettings: optimised),
    .target(
      name: "HeardBatch",
      dependencies: [
        "Heard", "HeardClassifier", "HeardInput", "HeardLexicon", "HeardMail", "HeardRouter",
        "HeardText",
      ],
      swiftSettings: optimised),
    .target(
      name: "HeardSQLite",
      dependencies: [
        "Heard", "HeardBatch", "HeardInput",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swift),
    .target(name: "CHeardProcess"),
    .target(name: "CHeardPostgres", linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "HeardIntake",
      dependencies: [
        "Heard", "HeardCases", "HeardClassifier", "HeardDeadlines", "HeardInput", "HeardLexicon",
        "HeardMail", "HeardRouter", "HeardSources", "HeardText", "CHeardPostgres",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardWebhook",
      dependencies: [
        "HeardIntake", "HeardSources",
        ofServer("AsyncHTTPClient", "async-http-client"),
        ofServer("NIOCore", "swift-nio"),
        ofServer("NIOHTTP1", "swift-nio"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardThemes",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardBatch", "HeardInput", "HeardMail", "HeardRedaction",
        "HeardText",
      ],
      swiftSettings: optimised),
    .target(
      name: "HeardCorpus",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardClassifier", "HeardDeadlines", "HeardInput",
        "HeardLexicon", "HeardMail", "HeardRedaction", "HeardRouter", "HeardSources",
        "HeardStatistics", "HeardText",
      ],
      swiftSettings: optimised),
    // What is told, fitted and suggested from what HeardCorpus counts.
    .target(
      name: "HeardTuning",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardClassifier", "HeardCorpus", "HeardInput", "HeardLexicon",
        "HeardMail", "HeardRedaction", "HeardRouter", "HeardSources", "HeardStatistics",
        "HeardText",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardCases",
      dependencies: [
        "Heard", "HeardClassifier", "HeardDeadlines", "HeardInput", "HeardLexicon", "HeardMail",
        "HeardRouter", "HeardSources", "HeardStaff",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardReply",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardClassifier", "HeardInput", "HeardLexicon", "HeardMail",
        "HeardRedaction", "HeardSources", "HeardStatistics", "HeardText",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardReport",
      dependencies: [
        "Heard", "HeardBatch", "HeardDeadlines", "HeardInput", "HeardRouter", "HeardSources",
        "HeardStatistics", "HeardThemes",
      ],
      swiftSettings: swift),
    .target(
      name: "HeardCommands",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardBatch", "HeardCases", "HeardClassifier", "HeardCorpus",
        "HeardDeadlines", "HeardHunspell", "HeardInput", "HeardIntake", "HeardLexicon",
        "HeardLexiconTools", "HeardMail", "HeardRedaction", "HeardReply", "HeardReport",
        "HeardRouter", "HeardRouterTools", "HeardSQLite", "HeardSources", "HeardStaff",
        "HeardStatistics", "HeardText", "HeardThemes", "HeardTuning", "CHeardProcess",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swift),
    .executableTarget(
      name: "heard-cli", dependencies: ["HeardCommands"], swiftSettings: swift),

    // What the tests of several rooms need.
    .target(name: "HeardTestSupport", path: "Tests/HeardTestSupport", swiftSettings: swift),
    .target(
      name: "HeardRouterTestSupport",
      dependencies: [
        "HeardClassifier", "HeardLexicon", "HeardMail", "HeardRouter", "HeardSources", "HeardText",
      ],
      path: "Tests/HeardRouterTestSupport", swiftSettings: swift),
    // The server.
    .target(
      name: "HeardServer",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardBatch", "HeardCases", "HeardClassifier", "HeardInput",
        "HeardIntake", "HeardLexicon", "HeardMail", "HeardReply", "HeardRouter", "HeardSources",
        "HeardText", "HeardWebhook",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"),
        ofServer("AsyncAlgorithms", "swift-async-algorithms"),
        ofServer("HTTPTypes", "swift-http-types"),
        ofServer("Hummingbird", "hummingbird"),
        ofServer("HummingbirdCore", "hummingbird"),
        ofServer("HummingbirdTLS", "hummingbird"),
        ofServer("Logging", "swift-log"),
        ofServer("NIOCore", "swift-nio"),
        ofServer("NIOHTTPTypes", "swift-nio-extras"),
        ofServer("NIOPosix", "swift-nio"),
        ofServer("NIOSSL", "swift-nio-ssl"),
        ofServer("ServiceLifecycle", "swift-service-lifecycle"),
        ofServer("UnixSignals", "swift-service-lifecycle"),
      ],
      resources: [.embedInCode("HTTP/openapi.json")], swiftSettings: swift),
    .executableTarget(name: "heardd", dependencies: ["HeardServer"], swiftSettings: swift),

    .testTarget(
      name: "HeardTextTests",
      dependencies: ["HeardTestSupport", "HeardText", "CHeardICU", "CHeardLanguageModel"],
      swiftSettings: swift),
    .testTarget(
      name: "HeardMailTests", dependencies: ["HeardMail", "HeardTestSupport", "HeardText"],
      swiftSettings: swift),
    .testTarget(
      name: "HeardLexiconTests",
      dependencies: [
        "HeardAuthoring", "HeardHunspell", "HeardLexicon", "HeardLexiconTools", "HeardSources",
        "HeardTestSupport", "HeardText", "CHeardLexicon",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardClassifierTests",
      dependencies: [
        "HeardAuthoring", "HeardClassifier", "HeardLexicon", "HeardMail", "HeardTestSupport",
        "HeardText",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardDeadlinesTests",
      dependencies: [
        "HeardDeadlines", "HeardLexicon", "HeardSources", "HeardTestSupport",
      ], swiftSettings: swift),
    .testTarget(
      name: "HeardStaffTests",
      dependencies: [
        "HeardSources", "HeardStaff", "HeardTestSupport", "HeardText",
      ], swiftSettings: swift),
    .testTarget(
      name: "HeardRouterTests",
      dependencies: [
        "HeardClassifier", "HeardLexicon", "HeardMail", "HeardRouter", "HeardRouterTestSupport",
        "HeardRouterTools", "HeardSources", "HeardTestSupport", "HeardText",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardRouterToolsTests",
      dependencies: [
        "HeardClassifier", "HeardDeadlines", "HeardLexicon", "HeardMail", "HeardRouter",
        "HeardRouterTestSupport", "HeardRouterTools", "HeardSources", "HeardTestSupport",
        "HeardText",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardTests", dependencies: ["Heard", "HeardTestSupport"], swiftSettings: swift),
    .testTarget(
      name: "HeardCasesTests",
      dependencies: [
        "Heard", "HeardCases", "HeardClassifier", "HeardDeadlines", "HeardLexicon", "HeardMail",
        "HeardRouter", "HeardText",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardInputTests",
      dependencies: [
        "HeardInput", "HeardTestSupport",
      ],
      exclude: ["Fixtures"], swiftSettings: swift),
    .testTarget(
      name: "HeardSQLiteTests",
      dependencies: [
        "HeardBatch", "HeardInput", "HeardSQLite",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardIntakeTests",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardBatch", "HeardCases", "HeardDeadlines", "HeardIntake",
        "HeardLexicon", "HeardRouter", "HeardTestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardWebhookTests", dependencies: ["HeardIntake", "HeardWebhook"],
      swiftSettings: swift),
    .testTarget(
      name: "HeardTuningTests",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardClassifier", "HeardCorpus", "HeardInput", "HeardLexicon",
        "HeardRouter", "HeardSources", "HeardStatistics", "HeardText", "HeardTuning",
      ],
      exclude: ["Fixtures"], swiftSettings: swift),
    .testTarget(
      name: "HeardStatisticsTests", dependencies: ["HeardStatistics"], swiftSettings: swift),
    .testTarget(
      name: "HeardRedactionTests",
      dependencies: ["HeardRedaction", "HeardStatistics"],
      swiftSettings: swift),
    .testTarget(
      name: "HeardThemesTests",
      dependencies: [
        "HeardBatch", "HeardMail", "HeardRedaction", "HeardTestSupport", "HeardText", "HeardThemes",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardReplyTests",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardLexicon", "HeardLexiconTools", "HeardMail", "HeardReply",
        "HeardRouter", "HeardSources", "HeardTestSupport", "HeardText",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardReportTests",
      dependencies: [
        "HeardBatch", "HeardDeadlines", "HeardInput", "HeardReport", "HeardRouter",
        "HeardTestSupport", "HeardThemes",
      ],
      exclude: ["Fixtures"], swiftSettings: swift),
    .testTarget(
      name: "HeardCommandsTests",
      dependencies: [
        "HeardCases", "HeardCommands", "HeardDeadlines", "HeardInput", "HeardLexicon",
        "HeardTestSupport",
      ],
      exclude: ["Fixtures"], swiftSettings: swift),
    .testTarget(
      name: "HeardServerTests",
      dependencies: [
        "HeardCases", "HeardDeadlines", "HeardRouter", "HeardServer", "HeardTestSupport",
        ofServer("HummingbirdTesting", "hummingbird"),
        ofServer("Logging", "swift-log"),
      ],
      swiftSettings: swift),
    // What the fuzzer runs (Fuzz/), over the inputs that were kept.
    .testTarget(
      name: "HeardFuzzTests",
      dependencies: [
        "Heard", "HeardAuthoring", "HeardBatch", "HeardCases", "HeardClassifier", "HeardCorpus",
        "HeardDeadlines", "HeardHunspell", "HeardInput", "HeardIntake", "HeardLexicon",
        "HeardLexiconTools", "HeardMail", "HeardRedaction", "HeardReply", "HeardReport",
        "HeardRouter", "HeardRouterTools", "HeardServer", "HeardSources", "HeardStaff", "HeardText",
        "HeardThemes", "HeardTuning", "HeardWebhook",
      ],
      exclude: ["Inputs", "Seeds"], swiftSettings: swift),
  ],
  cxxLanguageStandard: .cxx17
)
