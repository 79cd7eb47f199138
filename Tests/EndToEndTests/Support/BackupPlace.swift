// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Devices whose libraries are backed up, each a process of its own, with the passphrase of a repository at hand.
enum BackupPlace {
    /// The passphrase in the file `pass`.
    static let passphrase = "correct horse battery staple"

    /// Starts devices, runs a body, and cleans up.
    static func with(
        _ devices: [String] = ["hq"],
        quirks: [String: [String]] = [:],
        flags: [String] = [],
        down: Set<String> = [],
        _ body: (MirrorPlace) async throws -> Void
    ) async throws {
        try await MirrorPlace.with(
            devices.map { [$0] },
            quirks: quirks,
            flags: ["--no-decode"] + flags,
            down: down
        ) { place in
            try place.writeSecret(passphrase, to: "pass")
            try await body(place)
        }
    }
}

extension MirrorPlace {
    /// Writes a file that only its owner can read.
    func writeSecret(_ text: String, to name: String) throws {
        let file = folder.appending(path: name)
        try Data((text + "\n").utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    /// Starts a verb of `facelib backup`, or any other command that opens a repository.
    func opening(_ line: String, state: String = "state", input: String? = nil) throws -> Program.Running {
        let words = line.split(separator: " ").map(String.init)
        return try start(words + ["--passphrase-file", "pass"], state: state, input: input)
    }

    /// Runs such a command, which must end with a status.
    @discardableResult func opened(
        _ line: String,
        _ status: Int32 = 0,
        state: String = "state",
        input: String? = nil,
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> Program.Ended {
        let ended = try await opening(line, state: state, input: input).wait()
        #expect(
            ended.status == status,
            "\(line): \(ended.output.suffix(2_000))\(ended.errors)",
            sourceLocation: location
        )
        return ended
    }

    /// The snapshots of a repository, oldest first, by `backup list`.
    func snapshots(_ repository: String = "repo") async throws -> [ListedSnapshot] {
        try await opened("backup list \(repository) --json").objects()
            .filter { $0["type"] as? String == "snapshot" }
            .map { try ListedSnapshot($0) }
    }

    /// The bytes of all files of a repository.
    func size(of repository: String) throws -> Int {
        try RepositoryFiles(folder.appending(path: repository)).sizes.values.reduce(0, +)
    }
}

/// A line of `backup list --json`.
struct ListedSnapshot: Sendable {
    let id: String
    let library: String
    let portraits: Int

    init(_ object: [String: Any]) throws {
        id = try #require(object["snapshot"] as? String)
        library = try #require(object["library"] as? String)
        portraits = try #require(object["portraits"] as? Int)
    }
}

extension Program.Ended {
    /// The lines of standard output, each of which must be one JSON object.
    func objects() throws -> [[String: Any]] {
        try output.split(separator: "\n").map { line in
            try #require(try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
        }
    }
}

/// The files of a repository at one moment.
struct RepositoryFiles: Sendable {
    /// Their lengths by their paths below the repository.
    let sizes: [String: Int]

    init(_ repository: URL) throws {
        var sizes: [String: Int] = [:]
        let all = FileManager.default.enumerator(atPath: repository.path)
        while let path = all?.nextObject() as? String {
            // A file may go while it is looked at.
            guard let found = try? FileManager.default.attributesOfItem(atPath: repository.path + "/" + path),
                found[.type] as? FileAttributeType == .typeRegular
            else { continue }
            sizes[path] = found[.size] as? Int ?? 0
        }
        self.sizes = sizes
    }

    /// The files of a folder that are finished.
    func finished(in folder: String) -> Set<String> {
        names(in: folder).filter { $0.hasSuffix(".zip") && $0 != "new.zip" }
    }

    /// Whether a file of a folder is being written.
    func isWriting(in folder: String) -> Bool { names(in: folder).count > finished(in: folder).count }

    private func names(in folder: String) -> Set<String> {
        Set(sizes.keys.filter { $0.hasPrefix(folder + "/") }.map { String($0.dropFirst(folder.count + 1)) })
    }
}

extension DeviceState {
    /// What a backup brings back of a library: its type, its portraits, and the cameras that are bound to it.
    func contents() -> [String: [String]] {
        var contents: [String: [String]] = [:]
        for library in libraries {
            let bound = cameras.filter { $0.libraries.split(separator: ",").contains("\(library.id)") }
            contents[library.name] =
                ["type \(library.type), cameras \(bound.map { "\($0.channel) \($0.name)" }.sorted())"]
                + library.portraits.map { "\($0.id) \($0.content)" }.sorted()
        }
        return contents
    }
}
