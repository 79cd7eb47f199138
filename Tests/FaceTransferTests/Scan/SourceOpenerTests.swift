// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import FaceTransfer
import Glibc
import Testing

@testable import FaceSources

@Suite struct SourceOpenerTests {
    @Test(arguments: [
        ("", SourceError.Code.notFound, "the source is empty: give a folder of photos or a .csv"),
        ("nowhere", .notFound, "nowhere is not there: check the path"),
        ("a.jpg/b", .notFound, "a.jpg/b is not there: check the path"),
        (
            "a.jpg", .unsupported,
            "a.jpg is not a source of portraits: give a folder of photos or a .csv with a photo column"
        ),
        (
            "all.ZIP", .unsupported,
            "all.ZIP is no zip archive, whatever its name says"
        ),
        ("staff.xlsx", .unsupported, "staff.xlsx is not a CSV: save the table as .csv (CSV UTF-8) and give that"),
        ("pipe.csv", .unsupported, "pipe.csv is neither a folder nor a file: give a folder of photos or a .csv"),
        ("empty.csv", .malformed, "empty.csv is empty: it needs a header and a row for each person"),
        ("zero.csv", .malformed, "line 1 of zero.csv holds a zero byte: save the file again as CSV in UTF-8"),
        ("quote.csv", .malformed, "line 2 of quote.csv opens a quote that is never closed: close it or double it"),
        (
            "plain.csv", .unsupported,
            "plain.csv has no column for the photo: it has \"name\", \"id\"; only img_id, name would be taken; "
                + "name one of its columns photo"
        ),
        (
            "twice.csv", .unsupported,
            "twice.csv has two columns for name, \"Full Name\" and \"NAME\": rename or delete one of them"
        ),
        (
            "broken.csv", .malformed,
            "broken.csv is UTF-8 but damaged on line 3: correct that line or save the file again as UTF-8"
        ),
        (
            "binary.csv", .unsupported,
            "binary.csv is not UTF-8 and may be CP850 (aü, A\u{A0}■Ø, ─), CP852 (aü, A\u{A0}■Ł, ─), CP437 (aü, A\u{A0}■¥, ─) or "
                + "CP860 (aü, A\u{A0}■Ù, ─): give --encoding NAME, or save it as UTF-8"
        ),
    ])
    func whatCannotBeReadIsSaidInOneSentence(typed: String, code: SourceError.Code, message: String) async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg", "all.ZIP", "staff.xlsx")
        try folder.write("\u{FEFF}\n \n", to: "empty.csv")
        try folder.write("photo\u{0},name and many more columns that are there\n", to: "zero.csv")
        try folder.write("photo,name,id\na.jpg,\"Ann\n", to: "quote.csv")
        try folder.write("name,id\nAnn,1\n", to: "plain.csv")
        try folder.write("photo,id,Full Name,NAME\n", to: "twice.csv")
        try folder.write(
            Array("photo\n王.jpg\n".utf8) + [0xE7] + Array("\n李.jpg\n伟.jpg".utf8),
            to: Array("broken.csv".utf8)
        )
        try folder.write([0x61, 0x81, 0x01, 0x41, 0xFF, 0xFE, 0x9D, 0x02, 0xC4], to: Array("binary.csv".utf8))
        mkfifo(folder.path + "/pipe.csv", 0o600)
        let error = await #expect(throws: SourceError.self) { try await folder.rows(typed) }
        #expect(error?.code == code)
        #expect(error?.message == message)
    }

    @Test func aWrongPassphraseIsToldFromAnArchiveThatCannotBeRead() async throws {
        let folder = try SourceFolder()
        var writer = try ZipWriter(path: folder.path + "/staff.zip", passphrase: Secret("right"))
        try writer.add("Ann_E-1_#_0_31_Oslo.jpg", Array("photo".utf8))
        try writer.finish()
        let error = #expect(throws: SourceError.self) {
            try SourceOpener.open(
                "staff.zip",
                workingDirectory: folder.path,
                pictures: .forTests,
                passphrase: Secret("wrong")
            )
        }
        #expect(error?.code == .wrongPassphrase)
        #expect(error?.message == "staff.zip does not open with this passphrase: name the file with the right one")
    }
}
