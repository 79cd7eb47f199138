// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// `facelib backup`: snapshots of libraries in a repository.
struct BackupCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Back libraries up into a repository, and restore them.",
        subcommands: [BackupScheduleCommand.self]
    )
}
