// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLibraries
import FaceModel
import FaceSources

/// Says before anything is changed what about a device endangers a mirror.
struct DeviceWarnings: Sendable {
    private let notices: NoticeLog

    init(_ notices: NoticeLog) { self.notices = notices }

    /// Looks at the device of a source (1900, 1903).
    ///
    /// - Parameter source: The library.
    /// - Returns: After how many days the device gives portraits up by itself, 0 for never.
    /// - Throws: `DeviceError` when the device cannot be reached, and `CancellationError`.
    func examineSource(_ source: LibraryOnDevice) async throws -> Int {
        let name = source.device.name
        if let kept = try await Self.ifKnown(source.device.kept), !kept.portraitImages {
            notices.add("\(name) keeps no images: portraits that a target does not have cannot be stored there")
        }
        let days = try await Self.ifKnown(source.device.retentionDays) ?? 0
        if days > 0 {
            notices.add(
                "\(name) deletes portraits by itself after \(counted(days, "day")): who is missing there may have expired"
            )
        }
        return days
    }

    /// Looks at the device of a target (516, 1900, 1903) beside that of the source.
    ///
    /// - Parameters:
    ///   - target: The library.
    ///   - source: What the source's device says of itself.
    /// - Throws: `DeviceError` when the device cannot be reached, and `CancellationError`.
    func examineTarget(_ target: Destination, besides source: DeviceIdentity?) async throws {
        let device = target.device
        if let source, source.version != target.identity.version {
            notices.add(
                "\(device.name) has other firmware (\(target.identity.version)) than the source (\(source.version)); "
                    + "what it refuses is reported portrait by portrait"
            )
        }
        if let kept = try await Self.ifKnown(device.kept), !kept.portraitImages {
            notices.add("\(device.name) keeps no images: only attributes can be compared there")
        }
        if let days = try await Self.ifKnown(device.retentionDays), days > 0 {
            notices.add(
                "\(device.name) deletes portraits by itself after \(counted(days, "day")); the next mirror stores them again"
            )
        }
        let bound = try await Self.ifKnown(device.cameras)?.filter { $0.libraryIDs.contains(target.id) } ?? []
        if !bound.isEmpty {
            let cameras = bound.map { $0.name.isEmpty ? "channel \($0.channel)" : $0.name }.joined(separator: ", ")
            notices.add(
                "\(target.library.name) on \(device.name) is bound to cameras (\(cameras)): they watch for what it "
                    + "holds at every moment"
            )
        }
    }

    /// The answer to a question that old firmware may not know.
    static func ifKnown<Answer>(_ question: () async throws -> Answer) async throws -> Answer? {
        do {
            return try await question()
        } catch let error as DeviceError where ![.unreachable, .replyLost, .loginRefused].contains(error.code) {
            return nil
        }
    }
}
