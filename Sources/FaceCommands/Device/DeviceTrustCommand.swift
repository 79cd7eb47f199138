// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceDevice

/// `facelib device trust`: write the pin of a device's certificate into the configuration.
struct DeviceTrustCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Show a device's certificate and, when you agree, pin it in the configuration.",
        discussion: """
            Compare the pin with the one the device's administrator reads on the device's own network, for \
            somebody in between could show another certificate. Only the pin's line of the file is changed.

            """ + ExitStatus.table(.stopped, .unreachable, .refused)
    )

    @Argument(help: ArgumentHelp("A device of the configuration.", valueName: "device"))
    var device: String

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Replace a different pin that is there already.")
    var replace = false

    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let configuration = try invocation.configuration()
        let device = try configuration.device(named: device)
        try checkPinnable(device, in: configuration)
        let facts = try await invocation.context.devices.certificate(shownBy: device.url.text, name: device.name)
        if device.trust == .pin(facts.pin) {
            try invocation.console.answer(Trusted(device: device, facts: facts, isWritten: false))
            invocation.console.notice("\(device.name) shows the certificate that is pinned already; nothing to do.")
            return .success
        }
        try await agree(to: facts, of: device, invocation)
        try write(facts.pin, of: device, into: configuration)
        try invocation.console.answer(Trusted(device: device, facts: facts, isWritten: true))
        invocation.console.notice("The pin stands in \(configuration.path) now.")
        return .success
    }

    private func checkPinnable(_ device: DeviceConfiguration, in configuration: Configuration) throws(CommandError) {
        guard device.url.isEncrypted else {
            throw .failed("\(device.name) is reached by http, which has no certificate; write https in its url.")
        }
        if case .authorities = device.trust {
            throw .failed(
                "\(device.name) is verified by its ca_file; remove that line from \(configuration.path) first."
            )
        }
    }

    private func agree(
        to facts: DeviceCertificate,
        of device: DeviceConfiguration,
        _ invocation: Invocation
    ) async throws {
        if case .pin(let old) = device.trust {
            invocation.console.warn(
                """
                \(device.name) DOES NOT SHOW THE CERTIFICATE THAT IS PINNED. Either it was given a new one, or \
                somebody in between pretends to be it.
                  pinned  \(old)
                  shown   \(facts.pin)
                """
            )
            guard replace else {
                throw CommandError.stopped(
                    "Nothing was changed; if you know why \(device.name) has a new certificate, add --replace."
                )
            }
        }
        if !yes {
            for line in Trusted(device: device, facts: facts, isWritten: false).lines { invocation.console.say(line) }
        }
        try await invocation.confirm("Trust this certificate for \(device.name)?", agreed: yes)
    }

    private func write(_ pin: String, of device: DeviceConfiguration, into configuration: Configuration) throws {
        let path = configuration.path
        do {
            let text = ConfigurationText(text: try TextFile.read(path).text)
            guard let changed = text.settingPin(pin, of: device.name) else {
                throw CommandError.failed(
                    "\(path) is written so that its pin cannot be set by itself; add to \(device.name): pin = \"\(pin)\""
                )
            }
            try TextFile.replace(path, with: changed)
        } catch let error as TextFile.Problem {
            throw CommandError.failed("\(path) cannot be changed: \(error.text); correct its permissions.")
        }
    }

    private struct Trusted: Answer {
        let device: DeviceConfiguration
        let facts: DeviceCertificate
        let isWritten: Bool

        var lines: [String] {
            columns([
                ["device", "\(device.name) (\(device.url.text))"], ["pin", facts.pin], ["subject", facts.subject],
                ["issuer", facts.issuer], ["valid", "\(facts.validFrom) to \(facts.validUntil)"],
            ])
        }

        var json: JSONValue {
            [
                "type": "trust", "device": .string(device.name), "url": .string(device.url.text),
                "pin": .string(facts.pin), "subject": .string(facts.subject), "issuer": .string(facts.issuer),
                "valid_from": .string(facts.validFrom), "valid_until": .string(facts.validUntil),
                "written": .bool(isWritten),
            ]
        }
    }
}
