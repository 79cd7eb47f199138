// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceDevice
internal import FaceModel

/// `facelib library`: the libraries of a device.
struct LibraryCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "library",
        abstract: "The libraries of a device.",
        subcommands: [
            LibraryListCommand.self, LibraryCreateCommand.self, LibraryRenameCommand.self, LibraryDeleteCommand.self,
        ]
    )
}

/// One library of one device, as it was typed, before it is known whether it is there.
struct LibraryAddress {
    let device: DeviceConfiguration
    let library: String

    /// Reads `DEVICE:LIBRARY`.
    ///
    /// - Parameters:
    ///   - text: What was typed.
    ///   - invocation: The surroundings.
    /// - Throws: ``CommandError`` with status 64 when it is something else.
    init(_ text: String, _ invocation: Invocation) throws {
        let configuration = try invocation.configuration()
        let address = try Address(text, devices: configuration.devices.map(\.name))
        guard case .device(let name, let library?) = address else {
            throw CommandError.usage("\"\(text)\" is not DEVICE:LIBRARY, such as hq:Staff.")
        }
        device = try configuration.device(named: name)
        self.library = library
    }

    /// Finds the library on its device.
    ///
    /// - Parameter opened: The device.
    /// - Returns: The library.
    /// - Throws: ``CommandError`` with status 64 that lists the libraries there are.
    func find(on opened: any Device) async throws -> DeviceLibrary {
        let libraries = try await opened.libraries()
        guard let found = libraries.first(where: { $0.name == library }) else {
            throw CommandError.usage(
                "There is no library \"\(library)\" on \(device.name) (\(Configuration.list(libraries.map(\.name))))."
            )
        }
        return found
    }
}

/// A library as it is printed.
struct LibraryEntry: Answer {
    let device: String
    let library: DeviceLibrary
    /// The cameras bound to it, `nil` when they could not be asked for.
    let cameras: [Camera]?

    /// The line of a list, in cells.
    var cells: [String] {
        let bound = cameras.map { $0.isEmpty ? "" : "cameras \(Self.list($0))" } ?? ""
        return [
            library.name, library.type?.word ?? "unknown type", count(library.portraitCount, "portrait"),
            library.updateTime, bound,
        ]
    }

    var lines: [String] { columns([cells]) }

    var json: JSONValue {
        let bound = cameras.map { cameras in
            JSONValue.array(cameras.map { ["channel": JSONValue($0.channel), "name": .string($0.name)] })
        }
        return [
            "type": "library", "device": .string(device), "id": JSONValue(library.id), "name": .string(library.name),
            "library_type": JSONValue(library.type?.word), "portraits": JSONValue(library.portraitCount),
            "updated": .string(library.updateTime), "cameras": bound ?? .null,
        ]
    }

    /// Cameras by channel and name.
    static func list(_ cameras: [Camera]) -> String {
        cameras.map { "\($0.channel) (\($0.name))" }.joined(separator: ", ")
    }
}
