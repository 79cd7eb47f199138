// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// `facelib device`: the devices themselves.
struct DeviceCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "device",
        abstract: "The devices of the configuration: what state they are in, and how far to trust them.",
        subcommands: [
            DeviceListCommand.self, DeviceCheckCommand.self, DeviceTrustCommand.self, DeviceCallCommand.self,
        ]
    )
}
