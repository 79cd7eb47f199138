// SPDX-License-Identifier: Apache-2.0
public import FaceDevice

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
    func open() async throws -> LibraryOnDevice {
        let contents = try await DeviceContents(of: device)
        guard let found = contents.library(named: library) else {
            throw ExportError(.failed, contents.missing(library) + "; check the name")
        }
        return LibraryOnDevice(device: device, library: found, key: contents.key(of: found))
    }
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
