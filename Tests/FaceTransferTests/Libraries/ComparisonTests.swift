// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceModel
import Testing

@testable import FaceFiles
@testable import FaceLibraries
@testable import FaceTransfer
@testable import FaceUpload

@Suite(.timeLimit(.minutes(20))) struct ComparisonTests {
    private let bench: TransferBench
    private let row: PreparedRow

    init() async throws {
        bench = try await TransferBench()
        row = try await bench.rows(1)[0]
    }

    /// Compares the row with what the device lists under its id.
    private func difference(known: PortraitFingerprint? = nil, hashed: Bool = true) async throws -> Difference {
        let destination = try await bench.destination()
        let listed = try #require(
            try await bench.device.portraits(in: destination.id, from: 1, count: 50).portraits.first
        )
        var print = row.fingerprint
        if !hashed { print.hash = [] }
        await bench.device.forgetCounts()
        let digests = ContentDigests(key: nil)
        let comparison = Comparison(destination: destination, workshop: bench.workshop, digests: digests)
        return try await comparison.difference(
            row.row.attributes,
            print,
            row.image,
            from: listed,
            image: nil,
            known: known.map { KnownPortrait(imgID: listed.id, stamp: listed.stamp, fingerprint: $0, readAt: 1) }
        )
    }

    @Test func theSameIsTheSame() async throws {
        await bench.device.place(.e(1), row.row.attributes, row.image.bytes)
        #expect(try await difference().isEmpty)
        #expect(await bench.device.counts == [.download: 1])
    }

    @Test func anImageThatNobodyCanDecodeIsKnownByTheLedgersDigest() async throws {
        let image = Array("no picture".utf8)
        let comparison = try await bench.uploader().comparison
        var print = row.fingerprint
        print.hash = []
        print.image = bench.ledger.digests.digest(of: image)
        #expect(comparison.shows(image, print))
        #expect(!comparison.shows(image + [0], print))
        print.image = Digest(of: image)
        #expect(!comparison.shows(image, print))
    }

    @Test func whatIsKnownNeedsNoCall() async throws {
        await bench.device.set { $0.masked = [.identity, .address] }
        await bench.device.place(.e(1), row.row.attributes, row.image.bytes)
        #expect(try await difference(known: row.fingerprint).isEmpty)
        #expect(await bench.device.total == 0)
    }

    @Test(arguments: [true, false]) func theDevicesOwnEncodingIsTheSamePicture(hashed: Bool) async throws {
        await bench.device.place(.e(1), row.row.attributes, Picture.again(row.image.bytes))
        #expect(try await difference(hashed: hashed).isEmpty)
    }

    @Test(arguments: [true, false]) func anotherPictureDiffers(hashed: Bool) async throws {
        await bench.device.place(.e(1), row.row.attributes, try Picture.jpeg(2))
        #expect(try await difference(hashed: hashed).summary == "picture")
    }

    @Test func aDeviceThatKeepsNoImagesCannotBeContradicted() async throws {
        await bench.device.set { $0.keepsImages = false }
        await bench.device.place(.e(1), row.row.attributes, row.image.bytes)
        #expect(try await difference().isEmpty)
    }

    @Test func anImageThatTheDeviceLostDoesNotEndTheRun() async throws {
        await bench.device.place(.e(1), row.row.attributes, row.image.bytes)
        await bench.device.set { $0.faults[.download] = [.notFound] }
        #expect(try await difference().isEmpty)
    }

    @Test(arguments: [false, true]) func whatAMaskHidesIsComparedInClear(isRemembered: Bool) async throws {
        var other = row.row.attributes
        (other.name, other.address) = ("Anna", "Bergen")
        await bench.device.set { $0.masked = [.address] }
        await bench.device.place(.e(1), other, row.image.bytes)
        var known = row.fingerprint
        known.attributes = Digest(of: other)
        #expect(try await difference(known: isRemembered ? known : nil).summary == "name, address")
    }

    @Test func behindMasksThatStayAllFieldsAreChanged() async throws {
        var other = row.row.attributes
        (other.name, other.address) = ("Anna", "Bergen")
        await bench.device.set {
            $0.masked = [.address]
            $0.staysMasked = true
        }
        await bench.device.place(.e(1), other, row.image.bytes)
        #expect(try await difference().attributes == AttributeChange(row.row.attributes))
    }

    @Test(arguments: ["name", "identity", "gender", "age", "address"])
    func eachFieldIsToldApart(_ field: String) async throws {
        var other = row.row.attributes
        switch field {
        case "name": other.name = "Bob"
        case "identity": other.identity = ""
        case "gender": other.gender = nil
        case "age": other.age = 32
        default: other.address = "Rome"
        }
        await bench.device.place(.e(1), other, row.image.bytes)
        #expect(try await difference().summary == field)
    }
}
