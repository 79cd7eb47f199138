// SPDX-License-Identifier: Apache-2.0

/// What storage, systems and synchronising programs keep among people's files: bins, snapshots, thumbnails, caches.
///
/// The one list for folders, tables, archives and reports. What such a folder holds is nobody's photo, however it is
/// called: a person whose photo is in a bin has left.
package enum Housekeeping {
    /// Folders, in lower case; every hidden folder is one too.
    private static let folders: Set<String> = [
        // Synology, TerraMaster
        "@eadir", "#recycle", "#snapshot", "@tmp", "@sharebin", "@sharesnap", "@clouddrive", "@synologydrive",
        // QNAP, Asustor, Buffalo, Samba
        "@recycle", "@recently-snapshot", "@__thumb", "@transcode", "@deleted", "trashbox", "#recycle_bin",
        // Snapshots of NetApp and others
        "~snapshot", "~snapshots", "snapshot~", "@snapshot", "@snapshots",
        // Windows
        "$recycle.bin", "recycler", "recycled", "system volume information", "$extend", "config.msi",
        // Mac
        "__macosx", "network trash folder", "temporary items", "thevolumesettingsfolder", "backups.backupdb",
        "mobilebackups.trash",
        // Linux
        "lost+found", "timeshift-btrfs",
        // What Nextcloud and ownCloud keep of deleted and changed files, Google Drive of lost ones
        "files_trashbin", "files_versions", "lost_and_found",
    ]

    /// Folders whose names go on differently each time: copies of the past, and what a check of the disk found.
    private static let folderStarts = ["@gmt-", "found.0", "appdata_oc"]

    /// Files that are no photo even where their name begins like one, in lower case.
    private static let fileEnds = [
        "@synoeastream", "@synoresource", ":zone.identifier", ":afp_afpinfo", ":afp_resource", ":$data",
    ]
    private static let fileStarts = ["._", "~$", ".~lock.", ".nfs0", ".fuse_hidden", ".smbdelete"]
    private static let files: Set<String> = [
        ".ds_store", "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r", ".directory",
    ]

    /// Whether a folder of this name is passed over, and told.
    package static func isFolder(_ name: String) -> Bool {
        if name.utf8.first == UInt8(ascii: ".") { return name != "." && name != ".." }
        let name = name.lowercased()
        return folders.contains(name) || folderStarts.contains { name.hasPrefix($0) }
    }

    /// Whether a file of this name is a leftover of a system: nobody's photo and nobody's business.
    package static func isLeftover(_ name: String) -> Bool {
        let name = name.lowercased()
        return files.contains(name) || fileStarts.contains { name.hasPrefix($0) }
            || fileEnds.contains { name.hasSuffix($0) }
    }

    /// The outermost folder of a path, its last part left out, that is passed over.
    static func folder(above path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        guard let place = parts.firstIndex(where: { isFolder(String($0)) }) else { return nil }
        return parts[...place].joined(separator: "/")
    }
}
