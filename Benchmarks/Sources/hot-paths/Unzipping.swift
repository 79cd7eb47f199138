// SPDX-License-Identifier: Apache-2.0
import BenchmarkParts
import FaceArchive
import FaceModel

/// Reads an image out of a zip as devices make them: stored, encrypted with AES-256.
final class Unzipping: HotPath {
    private let folder: ScratchFolder
    private let archive: ZipArchive

    private static let length = 200_000

    init() throws {
        folder = try ScratchFolder()
        var numbers = SeededNumbers(seed: 3)
        let passphrase = Secret("Facelib-2026")
        let path = folder.path + "/portraits.zip"
        var writer = try ZipWriter(path: path, passphrase: passphrase)
        try writer.add("Berit Claasen_E-0000001_#_1_31_Oslo.jpg", numbers.bytes(Self.length))
        try writer.finish()
        archive = try ZipArchive(path: path, passphrase: passphrase)
    }

    func walk() throws {
        let image = try archive.read(archive.entries[0])
        precondition(image.count == Self.length, "the image was read whole")
    }
}
