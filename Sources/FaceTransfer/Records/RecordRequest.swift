// SPDX-License-Identifier: Apache-2.0
public import FaceDevice
import FaceFiles
import FaceLedger
import FaceLibraries

/// Records on a device that shall be exported, before anybody looked what is there.
public struct RecordRequest: Sendable {
    /// The device.
    public var device: any Device
    /// Which of its records.
    public var selection: RecordSelection

    /// Names records on a device.
    ///
    /// - Parameters:
    ///   - device: The device.
    ///   - selection: Which of its records.
    public init(device: any Device, selection: RecordSelection) {
        self.device = device
        self.selection = selection
    }

    /// Stands for "until now" where the device does not say what time it has; devices may count seconds in 32 bits.
    private static let farFuture = "2037-12-31 23:59:59"

    /// Turns names into what the device calls them.
    func open() async throws -> ExportedRecords {
        if let objection = selection.objection { throw TargetError(.usage, objection) }
        let contents = try await DeviceContents(of: device, needsLibraries: !selection.libraries.isEmpty)
        let chosen = try Self.names(selection.libraries, on: contents.libraries).map { name in
            guard let library = contents.library(named: name) else {
                throw TargetError(.usage, contents.missing(name) + "; check the name")
            }
            return RecordFilter.Library(id: library.id, name: library.name)
        }
        let isOpen = selection.from != nil && selection.to == nil
        let period = selection.period(untilNow: isOpen ? try await now() : "")
        let filter = selection.filter(in: period, chosen)
        if let objection = selection.kind.objection(to: filter) { throw TargetError(.usage, objection) }
        return ExportedRecords(
            device: device,
            kind: selection.kind,
            filter: filter,
            deviceKey: contents.key
        )
    }

    /// The names, those taken apart that hold commas and are no library's as a whole.
    private static func names(_ typed: [String], on libraries: [DeviceLibrary]) -> [String] {
        typed.flatMap { name in
            libraries.contains { $0.name == name } ? [name] : name.split(separator: ",").map(String.init)
        }
    }

    /// The device's time: a period that has ended does not grow while it is listed.
    private func now() async throws -> String {
        do {
            let time = try await device.clock().time
            // Other forms than the documented one cannot be compared (interface Y2).
            let shape = String(time.map { $0.isASCII && $0.isNumber ? "0" : $0 })
            return shape == "0000-00-00 00:00:00" && time >= selection.from ?? "" ? time : Self.farFuture
        } catch let error as DeviceError where error.code == .refused || error.code == .malformedReply {
            return Self.farFuture
        }
    }
}

/// The records that an export reads, with everything needed to speak to their device.
struct ExportedRecords: Sendable {
    /// The device that holds them.
    let device: any Device
    let kind: RecordKind
    var filter: RecordFilter
    /// The device's name in the ledger.
    let deviceKey: String

    /// What is locked while an export is under way: one at a time for the whole device (interface E2).
    var lockKey: LibraryKey { LibraryKey(device: deviceKey, library: -1) }
}
