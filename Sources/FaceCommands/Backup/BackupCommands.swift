// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// `facelib backup`: repositories of snapshots.
struct BackupCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Back libraries up into a repository, and restore them.",
        subcommands: [
            BackupCreateCommand.self, BackupListCommand.self, BackupVerifyCommand.self, BackupRestoreCommand.self,
            BackupPruneCommand.self, BackupEraseCommand.self, BackupCopyCommand.self, BackupRecoveryKeyCommand.self,
            BackupScheduleCommand.self,
        ]
    )
}
