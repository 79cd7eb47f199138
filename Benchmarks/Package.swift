// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let package = Package(
    name: "facelib-benchmarks",
    dependencies: [.package(name: "facelib", path: "..")],
    targets: [
        .executableTarget(
            name: "mirror-benchmark",
            dependencies: ["FaceDevice", "FaceImaging", "FaceLedger", "FaceModel", "FacePipeline", "FaceTransfer"].map {
                .product(name: $0, package: "facelib")
            },
            // As facelib's own modules have it: a device's methods run where they are called.
            swiftSettings: [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
        )
    ],
    swiftLanguageModes: [.v6]
)
