// SPDX-License-Identifier: Apache-2.0
import FaceLedger
public import FaceModel
import Foundation

/// A folder of its own for one test, removed with the last reference.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "facelib-ledger-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The permission bits of a file below the folder.
    func mode(_ name: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
        return attributes[.posixPermissions] as? Int
    }

    /// The names in a folder below this one, sorted.
    func names(in name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(name)").sorted()
    }
}

extension JobRecord {
    /// A job as a command would begin it.
    static func sample(_ id: String = "j1", started: Double = 1_000, command: String = "import") -> JobRecord {
        JobRecord(
            id: id,
            command: command,
            source: "new",
            target: "hq:Staff",
            directory: "/home/ann",
            options: "{\"update\":true}",
            started: started
        )
    }
}

extension NewRow {
    /// A row of a folder, its key made of its number.
    static func sample(
        _ number: Int,
        imgID: String? = nil,
        line: Int? = nil,
        rejection: Rejection? = nil
    ) -> NewRow {
        NewRow(
            key: "key-\(number)",
            ordinal: number,
            source: "new/photo-\(number).jpg",
            line: line,
            imgID: imgID ?? "E-\(number)",
            name: "Person \(number)",
            rejection: rejection
        )
    }
}

extension Digest {
    /// A digest whose bytes are all the same.
    static func filled(_ byte: UInt8) -> Digest {
        guard let digest = Digest(bytes: Array(repeating: byte, count: 32)) else { preconditionFailure("32 bytes") }
        return digest
    }
}

extension PortraitFingerprint {
    /// A fingerprint made of a number.
    static func sample(_ byte: UInt8) -> PortraitFingerprint {
        PortraitFingerprint(
            photo: .filled(byte),
            image: .filled(byte &+ 1),
            attributes: .filled(byte &+ 2),
            hash: [UInt64(byte), .max, 0x0102_0304_0506_0708]
        )
    }
}

extension LibraryKey {
    static let staff = LibraryKey(device: "SN-1", library: 3)
    static let visitors = LibraryKey(device: "SN-1", library: 4)
}

extension PortraitID: ExpressibleByStringLiteral {
    /// An id as it stands in a test.
    public init(stringLiteral text: String) { self.init(asListed: text) }
}
