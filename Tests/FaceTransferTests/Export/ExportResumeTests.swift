// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Foundation
import Testing

@testable import FaceLibraries
@testable import FaceTransfer

/// Exports that are killed at a call of the device and taken up again.
@Suite(.timeLimit(.minutes(20))) struct ExportResumeTests {
    @Test(arguments: [nil, Secret("x")], [4, 7, 9, 12, 15, 18, 21])
    func aKilledExportGoesOnWithoutFetchingAnythingTwice(passphrase: Secret?, call: Int) async throws {
        let bench = try ExportBench()
        try await bench.place(700)
        await bench.device.kill(at: call, afterActing: false)
        await #expect(throws: InMemoryDevice.Killed.self) { try await bench.run(passphrase: passphrase) }
        // What was written and not settled, and a part of a file, as a power cut leaves them.
        let staging = passphrase == nil ? bench.target + "/.facelib-export" : bench.zip + ".parts"
        if FileManager.default.fileExists(atPath: staging) {
            try Data("torn".utf8).write(to: URL(fileURLWithPath: staging + "/12"))
            // A storage box keeps a folder beside the files that it indexes.
            try FileManager.default.createDirectory(
                atPath: staging + "/@eaDir/12",
                withIntermediateDirectories: true
            )
            try Data("torn".utf8).write(to: URL(fileURLWithPath: staging + "/part-900.zip.partial"))
            if passphrase == nil, let table = FileHandle(forWritingAtPath: staging + "/people.csv") {
                try table.seekToEnd()
                try table.write(contentsOf: Data("x.jpg,E-1,\"half a na".utf8))
                try table.close()
            }
        }
        let settled = try await bench.outcomes()[.stored] ?? 0
        await bench.device.calm()
        await bench.device.forgetCounts()
        try await bench.run(passphrase: passphrase)
        #expect(try await bench.outcomes() == [.stored: 700])
        let rows = try await bench.readBack(passphrase == nil ? "out" : "out.zip", passphrase: passphrase)
        #expect(rows.count == 700)
        #expect(try (1...700).allSatisfy { rows["E-\($0)"]?.photo == (try Picture.jpeg($0)) })
        #expect(!FileManager.default.fileExists(atPath: staging))
        // Fifty an archive, and what is settled is not asked for again.
        #expect(await bench.device.counts[.exportChosen] ?? 0 == (700 - settled + 49) / 50)
        if passphrase == nil { #expect(try bench.names().count == 701) }
    }

    @Test(arguments: [nil, Secret("x")])
    func rowsThatFailedAreFetchedByTheNextAttempt(passphrase: Secret?) async throws {
        let bench = try ExportBench()
        try await bench.place(60)
        await bench.device.set {
            $0.unexportable = [PortraitID(asListed: "E-9")]
            $0.faults = [.portrait: [.refused(-3524)]]
        }
        try await bench.run(passphrase: passphrase)
        #expect(try await bench.outcomes() == [.stored: 59, .failed: 1])
        try await bench.run(passphrase: passphrase)
        #expect(try await bench.outcomes() == [.stored: 60])
        let rows = try await bench.readBack(passphrase == nil ? "out" : "out.zip", passphrase: passphrase)
        #expect(try rows.count == 60 && rows["E-9"]?.photo == Picture.jpeg(9))
    }

    @Test func anArchiveThatIsGoneIsAnErrorAndNoPhotoIsLeftOut() async throws {
        let bench = try ExportBench()
        let target = ZipTarget(path: bench.zip, passphrase: Secret("x"))
        try await target.takeUp { Set($0) }
        for number in 1...3 {
            let portrait = PortraitInHand(
                id: .e(number),
                attributes: PersonAttributes(name: "Ann"),
                image: number == 3 ? nil : try Picture.jpeg(number),
                remarks: []
            )
            try await target.store([portrait])
        }
        // A disk that fails lists no more of a folder than it could read.
        try FileManager.default.removeItem(atPath: bench.zip + ".parts/images-1.zip")
        await #expect(throws: (any Error).self) { try await target.finish() }
        #expect(!FileManager.default.fileExists(atPath: bench.zip))
        let next = ZipTarget(path: bench.zip, passphrase: Secret("x"))
        try await next.takeUp { Set($0) }
        await #expect(throws: (any Error).self) { try await next.finish() }
        #expect(!FileManager.default.fileExists(atPath: bench.zip))
    }

    @Test func aPortraitThatLeftTheLibraryMeanwhileIsSaid() async throws {
        let bench = try ExportBench()
        try await bench.place(120)
        await bench.device.kill(at: 6, afterActing: false)
        await #expect(throws: InMemoryDevice.Killed.self) { try await bench.run() }
        await bench.device.calm()
        let last = try #require(await bench.device.portraits.last?.id)
        try await bench.device.deletePortraits([last], in: InMemoryDevice.libraryID)
        try await bench.run()
        #expect(try await bench.results()[last.text]?.reason == .sourceChanged)
        #expect(try await bench.outcomes() == [.stored: 119, .rejected: 1])
    }
}
