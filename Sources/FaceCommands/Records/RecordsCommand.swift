// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceDevice
internal import FaceModel
internal import FaceTransfer

/// `facelib records`: what the cameras of a device captured, into a folder.
struct RecordsCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "records",
        abstract: "Write captures, alarms and other records of a device into a folder.",
        discussion: """
            KIND is one of \(RecordKind.allCases.map(\.rawValue).joined(separator: ", ")). The folder gets the images \
            and a records.csv with every field of every record, codes spelled out behind them.

            \(ExitStatus.table(.rowsRejected, .unreachable, .refused, .locked))
            """
    )

    @Argument(help: "The device, by its name in the configuration.")
    var device: String

    @Argument(
        help: ArgumentHelp("The kind of records.", valueName: "kind"),
        transform: { text in
            guard let kind = RecordKind(rawValue: text) else {
                let kinds = RecordKind.allCases.map(\.rawValue)
                let nearest = Nearest.names(to: text, among: kinds).first.map { "; did you mean \($0)?" } ?? "."
                throw ValidationError("There is no kind \"\(text)\", only \(kinds.joined(separator: ", "))\(nearest)")
            }
            return kind
        }
    )
    var kind: RecordKind

    @Argument(help: "A new folder.")
    var target: String

    @Option(
        help: ArgumentHelp("Take what was captured then or later, by the device's clock.", valueName: "yyyy-mm-dd"),
        transform: DeviceTime.reading(option: "--from")
    )
    var from: DeviceTime?

    @Option(
        help: ArgumentHelp(
            "Take what was captured then or earlier; a day alone means its end.",
            valueName: "yyyy-mm-dd"
        ),
        transform: DeviceTime.reading(option: "--to", filling: "23:59:59")
    )
    var to: DeviceTime?

    @Option(help: ArgumentHelp("Take what the camera of this channel captured.", valueName: "n"))
    var channel: Int?

    @Option(
        help: ArgumentHelp(
            "Take what matched a portrait of this library (captures, alarms); alarms take several, separated by commas.",
            valueName: "name"
        )
    )
    var library: [String] = []

    @Option(
        help: ArgumentHelp(
            "Take faces that are unknown (0), not-alive (1) or alive (2), separated by commas (captures, alarms).",
            valueName: "which"
        ),
        transform: AlivenessOption.read
    )
    var alive: Set<RecordFilter.Aliveness>?

    @Option(
        help: ArgumentHelp(
            "The stranger whose profile is taken, by its img_id or the id of one of its captures.",
            valueName: "img_id"
        )
    )
    var person: String?

    @OptionGroup var rows: RowOptions
    @OptionGroup(title: "Common options") var global: GlobalOptions

    private var selection: RecordSelection {
        RecordSelection(
            kind,
            from: from?.text,
            to: to?.text,
            channel: channel,
            libraries: library,
            aliveness: alive ?? [],
            person: person
        )
    }

    mutating func validate() throws {
        if kind == .profile, person ?? "" == "" {
            throw ValidationError("A profile is that of one person; name it with --person IMG_ID.")
        }
        if let channel, channel < 1 { throw ValidationError("--channel takes a number from 1 on.") }
        if library.contains("") { throw ValidationError("--library takes the name of a library.") }
        if let objection = selection.objection {
            throw ValidationError(objection.prefix(1).uppercased() + objection.dropFirst() + ".")
        }
    }

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let plan = RecordsPlan(device: device, selection: selection, isRehearsal: rows.dryRun)
        return try await RecordsRunner(invocation: invocation, report: rows.report).start(plan, to: target)
    }
}

/// Reads `--alive`.
enum AlivenessOption {
    /// The words in the order of their numbers.
    private static let words = ["unknown", "not-alive", "alive"]

    /// What was typed: numbers or words, separated by commas.
    @Sendable static func read(_ text: String) throws -> Set<RecordFilter.Aliveness> {
        let chosen = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            RecordFilter.Aliveness(rawValue: Int(part) ?? words.firstIndex(of: String(part)) ?? -1)
        }
        let known = chosen.compactMap { $0 }
        guard known.count == chosen.count else {
            throw ValidationError("--alive takes unknown, not-alive and alive (0, 1, 2), not \"\(text)\".")
        }
        return Set(known)
    }
}
