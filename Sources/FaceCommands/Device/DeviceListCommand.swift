// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceDevice

/// `facelib device list`: the devices of the configuration, without asking them.
struct DeviceListCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the devices of the configuration, without asking them.",
        discussion: ExitStatus.table()
    )

    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let configuration = try invocation.configuration()
        let devices = configuration.devices
        if devices.isEmpty {
            invocation.console.notice("There are no devices in \(configuration.path); add [devices.NAME] tables.")
        }
        let lines = columns(devices.map { [$0.name, $0.url.text, $0.trustWord] })
        for (device, line) in zip(devices, lines) {
            try invocation.console.answer(Entry(device: device, line: line))
        }
        return .success
    }

    private struct Entry: Answer {
        let device: DeviceConfiguration
        let line: String

        var lines: [String] { [line] }

        var json: JSONValue {
            [
                "type": "device", "device": .string(device.name), "url": .string(device.url.text),
                "user": .string(device.user), "trust": .string(device.trustWord),
                "upload": .string(device.upload.rawValue),
            ]
        }
    }
}
