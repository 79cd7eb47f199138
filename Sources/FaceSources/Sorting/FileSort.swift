// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// What a file of a source is, by its name and, where that does not tell, its first bytes.
///
/// The same for a file of a folder and an entry of an archive.
enum FileSort {
    /// A picture that can be read.
    case picture
    /// It could be a person's photo and cannot be taken: a row that says why, and that holds the person.
    case obstacle(Obstacle)
    /// It may be a picture, but is hidden or could not be opened, and names nobody.
    case hidden, unopened(String)
    /// No picture.
    case other
    /// A leftover of a system.
    case leftover

    /// Why a photo cannot be taken.
    struct Obstacle {
        /// The name of the photo: the file's own, or that of the photo it stands for.
        let photo: String
        let rejection: Rejection
    }
}

extension PictureTest {
    /// Tells what a file is.
    ///
    /// - Parameters:
    ///   - name: Its name in NFC.
    ///   - firstBytes: Its first bytes, asked for only where the name does not tell; `nil` where it is not looked into.
    /// - Returns: What it is.
    func sort(_ name: String, firstBytes: () throws -> [UInt8]?) -> FileSort {
        let fileExtension = FileNameParts.stemAndExtension(of: name).fileExtension ?? ""
        let isHidden = name.utf8.first == UInt8(ascii: ".")
        // Nearly all files end here.
        if !isHidden && isPictureExtension(fileExtension) { return .picture }
        if Housekeeping.isLeftover(name) { return .leftover }
        if let placeholder = Placeholder(name, of: couldBePhoto) {
            return .obstacle(.init(photo: placeholder.photo, rejection: .init(.sourceUnreadable, placeholder.detail)))
        }
        if isHidden { return couldBePhoto(name) ? .hidden : .leftover }
        let kind = ForeignExtension.title(of: fileExtension)
        let isCandidate = kind != nil || FileNameParts.isBatch(name)
        do {
            let bytes = try firstBytes()
            if let bytes, isPictureContent(bytes) { return .picture }
            guard isCandidate else { return .other }
            let what = bytes?.isEmpty == true ? "empty" : kind ?? "no picture that is known here"
            return .obstacle(.init(photo: name, rejection: .init(.imageFormat, "the file is \(what)")))
        } catch {
            guard isCandidate else { return .unopened("\(error)") }
            let detail = "the file cannot be opened: \(error)"
            return .obstacle(.init(photo: name, rejection: .init(.sourceUnreadable, detail)))
        }
    }

    /// Whether a file of this name could be a person's photo: any picture, video or raw file, or a batch file name.
    func couldBePhoto(_ name: String) -> Bool {
        if FileNameParts.isBatch(name) { return true }
        guard let fileExtension = FileNameParts.stemAndExtension(of: name).fileExtension else { return false }
        return isPictureExtension(fileExtension) || ForeignExtension.title(of: fileExtension) != nil
    }
}
