// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceModel
import FaceRepository

/// `facelib backup list`: the snapshots of a repository.
struct BackupListCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the snapshots of a repository.",
        discussion: ExitStatus.table(.refused, .locked)
    )

    @Argument(help: ArgumentHelp("The folder of the repository.", valueName: "repo"))
    var repository: String

    @OptionGroup var opening: RepositoryOptions
    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let opened = try invocation.openRepository(repository, opening.access, for: .reading)
        let snapshots = opened.snapshots
        invocation.warnOfTheFuture(opened)
        for (snapshot, line) in zip(snapshots, columns(snapshots.map(\.cells))) {
            try invocation.console.answer(Listed(snapshot: snapshot, line: line))
        }
        try invocation.console.answer(
            RepositoryTotals(snapshots: snapshots.count, images: opened.imageTotals, audit: opened.audit)
        )
        return .success
    }

    private struct Listed: Answer {
        let snapshot: Snapshot
        let line: String

        var lines: [String] { [line] }
        var json: JSONValue { snapshot.json }
    }

    private struct RepositoryTotals: Answer {
        let snapshots: Int
        let images: (images: Int, bytes: Int)
        let audit: [AuditLine]

        var lines: [String] {
            let total =
                "\(count(snapshots, "snapshot")), \(count(images.images, "image")), \(ByteText.of(images.bytes))"
            return audit.map(\.sentence) + [total]
        }

        var json: JSONValue {
            [
                "type": "repository", "snapshots": JSONValue(snapshots), "images": JSONValue(images.images),
                "bytes": JSONValue(images.bytes), "erasures": .array(audit.map(\.json)),
            ]
        }
    }
}

extension Snapshot {
    /// What a list shows of it.
    fileprivate var cells: [String] {
        var remarks: [String] = []
        if incomplete > 0 { remarks.append("\(incomplete) incomplete") }
        if failed > 0 { remarks.append("\(failed) could not be had") }
        if let doubt { remarks.append("in doubt: \(doubt)") }
        return [
            id, "\(device.name):\(library.name)", library.libraryType?.word ?? "", count(portraits, "portrait"),
            remarks.joined(separator: ", "),
        ]
    }

    /// The snapshot as `--json` prints it.
    fileprivate var json: JSONValue {
        [
            "type": "snapshot", "snapshot": .string(id), "taken": .string(taken), "device": .string(device.name),
            "serial": .string(device.serial), "firmware": .string(device.firmware),
            "library": .string(library.name), "library_type": JSONValue(library.libraryType?.word),
            "portraits": JSONValue(portraits), "incomplete": JSONValue(incomplete), "failed": JSONValue(failed),
            "doubt": JSONValue(doubt),
            "cameras": .array(cameras.map { ["channel": JSONValue($0.channel), "name": .string($0.name)] }),
        ]
    }
}

extension AuditLine {
    /// The line as people read it.
    var sentence: String {
        let why = reference.isEmpty ? "" : " (\(reference))"
        return "\(time)  erased by \(by)\(why): \(count(portraits, "portrait")) in \(count(snapshots, "snapshot")), "
            + count(images, "image")
    }

    /// The line as `--json` prints it.
    var json: JSONValue {
        [
            "type": "erasure", "time": .string(time), "by": .string(by), "reference": .string(reference),
            "portraits": JSONValue(portraits), "snapshots": JSONValue(snapshots), "images": JSONValue(images),
            "packs": JSONValue(packs),
        ]
    }
}
