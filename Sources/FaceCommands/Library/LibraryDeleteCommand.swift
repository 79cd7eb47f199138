// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceDevice

/// `facelib library delete`: delete a library, and what it holds only when told so.
struct LibraryDeleteCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a library that no camera is bound to.",
        discussion: ExitStatus.table(.stopped, .unreachable, .refused)
    )

    @Argument(help: ArgumentHelp("The library, as DEVICE:LIBRARY.", valueName: "device:library"))
    var address: String

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Delete the library even if it holds portraits, and them with it.")
    var withPortraits = false

    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let address = try LibraryAddress(address, invocation)
        let deleted = try await invocation.withDevice(address.device, isAwaited: true) { opened in
            let library = try await address.find(on: opened)
            try await guardDeletion(of: library, on: opened, invocation)
            do {
                try await opened.deleteLibrary(library)
            } catch let error as DeviceError where error.deviceCode == Self.stillBound {
                throw CommandError.failed(
                    "Cameras are bound to \"\(library.name)\", so \(opened.name) did not delete it; unbind them first."
                )
            }
            try await waitUntilGone(library, from: opened, clock: invocation.context.clock)
            return library
        }
        try invocation.console.answer(Deleted(device: address.device.name, library: deleted))
        return .success
    }

    /// The device's code for a library that cameras still watch for.
    private static let stillBound = -123

    private func guardDeletion(of library: DeviceLibrary, on opened: any Device, _ invocation: Invocation) async throws
    {
        let cameras: [Camera]
        do {
            cameras = try await opened.cameras().filter { $0.libraryIDs.contains(library.id) }
        } catch let error as DeviceError where error.code == .refused || error.code == .permissionRefused {
            // The device itself refuses to delete a library that is bound.
            cameras = []
        }
        guard cameras.isEmpty else {
            throw CommandError.stopped(
                "\"\(library.name)\" is bound to the cameras \(LibraryEntry.list(cameras)); unbind it from them first."
            )
        }
        let portraits = count(library.portraitCount, "portrait")
        guard library.portraitCount == 0 || withPortraits else {
            throw CommandError.stopped("\"\(library.name)\" holds \(portraits); --with-portraits deletes them with it.")
        }
        try await invocation.confirm(
            "Delete the library \"\(library.name)\" with \(portraits) from \(opened.name) for good?",
            agreed: yes
        )
    }

    /// Some devices delete a library some time after they said so (interface L5).
    private func waitUntilGone(
        _ library: DeviceLibrary,
        from opened: any Device,
        clock: any Clock<Duration>
    ) async throws {
        for attempt in 0..<5 {
            if attempt > 0 { try await clock.sleep(for: .seconds(1)) }
            if try await !opened.libraries().contains(where: { $0.id == library.id }) { return }
        }
        throw CommandError.failed("\(opened.name) said yes but still lists the library \"\(library.name)\".")
    }

    private struct Deleted: Answer {
        let device: String
        let library: DeviceLibrary

        var lines: [String] {
            [
                "The library \"\(library.name)\" with \(count(library.portraitCount, "portrait")) is deleted from \(device)."
            ]
        }

        var json: JSONValue {
            [
                "type": "deleted", "device": .string(device), "id": JSONValue(library.id),
                "name": .string(library.name), "portraits": JSONValue(library.portraitCount),
            ]
        }
    }
}
