// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Foundation
import Testing

@testable import FaceSources
@testable import FaceTransfer

/// Archives of every layout (interface E4): each image goes to the portrait it belongs to, or is asked for singly.
@Suite(.timeLimit(.minutes(20))) struct ArchiveLayoutTests {
    struct Layout: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Whether the portraits come from the archive, or have to be asked for one by one.
        let isUnderstood: Bool
        let pack: @Sendable (inout StoredZip, [InMemoryDevice.Portrait]) -> Void
    }

    private static func table(_ portraits: [InMemoryDevice.Portrait], _ file: (Int) -> String) -> [UInt8] {
        let lines = portraits.enumerated().map { number, portrait in
            ([file(number), portrait.id.text] + portrait.attributes.texts).joined(separator: ",")
        }
        let head = "file,img_id,person_name,person_idcard,person_gender,person_age,person_addr"
        return Array(([head] + lines).joined(separator: "\n").utf8)
    }

    static let layouts = [
        Layout(testDescription: "ids and a table", isUnderstood: true) { zip, portraits in
            for portrait in portraits { zip.add("\(portrait.id).jpg", portrait.image) }
            zip.add("face.csv", table(portraits) { "\(portraits[$0].id).jpg" })
        },
        Layout(testDescription: "uuids and a table", isUnderstood: true) { zip, portraits in
            for (number, portrait) in portraits.enumerated() { zip.add("u\(number)-b.jpg", portrait.image) }
            zip.add("list.csv", table(portraits) { "images/u\($0)-b.jpg" })
        },
        Layout(testDescription: "the device's own file names", isUnderstood: true) { zip, portraits in
            for portrait in portraits { zip.add(SourcePath.name(of: portrait.imagePath), portrait.image) }
        },
        Layout(testDescription: "in a folder, without an extension", isUnderstood: true) { zip, portraits in
            for portrait in portraits { zip.add("export/face/\(portrait.id)", portrait.image) }
        },
        Layout(testDescription: "an id among other parts", isUnderstood: true) { zip, portraits in
            for portrait in portraits { zip.add("3_\(portrait.id)_x.jpg", portrait.image) }
        },
        Layout(testDescription: "columns shifted by a comma", isUnderstood: false) { zip, portraits in
            for portrait in portraits { zip.add("\(portrait.id).jpg", portrait.image) }
            zip.add(
                "face.csv",
                Array(
                    (["file,img_id,name,identity,gender,age,address"]
                        + portraits.map { "\($0.id).jpg,\($0.id),Smith,Ann,4711,0,31" }).joined(separator: "\n").utf8
                )
            )
        },
        Layout(testDescription: "nothing that names anybody", isUnderstood: false) { zip, portraits in
            for (number, portrait) in portraits.enumerated() { zip.add("\(number).jpg", portrait.image) }
        },
        Layout(testDescription: "two images for everybody", isUnderstood: false) { zip, portraits in
            for portrait in portraits {
                zip.add("\(portrait.id).jpg", portrait.image)
                zip.add("crop/\(portrait.id).jpg", portrait.image)
            }
        },
        Layout(testDescription: "something that is no picture", isUnderstood: false) { zip, portraits in
            for portrait in portraits { zip.add("\(portrait.id).jpg", Array("sorry".utf8)) }
        },
    ]

    @Test(arguments: layouts) func everyPortraitComesWithItsOwnImage(layout: Layout) async throws {
        let bench = try ExportBench()
        let attributes = PersonAttributes(name: "Ann", identity: "4711", gender: .female, age: 31, address: "Oslo")
        try await bench.place(40) { _ in attributes }
        await bench.device.set {
            $0.packs = { portraits in
                var zip = StoredZip()
                layout.pack(&zip, portraits)
                return (zip.finish(), nil)
            }
        }
        try await bench.run()
        let rows = try await bench.readBack()
        for number in 1...40 {
            #expect(rows["E-\(number)"] == ReadRow(attributes: attributes, photo: try Picture.jpeg(number)))
        }
        #expect(await (bench.device.counts[.portrait] ?? 0) == (layout.isUnderstood ? 0 : 40))
    }

    @Test func aNumberSignThatIsAValueIsToldFromAnEmptyOneByTheTable() async throws {
        let bench = try ExportBench()
        let signs = PersonAttributes(name: "Ann", identity: "#", address: "#")
        let blanks = PersonAttributes(name: "Bob")
        try await bench.place(40) { $0 % 2 == 0 ? signs : blanks }
        await bench.device.set {
            $0.masked = [.identity, .address]
            $0.packs = { portraits in
                var zip = StoredZip()
                func name(_ portrait: InMemoryDevice.Portrait) -> String {
                    let parts = portrait.attributes.texts.map { $0.isEmpty ? "#" : $0 }
                    return ([parts[0], portrait.id.text] + parts[1...]).joined(separator: "_") + ".jpg"
                }
                for portrait in portraits { zip.add(name(portrait), portrait.image) }
                zip.add("face.csv", Self.table(portraits) { name(portraits[$0]) })
                return (zip.finish(), nil)
            }
        }
        try await bench.run()
        let rows = try await bench.readBack()
        for number in 1...40 {
            let attributes = number % 2 == 0 ? signs : blanks
            #expect(rows["E-\(number)"] == ReadRow(attributes: attributes, photo: try Picture.jpeg(number)))
        }
    }
}
