// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import SystemPackage

/// Reads the entries of a journal, one after another or by their places.
final class EntryReader {
    private let file: ByteFile
    private let path: String
    /// Where the next entry begins.
    private(set) var offset = 0

    /// Opens a journal.
    init(path: String) throws(TargetError) {
        self.path = path
        do {
            file = try ByteFile(path: FilePath(path))
        } catch {
            throw TargetError(.failed, "\(path) cannot be read: \(error)")
        }
    }

    /// The next entry; `nil` at the end, and at what a power cut left there.
    func next() throws(TargetError) -> RecordEntry? {
        do {
            let head = try file.next(4)
            guard head.count == 4 else { return nil }
            let length = head.reversed().reduce(0) { $0 << 8 | Int($1) }
            guard length > 0 && length <= RecordEntry.longest else { return nil }
            let bytes = try file.next(length)
            guard bytes.count == length, let entry = RecordEntry(encoded: bytes) else { return nil }
            offset += head.count + length
            return entry
        } catch {
            throw TargetError(.failed, "\(path) cannot be read: \(error)")
        }
    }

    /// At most some entries; empty at the end.
    func next(_ count: Int) throws(TargetError) -> [RecordEntry] {
        var entries: [RecordEntry] = []
        while entries.count < count, let entry = try next() { entries.append(entry) }
        return entries
    }

    /// The entry at a place that ``offset`` was.
    func entry(at place: Int) throws(TargetError) -> RecordEntry {
        if place != offset {
            do {
                try file.rewind(to: place)
            } catch {
                throw TargetError(.failed, "\(path) cannot be read: \(error)")
            }
            offset = place
        }
        guard let entry = try next() else {
            throw TargetError(.failed, "\(path) is not what was written; is somebody changing it?")
        }
        return entry
    }
}
