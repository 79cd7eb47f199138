// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceDevice

/// `facelib library list`: the libraries of a device, with the cameras bound to them.
struct LibraryListCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the libraries of a device, with the cameras bound to them.",
        discussion: ExitStatus.table(.unreachable, .refused)
    )

    @Argument(help: ArgumentHelp("A device of the configuration.", valueName: "device"))
    var device: String

    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let device = try invocation.device(named: device)
        let (libraries, cameras) = try await invocation.withDevice(device, isAwaited: true) { opened in
            (try await opened.libraries(), try await boundCameras(of: opened, invocation))
        }
        let entries = libraries.sorted { $0.name < $1.name }.map { library in
            LibraryEntry(
                device: device.name,
                library: library,
                cameras: cameras?.filter { $0.libraryIDs.contains(library.id) }
            )
        }
        if entries.isEmpty { invocation.console.notice("\(device.name) has no libraries.") }
        for (entry, line) in zip(entries, columns(entries.map(\.cells))) {
            try invocation.console.answer(Listed(entry: entry, line: line))
        }
        return .success
    }

    /// The cameras, or `nil` with a notice when the user may not see them.
    private func boundCameras(of opened: any Device, _ invocation: Invocation) async throws -> [Camera]? {
        do {
            return try await opened.cameras()
        } catch let error as DeviceError where error.code == .refused || error.code == .permissionRefused {
            invocation.console.notice("Which cameras are bound is not known: \(error.message)")
            return nil
        }
    }

    private struct Listed: Answer {
        let entry: LibraryEntry
        let line: String

        var lines: [String] { [line] }
        var json: JSONValue { entry.json }
    }
}
