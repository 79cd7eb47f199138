// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What goes wrong before anything is sent: one sentence, the right status, nothing written to the device.
@Suite(.serialized, .timeLimit(.minutes(15))) struct BadInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let status: Int32
        let says: String
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ line: String, _ status: Int32, _ says: String) {
            arguments = line.split(separator: " ").map(String.init)
            self.status = status
            self.says = says
        }
    }

    static let cases = [
        Case("import", 64, "source"),
        Case("import photos", 64, "device:library"),
        Case("import photos hq:Staff --nonsense", 64, "--nonsense"),
        Case("import photos hq:Staff --create visitors", 64, "visitors"),
        Case("import photos hq:Staff --precheck camera", 64, "Please provide one of 'device'"),
        Case("check photos --precheck device", 64, "Unknown option '--precheck'"),
        Case("import photos hq:Staff --max-delete 3", 64, "--remove"),
        Case("import photos hq:Staff --remove --max-delete lots", 64, "lots"),
        Case("import photos nobody:Staff", 64, "nobody"),
        Case("import photos hq:", 64, "library"),
        Case("import photos elsewhere", 64, "DEVICE:LIBRARY"),
        Case("import missing hq:Staff", 64, "missing"),
        Case("import missing.csv hq:Staff", 64, "missing.csv"),
        Case("import notes.txt hq:Staff", 64, "notes.txt"),
        Case("import nameless.csv hq:Staff", 64, "perhaps \"Nmae\" is meant to be name"),
        Case("import people.zip hq:Staff", 1, "people.zip cannot be read"),
        Case("import photos hq:Unknown", 64, "Unknown"),
        Case("import photos hq:Staff --quality best", 64, "best"),
        Case("import photos hq:Staff --config nowhere.toml", 64, "nowhere.toml"),
        Case("check", 64, "source"),
        Case("check missing", 64, "missing"),
        Case("job show 20200101-000000-00", 64, "20200101-000000-00"),
        Case("job resume 20200101-000000-00", 64, "20200101-000000-00"),
        Case("library create hq:Staff", 64, "type"),
        Case("explain quality.blurry", 64, "quality.blurred"),
        Case("device call hq 1045", 4, "--yes-i-mean-1045"),
        Case("unheard-of", 64, "has no command \"unheard-of\""),
    ]

    @Test(arguments: cases)
    func badInputGetsOneSentenceAndItsStatus(_ bad: Case) async throws {
        try await Workplace.with { place in
            try prepare(place)
            let ended = try await place.start(bad.arguments).wait()
            #expect(ended.status == bad.status, "\(ended.errors)")
            #expect(ended.errors.contains(bad.says), "\(ended.errors)")
            #expect(ended.output.isEmpty)
            let state = try await place.device.state()
            #expect(state.storeCalls == 0)
            #expect(state.libraries.isEmpty)
        }
    }

    @Test func aWrongPasswordIsTriedOnceAndEndsWith6() async throws {
        try await Workplace.with { place in
            try prepare(place)
            try place.writeConfiguration("", password: "Wrong-2026")
            let ended = try await place.facelib("import", "photos", "hq:Staff", "--create", "whitelist")
            #expect(ended.status == 6)
            let state = try await place.device.state()
            #expect(state.calls["257"] == 1)
            #expect(state.storeCalls == 0)
        }
    }

    @Test func aWrongPinEndsWith6BeforeThePasswordIsSent() async throws {
        try await Workplace.with(["--tls"]) { place in
            try prepare(place)
            let config = place.folder.appending(path: "config.toml")
            let text = try String(contentsOf: config, encoding: .utf8)
            let pin = try #require(place.device.pin)
            let wrong = "sha256//" + String(pin.dropFirst(8).reversed().drop { $0 == "=" }) + "="
            try Data(text.replacing(pin, with: wrong).utf8).write(to: config)
            let ended = try await place.facelib("import", "photos", "hq:Staff", "--create", "whitelist")
            #expect(ended.status == 6, "\(ended.errors)")
            #expect(try await place.device.state().calls.isEmpty)
        }
    }

    @Test func aSelfSignedCertificateIsRefusedWithoutAPin() async throws {
        try await Workplace.with(["--tls"]) { place in
            try prepare(place)
            let config = place.folder.appending(path: "config.toml")
            let lines = try String(contentsOf: config, encoding: .utf8).split(separator: "\n").filter {
                !$0.hasPrefix("pin")
            }
            try Data(lines.joined(separator: "\n").utf8).write(to: config)
            let ended = try await place.facelib("library", "list", "hq")
            #expect(ended.status == 6)
            #expect(ended.errors.contains("trust"), "\(ended.errors)")
        }
    }

    @Test func aDeviceThatIsNotThereEndsWith5() async throws {
        try await Workplace.with { place in
            try prepare(place)
            place.device.stop()
            let ended = try await place.facelib("import", "photos", "hq:Staff", "--create", "whitelist")
            #expect(ended.status == 5, "\(ended.errors)")
        }
    }

    @Test func aLibraryThatAnotherRunHoldsEndsWith8() async throws {
        let set = try await PortraitSet.drawn("--count", "60", "--bad", "0", "--seed", "12", "--folder")
        try await Workplace.with(["--quirk", "slow=400"]) { place in
            let arguments = ["import", set.source.path, "hq:Staff", "--create", "whitelist"]
            let first = try place.start(arguments)
            while try await place.device.state().storeCalls == 0 && first.process.isRunning {}
            let second = try await place.start(arguments).wait()
            #expect(second.status == 8, "\(second.errors)")
            first.kill()
            _ = try await first.wait()
        }
    }

    private func prepare(_ place: Workplace) throws {
        let photos = place.folder.appending(path: "photos")
        try FileManager.default.createDirectory(at: photos, withIntermediateDirectories: true)
        let sample = Program.root.appending(path: "samples/batch/Tomás Oliveira_E-1007_#_1_52_Porto.jpg")
        try FileManager.default.copyItem(at: sample, to: photos.appending(path: "Ann_E-17_#_0_31_Oslo.jpg"))
        try Data("just text\n".utf8).write(to: place.folder.appending(path: "notes.txt"))
        try Data("photo,img_id,Nmae\na.jpg,17,Ann\n".utf8).write(to: place.folder.appending(path: "nameless.csv"))
        try Data("PK".utf8).write(to: place.folder.appending(path: "people.zip"))
    }
}
