// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// The root of the command line; a new command is added to its subcommands.
struct Facelib: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facelib",
        abstract: "Moves portraits into face libraries and proves what happened to every one.",
        discussion: """
            An address is DEVICE:LIBRARY, with the device's name in the configuration, or a path: a folder, \
            a .csv or a .zip.
            """,
        version: FacelibMain.version,
        subcommands: [
            CheckCommand.self, ImportCommand.self, ExportCommand.self, RecordsCommand.self, MirrorCommand.self,
            MirrorUndoCommand.self, CompareCommand.self, BackupCommands.self, DeviceCommands.self, LibraryCommands.self,
            JobCommands.self, ExplainCommand.self,
        ]
    )
}
