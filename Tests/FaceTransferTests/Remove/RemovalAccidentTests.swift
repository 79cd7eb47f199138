// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Foundation
import Testing

@testable import FaceTransfer
@testable import FaceUpload

/// What happens to a source between two runs with `--remove`: nobody is deleted who is still there, nobody kept who left;
/// or the run stops, says why, and deletes nobody.
@Suite(.timeLimit(.minutes(20))) struct RemovalAccidentTests {
    /// How a run with `--remove` must end.
    enum Expected: Sendable {
        /// Only the one who left is deleted.
        case onlyTheLeaverGoes
        /// A guard stops the run, with this word.
        case stops(String)
        /// The source cannot be read, in these words.
        case fails(String)
    }

    struct Accident: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let kind: RemovalBench.Kind
        let expected: Expected
        let act: @Sendable (RemovalBench) throws -> Void

        init(
            _ name: String,
            _ kind: RemovalBench.Kind,
            _ expected: Expected,
            _ act: @escaping @Sendable (RemovalBench) throws -> Void
        ) {
            (testDescription, self.kind, self.expected, self.act) = (name, kind, expected, act)
        }
    }

    private static let third = RemovalBench.photo(3)
    private static let remaining = Array(RemovalBench.people.dropLast())
    private static let video: [UInt8] = [0, 0, 0, 24] + Array("ftypmp42".utf8) + [UInt8](repeating: 0, count: 64)
    private static let avif: [UInt8] = [0, 0, 0, 24] + Array("ftypavif".utf8) + [UInt8](repeating: 0, count: 64)

    /// The photo of the third person becomes another file.
    private static func became(_ name: String, _ bytes: [UInt8], _ expected: Expected) -> Accident {
        Accident("a photo becomes \(name)", .folder, expected) { bench in
            try bench.remove("new/\(third).jpg")
            try bench.put(bytes, "new/" + name.replacing("*", with: third))
        }
    }

    /// A folder of storage or of a program that holds the photo of the one who left, and others'.
    private static func kept(in folder: String) -> Accident {
        Accident("photos are kept in \(folder)", .folder, .onlyTheLeaverGoes) { bench in
            for number in [RemovalBench.leaver, 3, 4] {
                try bench.put(number, "new/\(folder)/\(RemovalBench.photo(number)).jpg")
            }
            try bench.put(5, "new/\(folder)/SYNOPHOTO_THUMB_M.jpg")
        }
    }

    /// The lines of the table, that of the third person changed.
    private static func lines(_ change: (String) -> String) -> [String] {
        remaining.map { $0 == 3 ? change(RemovalBench.line(3)) : RemovalBench.line($0) }
    }

    private static func edited(
        _ name: String,
        _ expected: Expected,
        header: String = RemovalBench.header,
        _ change: @escaping @Sendable (String) -> String
    ) -> Accident {
        Accident(name, .table, expected) { try $0.write(table: lines(change), header: header) }
    }

    static let photos: [Accident] = [
        Accident("nothing happens", .folder, .onlyTheLeaverGoes) { _ in },
        Accident("a photo gets a camera's name", .folder, .stops("no readable img_id")) {
            try $0.move("new/\(third).jpg", to: "new/IMG_1234.jpg")
        },
        Accident("a photo gets another img_id", .folder, .stops("the same name")) {
            try $0.move("new/\(third).jpg", to: "new/Person 3_X-99_#_#_#_#.jpg")
        },
        Accident("an img_id in a photo's name loses its zero", .folder, .stops("nearly the same img_id")) {
            try $0.move("new/\(third).jpg", to: "new/P. Three_103_#_#_#_#.jpg")
        },
        Accident("a photo moves into a folder", .folder, .onlyTheLeaverGoes) {
            try $0.move("new/\(third).jpg", to: "new/a/b/\(third).jpg")
        },
        Accident("an extension is written in capitals", .folder, .onlyTheLeaverGoes) {
            try $0.move("new/\(third).jpg", to: "new/\(third).JPG")
        },
        Accident("a photo comes with its raw file, its video and its sidecar", .folder, .onlyTheLeaverGoes) {
            for end in ["cr3", "mov", "xmp", "jpg.xmp", "jpg.pp3"] { try $0.put(video, "new/\(third).\(end)") }
        },
        became("*.avif", avif, .onlyTheLeaverGoes), became("*.heic", avif, .onlyTheLeaverGoes),
        became("*.mp4", video, .onlyTheLeaverGoes), became("*.CR3", video, .onlyTheLeaverGoes),
        became("*.jxl", [0xFF, 0x0A, 0], .onlyTheLeaverGoes), became("*.pdf", video, .onlyTheLeaverGoes),
        became("*.jpg", [], .onlyTheLeaverGoes), became("*", [], .onlyTheLeaverGoes),
        became("*.jpg.old", [1, 2, 3], .onlyTheLeaverGoes),
        became(".*.jpg.icloud", [], .stops("not on this disk")),
        became("*.jpg.nextcloud", [0x20], .stops("not on this disk")),
        became("*.jpg.owncloud", [0x20], .stops("not on this disk")),
        became("*.jpg.part", [0xFF, 0xD8], .stops("not on this disk")),
        became("*.jpg.crdownload", [0xFF, 0xD8], .stops("not on this disk")),
        became(".*.jpg.x8Kd2a", [0xFF, 0xD8], .stops("not on this disk")),
        became("~syncthing~*.jpg.tmp", [0xFF, 0xD8], .stops("not on this disk")),
        became("*.jpg.lnk", [0x4C, 0], .stops("not on this disk")),
        became("IMG_1.mov", video, .stops("no readable img_id")),
        became("IMG_1.avif", avif, .stops("no readable img_id")),
    ]

    static let folders: [Accident] =
        [
            "#recycle", "@Recycle", "$RECYCLE.BIN", "~snapshot/hourly.0", "#snapshot/GMT-1", "@Recently-Snapshot/x",
            "@eaDir/a.jpg", ".@__thumb", ".Trash-1000/files", "lost+found", "System Volume Information", "__MACOSX",
            ".stversions", ".snapshot/daily", "a/b/#recycle/a/b", "@GMT-2026.11.01-00.00.00",
        ].map(kept) + [
            Accident("a photo becomes a link", .folder, .stops("not on this disk")) {
                try $0.move("new/\(third).jpg", to: "other/\(third).jpg")
                try $0.folder.link("new/\(third).jpg", to: "../other/\(third).jpg")
            },
            Accident("a photo becomes a link to nothing", .folder, .stops("not on this disk")) {
                try $0.remove("new/\(third).jpg")
                try $0.folder.link("new/\(third).jpg", to: "gone.jpg")
            },
            Accident("a folder becomes a link", .folder, .stops("symbolic links")) {
                try $0.move("new/\(third).jpg", to: "other/\(third).jpg")
                try $0.folder.link("new/photos", to: "../other")
            },
            Accident("a link leads to what is there anyway", .folder, .onlyTheLeaverGoes) {
                try $0.move("new/\(third).jpg", to: "new/2026/\(third).jpg")
                try $0.folder.link("new/latest", to: "2026")
            },
            Accident("the folder is emptied", .folder, .stops("the source is empty")) { try $0.fill([]) },
            Accident("the folder is not mounted", .folder, .fails("is not there")) { try $0.remove("new") },
            Accident("another folder stands in its place", .folder, .stops("at most 2")) { bench in
                try bench.fill([])
                for number in 1...11 { try bench.put(number + 20, "new/Other \(number)_N-\(number)_#_#_#_#.jpg") }
            },
            Accident("half of the folder is gone", .folder, .stops("shrank")) { try $0.fill([1, 2, 3, 4, 5]) },
        ]

    static let tables: [Accident] = [
        Accident("eight photos have no row, that of the one who left among them", .table, .onlyTheLeaverGoes) {
            for number in 12...19 { try $0.put(number, "new/p\(number).jpg") }
        },
        Accident("a photo is deleted and its row kept", .table, .onlyTheLeaverGoes) { try $0.remove("new/p3.jpg") },
        Accident("a photo is in the cloud", .table, .stops("not on this disk")) {
            try $0.move("new/p3.jpg", to: "new/.p3.jpg.icloud")
        },
        Accident("a photo of a table becomes AVIF", .table, .onlyTheLeaverGoes) {
            try $0.move("new/p3.jpg", to: "new/p3.avif")
        },
        Accident("all photos of a table are in a NAS's bin", .table, .onlyTheLeaverGoes) { bench in
            for number in 1...12 { try bench.put(number, "new/#recycle/p\(number).jpg") }
        },
        edited("a row names no photo", .onlyTheLeaverGoes) { ",Person 3" + $0.dropFirst(15) },
        edited("a photo's name is written in capitals", .onlyTheLeaverGoes) { $0.replacing("p3.jpg", with: "P3.JPG") },
        edited("a photo's name has a backslash", .onlyTheLeaverGoes) { ".\\" + $0 },
        edited("a line has a separator too many", .stops("no readable img_id")) {
            $0.replacing("Person 3", with: "Person, 3")
        },
        edited("two img_ids change places with a separator", .stops("no readable img_id")) { _ in
            "p3.jpg,Person,0104,0103"
        },
        edited("an img_id has a blank in it", .stops("no readable img_id")) { $0.replacing("0103", with: "01 03") },
        edited("an img_id has blanks around it", .onlyTheLeaverGoes) { $0.replacing("0103", with: "  0103 ") },
        edited("an img_id loses its zero", .stops("nearly the same img_id")) { $0.replacing("0103", with: "103") },
        edited("an img_id becomes a number of a spreadsheet", .stops("no readable img_id")) {
            $0.replacing("0103", with: "1.03E+02")
        },
        edited("an img_id is another person's", .stops("another person")) { $0.replacing("0103", with: "0104") },
        edited("an img_id is missing", .stops("the same name")) { $0.replacing("0103", with: "") },
        Accident("all img_ids lose their zeros", .table, .stops("at most 2")) {
            try $0.write(table: remaining.map { RemovalBench.line($0).replacing(",0", with: ",") })
        },
        Accident("the column of the img_ids gets another name", .table, .fails("img_id")) {
            try $0.write(table: remaining.map(RemovalBench.line), header: "photo,name,Ablage")
        },
        Accident("the column of the photos gets another name", .table, .stops("no readable img_id")) {
            try $0.write(table: remaining.map(RemovalBench.line), header: "Ablage,name,img_id")
        },
        Accident("the table is sorted otherwise", .table, .onlyTheLeaverGoes) {
            try $0.write(table: remaining.reversed().map(RemovalBench.line))
        },
        Accident("the table is filtered, its photos stay", .table, .stops("shrank")) {
            try $0.write(table: [1, 2, 3, 4, 5].map(RemovalBench.line))
        },
        Accident("the table has no rows any more", .table, .stops("the source is empty")) { try $0.write(table: []) },
        Accident("the table gets a byte order mark", .table, .onlyTheLeaverGoes) {
            try $0.write(table: remaining.map(RemovalBench.line), header: "\u{FEFF}" + RemovalBench.header)
        },
        Accident("the table is saved as UTF-16", .table, .onlyTheLeaverGoes) {
            let text = ([RemovalBench.header] + remaining.map(RemovalBench.line)).joined(separator: "\n")
            try $0.put(encode("\u{FEFF}" + text, "UTF-16LE"), "new/people.csv")
        },
        Accident("the table is spelled People.CSV", .table, .onlyTheLeaverGoes) {
            try $0.move("new/people.csv", to: "new/People.CSV")
        },
        Accident("two quotes too many swallow a row", .table, .stops("no readable img_id")) {
            try $0.write(
                table: remaining.map {
                    [3, 4].contains($0)
                        ? RemovalBench.line($0).replacing("Person", with: "\"Person") : RemovalBench.line($0)
                }
            )
        },
        Accident("a quote is opened and never closed", .table, .fails("never closed")) {
            try $0.write(table: lines { $0.replacing("Person 3", with: "\"Person 3") })
        },
    ]

    static let zips: [Accident] = [
        Accident("a zip loses its end", .zip, .fails("new.zip")) { bench in
            let bytes = Array(try Data(contentsOf: URL(filePath: bench.folder.path + "/new.zip")))
            try bench.put(Array(bytes.dropLast(bytes.count / 3)), "new.zip")
        },
        Accident("photos of a zip are named .jfif", .zip, .onlyTheLeaverGoes) {
            try $0.write(zip: remaining.map { ("\(RemovalBench.photo($0)).jfif", try Picture.jpeg($0)) })
        },
        Accident("photos of a zip have no extension", .zip, .onlyTheLeaverGoes) {
            try $0.write(zip: remaining.map { (RemovalBench.photo($0), try Picture.jpeg($0)) })
        },
        Accident("a photo of a zip becomes a video", .zip, .onlyTheLeaverGoes) {
            try $0.write(
                zip: remaining.map {
                    $0 == 3 ? ("\(third).mp4", video) : ("\(RemovalBench.photo($0)).jpg", try Picture.jpeg($0))
                }
            )
        },
        Accident("a photo of a zip is in the cloud", .zip, .stops("not on this disk")) {
            try $0.write(
                zip: remaining.map {
                    $0 == 3 ? (".\(third).jpg.icloud", []) : ("\(RemovalBench.photo($0)).jpg", try Picture.jpeg($0))
                }
            )
        },
        Accident("a zip has a Mac's folder and a bin", .zip, .onlyTheLeaverGoes) {
            let leaver = "\(RemovalBench.photo(12)).jpg"
            try $0.write(
                zip: remaining.map { ("a/\(RemovalBench.photo($0)).jpg", try Picture.jpeg($0)) }
                    + ["__MACOSX/._\(leaver)", "#recycle/\(leaver)", "a/.Trash/\(leaver)"].map {
                        ($0, try Picture.jpeg(12))
                    }
            )
        },
        Accident("photos of a zip have no row", .zippedTable, .onlyTheLeaverGoes) {
            let table = ([RemovalBench.header] + remaining.map(RemovalBench.line)).joined(separator: "\n")
            let photos = (1...15).filter { $0 != 3 }.map { ("p\($0).jpg", $0) }
            try $0.write(zip: [("people.csv", Array(table.utf8))] + photos.map { ($0, try Picture.jpeg($1)) })
        },
    ]

    @Test(arguments: photos + folders + tables + zips, RemovalBench.Way.allCases)
    func nobodyIsDeletedWhoIsThereAndNobodyKeptWhoLeft(_ accident: Accident, _ way: RemovalBench.Way) async throws {
        try await Self.check(accident, way)
    }

    /// Has everybody stored, one leave and the accident happen, and looks who is left.
    static func check(_ accident: Accident, _ way: RemovalBench.Way) async throws {
        let bench = try RemovalBench(accident.kind, way)
        try bench.fill(RemovalBench.people)
        let first = try await bench.run(removes: true)
        guard case .done = first else {
            Issue.record("the first run ended with \(first)")
            return
        }
        let all = await bench.ids()
        #expect(all == RemovalBench.people.map(RemovalBench.id))
        try bench.fill(remaining)
        try accident.act(bench)
        let end = try await bench.run(removes: true)
        let ids = await bench.ids()
        switch (accident.expected, end) {
        case (.onlyTheLeaverGoes, .done):
            #expect(ids.filter(all.contains) == remaining.map(RemovalBench.id))
        case (.stops(let word), .stopped(let message)), (.fails(let word), .failed(let message)):
            #expect(message.contains(word), "\(message)")
            #expect(ids == all)
        default: Issue.record("ended with \(end), and \(ids)")
        }
    }

    @Test(arguments: RemovalBench.Way.allCases) func straysAreToldOnceAndHoldUpNobody(_ way: RemovalBench.Way)
        async throws
    {
        let bench = try RemovalBench(.table, way)
        try bench.fill(RemovalBench.people)
        _ = try await bench.run(removes: true)
        try bench.write(table: Self.remaining.map(RemovalBench.line))
        for number in 13...19 { try bench.put(number, "new/p\(number).jpg") }
        guard case .done = try await bench.run(removes: true) else {
            Issue.record("it did not end")
            return
        }
        #expect(await bench.ids() == Self.remaining.map(RemovalBench.id))
        #expect(bench.said.filter { $0 == "8 photos have no row: move them away or add rows" }.count == 1)
    }

    @Test(arguments: RemovalBench.Way.allCases) func aReportRemovesNobody(_ way: RemovalBench.Way) async throws {
        let bench = try RemovalBench(.folder, way)
        try bench.fill(RemovalBench.people)
        _ = try await bench.run(removes: false)
        let columns = "source,line,img_id,name,outcome,reason,detail,hint,device_code"
        let row = "new/\(Self.third).jpg,,\(RemovalBench.id(3)),Person 3,rejected,image.format,,,"
        try bench.folder.write("\(columns)\n\(row)\n", to: "out/rejected.csv")
        try bench.folder.write(#"{"source":"new","directory":"\#(bench.folder.path)"}"#, to: "out/summary.json")
        let end = try await bench.run(removes: true, source: "out/rejected.csv", limit: .percent(100))
        guard case .stopped(let message) = end else {
            Issue.record("ended with \(end)")
            return
        }
        #expect(message.contains("is a report"))
        #expect(await bench.ids() == RemovalBench.people.map(RemovalBench.id))
    }

    @Test(arguments: [("0101", "101", true), ("E-7", "e-007", true), ("E-70", "E-7", false), ("100", "10", false)])
    func idsThatSpreadsheetsDamageLookAlike(_ leaver: String, _ row: String, _ areAlike: Bool) {
        var newcomers = Newcomers()
        newcomers.note([(PortraitID(asListed: row), "")], besides: [:])
        #expect(newcomers.hasNearlySameID(ListingEntry(only: PortraitID(asListed: leaver))) == areAlike)
    }
}
