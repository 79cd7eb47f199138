// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Glibc
import SystemPackage
import Testing

@testable import FaceLibraries
@testable import FaceSources
@testable import FaceTransfer

@Suite(.timeLimit(.minutes(20))) struct CompareJobTests {
    private let folder: SourceFolder
    private let ledger: SQLiteLedger
    private let clock = InstantClock()
    private let hq = InMemoryDevice(name: "hq", serial: "SN-0")
    private let branch = InMemoryDevice(name: "b1", serial: "SN-1")

    init() throws {
        folder = try SourceFolder()
        ledger = try SQLiteLedger.inMemory()
    }

    private static let ann = PersonAttributes(
        name: "Ann",
        identity: "4711",
        gender: .female,
        age: 31,
        address: "Oslo"
    )

    private func photo(_ id: String, _ picture: Int, in name: String, address: String = "Oslo") throws {
        try folder.write(try Picture.jpeg(picture), to: Array("\(name)/Ann_\(id)_4711_0_31_\(address).jpg".utf8))
    }

    private func path(_ name: String) throws -> LibraryRequest {
        LibraryRequest(title: name, place: .source(try folder.open(name), FilePath(folder.path + "/" + name)))
    }

    private func library(_ device: InMemoryDevice) -> LibraryRequest {
        LibraryRequest(
            title: "\(device.name):staff",
            place: .device(device, library: InMemoryDevice.libraryName)
        )
    }

    private func compare(
        _ first: LibraryRequest,
        _ second: LibraryRequest,
        full: Bool = false
    ) async throws -> (portraits: [ComparedPortrait], remarks: CompareRemarks) {
        let job = CompareJob(
            first: first,
            second: second,
            ledger: ledger,
            scratch: folder.path,
            readsEverything: full,
            clock: clock
        )
        var portraits: [ComparedPortrait] = []
        let remarks = try await job.run { portraits.append($0) }
        return (portraits, remarks)
    }

    private func marks(_ portraits: [ComparedPortrait]) -> String { portraits.map(\.mark.rawValue).joined() }

    private func writes(_ device: InMemoryDevice) async -> Int {
        var count = 0
        for call in [Call.store, .batch, .update, .delete, .create] { count += await device.counts[call] ?? 0 }
        return count
    }

    // MARK: Folders

    @Test func foldersAreComparedInTheOrderOfTheirIDs() async throws {
        // The first two are told before anything is read, the others when it has been.
        for id in 0...3 { try photo("E-\(id)", id, in: "a") }
        try photo("E-2", 2, in: "b")
        try photo("E-3", 103, in: "b")
        try photo("E-4", 4, in: "b")
        let (portraits, remarks) = try await compare(path("a"), path("b"))
        #expect(portraits.map(\.imgID) == ["E-0", "E-1", "E-2", "E-3", "E-4"])
        #expect(marks(portraits) == "++=*-")
        #expect(portraits[3].detail == "picture")
        #expect(portraits[0].source == "a/Ann_E-0_4711_0_31_Oslo.jpg")
        #expect(portraits[4].source == "b/Ann_E-4_4711_0_31_Oslo.jpg")
        #expect(portraits.allSatisfy { $0.name == "Ann" })
        #expect(remarks.doubts.isEmpty)
    }

    @Test func theSamePictureInAnotherEncodingIsTheSame() async throws {
        try photo("E-1", 1, in: "a")
        try folder.write(Picture.again(try Picture.jpeg(1)), to: Array("b/Ann_E-1_4711_0_31_Oslo.jpg".utf8))
        #expect(try await marks(compare(path("a"), path("b")).portraits) == "=")
    }

    @Test func fieldsThatDifferAreNamedAndTheirValuesAreNot() async throws {
        try photo("E-1", 1, in: "a")
        try photo("E-1", 1, in: "b", address: "Rome")
        let (portraits, _) = try await compare(path("a"), path("b"))
        #expect(marks(portraits) == "*")
        #expect(portraits[0].detail == "address")
    }

    @Test func anImageThatChangedBetweenTwoComparisonsIsNoticed() async throws {
        for name in ["a", "b"] { try photo("E-1", 1, in: name) }
        #expect(try await marks(compare(path("a"), path("b")).portraits) == "=")
        try photo("E-1", 101, in: "b")
        #expect(try await marks(compare(path("a"), path("b")).portraits) == "*")
        #expect(try await marks(compare(path("b"), path("a")).portraits) == "*")
    }

    @Test func rowsThatAreNoPortraitsComeLastAndSayWhy() async throws {
        try photo("E-1", 1, in: "a")
        try photo("E-1", 1, in: "a/again")
        try photo("E 2", 2, in: "a")
        try photo("E-1", 1, in: "b")
        try photo("E_3", 3, in: "b")
        let (portraits, _) = try await compare(path("a"), path("b"))
        #expect(portraits.first?.mark == .same)
        #expect(portraits.dropFirst().allSatisfy { $0.mark == .unreadable && $0.reason != nil })
        #expect(portraits.count == 4)
        #expect(portraits.count { $0.reason == .imgIDRepeated } == 1)
        #expect(portraits.count { $0.reason == .imgIDCharacters } == 1)
    }

    @Test func aPhotoThatCannotBeReadIsNotTakenForAnotherOne() async throws {
        for name in ["a", "b"] { try photo("E-1", 1, in: name) }
        // A hole in the file: more bytes than are ever read, none of them on the disk.
        #expect(truncate(folder.path + "/b/Ann_E-1_4711_0_31_Oslo.jpg", PhotoFile.maximumBytes + 1) == 0)
        let (portraits, _) = try await compare(path("a"), path("b"))
        #expect(marks(portraits) == "!")
        #expect(portraits.first?.reason == .imageTooLarge)
    }

    @Test func emptyLibrariesAreEqual() async throws {
        try folder.write("", to: "a/empty.txt")
        try folder.write("", to: "b/empty.txt")
        #expect(try await compare(path("a"), path("b")).portraits.isEmpty)
        #expect(try await compare(path("a"), library(hq)).portraits.isEmpty)
        let nowhere = LibraryRequest(title: "hq:none", place: .nowhere)
        #expect(try await compare(nowhere, library(hq)).portraits.isEmpty)
    }

    // MARK: Devices

    @Test(arguments: [false, true]) func aFolderIsComparedWithADevice(masked: Bool) async throws {
        if masked { await hq.set { $0.masked = [.identity, .address] } }
        for number in 1...6 {
            try photo("E-\(number)", number, in: "a")
            var person = Self.ann
            if number == 2 { person.address = "Rome" }
            let picture = try Picture.jpeg(number == 3 ? 103 : number)
            await hq.place(.e(number), person, number == 4 ? Picture.again(picture) : picture)
        }
        await hq.drop(.e(5))
        await hq.place(.e(7), Self.ann, try Picture.jpeg(7))
        let (portraits, _) = try await compare(path("a"), library(hq))
        #expect(marks(portraits) == "=**=+=-")
        #expect(portraits[1].detail == (masked ? "what the device masks" : "address"))
        #expect(portraits[2].detail == "picture")
        #expect(portraits[6].source == "hq:staff/E-7")
        #expect(await writes(hq) == 0)
    }

    @Test(arguments: [false, true]) func anUnchangedPairIsComparedByListingAlone(masked: Bool) async throws {
        for number in 1...120 {
            for device in [hq, branch] { await device.place(.e(number), Self.ann, try Picture.jpeg(number % 7)) }
        }
        if masked { for device in [hq, branch] { await device.set { $0.masked = [.address] } } }
        #expect(try await marks(compare(library(hq), library(branch)).portraits).allSatisfy { $0 == "=" })
        for device in [hq, branch] { await device.forgetCounts() }
        #expect(try await compare(library(hq), library(branch)).portraits.count == 120)
        for device in [hq, branch] {
            #expect(await device.counts == [.identity: 1, .libraries: 1, .page: 3])
        }
    }

    @Test func whatIsChangedInPlaceBehindAMaskShowsOnlyInAFullComparison() async throws {
        for device in [hq, branch] {
            for number in 1...3 { await device.place(.e(number), Self.ann, try Picture.jpeg(number)) }
            await device.set { $0.masked = [.address] }
        }
        #expect(try await marks(compare(library(hq), library(branch)).portraits) == "===")
        var moved = Self.ann
        moved.address = "Rome"
        await branch.rewrite(.e(2), moved)
        #expect(try await marks(compare(library(hq), library(branch)).portraits) == "===")
        let (portraits, _) = try await compare(library(hq), library(branch), full: true)
        #expect(marks(portraits) == "=*=")
        #expect(portraits[1].detail == "what the device masks")
        // What was read stays known.
        #expect(try await marks(compare(library(hq), library(branch)).portraits) == "=*=")
    }

    @Test func whatStaysMaskedCannotBeJudgedAndSaysSo() async throws {
        for device in [hq, branch] {
            await device.place(.e(1), Self.ann, try Picture.jpeg(1))
            await device.set {
                $0.masked = [.address]
                $0.unexportable = [.e(1)]
            }
        }
        await branch.set { $0.staysMasked = true }
        let (portraits, _) = try await compare(library(hq), library(branch))
        #expect(marks(portraits) == "!")
        #expect(portraits[0].reason == .attributeMasked)
        #expect(portraits[0].imgID == "E-1")
    }

    @Test func aDeviceThatKeepsNoImagesCannotContradictOne() async throws {
        await branch.set { $0.keepsImages = false }
        for device in [hq, branch] { await device.place(.e(1), Self.ann, try Picture.jpeg(1)) }
        #expect(try await marks(compare(library(hq), library(branch)).portraits) == "=")
    }

    @Test(arguments: [Weather.Listing.totalGrows, .repeats, .totalTooHigh, .totalTooLow, .startIgnored])
    func aListingThatCannotBeTrustedIsADoubt(_ kind: Weather.Listing) async throws {
        for device in [hq, branch] {
            for number in 1...60 { await device.place(.e(number), Self.ann, [0xFF, 0xD8, 0xFF]) }
        }
        await branch.set { $0.listing = kind }
        let (_, remarks) = try await compare(library(hq), library(branch))
        #expect(remarks.doubts.count == 1)
        #expect(remarks.doubts.first?.hasPrefix("b1:staff: ") == true)
    }

    @Test func aLibraryThatIsNotThereIsAnError() async throws {
        let request = LibraryRequest(title: "hq:other", place: .device(hq, library: "other"))
        await #expect(throws: LibraryError.self) { try await compare(request, library(branch)) }
    }

    @Test func anUnreachableDeviceEndsTheComparison() async throws {
        await branch.set { $0.faults[.page] = [.unreachable] }
        await #expect(throws: DeviceError.self) { try await compare(library(hq), library(branch)) }
    }

    @Test func aLibraryIsEqualToItself() async throws {
        for number in 1...60 { await hq.place(.e(number), Self.ann, try Picture.jpeg(number % 5)) }
        #expect(try await marks(compare(library(hq), library(hq)).portraits).allSatisfy { $0 == "=" })
    }
}
