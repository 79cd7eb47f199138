// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceDevice
internal import FaceModel

/// `facelib library create`: make an empty library.
struct LibraryCreateCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make an empty library on a device.",
        discussion: ExitStatus.table(.unreachable, .refused)
    )

    @Argument(help: ArgumentHelp("The library, as DEVICE:LIBRARY.", valueName: "device:library"))
    var address: String

    @Option(
        help: "What the library is for: whitelist (who may enter) or key-personnel (whom to look out for).",
        transform: LibraryType.init(typed:)
    )
    var type: LibraryType

    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let address = try LibraryAddress(address, invocation)
        try LibraryName.check(address.library, console: invocation.console)
        let made = try await invocation.withDevice(address.device, isAwaited: true) { opened in
            if let there = try await opened.libraries().first(where: { $0.name == address.library }) {
                let type = there.type?.word ?? "of an unknown type"
                throw CommandError.failed("\(address.device.name) has a library \"\(there.name)\" (\(type)) already.")
            }
            return try await opened.createLibrary(named: address.library, type: type)
        }
        try invocation.console.answer(LibraryEntry(device: address.device.name, library: made, cameras: []))
        return .success
    }
}

extension LibraryType {
    /// Reads the word that was typed for a type.
    init(typed word: String) throws {
        guard let type = LibraryType(word: word) else {
            throw ValidationError("A library is a whitelist or key-personnel, not \"\(word)\".")
        }
        self = type
    }
}
