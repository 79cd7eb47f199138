// SPDX-License-Identifier: Apache-2.0

/// What a reading saw that is no row, to be told once at its end.
struct PassedOver {
    /// Folders that storage and systems keep for themselves.
    private var housekeeping = NameSample()
    private var housekeepingFolders: Set<String> = []
    var notPictures = NameSample()
    /// Files beside a photo of the same name: its raw file, its video, its sidecar.
    var companions = NameSample()
    /// Files that no row of a table names and that could not be taken if one did: links, placeholders, videos.
    var unnamed = NameSample()
    var hidden = NameSample()
    var unopened = NameSample()
    var links = NameSample()
    /// Links that lead, or once led, to where photos may be.
    var unfollowed = NameSample()
    var renamed = NameSample()

    /// Notes a folder that a system keeps for itself, however often it is met.
    mutating func add(housekeeping folder: String) {
        if housekeepingFolders.insert(folder).inserted { housekeeping.add(folder) }
    }

    /// One sentence for each kind that occurred.
    var sentences: [String] {
        let kinds: [(NameSample, one: String, many: String)] = [
            (
                housekeeping, "folder that a system keeps for itself was passed over",
                "folders that a system keeps for itself were passed over"
            ),
            (notPictures, "file that is not a picture was passed over", "files that are not pictures were passed over"),
            (
                companions, "file beside a photo of the same name was passed over",
                "files beside photos of the same names were passed over"
            ),
            (
                unnamed, "file that cannot be read as a photo has no row",
                "files that cannot be read as photos have no row"
            ),
            (
                hidden, "hidden file that may be a picture was passed over",
                "hidden files that may be pictures were passed over"
            ),
            (
                unopened, "file without a picture's extension could not be opened and may be a picture",
                "files without a picture's extension could not be opened and may be pictures"
            ),
            (links, "symbolic link was passed over", "symbolic links were passed over"),
            (
                renamed, "file name is not UTF-8 and read in another encoding",
                "file names are not UTF-8 and read in another encoding"
            ),
        ]
        return kinds.compactMap { sample, one, many in
            sample.count == 0 ? nil : "\(sample.counted(one, many)): \(sample.list)"
        }
    }

    /// Why there may be photos that were not found, `nil` where there is no reason to think so.
    var gap: String? {
        if unopened.count > 0 { return "files could not be opened and may be pictures (\(unopened.list))" }
        if unfollowed.count > 0 { return "symbolic links are not followed and may lead to photos (\(unfollowed.list))" }
        return nil
    }
}
