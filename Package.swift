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
    .library(name: "Heard", targets: ["Heard"]),
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
      name: "HeardText", dependencies: ["CHeardICU", "CHeardLanguageModel"],
      swiftSettings: optimised),
    .target(
      name: "HeardMail", dependencies: ["HeardText", "CHeardMail", "CHeardICU"],
      swiftSettings: optimised),
    .target(
      name: "HeardLexicon",
      dependencies: ["HeardText", "CHeardLexicon", .product(name: "Yams", package: "Yams")],
      swiftSettings: optimised),
    // Beside the way of a message, so that it is compiled beside it.
    .target(
      name: "HeardLexiconTools",
      dependencies: ["HeardLexicon", "HeardText", .product(name: "Yams", package: "Yams")],
      swiftSettings: optimised),
    .target(
      name: "HeardClassifier", dependencies: ["HeardText", "HeardMail", "HeardLexicon"],
      swiftSettings: optimised),
    .target(
      name: "HeardRouter",
      dependencies: [
        "HeardText", "HeardMail", "HeardLexicon", "HeardClassifier", "CHeardICU",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: optimised),
    .target(
      name: "Heard",
      dependencies: ["HeardText", "HeardMail", "HeardLexicon", "HeardClassifier", "HeardRouter"],
      swiftSettings: optimised),
    // Beside the way of a message again.
    .target(
      name: "HeardRouterTools",
      dependencies: ["HeardRouter", "HeardClassifier", "HeardLexicon", "HeardMail", "HeardText"],
      swiftSettings: optimised),
    .target(name: "HeardStatistics", dependencies: ["HeardLexicon"], swiftSettings: optimised),
    .target(
      name: "HeardRedaction",
      dependencies: ["HeardLexicon", "HeardRouter", "HeardText"],
      swiftSettings: optimised),

    // The edges.
    .target(
      name: "HeardBatch",
      dependencies: [
        "Heard", "HeardClassifier", "HeardLexicon", "HeardMail", "HeardRouter", "HeardText",
        "CHeardJSON", "CHeardStream",
      ],
      swiftSettings: optimised),
    .target(
      name: "HeardSQLite",
      dependencies: ["Heard", "HeardBatch", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: swift),
    .target(name: "CHeardProcess"),
    .target(name: "CHeardPostgres", linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "HeardIntake",
      dependencies: [
        "Heard", "HeardBatch", "HeardCases", "HeardClassifier", "HeardLexicon", "HeardMail",
        "HeardRouter", "HeardText", "CHeardPostgres",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardWebhook",
      dependencies: [
        "HeardIntake", "HeardLexicon",
        ofServer("AsyncHTTPClient", "async-http-client"),
        ofServer("NIOCore", "swift-nio"),
        ofServer("NIOHTTP1", "swift-nio"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardThemes",
      dependencies: [
        "Heard", "HeardBatch", "HeardLexicon", "HeardMail", "HeardRedaction", "HeardText",
      ],
      swiftSettings: optimised),
    .target(
      name: "HeardTuning",
      dependencies: [
        "Heard", "HeardBatch", "HeardClassifier", "HeardLexicon", "HeardMail", "HeardRedaction",
        "HeardRouter", "HeardStatistics", "HeardText", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: optimised),
    .target(
      name: "HeardCases",
      dependencies: [
        "Heard", "HeardBatch", "HeardText", "HeardMail", "HeardLexicon", "HeardClassifier",
        "HeardRouter", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardReply",
      dependencies: [
        "Heard", "HeardBatch", "HeardRedaction", "HeardStatistics", "HeardText", "HeardMail",
        "HeardLexicon", "HeardLexiconTools", "HeardClassifier",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardReport",
      dependencies: [
        "Heard", "HeardBatch", "HeardLexicon", "HeardRouter", "HeardStatistics", "HeardThemes",
      ],
      swiftSettings: swift),
    .target(
      name: "HeardCommands",
      dependencies: [
        "Heard", "HeardBatch", "HeardSQLite", "HeardTuning", "HeardReply", "HeardReport",
        "HeardIntake",
        "HeardText",
        "HeardMail", "HeardLexicon", "HeardLexiconTools", "HeardClassifier", "HeardRouter",
        "HeardCases", "HeardRedaction", "HeardRouterTools", "HeardStatistics", "HeardThemes",
        "CHeardProcess",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swift),
    .executableTarget(
      name: "heard-cli", dependencies: ["HeardCommands"], swiftSettings: swift),

    // What the tests of several rooms need.
    .target(name: "HeardTestSupport", path: "Tests/HeardTestSupport", swiftSettings: swift),
    .target(
      name: "HeardRouterTestSupport",
      dependencies: ["HeardRouter", "HeardClassifier", "HeardLexicon", "HeardMail", "HeardText"],
      path: "Tests/HeardRouterTestSupport", swiftSettings: swift),
    // The server.
    .target(
      name: "HeardServer",
      dependencies: [
        "Heard", "HeardBatch", "HeardCases", "HeardClassifier", "HeardIntake", "HeardLexicon",
        "HeardMail", "HeardReply", "HeardRouter", "HeardText", "HeardWebhook",
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
      dependencies: ["HeardText", "CHeardICU", "CHeardLanguageModel", "HeardTestSupport"],
      swiftSettings: swift),
    .testTarget(
      name: "HeardMailTests", dependencies: ["HeardMail", "HeardText", "HeardTestSupport"],
      swiftSettings: swift),
    .testTarget(
      name: "HeardLexiconTests",
      dependencies: [
        "HeardLexicon", "HeardLexiconTools", "HeardText", "CHeardLexicon", "HeardTestSupport",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardClassifierTests",
      dependencies: [
        "HeardClassifier", "HeardLexicon", "HeardMail", "HeardText", "HeardTestSupport",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardRouterTests",
      dependencies: [
        "HeardRouter", "HeardRouterTools", "HeardClassifier", "HeardText", "HeardMail",
        "HeardRouterTestSupport", "HeardTestSupport",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardRouterToolsTests",
      dependencies: [
        "HeardRouterTools", "HeardRouter", "HeardClassifier", "HeardLexicon", "HeardMail",
        "HeardText", "HeardRouterTestSupport", "HeardTestSupport",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardTests", dependencies: ["Heard", "HeardTestSupport"], swiftSettings: swift),
    .testTarget(
      name: "HeardCasesTests",
      dependencies: [
        "HeardCases", "Heard", "HeardClassifier", "HeardLexicon", "HeardMail", "HeardRouter",
        "HeardText",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardBatchTests", dependencies: ["HeardBatch", "Heard", "HeardTestSupport"],
      exclude: ["Fixtures"], swiftSettings: swift),
    .testTarget(
      name: "HeardSQLiteTests",
      dependencies: ["HeardSQLite", "HeardBatch", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: swift),
    .testTarget(
      name: "HeardIntakeTests",
      dependencies: [
        "HeardTestSupport",
        "HeardIntake", "Heard", "HeardBatch", "HeardCases", "HeardLexicon", "HeardMail",
        "HeardRouter",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardWebhookTests", dependencies: ["HeardWebhook", "HeardIntake"],
      swiftSettings: swift),
    .testTarget(
      name: "HeardTuningTests",
      dependencies: [
        "HeardTuning", "Heard", "HeardBatch", "HeardClassifier", "HeardLexicon", "HeardRouter",
        "HeardStatistics", "HeardText",
      ],
      exclude: ["Fixtures"], swiftSettings: swift),
    .testTarget(
      name: "HeardStatisticsTests", dependencies: ["HeardStatistics"], swiftSettings: swift),
    .testTarget(
      name: "HeardRedactionTests", dependencies: ["HeardRedaction", "HeardStatistics"],
      swiftSettings: swift),
    .testTarget(
      name: "HeardThemesTests",
      dependencies: [
        "HeardThemes", "HeardBatch", "HeardMail", "HeardRedaction", "HeardText", "HeardTestSupport",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardReplyTests",
      dependencies: [
        "HeardLexiconTools",
        "HeardReply", "Heard", "HeardLexicon", "HeardMail", "HeardRouter", "HeardText",
        "HeardTestSupport",
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardReportTests",
      dependencies: [
        "HeardReport", "HeardBatch", "HeardRouter", "HeardThemes", "HeardTestSupport",
      ],
      exclude: ["Fixtures"], swiftSettings: swift),
    .testTarget(
      name: "HeardCommandsTests",
      dependencies: ["HeardCommands", "HeardCases", "HeardTestSupport"],
      exclude: ["Fixtures"], swiftSettings: swift),
    .testTarget(
      name: "HeardServerTests",
      dependencies: [
        "HeardTestSupport",
        "HeardServer", "Heard", "HeardCases", "HeardRouter",
        ofServer("HummingbirdTesting", "hummingbird"),
        ofServer("Logging", "swift-log"),
      ],
      swiftSettings: swift),
    // What the fuzzer runs (Fuzz/), over the inputs that were kept.
    .testTarget(
      name: "HeardFuzzTests",
      dependencies: [
        "Heard", "HeardBatch", "HeardCases", "HeardClassifier", "HeardIntake", "HeardLexicon",
        "HeardLexiconTools", "HeardMail", "HeardReply", "HeardReport", "HeardRouter",
        "HeardRedaction", "HeardRouterTools", "HeardServer", "HeardText", "HeardThemes",
        "HeardTuning", "HeardWebhook",
      ],
      exclude: ["Inputs", "Seeds"], swiftSettings: swift),
  ],
  cxxLanguageStandard: .cxx17
)
