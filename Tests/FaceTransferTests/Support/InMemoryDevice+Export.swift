// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Foundation

extension InMemoryDevice {
    func exportPortraits(_ ids: [PortraitID], in library: Int) async throws -> ExportReply {
        _ = try arrive(.exportChosen)
        let wanted = Set(ids).subtracting(weather.unexportable)
        let found = portraits.filter { wanted.contains($0.id) }
        let there = Set(found.map(\.id))
        let failed = ids.filter { !there.contains($0) }.map(\.text)
        return try archive(of: found, total: ids.count, failed: failed)
    }

    func exportPortraits(in library: Int, from start: Int, count: Int) async throws -> ExportReply {
        _ = try arrive(.exportPage)
        let page = portraits.dropFirst(start - 1).prefix(min(count, weather.exportPageLimit))
        let found = page.filter { !weather.unexportable.contains($0.id) }
        return try archive(of: found, total: portraits.count, failed: [])
    }

    func download(_ path: String, to file: String) async throws -> Int {
        _ = try arrive(.downloadFile)
        let bytes = try archives[path] ?? image(behind: path)
        guard !FileManager.default.fileExists(atPath: file) else {
            throw DeviceError(.fileNotWritten, "the file \(file) could not be created: File exists")
        }
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        if weather.archivesExpire { archives[path] = nil }
        return bytes.count
    }

    nonisolated func oneExportAtATime<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await exportTurn.run {
            await begin()
            do {
                let value = try await body()
                await end()
                return value
            } catch {
                await end()
                throw error
            }
        }
    }

    private func begin() {
        runningExports += 1
        mostExports = max(mostExports, runningExports)
    }

    private func end() { runningExports -= 1 }

    private func archive(of exported: [Portrait], total: Int, failed: [String]) throws -> ExportReply {
        guard !exported.isEmpty else {
            return ExportReply(path: "", passphrase: nil, exported: 0, total: 0, failed: failed)
        }
        if exported.contains(where: { $0.attributes.texts.contains { $0.contains(",") } }) {
            // A comma anywhere in the exported content makes the export fail (P6).
            throw DeviceError(.refused, "the device answered -1", deviceCode: -1)
        }
        let (bytes, passphrase) = try weather.packs?(exported) ?? (StoredZip.bytes(of: exported), nil)
        let path = "tmp/face_\(archives.count + 1).zip"
        archives[path] = bytes
        return ExportReply(
            path: path,
            passphrase: passphrase,
            exported: exported.count,
            total: total,
            failed: failed
        )
    }
}

extension AttributeChange {
    /// The five texts in the order of batch file names, without the id.
    var texts: [String] { [name, identity, gender, age, address].map { $0 ?? "" } }
}
