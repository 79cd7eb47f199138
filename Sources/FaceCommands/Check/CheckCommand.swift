// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// `facelib check`: what would be rejected, and why, without any device.
struct CheckCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say which photos would be rejected, and why, without any device.",
        discussion: ExitStatus.table(.rowsRejected, .refused)
    )

    @Argument(help: "A folder of photos, a .csv or a .zip.")
    var source: String

    @OptionGroup var input: SourceOptions
    @OptionGroup var text: EncodingOption
    @OptionGroup var quality: QualityOptions
    @OptionGroup var rows: RowOptions
    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let plan = JobPlan(
            quality: quality.quality,
            passphraseFile: input.passphrasePath,
            encoding: text.encoding
        )
        return try await JobRunner(invocation: invocation, report: rows.report, explains: quality.explain)
            .start("check", source, to: "", plan)
    }
}
