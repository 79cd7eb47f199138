// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import FaceCommands

@Suite struct BackupMetricsTests {
    private typealias Run = BackupMetrics.LibraryRun
    private let harness: CommandHarness
    private var metrics: BackupMetrics { BackupMetrics(file: "\(harness.folder)/facelib.prom") }

    init() throws { harness = try CommandHarness() }

    private static func run(_ library: String?, _ status: ExitStatus = .success, device: String = "hq") -> Run {
        let counts = BackupMetrics.Counts(portraits: 1200, bytesWritten: 5_000_000, failed: 0, incomplete: 2)
        return Run(
            device: device,
            library: library,
            status: status,
            duration: .milliseconds(12_500),
            counts: status == .success || status == .rowsRejected ? counts : nil
        )
    }

    private func lines(_ name: String) throws -> [String] {
        try harness.text(of: "facelib.prom").split(separator: "\n").filter { $0.hasPrefix("facelib_backup_\(name)") }
            .map { String($0.dropFirst("facelib_backup_".count)) }
    }

    @Test func aSuccessThatIsStillToComeIsForgotten() throws {
        try metrics.write([Self.run("Staff")], at: 2_306_714_400)
        try metrics.write([Self.run("Staff", .failed)], at: 1_795_342_502)
        #expect(try lines("last_success_timestamp_seconds").isEmpty)
    }

    @Test func aRunIsToldInTheFormatOfPrometheus() throws {
        try metrics.write([Self.run("Staff")], at: 1_795_342_502)
        let labels = "{device=\"hq\",library=\"Staff\"}"
        let told: [(name: String, value: String)] = [
            ("last_success_timestamp_seconds", "1795342502"), ("last_run_timestamp_seconds", "1795342502"),
            ("exit_status", "0"), ("duration_seconds", "12.5"), ("portraits", "1200"), ("written_bytes", "5000000"),
            ("failed_portraits", "0"), ("incomplete_portraits", "2"),
        ]
        let text = try harness.text(of: "facelib.prom")
        let rest = text.split(separator: "\n").filter { !$0.hasPrefix("# HELP ") }
        #expect(
            rest.map(String.init)
                == told.flatMap { metric in
                    [
                        "# TYPE facelib_backup_\(metric.name) gauge",
                        "facelib_backup_\(metric.name)\(labels) \(metric.value)",
                    ]
                }
        )
        #expect(text.split(separator: "\n").count { $0.hasPrefix("# HELP ") } == told.count)
        #expect(text.hasSuffix("\n"))
        #expect(try harness.mode(of: "facelib.prom") == 0o644)
        #expect(try FileManager.default.contentsOfDirectory(atPath: harness.folder) == ["facelib.prom"])
    }

    @Test func timeOfTheLastSuccessOutlivesAFailure() throws {
        try metrics.write([Self.run("Staff"), Self.run("Guests")], at: 100)
        try metrics.write([Self.run("Staff", .failed), Self.run("Guests", .rowsRejected)], at: 200)
        let labels = ["{device=\"hq\",library=\"Staff\"}", "{device=\"hq\",library=\"Guests\"}"]
        #expect(try lines("last_success") == labels.map { "last_success_timestamp_seconds\($0) 100" })
        #expect(try lines("last_run") == labels.map { "last_run_timestamp_seconds\($0) 200" })
        #expect(try lines("exit_status") == ["exit_status\(labels[0]) 1", "exit_status\(labels[1]) 3"])
        #expect(try lines("portraits") == ["portraits\(labels[1]) 1200"])
    }

    @Test func whatFailedEarlyCountsForAllLibrariesThatAreKnown() throws {
        try metrics.write([Self.run("Staff"), Self.run("Guests"), Self.run("X", device: "b1")], at: 100)
        try metrics.write([Self.run(nil, .unreachable)], at: 200)
        #expect(
            try lines("exit_status") == [
                "exit_status{device=\"hq\",library=\"Staff\"} 5", "exit_status{device=\"hq\",library=\"Guests\"} 5",
            ]
        )
        #expect(try lines("last_success").allSatisfy { $0.hasSuffix(" 100") })
    }

    @Test func whatFailsEarlyTheFirstTimeIsToldOfTheDevice() throws {
        try metrics.write([Self.run(nil, .refused)], at: 200)
        try metrics.write([Self.run(nil, .refused)], at: 300)
        #expect(try lines("exit_status") == ["exit_status{device=\"hq\",library=\"\"} 6"])
        #expect(try lines("last_run") == ["last_run_timestamp_seconds{device=\"hq\",library=\"\"} 300"])
        #expect(try lines("last_success").isEmpty)
    }

    @Test(arguments: ["Staff \"day\"", "a\\b", "a\nb", "a\\nb", "员工", "} 7", ",library="])
    func anyNameIsWrittenAndReadBack(_ name: String) throws {
        try metrics.write([Self.run(name)], at: 100)
        try metrics.write([Self.run(name, .failed)], at: 200)
        #expect(try lines("last_success").count == 1)
        #expect(try lines("last_success").first?.hasSuffix(" 100") == true)
    }

    @Test(arguments: [
        "", "not a metric\n", "facelib_backup_last_success_timestamp_seconds{device=\"hq\",library=\"Staff\"} soon\n",
        "facelib_backup_last_success_timestamp_seconds{device=\"hq\",library=\"Sta\n",
    ])
    func whatIsThereAndMakesNoSenseIsReplaced(_ text: String) throws {
        try harness.write(text, to: "facelib.prom")
        try metrics.write([Self.run("Staff", .failed)], at: 200)
        #expect(try lines("last_success").isEmpty)
        #expect(try lines("exit_status").count == 1)
    }

    @Test func aFolderThatIsNotThereIsAnError() {
        #expect(throws: CommandError.self) { try BackupMetrics(file: "/nowhere/x.prom").write([], at: 1) }
    }
}
