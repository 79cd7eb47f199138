// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceModel
import FaceUpload

/// `facelib import`: a folder or a spreadsheet into a library on a device.
struct ImportCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Store the portraits of a folder or a spreadsheet in a library on a device.",
        discussion: ExitStatus.table(.rowsRejected, .stopped, .unreachable, .refused, .locked)
    )

    @Argument(help: "A folder of photos, a .csv or a .zip.")
    var source: String

    @Argument(help: ArgumentHelp("The library, as DEVICE:LIBRARY.", valueName: "device:library"))
    var target: String

    @Option(
        help: ArgumentHelp("Make the library if it is not there: whitelist or key-personnel.", valueName: "type"),
        transform: LibraryType.init(typed:)
    )
    var create: LibraryType?

    @Flag(help: "Change portraits that differ from what is stored under their img_id.")
    var update = false

    @Flag(help: "Delete portraits that the source no longer has.")
    var remove = false

    @Option(
        help: ArgumentHelp("How many portraits --remove may delete; 10% and 100 without it.", valueName: "n|n%"),
        transform: DeleteLimit.reading
    )
    var maxDelete: DeleteLimit?

    @Option(
        help: ArgumentHelp(
            "Who judges each new picture before it is sent; costs one more call a portrait.",
            valueName: "who"
        )
    )
    var precheck: Precheck?

    @OptionGroup var input: SourceOptions
    @OptionGroup var text: EncodingOption
    @OptionGroup var quality: QualityOptions
    @OptionGroup var rows: RowOptions
    @OptionGroup(title: "Common options") var global: GlobalOptions

    mutating func validate() throws {
        if maxDelete != nil && !remove { throw ValidationError("--max-delete only makes sense with --remove.") }
    }

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let plan = JobPlan(
            quality: quality.quality,
            creates: create,
            updates: update,
            removes: remove,
            deleteLimit: maxDelete ?? .standard,
            precheck: precheck,
            passphraseFile: input.passphrasePath,
            encoding: text.encoding,
            isRehearsal: rows.dryRun
        )
        return try await JobRunner(invocation: invocation, report: rows.report, explains: quality.explain)
            .start("import", source, to: target, plan)
    }
}
