// SPDX-License-Identifier: Apache-2.0
import ChildProcess
import Foundation
import SystemPackage
import Testing

@testable import FaceSimulator

/// An archive as others see it: its directory read byte by byte, its contents unpacked by 7z.
struct OpenedArchive: Sendable {
    /// A line of the archive's directory.
    struct Entry: Sendable, Equatable {
        var name: [UInt8]
        var isFlaggedUTF8: Bool
        /// `plain`, `ZipCrypto`, `AES-128` or `AES-256`.
        var cipher: String

        var text: String { String(decoding: name, as: UTF8.self) }
    }

    struct Unreadable: Error {}

    let path: FilePath
    let entries: [Entry]

    init(_ path: FilePath) throws {
        self.path = path
        entries = try Self.directory([UInt8](try Data(contentsOf: URL(filePath: path.string))))
    }

    /// The names of all entries, sorted.
    var names: [String] { entries.map(\.text).sorted() }

    /// The ciphers of the entries that are files, without repetition.
    var ciphers: Set<String> { Set(entries.filter { !$0.text.hasSuffix("/") }.map(\.cipher)) }

    /// Whether 7z finds every entry whole with a password.
    func isSound(password: String) throws -> Bool {
        try Self.sevenZip(["t", "-p" + password, path.string]) == 0
    }

    /// What 7z unpacks, by path; folders have none.
    func contents(password: String) throws -> [String: [UInt8]] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "facelib-7z-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        guard try Self.sevenZip(["x", "-y", "-p" + password, "-o" + folder.path(), path.string]) == 0 else {
            throw Unreadable()
        }
        var found: [String: [UInt8]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path()) {
            let file = folder.appending(path: name)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false), isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            found[name] = [UInt8](try Data(contentsOf: file))
        }
        return found
    }

    private static func sevenZip(_ arguments: [String]) throws -> Int32 {
        let process = ChildProcess()
        process.executableURL = URL(filePath: "/usr/bin/7z")
        process.arguments = arguments
        process.environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    private static func directory(_ bytes: [UInt8]) throws -> [Entry] {
        func number(_ at: Int, _ count: Int) -> Int { (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << ($1 * 8) } }
        guard let end = (0...max(0, bytes.count - 22)).reversed().first(where: { number($0, 4) == 0x0605_4B50 }) else {
            throw Unreadable()
        }
        var at = number(end + 16, 4)
        var entries: [Entry] = []
        for _ in 0..<number(end + 10, 2) {
            guard number(at, 4) == 0x0201_4B50 else { throw Unreadable() }
            let flags = number(at + 8, 2)
            let nameCount = number(at + 28, 2)
            let extraCount = number(at + 30, 2)
            let extra = Array(bytes[(at + 46 + nameCount)..<(at + 46 + nameCount + extraCount)])
            entries.append(
                Entry(
                    name: Array(bytes[(at + 46)..<(at + 46 + nameCount)]),
                    isFlaggedUTF8: flags & 0x800 != 0,
                    cipher: cipher(flags: flags, method: number(at + 10, 2), extra: extra)
                )
            )
            at += 46 + nameCount + extraCount + number(at + 32, 2)
        }
        return entries
    }

    private static func cipher(flags: Int, method: Int, extra: [UInt8]) -> String {
        guard flags & 1 == 1 else { return "plain" }
        guard method == 99 else { return "ZipCrypto" }
        var at = 0
        while at + 4 <= extra.count {
            if extra[at] == 0x01, extra[at + 1] == 0x99 {
                return [1: "AES-128", 2: "AES-192", 3: "AES-256"][extra[at + 8]] ?? "AES-?"
            }
            at += 4 + Int(extra[at + 2]) + Int(extra[at + 3]) << 8
        }
        return "AES-?"
    }
}

/// An export as the client of a test sees it.
struct Export: Sendable {
    var answer: Answer
    /// The archive; `nil` for a refusal.
    var archive: OpenedArchive?

    var password: String { answer["data.zippasswd"] ?? "" }

    /// What is in the archive.
    func contents() throws -> [String: [UInt8]] { try #require(archive).contents(password: password) }

    /// The lines of a CSV inside, without the header.
    func lines(_ name: String = "face.csv") throws -> [String] {
        String(decoding: try contents()[name] ?? [], as: UTF8.self).split(separator: "\r\n").dropFirst().map(
            String.init
        )
    }
}

extension Bench {
    /// Asks for an export and opens its archive.
    func export(_ request: String) async throws -> Export {
        let answer = try await json(request)
        let path = answer["data.export_url"].map { String($0.drop { $0 == "/" }) }
        return Export(
            answer: answer,
            archive: try path.map { try OpenedArchive(appliance.store.folder.file($0)) }
        )
    }
}
