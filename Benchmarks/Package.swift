// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

/// Products of facelib.
func facelib(_ names: String...) -> [Target.Dependency] { names.map { .product(name: $0, package: "facelib") } }

let package = Package(
    name: "facelib-benchmarks",
    dependencies: [.package(name: "facelib", path: "..")],
    targets: [
        .target(name: "BenchmarkParts", dependencies: facelib("FaceImaging", "FaceLedger", "FaceModel")),
        .executableTarget(
            name: "hot-paths",
            // FaceDevice brings FaceTransport along, which is no product: nobody else should speak HTTP through it.
            dependencies: ["BenchmarkParts"]
                + facelib("FaceArchive", "FaceDevice", "FaceImaging", "FaceLedger", "FaceModel")
        ),
        .executableTarget(name: "ledger-benchmark", dependencies: ["BenchmarkParts"] + facelib("FaceLedger")),
        .executableTarget(
            name: "mirror-benchmark",
            dependencies: facelib(
                "FaceDevice",
                "FaceImaging",
                "FaceLedger",
                "FaceLibraries",
                "FaceModel",
                "FacePipeline",
                "FaceTransfer"
            )
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets {
    // As facelib's own modules have it: a device's methods run where they are called.
    target.swiftSettings = [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
}
