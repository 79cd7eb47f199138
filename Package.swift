// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

/// A product of another package.
func product(_ name: String, of package: String) -> Target.Dependency { .product(name: name, package: package) }

let argumentParser = product("ArgumentParser", of: "swift-argument-parser")
let asn1 = product("SwiftASN1", of: "swift-asn1")
let asyncAlgorithms = product("AsyncAlgorithms", of: "swift-async-algorithms")
let crypto = product("Crypto", of: "swift-crypto")
let cryptoExtras = product("CryptoExtras", of: "swift-crypto")
let grdb = product("GRDB", of: "GRDB.swift")
let sqlite = product("GRDBSQLite", of: "GRDB.swift")
let logging = product("Logging", of: "swift-log")
let systemPackage = product("SystemPackage", of: "swift-system")
let toml = product("TOMLKit", of: "TOMLKit")
let unixSignals = product("UnixSignals", of: "swift-service-lifecycle")
let x509 = product("X509", of: "swift-certificates")

/// What the simulator serves with: Hummingbird, and the packages below it that its API speaks of.
let server = [
    product("HTTPTypes", of: "swift-http-types"),
    product("Hummingbird", of: "hummingbird"),
    product("HummingbirdCore", of: "hummingbird"),
    product("HummingbirdTLS", of: "hummingbird"),
    product("NIOCore", of: "swift-nio"),
    product("NIOHTTPTypes", of: "swift-nio-extras"),
    product("NIOSSL", of: "swift-nio-ssl"),
    product("ServiceLifecycle", of: "swift-service-lifecycle"),
]

/// A library of Debian's, as a module map and, where C needs it, a shim header.
func debian(_ name: String, _ pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// A module of facelib with its tests beside it in `Tests/<name>Tests`.
func module(
    _ name: String,
    _ dependencies: [Target.Dependency],
    tests: [Target.Dependency]? = [],
    fixtures: [String] = []
) -> [Target] {
    let target: Target = .target(name: name, dependencies: dependencies)
    guard let tests else { return [target] }
    return [
        target, .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + tests, exclude: fixtures),
    ]
}

/// The house, storey by storey: a module uses only what stands above it here (docs/architecture.md).
let targets: [Target] =
    [
        debian("CLibcurl", "libcurl", apt: "libcurl4-openssl-dev"),
        debian("CLibArchive", "libarchive", apt: "libarchive-dev"),
        debian("CNettle", "nettle", apt: "nettle-dev"),
        debian("CTurboJPEG", "libturbojpeg", apt: "libturbojpeg0-dev"),
        debian("CLibPNG", "libpng", apt: "libpng-dev"),
        debian("CLibTIFF", "libtiff-4", apt: "libtiff-dev"),
        // Without pkg-config, which would link it: it is loaded when it is needed.
        .systemLibrary(name: "CLibHEIF", providers: [.apt(["libheif-dev"])]),
        debian("CLibWebP", "libwebp", apt: "libwebp-dev"),
        .systemLibrary(name: "CLinux"),
        debian("CSQLite", "sqlite3", apt: "libsqlite3-dev"),
        .target(name: "CSHA1Lanes"),
        .target(name: "CJPEGWarnings", linkerSettings: [.linkedLibrary("jpeg")]),
    ]
    + module("FaceModel", [])
    + module(
        "FaceImaging",
        ["FaceModel", "CJPEGWarnings", "CTurboJPEG", "CLibPNG", "CLibTIFF", "CLibHEIF", "CLibWebP"],
        tests: ["FaceModel", "CTurboJPEG", "CLibPNG", "CLibTIFF"],
        fixtures: ["Fixtures"]
    )
    + module(
        "FaceArchive",
        ["FaceModel", "CLibArchive", "CNettle", "CSHA1Lanes"],
        tests: ["ChildProcess", "CNettle", "CSHA1Lanes", "FaceModel"]
    )
    + module("FaceTransport", ["CLibcurl"], tests: ["ChildProcess", "ScriptedServer"])
    + module("FaceLedger", ["FaceModel", "CSQLite", crypto, grdb, sqlite], tests: ["ChildProcess", "FaceModel", grdb])
    + module("FacePipeline", [asyncAlgorithms])
    + module("FaceDevice", ["FaceModel", "FaceTransport", logging], tests: ["FaceModel", "ScriptedServer", logging])
    + module(
        "FaceSimulator",
        ["FaceModel", "CLibArchive", "CNettle", "CTurboJPEG", "CLibPNG"]
            + [asn1, crypto, grdb, logging, systemPackage, x509] + server,
        tests: [
            "ChildProcess", "FaceModel", "CTurboJPEG", product("NIOCore", of: "swift-nio"),
            product("NIOPosix", of: "swift-nio"),
            logging, systemPackage,
        ]
    )
    + module("FaceText", ["FaceModel", systemPackage], tests: nil)
    + module("FaceReport", ["FaceModel", "FaceText"], tests: ["FaceModel"])
    + module("FaceFiles", ["FaceModel", "FaceText", "CLinux", crypto, systemPackage], tests: nil)
    + module(
        "FaceSources",
        ["FaceModel", "FaceText", "FaceFiles", "FaceArchive", "FaceImaging", systemPackage],
        tests: nil
    )
    + module(
        "FaceRepository",
        [
            "FaceModel", "FaceText", "FaceFiles", "FaceArchive", "FaceLedger", "FaceSources", crypto,
            cryptoExtras, systemPackage,
        ],
        tests: nil
    )
    + module(
        "FaceLibraries",
        [
            "FaceModel", "FaceText", "FaceFiles", "FaceArchive", "FaceImaging", "FaceLedger", "FacePipeline",
            "FaceDevice", "FaceSources", "FaceRepository", crypto, systemPackage,
        ],
        tests: nil
    )
    + module(
        "FaceUpload",
        [
            "FaceModel", "FaceFiles", "FaceImaging", "FaceLedger", "FacePipeline",
            "FaceDevice", "FaceSources", "FaceLibraries",
        ],
        tests: nil
    )
    + module(
        "FaceTransfer",
        [
            "FaceModel", "FaceText", "FaceFiles", "FaceImaging", "FaceArchive", "FaceLedger", "FacePipeline",
            "FaceDevice", "FaceSources", "FaceRepository", "FaceLibraries", "FaceUpload", crypto,
            systemPackage,
        ],
        tests: [
            "ChildProcess", "FaceText", "FaceFiles", "FaceSources", "FaceRepository", "FaceLibraries", "FaceUpload",
            "FaceArchive", "FaceModel", "FaceImaging", "FaceLedger", "FacePipeline", "FaceDevice", systemPackage,
        ]
    )
    + module(
        "FaceCommands",
        [
            "FaceModel", "FaceText", "FaceFiles", "FaceImaging", "FaceLedger", "FacePipeline", "FaceDevice",
            "FaceReport", "FaceSources", "FaceRepository", "FaceLibraries", "FaceUpload", "FaceTransfer", "CLinux",
            argumentParser, logging, systemPackage, toml,
        ],
        tests: ["ChildProcess", "FaceModel", "FaceDevice", argumentParser, logging]
    )
    + [
        .executableTarget(name: "facelib", dependencies: ["FaceCommands", "CLinux"]),
        .executableTarget(
            name: "facelib-simulator",
            dependencies: ["CLinux", "FaceModel", "FaceSimulator", argumentParser, logging, systemPackage, unixSignals]
        ),
        .testTarget(name: "ArchitectureTests"),
        .systemLibrary(name: "CSpawn", path: "Tests/CSpawn"),
        .target(name: "ChildProcess", dependencies: ["CSpawn"], path: "Tests/ChildProcess"),
        .target(name: "ScriptedServer", path: "Tests/ScriptedServer"),
        .testTarget(name: "EndToEndTests", dependencies: ["facelib", "facelib-simulator", asn1, crypto, x509]),
    ]

let package = Package(
    name: "facelib",
    products: [
        .executable(name: "facelib", targets: ["facelib"]),
        .executable(name: "facelib-simulator", targets: ["facelib-simulator"]),
        .library(name: "FaceModel", targets: ["FaceModel"]),
        .library(name: "FaceArchive", targets: ["FaceArchive"]),
        .library(name: "FaceImaging", targets: ["FaceImaging"]),
        .library(name: "FaceLedger", targets: ["FaceLedger"]),
        .library(name: "FacePipeline", targets: ["FacePipeline"]),
        .library(name: "FaceDevice", targets: ["FaceDevice"]),
        .library(name: "FaceTransfer", targets: ["FaceTransfer"]),
        .library(name: "FaceSources", targets: ["FaceSources"]),
        .library(name: "FaceLibraries", targets: ["FaceLibraries"]),
        .library(name: "FaceUpload", targets: ["FaceUpload"]),
        .library(name: "FaceRepository", targets: ["FaceRepository"]),
        .library(name: "FaceFiles", targets: ["FaceFiles"]),
        .library(name: "FaceText", targets: ["FaceText"]),
        .library(name: "FaceSimulator", targets: ["FaceSimulator"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.30.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.36.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.10.0"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)

/// The wrappers of C libraries are the only modules that may hold unsafe code.
let wrappers: Set<String> = [
    "FaceImaging", "FaceArchive", "FaceTransport", "FaceLedger", "ChildProcess", "ScriptedServer",
]

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
