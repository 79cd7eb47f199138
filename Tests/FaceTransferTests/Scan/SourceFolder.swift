// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransfer
import Foundation
import Glibc
import SystemPackage

@testable import FaceSources
@testable import FaceText

/// A temporary folder that tests fill and scan.
final class SourceFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "scan-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        chmodAll()
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file; the bytes of its name are taken as they are.
    func write(_ bytes: [UInt8], to name: [UInt8]) throws {
        let whole = Array(path.utf8) + [UInt8(ascii: "/")] + name
        for (place, byte) in whole.enumerated() where byte == UInt8(ascii: "/") && place > path.utf8.count {
            mkdir(whole[..<place].map { CChar(bitPattern: $0) } + [0], 0o755)
        }
        let file = Glibc.open(whole.map { CChar(bitPattern: $0) } + [0], O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard file >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(file) }
        guard Glibc.write(file, bytes, bytes.count) == bytes.count else { throw POSIXError(.EIO) }
    }

    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: Array(name.utf8)) }

    /// Makes files that a scan takes for photos.
    func photos(_ names: String...) throws {
        for name in names { try write(SourceFolder.jpeg, to: Array(name.utf8)) }
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }

    /// Opens a source seen from this folder.
    func open(_ typed: String, encoding: TextEncoding? = nil) throws(SourceError) -> any PortraitSource {
        try SourceOpener.open(typed, workingDirectory: path, pictures: .forTests, encoding: encoding)
    }

    /// All rows of a source seen from this folder.
    func rows(_ typed: String) async throws -> [ScannedRow] { try await open(typed).all() }

    static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]

    private func chmodAll() {
        let names = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
        for name in names { chmod(path + "/" + name, 0o755) }
    }
}

extension PictureTest {
    static var forTests: PictureTest {
        PictureTest(
            isPictureExtension: { ["jpg", "jpeg", "png"].contains($0) },
            isPictureContent: { $0.starts(with: [0xFF, 0xD8, 0xFF]) }
        )
    }
}

extension PortraitSource {
    func all() async throws -> [ScannedRow] {
        var rows: [ScannedRow] = []
        for try await row in self.rows() { rows.append(row) }
        return rows
    }

    var said: [String] { notices.map(\.text) }
}

extension ScannedRow {
    /// The row's name as a cell gives it.
    var cellName: String? { if case .cells(let cells) = values { cells.name } else { nil } }
    /// The row's stem, for a file name.
    var stem: String? { if case .fileName(let stem) = values { stem } else { nil } }
    /// The photo's path below a folder.
    func photo(below folder: SourceFolder) -> String? {
        file.map { String($0.string.dropFirst(folder.path.count + 1)) }
    }

    /// The file the photo is in, `nil` for a photo in an archive.
    var file: FilePath? {
        if case .file(let path) = photo { path } else { nil }
    }
}

/// A text in another encoding, by iconv's name for it.
func encode(_ text: String, _ encoding: String) throws -> [UInt8] {
    let descriptor = iconv_open(encoding, "UTF-8")
    defer { iconv_close(descriptor) }
    var input = Array(text.utf8).map { CChar(bitPattern: $0) }
    var output = [UInt8](repeating: 0, count: input.count * 4 + 16)
    var (unread, room) = (input.count, output.count)
    let answer = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBytes { output in
            var from = input.baseAddress
            var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
            return iconv(descriptor, &from, &unread, &to, &room)
        }
    }
    guard answer == 0, unread == 0 else { throw POSIXError(.EILSEQ) }
    return Array(output.prefix(output.count - room))
}
