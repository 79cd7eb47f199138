// SPDX-License-Identifier: Apache-2.0
public import FaceDevice
import FaceLedger

/// A library on a device that shall be exported, before anybody looked whether it is there.
public struct ExportRequest: Sendable {
    /// The device.
    public var device: any Device
    /// The library's name.
    public var library: String

    /// Names a library on a device.
    ///
    /// - Parameters:
    ///   - device: The device.
    ///   - library: The library's name, compared exactly.
    public init(device: any Device, library: String) {
        self.device = device
        self.library = library
    }

    /// Finds the library.
    func open() async throws -> ExportedLibrary {
        let serial = try await device.identity().serial
        let libraries = try await device.libraries()
        let found = try libraries.named(library, on: device.name)
        return ExportedLibrary(
            device: device,
            library: found,
            // A device that does not tell its serial number is known by the name it has here.
            deviceKey: serial.isEmpty ? device.name : serial
        )
    }
}

extension [DeviceLibrary] {
    /// The library with this name; without one, the error says which there are.
    func named(_ name: String, on device: String) throws(ExportError) -> DeviceLibrary {
        if let found = first(where: { $0.name == name }) { return found }
        let names = map { "\"\($0.name)\"" }.joined(separator: ", ")
        throw ExportError(
            .failed,
            "\(device) has no library \"\(name)\" (it has \(names.isEmpty ? "none" : names)); check the name"
        )
    }
}

/// The library that an export reads, with everything needed to speak to it.
struct ExportedLibrary: Sendable {
    /// The device that holds it.
    let device: any Device
    /// The library as it was listed when the job began.
    let library: DeviceLibrary
    /// The device's name in the ledger.
    let deviceKey: String

    /// The library's id on its device.
    var id: Int { library.id }

    /// What is locked while an export is under way: one at a time for the whole device (interface E2).
    var lockKey: LibraryKey { LibraryKey(device: deviceKey, library: -1) }
}

/// An export that cannot begin or go on: the sentence says what, where and what to do.
public struct ExportError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: Sendable, Hashable {
        /// The target cannot be one.
        case usage
        /// Something else kept the export from its end.
        case failed
    }

    /// What kind of failure it is.
    public var code: Code
    /// The sentence for a person.
    public var description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
