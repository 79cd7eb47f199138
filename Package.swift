// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncAlgorithms = Target.Dependency.product(name: "AsyncAlgorithms", package: "swift-async-algorithms")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")

/// A library of Debian's, as a module map and, where C needs it, a shim header (level 0).
func library(_ name: String, _ pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// A module of facelib with its tests beside it in `Tests/<name>Tests`.
func module(_ name: String, _ dependencies: [Target.Dependency], tests: [Target.Dependency] = []) -> [Target] {
    [
        .target(name: name, dependencies: dependencies),
        .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + tests),
    ]
}

let targets: [Target] =
    [
        library("CLibcurl", "libcurl", apt: "libcurl4-openssl-dev"),
        library("CTurboJPEG", "libturbojpeg", apt: "libturbojpeg0-dev"),
        library("CLibPNG", "libpng", apt: "libpng-dev"),
        library("CLibTIFF", "libtiff-4", apt: "libtiff-dev"),
        library("CLibHEIF", "libheif", apt: "libheif-dev"),
        library("CLibWebP", "libwebp", apt: "libwebp-dev"),
    ]
    + module("FaceModel", [])
    + module("FacePipeline", [asyncAlgorithms])
    + module(
        "FaceImaging",
        ["FaceModel", "CTurboJPEG", "CLibPNG", "CLibTIFF", "CLibHEIF", "CLibWebP"],
        tests: ["FaceModel"]
    )
    + module("FaceLedger", ["FaceModel", grdb, logging], tests: ["FaceModel", grdb])
    + [.target(name: "FaceDevice", dependencies: ["FaceModel"])]
    + module("FaceReport", ["FaceModel"], tests: ["FaceModel"])
    + module(
        "FaceTransfer",
        ["FaceModel", "FaceImaging", "FaceLedger", "FacePipeline", "FaceDevice", logging, crypto, system],
        tests: ["FaceModel"]
    )

let package = Package(
    name: "facelib",
    products: [],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.4.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)

/// The wrappers of C libraries are the only modules that may hold unsafe code.
let wrappers: Set<String> = ["FaceImaging", "FaceArchive", "FaceTransport", "FaceLedger"]

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]
    if target.type == .regular && !wrappers.contains(target.name) {
        target.swiftSettings?.append(.strictMemorySafety())
    }
}
