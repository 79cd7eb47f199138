// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
import FaceLibraries
internal import FaceModel
import FaceRepository
import FaceText
internal import SystemPackage

/// Turns addresses as they were typed into libraries to be read.
struct LibraryPlaces {
    let invocation: Invocation
    /// The devices that are open, by name.
    let devices: [String: OpenedDevice]
    /// What opens archives and repositories.
    let access: RepositoryAccess
    /// What tables and names that are not Unicode are written in, as the user says.
    var encoding: TextEncoding?
    /// The folder that paths are seen from.
    var directory = WorkingDirectory.path

    /// The pairs of libraries that two addresses name: one, or all libraries of devices by name.
    ///
    /// - Parameters:
    ///   - first: One address, and as it was typed.
    ///   - second: The other one.
    /// - Returns: The pairs in the order of the names.
    /// - Throws: ``CommandError`` for an address that fits no other, `DeviceError`, `SourceError`.
    func pairs(_ first: (String, Address), _ second: (String, Address)) async throws
        -> [(LibraryRequest, LibraryRequest)]
    {
        switch (first.1.isWholeDevice, second.1.isWholeDevice) {
        case (false, false): return [(try request(first.1, first.0), try request(second.1, second.0))]
        case (true, true):
            let names = (try await libraries(of: first.1), try await libraries(of: second.1))
            return Set(names.0).union(names.1).sorted().map { name in
                (
                    request(first.1, name, isThere: names.0.contains(name)),
                    request(second.1, name, isThere: names.1.contains(name))
                )
            }
        default:
            let whole = first.1.isWholeDevice ? first.0 : second.0
            throw CommandError.usage("\(whole) is all libraries of a device and the other is one; name its library.")
        }
    }

    /// The library that an address names.
    func request(_ address: Address, _ typed: String) throws -> LibraryRequest {
        switch address {
        case .device(let name, let library):
            guard let device = devices[name], let library else {
                throw CommandError.usage("\(typed) names no library; write DEVICE:LIBRARY.")
            }
            return LibraryRequest(title: typed, place: .device(device.device, library: library))
        case .path(let path):
            let source = try invocation.openSource(
                path,
                seenFrom: directory,
                passphraseFile: access.passphraseFile,
                encoding: encoding
            )
            let full = FilePath(WorkingDirectory.absolute(path, seenFrom: directory))
            return LibraryRequest(title: path, place: .source(source, full))
        case .snapshot(let path, let name):
            let repository = try invocation.openRepository(
                path,
                seenFrom: directory,
                access,
                for: .reading
            )
            let snapshot = try repository.snapshot(named: name)
            // By its id, so that whoever takes the job up again means the same one.
            return LibraryRequest(title: "\(path)@\(snapshot.id)", place: .snapshot(repository, snapshot))
        }
    }

    /// The names of all libraries of a device.
    func libraries(of address: Address) async throws -> [String] {
        guard let name = address.deviceName, let device = devices[name] else { return [] }
        return try await device.device.libraries().map(\.name)
    }

    private func request(_ address: Address, _ library: String, isThere: Bool) -> LibraryRequest {
        let name = address.deviceName ?? ""
        let title = "\(name):\(library)"
        guard isThere, let device = devices[name] else { return LibraryRequest(title: title, place: .nowhere) }
        return LibraryRequest(title: title, place: .device(device.device, library: library))
    }
}

extension Address {
    /// The name of the device, `nil` for a path.
    var deviceName: String? { if case .device(let name, _) = self { name } else { nil } }

    /// The name of the library on a device, `nil` for all of them and for anything else.
    var libraryName: String? { if case .device(_, let library) = self { library } else { nil } }

    /// Whether all libraries of a device are meant.
    var isWholeDevice: Bool { if case .device(_, nil) = self { true } else { false } }
}
