// SPDX-License-Identifier: Apache-2.0
import FaceArchive
package import FaceDevice
package import FaceModel
import Glibc

/// Has the device make an archive and brings it here, one at a time (interface E2).
///
/// A download that is cut short, has expired, or turns out to be damaged is repeated with a new export.
package struct ArchiveExport: Sendable {
    package let device: any Device
    /// Where archives lie while they are read; emptied by whoever made it.
    package let scratch: String
    package let clock: any Clock<Duration>

    package init(device: any Device, scratch: String, clock: any Clock<Duration>) {
        self.device = device
        self.scratch = scratch
        self.clock = clock
    }

    /// What the device was asked for.
    package enum Request: Sendable {
        case chosen([PortraitID], library: Int)
        case page(library: Int, start: Int, count: Int)
        /// Chosen records; `person` is the stranger of a profile.
        case records(RecordKind, [String], person: String?)

        /// The most portraits or records that the archive may hold.
        var count: Int {
            switch self {
            case .chosen(let ids, _): ids.count
            case .page(_, _, let count): count
            case .records(_, let ids, _): ids.count
            }
        }
    }

    /// What came of it.
    enum Result: Sendable {
        case archive(ArchiveInHand, ExportReply)
        /// The device has nothing to export.
        case nothing(ExportReply)
        /// The device refuses this export as a whole, as it does for a comma in the content (interface P6).
        case refused(DeviceError)
        /// The archive cannot be opened, however often it is made.
        case unreadable(ArchiveError)
    }

    /// How often an archive that cannot be read is made again.
    private static let attempts = 3

    /// Makes and fetches an archive.
    ///
    /// - Parameter request: What it shall hold.
    /// - Returns: The archive, or why there is none.
    /// - Throws: `DeviceError` when the device cannot be reached, and `CancellationError`.
    func fetch(_ request: Request) async throws -> Result {
        var attempt = 1
        while true {
            do {
                return try await fetchOnce(request)
            } catch let error as ArchiveError where error.code != .unreadable {
                if attempt == Self.attempts || error.isLasting { return .unreadable(error) }
            } catch let error as DeviceError where error.code == .refused {
                return .refused(error)
            } catch let error as DeviceError where error.code == .notFound {
                // It expired before it was fetched (interface E9).
                if attempt == Self.attempts { return .refused(error) }
            }
            attempt += 1
            try await clock.sleep(for: .milliseconds(250))
        }
    }

    private func fetchOnce(_ request: Request) async throws -> Result {
        try await device.oneExportAtATime {
            let reply = try await export(request)
            guard reply.exported > 0, !reply.path.isEmpty else { return .nothing(reply) }
            let path = "\(scratch)/\(UInt64.random(in: .min ... .max)).zip"
            _ = try await device.download(reply.path, to: path)
            let archive = try ArchiveInHand(
                path: path,
                passphrase: reply.passphrase,
                expected: max(request.count, reply.exported)
            )
            return .archive(archive, reply)
        }
    }

    private func export(_ request: Request) async throws -> ExportReply {
        switch request {
        case .chosen(let ids, let library): try await device.exportPortraits(ids, in: library)
        case .page(let library, let start, let count):
            try await device.exportPortraits(in: library, from: start, count: count)
        case .records(let kind, let ids, let person): try await device.exportRecords(kind, ids, of: person)
        }
    }
}

extension ArchiveError {
    /// Whether making the archive again cannot help: it is what this device makes.
    fileprivate var isLasting: Bool {
        [.passphraseRequired, .wrongPassphrase, .unsupportedMethod, .unsafeName, .limitExceeded].contains(code)
    }
}
