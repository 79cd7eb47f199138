// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// `facelib device check`: what would endanger a job, found out without changing anything.
struct DeviceCheckCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Ask devices how they are: reachability, login, clock, space, settings that endanger a job.",
        discussion: ExitStatus.table(.unreachable, .refused)
    )

    @Argument(help: ArgumentHelp("Devices of the configuration, or all.", valueName: "device"))
    var devices: [String]

    @Flag(help: "Send a password once more that a device refused or did not answer.")
    var logInAgain = false

    @OptionGroup(title: "Common options") var global: GlobalOptions

    /// So many devices are asked at once; each is asked one question at a time.
    private static let width = 8

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let configuration = try invocation.configuration()
        let chosen = try devices == ["all"] ? configuration.devices : devices.map(configuration.device(named:))
        guard !chosen.isEmpty else {
            throw CommandError.failed("There are no devices in \(configuration.path); add [devices.NAME] tables.")
        }
        let nameWidth = chosen.map(\.name.displayWidth).max() ?? 0
        var findings: [DeviceFinding] = []
        var statuses: Set<ExitStatus> = []
        try await examine(chosen, invocation) { examination in
            for finding in examination.findings {
                try invocation.console.answer(DeviceFindingLine(finding: finding, nameWidth: nameWidth))
            }
            findings += examination.findings
            statuses.insert(examination.status)
        }
        try invocation.console.answer(Summary(devices: chosen.count, findings: findings))
        // What trying again cannot mend comes before what it can.
        return [.refused, .failed, .unreachable].first(where: statuses.contains) ?? .success
    }

    /// Examines devices at the same time and hands over the results in their order.
    private func examine(
        _ devices: [DeviceConfiguration],
        _ invocation: Invocation,
        _ report: (DeviceExamination) throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, DeviceExamination).self) { group in
            var waiting: [Int: DeviceExamination] = [:]
            var reported = 0
            for (index, device) in devices.enumerated() {
                if index >= Self.width, let (done, examination) = try await group.next() { waiting[done] = examination }
                group.addTask { [logInAgain] in
                    (index, try await DeviceExamination.of(device, invocation, logsInAgain: logInAgain))
                }
                while let next = waiting.removeValue(forKey: reported) {
                    try report(next)
                    reported += 1
                }
            }
            while let (done, examination) = try await group.next() {
                waiting[done] = examination
                while let next = waiting.removeValue(forKey: reported) {
                    try report(next)
                    reported += 1
                }
            }
        }
    }

    private struct Summary: Answer {
        let devices: Int
        let findings: [DeviceFinding]

        private func number(_ level: DeviceFinding.Level) -> Int { findings.count { $0.level == level } }

        var lines: [String] {
            let (warnings, failures) = (count(number(.warn), "warning"), count(number(.fail), "failure"))
            return ["\(count(devices, "device")) checked: \(warnings), \(failures)"]
        }

        var json: JSONValue {
            [
                "type": "summary", "command": "device check", "devices": JSONValue(devices),
                "ok": JSONValue(number(.ok)), "warn": JSONValue(number(.warn)), "fail": JSONValue(number(.fail)),
            ]
        }
    }
}
