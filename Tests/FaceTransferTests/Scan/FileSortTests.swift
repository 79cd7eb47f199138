// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Testing

@testable import FaceSources
@testable import FaceTransfer

/// What files and folders of a source are, by their names.
@Suite struct FileSortTests {
    private func sort(_ name: String, _ bytes: [UInt8]? = [1, 2, 3]) -> FileSort {
        PictureTest.real.sort(name) { bytes }
    }

    @Test(arguments: [
        "a.jpg", "a.JPG", "a.jfif", "a.JPE", "a.jif", "a.pjpeg", "a.mpo", "a.hif", "a.HEIC", "a.dib", "a.webp",
        "~a.jpg",
    ])
    func picturesAreKnownByTheirExtension(_ name: String) {
        guard case .picture = sort(name) else {
            Issue.record("\(name) is \(sort(name))")
            return
        }
    }

    @Test(arguments: ["a.gif", "a.dat", "a", "Ann_E-1_#_0_31_St. Gallen", "a.avif", "a.bak"])
    func picturesAreKnownByTheirContent(_ name: String) {
        guard case .picture = sort(name, SourceFolder.jpeg) else {
            Issue.record("\(name) is \(sort(name, SourceFolder.jpeg))")
            return
        }
    }

    @Test(arguments: [
        ("a.avif", "an AVIF picture"), ("a.JXL", "a JPEG XL picture"), ("a.jp2", "a JPEG 2000 picture"),
        ("a.gif", "a GIF picture"), ("a.psd", "a Photoshop file"), ("a.svg", "a vector drawing"), ("a.mp4", "a video"),
        ("a.MOV", "a video"), ("a.webm", "a video"), ("a.cr3", "a camera's raw file"), ("a.NEF", "a camera's raw file"),
        ("a.ico", "a picture in a format"), ("Ann_E-1_#_0_31_Oslo.pdf", "no picture"),
        ("Ann_E-1_#_0_31_Oslo", "no picture"),
        ("Ann_E-1_#_0_31_Oslo.jpg.old", "no picture"), ("Ann_E-1_#_f_old_Oslo.bak", "no picture"),
    ])
    func whatCouldBeAPersonsPhotoIsARowThatNamesItsKind(_ name: String, _ kind: String) {
        guard case .obstacle(let obstacle) = sort(name) else {
            Issue.record("\(name) is \(sort(name))")
            return
        }
        #expect(obstacle.rejection.reason == .imageFormat && obstacle.photo == name)
        #expect(obstacle.rejection.detail.hasPrefix("the file is \(kind)"))
    }

    @Test func anEmptyFileWithABatchNameSaysSo() {
        guard case .obstacle(let obstacle) = sort("Ann_E-1_#_0_31_Oslo", []) else {
            Issue.record("it is no row")
            return
        }
        #expect(obstacle.rejection.detail == "the file is empty")
    }

    @Test(arguments: [
        (".a.jpg.icloud", "a.jpg", "iCloud"), ("a.jpg.icloud", "a.jpg", "iCloud"),
        ("a.jpg.nextcloud", "a.jpg", "Nextcloud"),
        ("a.HEIC.owncloud", "a.HEIC", "ownCloud"), ("a.jpg.cloud", "a.jpg", "odrive"),
        ("a.jpg.part", "a.jpg", "copied"),
        ("a.jpg.crdownload", "a.jpg", "copied"), ("a.jpg.filepart", "a.jpg", "copied"),
        ("a.jpg.partial", "a.jpg", "copied"),
        ("a.jpg.1a2b3c4d.partial", "a.jpg", "copied"), ("a.jpg.ocTransferId123456.part", "a.jpg", "copied"),
        ("~syncthing~a.jpg.tmp", "a.jpg", "copied"), (".syncthing.a.jpg.tmp", "a.jpg", "copied"),
        ("a.jpg.tmp", "a.jpg", "copied"), ("a.jpg.!sync", "a.jpg", "copied"), ("a.mp4.part", "a.mp4", "copied"),
        ("a.jpg.lnk", "a.jpg", "shortcut"), ("a.jpg.url", "a.jpg", "shortcut"),
        (".Ann_E-1_#_0_31_Oslo.jpg.x8Kd2a", "Ann_E-1_#_0_31_Oslo.jpg.x8Kd2a", "hidden"),
    ])
    func whatStandsForAPhotoNamesIt(_ name: String, _ photo: String, _ word: String) {
        guard case .obstacle(let obstacle) = sort(name) else {
            Issue.record("\(name) is \(sort(name))")
            return
        }
        #expect(obstacle.photo == photo && obstacle.rejection.reason == .sourceUnreadable)
        #expect(obstacle.rejection.detail.contains(word), "\(obstacle.rejection.detail)")
    }

    @Test(arguments: [
        "._a.jpg", ".DS_Store", "Thumbs.db", "desktop.ini", "a.jpg@SynoEAStream", "a.jpg:Zone.Identifier",
    ])
    func leftoversOfSystemsAreNobodysPhoto(_ name: String) {
        guard case .leftover = sort(name) else {
            Issue.record("\(name) is \(sort(name))")
            return
        }
    }

    @Test(arguments: ["notes.txt", "setup.exe.part", "people.xlsx", "list.csv.lnk", "a.xmp", "Team.gdoc"])
    func otherFilesAreNone(_ name: String) {
        guard case .other = sort(name) else {
            Issue.record("\(name) is \(sort(name))")
            return
        }
    }

    @Test(arguments: [
        ("@eaDir", true), ("#recycle", true), ("#Recycle", true), ("@Recycle", true), ("$RECYCLE.BIN", true),
        ("RECYCLER", true), ("~snapshot", true), ("#snapshot", true), ("@Recently-Snapshot", true), (".zfs", true),
        (".Trash-1000", true), (".Trashes", true), ("System Volume Information", true), ("lost+found", true),
        ("__MACOSX", true), ("found.000", true), (".stversions", true), ("trashbox", true), ("files_trashbin", true),
        ("@GMT-2026.11.30-22.00.00", true), ("recycle", false), ("snapshot", false), ("2026", false), ("#1", false),
        ("found", false), ("@home", false), ("Ann_E-1_#_0_31_Oslo.jpg", false),
    ])
    func foldersOfStorageAreKnown(_ name: String, _ isHousekeeping: Bool) {
        #expect(Housekeeping.isFolder(name) == isHousekeeping)
        #expect((Housekeeping.folder(above: "a/\(name)/b/c.jpg") == "a/\(name)") == isHousekeeping)
        #expect(Housekeeping.folder(above: "a/b/\(name)") == nil)
    }
}
