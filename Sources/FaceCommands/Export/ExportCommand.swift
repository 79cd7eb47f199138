// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceModel
internal import FaceTransfer

/// `facelib export`: a library on a device into a folder or an encrypted archive.
struct ExportCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the portraits of a library on a device into a folder or an encrypted .zip.",
        discussion: """
            A folder gets batch file names and a people.csv with the true values; a .zip gets img_ids and \
            a people.csv, all of it encrypted (AES-256). facelib check and import read both again.

            \(ExitStatus.table(.rowsRejected, .unreachable, .refused, .different, .locked))
            """
    )

    @Argument(help: ArgumentHelp("The library, as DEVICE:LIBRARY or REPO@SNAPSHOT.", valueName: "library"))
    var source: String

    @Argument(help: "A new folder, or a new file ending in .zip.")
    var target: String

    @Option(
        help: ArgumentHelp("Take these portraits only, by their img_ids, separated by commas.", valueName: "a,b"),
        transform: { text in
            let ids = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard !ids.contains("") else {
                throw ValidationError("--ids takes img_ids separated by commas, such as E-17,E-18, not \"\(text)\".")
            }
            return ids.map(PortraitID.init(asListed:))
        }
    )
    var ids: [PortraitID]?

    @Option(
        help: ArgumentHelp("Take portraits stored then or later, by the device's clock.", valueName: "yyyy-mm-dd"),
        transform: DeviceTime.reading(option: "--since")
    )
    var since: DeviceTime?

    @Option(
        help: ArgumentHelp("The file with the passphrase of the .zip; one is generated without it.", valueName: "file")
    )
    var passphraseFile: String?

    @Option(help: ArgumentHelp("The file with the passphrase of a repository.", valueName: "file"))
    var repositoryPassphraseFile: String?

    @Option(help: ArgumentHelp("The key file of a repository.", valueName: "file"))
    var repositoryKeyFile: String?

    @OptionGroup var rows: RowOptions
    @OptionGroup(title: "Common options") var global: GlobalOptions

    mutating func validate() throws {
        if ids != nil && since != nil { throw ValidationError("--ids and --since exclude each other.") }
        if passphraseFile != nil && !ExportRunner.isArchive(target) {
            throw ValidationError("--passphrase-file only makes sense with a target that ends in .zip.")
        }
    }

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        switch try invocation.address(source) {
        case .device(_, .some), .snapshot: break
        default: throw CommandError.usage("\(source) names no library; write DEVICE:LIBRARY or REPO@SNAPSHOT.")
        }
        let plan = ExportPlan(
            selection: ExportSelection(ids: ids, since: since?.text),
            passphraseFile: passphraseFile.map { WorkingDirectory.absolute($0) },
            repository: RepositoryAccess(passphraseFile: repositoryPassphraseFile, keyFile: repositoryKeyFile),
            isRehearsal: rows.dryRun
        )
        return try await ExportRunner(invocation: invocation, report: rows.report).start(source, to: target, plan)
    }
}
