// SPDX-License-Identifier: Apache-2.0

/// One thing that `device check` found out about a device.
struct DeviceFinding: Sendable, Hashable {
    /// How bad it is.
    enum Level: String, Sendable, Hashable, CaseIterable {
        /// As it should be.
        case ok
        /// Jobs work, but somebody should know.
        case warn
        /// Jobs cannot work.
        case fail
    }

    /// What was looked at.
    enum Subject: String, Sendable, Hashable, CaseIterable {
        case settings, reachable, certificate, login, identity, encryption, clock, storage, images, retention, libraries
    }

    /// The device's name.
    let device: String
    /// What was looked at.
    let subject: Subject
    /// How bad it is.
    let level: Level
    /// What was found, and what to do about it.
    let detail: String
}

/// A finding as it is printed.
struct DeviceFindingLine: Answer {
    let finding: DeviceFinding
    /// How wide the column of names is.
    let nameWidth: Int

    var lines: [String] {
        [
            finding.device.padded(to: nameWidth) + "  " + finding.level.rawValue.padded(to: 4) + "  "
                + finding.subject.rawValue.padded(to: 11) + "  " + finding.detail
        ]
    }

    var json: JSONValue {
        [
            "type": "check", "device": .string(finding.device), "check": .string(finding.subject.rawValue),
            "result": .string(finding.level.rawValue), "detail": .string(finding.detail),
        ]
    }
}
