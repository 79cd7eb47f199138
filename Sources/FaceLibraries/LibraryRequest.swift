// SPDX-License-Identifier: Apache-2.0
public import FaceDevice
package import FaceModel
public import FaceRepository
public import FaceSources
public import SystemPackage

/// A library that is to be read, before anybody looked whether it is there.
public struct LibraryRequest: Sendable {
    /// Where it is.
    public enum Place: Sendable {
        /// On a device, by its name.
        case device(any Device, library: String)
        /// A folder, a spreadsheet or an archive, with its full path.
        case source(any PortraitSource, FilePath)
        /// A snapshot of a repository that is open.
        case snapshot(Repository, Snapshot)
        /// What an earlier job replaced, changed and removed.
        case trash(job: String)
        /// Nowhere: a library without portraits.
        case nowhere
    }

    /// As it was typed.
    public var title: String
    /// Where it is.
    public var place: Place

    /// Names a library.
    ///
    /// - Parameters:
    ///   - title: As it was typed.
    ///   - place: Where it is.
    public init(title: String, place: Place) {
        self.title = title
        self.place = place
    }

    /// Finds the library.
    ///
    /// - Parameter surroundings: What it is read with.
    /// - Returns: The library, and the device where it is on one.
    /// - Throws: ``LibraryError`` when the device has no such library, `DeviceError`, and `CancellationError`.
    package func open(_ surroundings: JobSurroundings) async throws -> OpenLibrary {
        switch place {
        case .source(let source, let path):
            return OpenLibrary(PortraitsInSource(source: source, path: path, surroundings: surroundings))
        case .snapshot(let repository, let snapshot):
            var opened = OpenLibrary(
                PortraitsInSnapshot(
                    title: title,
                    repository: repository,
                    snapshot: snapshot,
                    surroundings: surroundings
                )
            )
            opened.type = snapshot.library.libraryType
            return opened
        case .trash(let job):
            return OpenLibrary(PortraitsInTrash(title: title, job: job, ledger: surroundings.ledger))
        case .nowhere: return OpenLibrary(NoPortraits(title: title))
        case .device(let device, let name):
            let contents = try await DeviceContents(of: device)
            guard let found = contents.library(named: name) else {
                throw LibraryError(description: contents.missing(name) + "; check the name")
            }
            let library = LibraryOnDevice(device: device, library: found, key: contents.key(of: found))
            var opened = OpenLibrary(
                PortraitsOnDevice(title: title, library: library, surroundings: surroundings)
            )
            opened.origin = .init(identity: contents.identity, library: library)
            opened.type = found.type
            return opened
        }
    }
}

/// A library that was found.
package struct OpenLibrary: Sendable {
    /// Where a library on a device is.
    package struct Origin: Sendable {
        package let identity: DeviceIdentity
        package let library: LibraryOnDevice
    }

    package let portraits: any PortraitLibrary
    /// The device, `nil` for all else.
    package var origin: Origin?
    /// The type of the library; `nil` where it has none, as a folder.
    package var type: LibraryType?

    init(_ portraits: any PortraitLibrary) { self.portraits = portraits }
}
