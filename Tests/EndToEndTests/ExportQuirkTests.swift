// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The same export from a device with one oddity after another.
@Suite(.serialized, .timeLimit(.minutes(40))) struct ExportQuirkTests {
    static let quirks = [
        "zip_zipcrypto", "zip_plain", "zip_passwd_missing", "zip_passwd_wrong", "zip_id_names", "zip_uuid_names",
        "zip_nested", "zip_no_manifest", "zip_masked", "zip_gbk", "export_name_collision", "export_short_page",
        "failed_as_array", "failed_missing", "tmp_expire=0", "cut_download=3", "no_content_length", "download_root",
        "export_absolute_url", "leading_slash", "comma_partial", "comma_shift", "comma_code=-2100", "mask_name",
        "mask_partial", "mask_off", "pre_privacy", "session_ttl=1", "drop_session_after=4", "loose_types",
        "page_number",
    ]

    @Test(arguments: quirks) func theSameComesOutWhateverTheDeviceDoes(quirk: String) async throws {
        // Where names are masked, archives mask them too.
        let flags = ["--quirk", quirk] + (quirk == "mask_name" ? ["--quirk", "zip_masked"] : [])
        try await StockedDevice.with(flags) { place in
            let out = try await place.facelib("export", "hq:Staff", "out", "--json")
            if quirk == "page_number" {
                // A listing whose pages cannot be turned is incomplete, and that is said.
                #expect(out.status == 1 && out.errors.contains("may be portraits that were not exported"))
                return
            }
            #expect(out.status == 0, "\(out.errors)")
            let state = try await place.device.state()
            let exported = try Exported(folder: place.folder.appending(path: "out"))
            #expect(exported.differences(from: state.portraits(of: "Staff")) == [], "\(out.errors)")
            // Archives are of use unless they cannot be opened, and then nothing else is asked for singly.
            let singles = state.calls["1032"] ?? 0
            #expect((singles > StockedDevice.count) == Self.unreadable.contains(quirk), "\(singles) single portraits")
        }
    }

    /// Archives that nobody can open.
    private static let unreadable: Set = ["zip_passwd_missing", "zip_passwd_wrong"]

    @Test func aLibraryThatChangesMeanwhileIsExportedWholeAndSaidToHaveChanged() async throws {
        try await StockedDevice.with(["--quirk", "mutate_during_paging=99"]) { place in
            let out = try await place.facelib("export", "hq:Staff", "out", "--json")
            #expect(out.status == 0, "\(out.errors)")
            #expect(out.errors.contains("the library changed while it was listed: everybody is in it"), "\(out.errors)")
            let held = try await place.device.state().portraits(of: "Staff")
            let exported = try Exported(folder: place.folder.appending(path: "out"))
            // The one who comes and goes may be in it or not.
            #expect(exported.differences(from: held).filter { !$0.hasPrefix("drift-") } == [])
        }
    }

    @Test func aListingThatSettlesDownIsReadAgainAndIsWhole() async throws {
        try await StockedDevice.with(["--quirk", "mutate_during_paging=1"]) { place in
            let out = try await place.facelib("export", "hq:Staff", "out", "--json")
            #expect(out.status == 0, "\(out.errors)")
            let held = try await place.device.state().portraits(of: "Staff")
            let exported = try Exported(folder: place.folder.appending(path: "out"))
            #expect(exported.differences(from: held) == [])
        }
    }

    @Test func aDeviceThatKeepsNoImagesGivesTheAttributes() async throws {
        try await Workplace.with(["--quirk", "face_off"]) { place in
            try Data("photo,img_id,name\na.jpg,n-1,Ann\n".utf8).write(to: place.folder.appending(path: "one.csv"))
            let set = try await PortraitSet.drawn("--count", "1", "--bad", "0", "--seed", "52", "--folder")
            let photo = set.source.appending(path: try #require(set.truth.first).source)
            try FileManager.default.copyItem(at: photo, to: place.folder.appending(path: "a.jpg"))
            let one = try await place.facelib(
                "import",
                "one.csv",
                "hq:Bare",
                "--create",
                "whitelist",
                "--quality",
                "off"
            )
            #expect(one.status == 0, "\(one.errors)")
            let out = try await place.facelib("export", "hq:Bare", "out", "--json")
            #expect(out.status == 3, "\(out.errors)")
            #expect(try Report(out).rows.first?.reason == "image.missing")
            #expect(try Exported(folder: place.folder.appending(path: "out")).rows["n-1"]?["name"] == "Ann")
        }
    }
}
