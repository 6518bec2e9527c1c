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

let package = Package(
  name: "heard",
  products: [
    .executable(name: "heard", targets: ["heard-cli"]),
    .library(name: "Heard", targets: ["Heard"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.0.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.26.0"),
  ],
  targets: [
    // C libraries: system modules are for linking only, shims show no foreign type to Swift.
    .systemLibrary(name: "CICU", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"])]),
    .target(name: "CHeardICU", dependencies: ["CICU"]),
    .systemLibrary(
      name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(name: "CHeardMail", dependencies: ["CGMime", "CLibXML2"]),
    .target(name: "CHeardJSON", linkerSettings: [.linkedLibrary("simdjson")]),

    // The language model as data of the executable; made by tools/language-model.
    .target(
      name: "CHeardLanguageModel", exclude: ["model.bin", "NOTICE"],
      cSettings: [.headerSearchPath(".")]),

    // The way of a message.
    .target(
      name: "HeardText", dependencies: ["CHeardICU", "CHeardLanguageModel"], swiftSettings: swift),
    .target(
      name: "HeardMail", dependencies: ["HeardText", "CHeardMail", "CHeardICU"],
      swiftSettings: swift),
    .target(
      name: "HeardLexicon",
      dependencies: ["HeardText", .product(name: "Yams", package: "Yams")],
      swiftSettings: swift),
    .target(
      name: "HeardClassifier", dependencies: ["HeardText", "HeardMail", "HeardLexicon"],
      swiftSettings: swift),
    .target(
      name: "HeardRouter",
      dependencies: [
        "HeardText", "HeardMail", "HeardLexicon", "HeardClassifier",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swift),
    .target(
      name: "Heard",
      dependencies: ["HeardText", "HeardMail", "HeardLexicon", "HeardClassifier", "HeardRouter"],
      swiftSettings: swift),

    // The edges.
    .target(
      name: "HeardBatch",
      dependencies: ["Heard", "HeardClassifier", "HeardMail", "CHeardJSON"], swiftSettings: swift),
    .target(name: "CHeardProcess"),
    .target(name: "CHeardPostgres", linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "HeardIntake",
      dependencies: [
        "Heard", "HeardBatch", "HeardClassifier", "HeardLexicon", "HeardMail", "HeardRouter",
        "HeardText", "CHeardPostgres", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardWebhook",
      dependencies: [
        "HeardIntake", "HeardLexicon",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardTuning",
      dependencies: [
        "Heard", "HeardBatch", "HeardClassifier", "HeardLexicon", "HeardMail", "HeardRouter",
        "HeardText", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swift),
    .target(
      name: "HeardCommands",
      dependencies: [
        "Heard", "HeardBatch", "HeardIntake", "HeardTuning", "HeardText", "HeardMail",
        "HeardLexicon", "HeardClassifier", "HeardRouter", "CHeardProcess",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swift),
    .executableTarget(
      name: "heard-cli", dependencies: ["HeardCommands"], swiftSettings: swift),

    .testTarget(
      name: "HeardTextTests", dependencies: ["HeardText", "CHeardICU", "CHeardLanguageModel"],
      swiftSettings: swift),
    .testTarget(
      name: "HeardMailTests", dependencies: ["HeardMail", "HeardText"], swiftSettings: swift),
    .testTarget(
      name: "HeardLexiconTests", dependencies: ["HeardLexicon", "HeardText"], swiftSettings: swift),
    .testTarget(
      name: "HeardClassifierTests",
      dependencies: ["HeardClassifier", "HeardLexicon", "HeardMail", "HeardText"],
      swiftSettings: swift),
    .testTarget(
      name: "HeardRouterTests",
      dependencies: ["HeardRouter", "HeardClassifier", "HeardText", "HeardMail"],
      swiftSettings: swift),
    .testTarget(name: "HeardTests", dependencies: ["Heard"], swiftSettings: swift),
    .testTarget(
      name: "HeardBatchTests", dependencies: ["HeardBatch", "Heard"], swiftSettings: swift),
    .testTarget(
      name: "HeardIntakeTests",
      dependencies: [
        "HeardIntake", "Heard", "HeardLexicon", "HeardMail", "HeardRouter",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swift),
    .testTarget(
      name: "HeardWebhookTests", dependencies: ["HeardWebhook", "HeardIntake"],
      swiftSettings: swift),
    .testTarget(
      name: "HeardTuningTests",
      dependencies: [
        "HeardTuning", "Heard", "HeardBatch", "HeardLexicon", "HeardRouter", "HeardText",
      ],
      exclude: ["Fixtures"], swiftSettings: swift),
    .testTarget(
      name: "HeardCommandsTests", dependencies: ["HeardCommands"], swiftSettings: swift),
  ],
  cxxLanguageStandard: .cxx17
)
