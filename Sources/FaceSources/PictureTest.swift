// SPDX-License-Identifier: Apache-2.0

/// Which files of a folder are pictures: by their extension or, failing that, by their first bytes.
public struct PictureTest: Sendable {
    /// How many bytes of a file `content` is shown, where the file has as many.
    public static let contentLength = 64

    let isPictureExtension: @Sendable (String) -> Bool
    let isPictureContent: @Sendable ([UInt8]) -> Bool

    /// Takes the two questions.
    ///
    /// - Parameters:
    ///   - isPictureExtension: Asked first, with the extension in lower case and without its dot.
    ///   - isPictureContent: Asked with the first bytes of a file whose extension is no picture's.
    public init(
        isPictureExtension: @escaping @Sendable (String) -> Bool,
        isPictureContent: @escaping @Sendable ([UInt8]) -> Bool
    ) {
        self.isPictureExtension = isPictureExtension
        self.isPictureContent = isPictureContent
    }
}
