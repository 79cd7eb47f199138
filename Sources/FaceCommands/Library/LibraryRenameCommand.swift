// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceDevice

/// `facelib library rename`: give a library another name.
struct LibraryRenameCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Give a library another name; its type, portraits and cameras stay.",
        discussion: ExitStatus.table(.unreachable, .refused)
    )

    @Argument(help: ArgumentHelp("The library, as DEVICE:LIBRARY.", valueName: "device:library"))
    var address: String

    @Argument(help: ArgumentHelp("The new name, without the device.", valueName: "name"))
    var name: String

    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let address = try LibraryAddress(address, invocation)
        guard !name.hasPrefix("\(address.device.name):") else {
            let alone = name.dropFirst(address.device.name.count + 1)
            throw CommandError.usage("Write the new name without the device: \"\(alone)\".")
        }
        try LibraryName.check(name, console: invocation.console)
        let renamed = try await invocation.withDevice(address.device, isAwaited: true) { opened in
            let library = try await address.find(on: opened)
            if try await opened.libraries().contains(where: { $0.name == name && $0.id != library.id }) {
                throw CommandError.failed("\(address.device.name) has a library \"\(name)\" already.")
            }
            try await opened.renameLibrary(library, to: name)
            guard let now = try await opened.libraries().first(where: { $0.id == library.id }), now.name == name else {
                throw CommandError.failed(
                    "\(address.device.name) said yes but does not list the library as \"\(name)\"."
                )
            }
            return now
        }
        try invocation.console.answer(LibraryEntry(device: address.device.name, library: renamed, cameras: nil))
        return .success
    }
}
