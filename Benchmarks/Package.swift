// swift-tools-version: 6.2
// Times the stages of heard and says what they find, for comparison with others. A package of its
// own, so that heard's build knows nothing of it.
import PackageDescription

let package = Package(
  name: "heard-benchmarks",
  dependencies: [.package(name: "heard", path: "..")],
  targets: [
    .executableTarget(
      name: "heard-stages",
      dependencies: [
        .product(name: "Heard", package: "heard"), .product(name: "HeardBatch", package: "heard"),
      ],
      path: "Sources/HeardStages",
      swiftSettings: [
        .swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ])
  ],
  cxxLanguageStandard: .cxx17
)
