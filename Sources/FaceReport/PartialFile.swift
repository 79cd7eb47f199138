// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A file that has its name only once it is whole.
///
/// It is written to `<name>.partial`; without ``publish()`` nothing of it remains.
final class PartialFile {
    private static let bufferSize = 1 << 16

    private let finalPath: String
    private let partialPath: String
    private var descriptor: Int32?
    private var isPublished = false
    private var buffer: [UInt8] = []

    /// Begins the file, in the place of a partial one that a killed run left.
    init(_ name: String, in folder: ReportFolder) throws(ReportError) {
        finalPath = folder.file(name)
        partialPath = finalPath + ".partial"
        buffer.reserveCapacity(Self.bufferSize * 2)
        do throws(SystemFailure) {
            try SystemCalls.remove(partialPath)
            descriptor = try SystemCalls.create(partialPath)
        } catch {
            throw failure(error)
        }
    }

    deinit {
        if let descriptor { _ = Glibc.close(descriptor) }
        // Best effort: the fault that keeps the file from being published is already on its way to the caller.
        if !isPublished { try? SystemCalls.remove(partialPath) }
    }

    /// Adds text.
    func write(_ text: String) throws(ReportError) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Puts everything on the disk, still under the partial name.
    func finish() throws(ReportError) {
        try flush()
        guard let open = descriptor else { return }
        descriptor = nil
        do throws(SystemFailure) {
            do throws(SystemFailure) {
                try SystemCalls.sync(open)
            } catch {
                _ = Glibc.close(open)
                throw error
            }
            try SystemCalls.close(open)
        } catch {
            throw failure(error)
        }
    }

    /// Gives the finished file its name.
    func publish() throws(ReportError) {
        do throws(SystemFailure) {
            try SystemCalls.rename(partialPath, to: finalPath)
            isPublished = true
        } catch {
            throw failure(error)
        }
    }

    private func flush() throws(ReportError) {
        guard let descriptor, !buffer.isEmpty else { return }
        do throws(SystemFailure) {
            try SystemCalls.write(buffer, to: descriptor)
        } catch {
            throw failure(error)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func failure(_ cause: SystemFailure) -> ReportError {
        ReportError(code: .file, doing: "\(finalPath) cannot be written", cause)
    }
}
