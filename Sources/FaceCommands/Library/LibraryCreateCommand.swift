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

    @Option(help: "What the library is for: whitelist (who may enter) or key-personnel (whom to look out for).")
    var type: LibraryTypeWord

    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let address = try LibraryAddress(address, invocation)
        try LibraryName.check(address.library, console: invocation.console)
        let made = try await invocation.withDevice(address.device) { opened in
            if let there = try await opened.libraries().first(where: { $0.name == address.library }) {
                let type = there.type?.word ?? "of an unknown type"
                throw CommandError.failed("\(address.device.name) has a library \"\(there.name)\" (\(type)) already.")
            }
            return try await opened.createLibrary(named: address.library, type: type.type)
        }
        try invocation.console.answer(LibraryEntry(device: address.device.name, library: made, cameras: []))
        return .success
    }
}

/// A library's type as it is typed.
enum LibraryTypeWord: String, CaseIterable, Sendable, ExpressibleByArgument {
    case whitelist
    case keyPersonnel = "key-personnel"

    /// The type that the word means.
    var type: LibraryType {
        switch self {
        case .whitelist: .whitelist
        case .keyPersonnel: .keyPersonnel
        }
    }
}
