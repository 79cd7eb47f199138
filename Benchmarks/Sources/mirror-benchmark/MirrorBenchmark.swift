// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceLibraries
import FaceModel
import FacePipeline
import FaceTransfer
import Foundation

/// Measures how long it takes to find what differs between two made-up libraries, and how much memory.
///
/// `mirror-benchmark [PORTRAITS]`: the ledger knows both libraries, one portrait in a thousand differs. What is printed
/// is the time of a comparison (both listings spilled, merged twice, judged) and of a mirror that plans (spilled, merged
/// once, judged, and a row for every portrait in the ledger), each with what of it came after the listings, and the most
/// memory the process held.
@main
enum MirrorBenchmark {
    static func main() async throws {
        let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
        let state = NSTemporaryDirectory() + "facelib-benchmark-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: state) }
        let ledger = try SQLiteLedger.open(directory: state)
        let first = SyntheticDevice(name: "A", count: count)
        let second = SyntheticDevice(name: "B", count: count, changed: 1_000)
        try await learn(first, ledger)
        try await learn(second, ledger)
        print("\(count) portraits a side, \(count / 1_000 + (count % 1_000 == 0 ? 0 : 1)) differ")
        try await measure("compare", first, second) {
            let marks = try await compare(first, second, ledger, state)
            print(marks.map { "\($0.value) \($0.key.rawValue)" }.sorted().joined(separator: ", "))
        }
        try await measure("mirror, planned", first, second) { try await mirror(first, second, ledger, state) }
        try printPeak()
    }

    /// Has the ledger know a library as mirrors before would have left it.
    private static func learn(_ device: SyntheticDevice, _ ledger: SQLiteLedger) async throws {
        let key = LibraryKey(device: device.name, library: SyntheticDevice.library)
        for start in stride(from: 0, to: device.count, by: 10_000) {
            let portraits = (start..<min(device.count, start + 10_000)).map { number -> KnownPortrait in
                let isChanged = device.changed > 0 && number % device.changed == 0
                return KnownPortrait(
                    imgID: device.listed(number).id,
                    stamp: device.listed(number).stamp,
                    fingerprint: PortraitFingerprint(
                        photo: digest(number, isChanged ? 1 : 0),
                        image: digest(number, isChanged ? 1 : 0),
                        attributes: digest(number, 2),
                        hash: (0..<8).map { UInt64(isChanged ? 0x3030_3030 + $0 : $0) }
                    ),
                    readAt: 1
                )
            }
            try await ledger.learn(portraits, in: key)
        }
    }

    private static func digest(_ number: Int, _ kind: UInt8) -> Digest {
        var bytes = [UInt8](repeating: kind, count: 32)
        for place in 0..<8 { bytes[place] = UInt8(truncatingIfNeeded: number >> (place * 8)) }
        guard let digest = Digest(bytes: bytes) else { preconditionFailure("32 bytes are a digest") }
        return digest
    }

    private static func compare(
        _ first: SyntheticDevice,
        _ second: SyntheticDevice,
        _ ledger: SQLiteLedger,
        _ state: String
    ) async throws -> [ComparisonMark: Int] {
        let job = CompareJob(
            first: LibraryRequest(title: "A:Staff", place: .device(first, library: "Staff")),
            second: LibraryRequest(title: "B:Staff", place: .device(second, library: "Staff")),
            ledger: ledger,
            scratch: state
        )
        var marks: [ComparisonMark: Int] = [:]
        _ = try await job.run { marks[$0.mark, default: 0] += 1 }
        return marks
    }

    private static func mirror(
        _ first: SyntheticDevice,
        _ second: SyntheticDevice,
        _ ledger: SQLiteLedger,
        _ state: String
    ) async throws {
        var options = MirrorOptions()
        options.isRehearsal = true
        let settings = DeviceSettings(name: "B", url: "https://b", user: "admin", password: Secret(""))
        let target = MirrorTarget(
            record: JobRecord(
                id: "20261122-101502-3f",
                command: "mirror",
                source: "A:Staff",
                target: "B:Staff",
                directory: "/",
                options: "{}",
                started: 0
            ),
            request: DestinationRequest(device: second, settings: settings, library: "Staff"),
            limits: ImageLimits()
        )
        let results = try await MirrorJob(
            source: LibraryRequest(title: "A:Staff", place: .device(first, library: "Staff")),
            targets: [target],
            options: options,
            ledger: ledger,
            scratch: state,
            progress: ProgressBoard()
        ).run()
        for result in results { _ = try result.end.get() }
        print(try await ledger.outcomes(of: target.record.id).map { "\($0.value) \($0.key.rawValue)" }.sorted())
    }

    private static func measure(
        _ what: String,
        _ first: SyntheticDevice,
        _ second: SyntheticDevice,
        _ body: () async throws -> Void
    ) async throws {
        let start = ContinuousClock.now
        try await body()
        let end = ContinuousClock.now
        let listed = max(first.listing.withLock { $0 }, second.listing.withLock { $0 })
        print("\(what): \(end - start), of it after the listings: \(end - listed)")
    }

    private static func printPeak() throws {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM") { print(line) }
    }
}
