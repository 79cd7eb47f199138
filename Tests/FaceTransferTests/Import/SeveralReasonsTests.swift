// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceModel
import FacePipeline
import Testing

@testable import FaceTransfer
@testable import FaceUpload

/// One reason hides no other: all that can be found out about a row is found out, and none of it gets lost on the way.
@Suite(.timeLimit(.minutes(20))) struct SeveralReasonsTests {
    private let bench: ImportBench

    /// Calls every picture blurred, and none too small.
    private static let blurring = {
        var profile = QualityProfile.hr
        profile.minSide = 1
        (profile.sharpness, profile.laplacian) = (QualityBounds(reject: 101), QualityBounds())
        return profile
    }()

    init() throws { bench = try ImportBench() }

    private func write(_ picture: Int, _ name: String) throws {
        try bench.folder.write(try Picture.jpeg(picture), to: Array("new/\(name).jpg".utf8))
    }

    private func reasons() async throws -> [String: [Reason]] {
        try await bench.results().mapValues { $0.reasons.map(\.reason) }
    }

    @Test(arguments: [true, false]) func aRowWithManyFaultsShowsThemAllAtOnce(toDevice: Bool) async throws {
        bench.profile = Self.blurring
        try write(1, "Ann, B_E-1_#_x_1000_Oslo")
        try write(2, "Ann_E!2_#_x_1000_\(String(repeating: "y", count: 140))")
        try write(3, "Ann_E-3_#_0_31_Oslo")
        try await bench.run(ImportOptions(isRehearsal: true), toDevice: toDevice)
        let reasons = try await reasons()
        #expect(reasons["E-1"]?.prefix(3) == [.genderValue, .ageRange, .qualityBlurred])
        #expect(reasons["E-1"]?.last == .attributeComma)
        #expect(reasons["E!2"]?.prefix(4) == [.imgIDCharacters, .genderValue, .ageRange, .qualityBlurred])
        #expect(reasons["E!2"]?.last == .attributeLength)
        #expect(reasons["E-3"]?.first == .qualityBlurred)
        #expect(try await bench.outcomes() == [.rejected: 3])
        #expect(bench.progress.now.finished == 3)
    }

    @Test func aPhotoThatIsMissingHidesNoBadValueAndNoneHidesADamagedPhoto() async throws {
        try bench.folder.write(
            "photo,img_id,name,gender,age\nnone.jpg,E-1,Ann,x,31\nbad.jpg,E-2,Ann,0,1000\n",
            to: "new/people.csv"
        )
        try bench.folder.write("no picture", to: "new/bad.jpg")
        try await bench.run()
        #expect(
            try await reasons() == [
                "E-1": [.sourceMissingPhoto, .genderValue], "E-2": [.imageFormat, .ageRange],
            ]
        )
    }

    @Test func aPhotoThatNoRowNamesIsNotJudged() async throws {
        bench.profile = Self.blurring
        try bench.folder.write("photo,img_id,name\na.jpg,E-1,Ann\n", to: "new/people.csv")
        try write(1, "a")
        try write(2, "stray")
        try await bench.run(ImportOptions(isRehearsal: true), toDevice: false)
        let page = try await bench.ledger.results(of: bench.job, after: nil, limit: 9)
        let stray = try #require(page.rows.first { $0.source.hasSuffix("stray.jpg") })
        #expect(stray.reasons.map(\.reason) == [.sourceMissingRow])
        #expect(bench.progress.now.finished == 2)
    }

    @Test func ofTheWarningsTheSignOfASwappedPhotoComesFirst() async throws {
        try write(1, "Ann, B_E-1_#_0_31_\(String(repeating: "y", count: 140))")
        try write(1, "Bea, C_E-2_#_0_31_\(String(repeating: "y", count: 140))")
        try await bench.run()
        let both = Set([try await reasons()["E-1"], try await reasons()["E-2"]])
        #expect(both == [[.attributeLength, .attributeComma], [.imageRepeated, .attributeLength, .attributeComma]])
    }

    @Test func whatWasNoticedStaysWhenTheDeviceRefusesTheRow() async throws {
        try write(1, "Ann, B_E-1_#_0_31_Oslo")
        await bench.device.set { $0.rowCodes[.e(1)] = -1101 }
        try await bench.run()
        let row = try #require(try await bench.results()["E-1"])
        #expect(row.outcome == .rejected && row.deviceCode == -1101)
        #expect(row.reasons.map(\.reason) == [.faceNone, .attributeComma])
    }

    @Test func whatIsTakenOrTooBadHidesNoWarning() async throws {
        try write(1, "Ann, B_E-1_#_0_31_Oslo")
        await bench.device.place(.e(1), PersonAttributes(name: "Other"), try Picture.jpeg(9))
        try await bench.run()
        #expect(try await reasons() == ["E-1": [.imgIDTaken, .attributeComma]])
        bench.nextJob()
        bench.profile = Self.blurring
        try await bench.run(ImportOptions(isRehearsal: true), toDevice: false)
        let found = try await reasons()["E-1"]
        #expect(found?.first == .qualityBlurred && found?.last == .attributeComma)
    }

    @Test(arguments: [false, true]) func warningsOutliveARunThatIsKilledAtAnyCall(afterActing: Bool) async throws {
        var call = 1
        while true {
            let bench = try ImportBench(onDisk: call % 4 == 1)
            // Said in a file name, alone, and refused before anything is sent.
            let names = ["Ann, B_E-1_#_0_31_Oslo", "Bea, C_E-2_#_0_31_Oslo", "Cleo, D_E-3_#_x_1000_Oslo"]
            for (place, name) in names.enumerated() {
                try bench.folder.write(try Picture.jpeg(place + 1), to: Array("new/\(name).jpg".utf8))
            }
            await bench.device.kill(at: call, afterActing: afterActing)
            do {
                try await bench.run(batchSize: 1)
                break
            } catch is InMemoryDevice.Killed {}
            await bench.device.kill(at: nil, afterActing: false)
            try bench.restart()
            try await bench.run(batchSize: 1)
            let reasons = try await bench.results().mapValues { $0.reasons.map(\.reason) }
            #expect(reasons["E-1"] == [.attributeComma], "killed at call \(call)")
            #expect(reasons["E-2"] == [.attributeComma], "killed at call \(call)")
            #expect(reasons["E-3"] == [.genderValue, .ageRange, .attributeComma], "killed at call \(call)")
            #expect(await bench.device.stores.values.allSatisfy { $0 == 1 }, "killed at call \(call)")
            call += 1
        }
        #expect(call > 3)
    }

    @Test func whatTheDeviceSawIsToldOfARowThatWasRecovered() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        var row = try await bench.rows(1)[0]
        row.warnings = [Rejection(.attributeComma, "the name holds a comma"), Rejection(.imageRepeated, "as E-0")]
        row.detection = FaceDetection(quality: 71, box: "1,2,3,4")
        _ = try await uploader.send(batch: [row])
        try await bench.recovery(uploader).run()
        let result = try #require(try await bench.results()["E-1"])
        #expect(result.reasons.map(\.reason) == [.imageRepeated, .attributeComma])
        #expect(result.detail == "as E-0; the device sees a face of quality 71 in 1,2,3,4")
    }
}
