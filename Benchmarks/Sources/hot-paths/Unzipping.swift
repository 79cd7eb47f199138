// SPDX-License-Identifier: Apache-2.0
import BenchmarkParts
import FaceArchive
import FaceModel

/// Reads images out of a zip as devices make them: stored, encrypted with AES-256.
final class Unzipping: HotPath {
    private let folder: ScratchFolder
    private let path: String

    private static let passphrase = Secret("Facelib-2026")
    private static let count = 8
    private static let length = 200_000

    init() throws {
        folder = try ScratchFolder()
        path = folder.path + "/portraits.zip"
        var numbers = SeededNumbers(seed: 3)
        var writer = try ZipWriter(path: path, passphrase: Self.passphrase)
        for number in 1...Self.count {
            try writer.add("Berit Claasen_E-000000\(number)_#_1_31_Oslo.jpg", numbers.bytes(Self.length))
        }
        try writer.finish()
    }

    func walk() throws {
        let archive = try ZipArchive(path: path, passphrase: Self.passphrase)
        for entry in archive.entries {
            let image = try archive.read(entry)
            precondition(image.count == Self.length, "the image was read whole")
        }
    }
}
