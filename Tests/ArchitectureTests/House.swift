// SPDX-License-Identifier: Apache-2.0

/// One module of facelib: where it stands and what it may use.
struct Module: Sendable, Hashable {
    let name: String
    let level: Int
    /// The modules of facelib that it may use, each of a lower level.
    let ours: Set<String>
    /// The modules from elsewhere that it may use.
    let elsewhere: Set<String>

    init(_ name: String, level: Int, ours: Set<String> = [], elsewhere: Set<String> = []) {
        self.name = name
        self.level = level
        self.ours = ours
        self.elsewhere = elsewhere
    }
}

/// The storeys of facelib; `docs/architecture.md` has the same table, with the reasons.
enum House {
    static let modules: [Module] = [
        Module("FaceModel", level: 1),
        Module(
            "FaceImaging",
            level: 2,
            ours: ["FaceModel"],
            elsewhere: [
                "CJPEGWarnings", "CLibHEIF", "CLibPNG", "CLibTIFF", "CLibWebP", "CTurboJPEG", "Glibc",
                "Synchronization",
            ]
        ),
        Module(
            "FaceArchive",
            level: 2,
            ours: ["FaceModel"],
            elsewhere: ["CLibArchive", "CNettle", "CSHA1Lanes", "Glibc", "Synchronization"]
        ),
        Module("FaceTransport", level: 2, elsewhere: ["CLibcurl", "Glibc", "Synchronization"]),
        Module(
            "FaceLedger",
            level: 2,
            ours: ["FaceModel"],
            elsewhere: ["CSQLite", "Crypto", "Foundation", "GRDB", "GRDBSQLite", "Glibc", "Synchronization"]
        ),
        Module("FacePipeline", level: 2, elsewhere: ["AsyncAlgorithms", "Dispatch", "Synchronization"]),
        Module(
            "FaceDevice",
            level: 3,
            ours: ["FaceModel", "FaceTransport"],
            elsewhere: ["Glibc", "Logging", "Synchronization"]
        ),
        Module(
            "FaceSimulator",
            level: 3,
            ours: ["FaceModel"],
            elsewhere: [
                "CLibArchive", "CLibPNG", "CNettle", "CTurboJPEG", "Crypto", "Foundation", "GRDB", "Glibc", "HTTPTypes",
                "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Logging", "NIOCore", "NIOHTTPTypes", "NIOSSL",
                "ServiceLifecycle", "SwiftASN1", "Synchronization", "SystemPackage", "X509",
            ]
        ),
        Module(
            "FaceText",
            level: 2,
            ours: ["FaceModel"],
            elsewhere: ["Foundation", "Glibc", "SystemPackage"]
        ),
        Module("FaceReport", level: 3, ours: ["FaceModel", "FaceText"], elsewhere: ["Glibc"]),
        Module(
            "FaceFiles",
            level: 3,
            ours: ["FaceModel", "FaceText"],
            elsewhere: ["CLinux", "Crypto", "Foundation", "Glibc", "Synchronization", "SystemPackage"]
        ),
        Module(
            "FaceSources",
            level: 4,
            ours: ["FaceArchive", "FaceFiles", "FaceImaging", "FaceModel", "FaceText"],
            elsewhere: ["Foundation", "Synchronization", "SystemPackage"]
        ),
        Module(
            "FaceRepository",
            level: 5,
            ours: ["FaceArchive", "FaceFiles", "FaceLedger", "FaceModel", "FaceSources", "FaceText"],
            elsewhere: ["Crypto", "CryptoExtras", "Foundation", "Glibc", "Synchronization", "SystemPackage"]
        ),
        Module(
            "FaceLibraries",
            level: 6,
            ours: [
                "FaceArchive", "FaceDevice", "FaceFiles", "FaceImaging", "FaceLedger", "FaceModel", "FacePipeline",
                "FaceRepository", "FaceSources", "FaceText",
            ],
            elsewhere: ["Crypto", "Glibc", "Synchronization", "SystemPackage"]
        ),
        Module(
            "FaceUpload",
            level: 7,
            ours: [
                "FaceDevice", "FaceFiles", "FaceImaging", "FaceLedger", "FaceLibraries", "FaceModel", "FacePipeline",
                "FaceSources",
            ],
            elsewhere: ["Foundation", "Synchronization"]
        ),
        Module(
            "FaceTransfer",
            level: 8,
            ours: [
                "FaceArchive", "FaceDevice", "FaceFiles", "FaceImaging", "FaceLedger", "FaceLibraries", "FaceModel",
                "FacePipeline", "FaceRepository", "FaceSources", "FaceText", "FaceUpload",
            ],
            elsewhere: ["Crypto", "Foundation", "Glibc", "Synchronization", "SystemPackage"]
        ),
        Module(
            "FaceCommands",
            level: 9,
            ours: [
                "FaceDevice", "FaceFiles", "FaceImaging", "FaceLedger", "FaceLibraries", "FaceModel", "FacePipeline",
                "FaceReport", "FaceRepository", "FaceSources", "FaceText", "FaceTransfer", "FaceUpload",
            ],
            elsewhere: ["ArgumentParser", "CLinux", "Glibc", "Logging", "Synchronization", "SystemPackage", "TOMLKit"]
        ),
        Module(
            "facelib",
            level: 10,
            ours: ["FaceCommands"],
            elsewhere: ["CLinux", "Dispatch", "Glibc", "Synchronization"]
        ),
        Module(
            "facelib-simulator",
            level: 4,
            ours: ["FaceModel", "FaceSimulator"],
            elsewhere: ["ArgumentParser", "CLinux", "Glibc", "Logging", "SystemPackage", "UnixSignals"]
        ),
    ]

    /// The C libraries that two modules wrap, so that the simulator judges pictures and packs archives on its own; and
    /// what Linux offers beyond Swift's Glibc.
    static let wrappedTwice: Set<String> = ["CLibArchive", "CLibPNG", "CLinux", "CNettle", "CTurboJPEG"]

    /// What may stand in a module's interface besides facelib's own modules.
    static let publicElsewhere: Set<String> = ["Logging", "SystemPackage"]

    static func module(_ name: String) -> Module? { modules.first { $0.name == name } }

    static func isOurs(_ name: String) -> Bool { module(name) != nil }

    /// Whether a folder of `Sources` is the module map of a C library.
    static func isCLibrary(_ name: String) -> Bool {
        name.hasPrefix("C") && name.dropFirst().first?.isUppercase == true
    }

    /// The modules that may use a C library.
    static func wrappers(of library: String) -> Set<String> {
        Set(modules.filter { $0.elsewhere.contains(library) }.map(\.name))
    }
}
