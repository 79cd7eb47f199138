// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
import FaceUpload

/// `facelib backup restore`: a snapshot back onto a device, or into a folder or a zip.
struct BackupRestoreCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a snapshot back: to a device, the same or a new one, into a folder or into a .zip.",
        discussion: """
            REPO is the newest snapshot, REPO@SNAPSHOT the one with this id, or the newest of a library of this name. \
            The plan is shown first, and where it changes what is on the device it must be agreed to. What is not in the \
            snapshot stays without --remove. DEVICE: restores the newest snapshot of every library.

            \(ExitStatus.table(.rowsRejected, .stopped, .unreachable, .refused, .different, .locked))
            """
    )

    @Argument(help: ArgumentHelp("The folder of the repository, and which snapshot.", valueName: "repo[@snapshot]"))
    var source: String

    @Argument(help: ArgumentHelp("DEVICE:LIBRARY, DEVICE:, a new folder or a new .zip.", valueName: "target"))
    var target: String

    @OptionGroup var opening: RepositoryOptions

    @Flag(help: "Delete portraits that the snapshot does not have.")
    var remove = false

    @Option(
        help: ArgumentHelp("How many portraits --remove may delete; 10% and 100 without it.", valueName: "n|n%"),
        transform: DeleteLimit.reading
    )
    var maxDelete: DeleteLimit?

    @Flag(help: "Read everything again, whatever is known from earlier runs.")
    var full = false

    @Flag(help: "Bind the cameras again that the library was bound to.")
    var rebindCameras = false

    @Option(help: ArgumentHelp("The file with the passphrase of the new .zip; one is made without.", valueName: "file"))
    var zipPassphraseFile: String?

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var rows: RowOptions
    @OptionGroup(title: "Common options") var global: GlobalOptions

    mutating func validate() throws {
        if zipPassphraseFile != nil && !ExportRunner.isArchive(target) {
            throw ValidationError("--zip-passphrase-file only makes sense with a target that ends in .zip.")
        }
        if maxDelete != nil && !remove { throw ValidationError("--max-delete only makes sense with --remove.") }
    }

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let from = try invocation.address(source)
        guard case .snapshot = from else {
            throw invocation.noRepository(source)
        }
        let to = try invocation.address(target)
        if to.deviceName == nil { return try await writeFiles(invocation) }
        return try await restoring(invocation).run(from, to: to)
    }

    /// Into a folder or an archive a snapshot is exported.
    private func writeFiles(_ invocation: Invocation) async throws -> ExitStatus {
        let runner = ExportRunner(invocation: invocation, report: rows.report)
        return try await runner.start(source, to: target, try exportPlan())
    }

    private func restoring(_ invocation: Invocation) -> RestoreRunner {
        let settings = MirrorSettings(
            creates: true,
            removes: remove,
            deleteLimit: maxDelete ?? .standard,
            readsEverything: full,
            access: opening.access,
            isRehearsal: rows.dryRun,
            restoring: .init(isAgreed: yes, rebindsCameras: rebindCameras)
        )
        return RestoreRunner(invocation: invocation, report: rows.report, settings: settings)
    }

    private func exportPlan() throws -> ExportPlan {
        guard !remove, !rebindCameras, !full else {
            throw CommandError.usage("\(target) is no device; --remove, --full and --rebind-cameras are for devices.")
        }
        return ExportPlan(
            passphraseFile: zipPassphraseFile.map { WorkingDirectory.absolute($0) },
            repository: opening.access,
            isRehearsal: rows.dryRun
        )
    }
}
