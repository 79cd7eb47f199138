// SPDX-License-Identifier: Apache-2.0
internal import FaceImaging
import FaceSources
import FaceText

extension Invocation {
    /// Opens a folder, a spreadsheet or an archive as it was seen from the folder that a job began in.
    ///
    /// - Parameters:
    ///   - path: The path as it was typed.
    ///   - directory: The absolute folder that it is seen from.
    ///   - passphraseFile: The file with the passphrase of an archive, by its full path.
    ///   - encoding: What tables and names that are not Unicode are written in, as the user says.
    /// - Returns: The source.
    /// - Throws: `SourceError`, or ``CommandError`` for a passphrase that cannot be read.
    func openSource(
        _ path: String,
        seenFrom directory: String,
        passphraseFile: String?,
        encoding: TextEncoding?
    ) throws -> any PortraitSource {
        let passphrase = try passphraseFile.map { try PassphraseFile.read($0, warn: console.warn) }
        return try SourceOpener.open(
            path,
            workingDirectory: directory,
            pictures: PictureTest(
                isPictureExtension: ImageFormat.isPictureExtension,
                isPictureContent: { ImageFormat(firstBytes: $0) != nil }
            ),
            passphrase: passphrase,
            encoding: encoding
        )
    }
}
