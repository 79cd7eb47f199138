// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Testing

@testable import FaceFiles
@testable import FaceLibraries
@testable import FaceTransfer

@Suite("The digests by which a ledger tells photos apart")
struct ContentDigestsTests {
    private let digests = ContentDigests(key: Array(0..<64))

    @Test("Are equal for equal photos and for no others")
    func equality() throws {
        let photo = try Picture.jpeg(1)
        let digest = digests.digest(of: photo)
        #expect(digests.digest(of: photo) == digest)
        for place in stride(from: 0, to: photo.count, by: 97) {
            var other = photo
            other[place] ^= 1
            #expect(digests.digest(of: other) != digest)
        }
        #expect(digests.digest(of: photo + [0]) != digest)
        #expect(digests.digest(of: photo.dropLast()) != digest)
    }

    @Test("Are other ones with another key, whichever half of it differs", arguments: [0, 63])
    func keys(place: Int) throws {
        let photo = try Picture.jpeg(1)
        var key = [UInt8](0..<64)
        key[place] ^= 1
        #expect(ContentDigests(key: key).digest(of: photo) != digests.digest(of: photo))
        #expect(ContentDigests(key: key).digest(of: []) == digests.digest(of: []))
    }

    @Test("Are SHA-256 in a ledger without a key")
    func plain() throws {
        let photo = try Picture.jpeg(1)
        #expect(ContentDigests(key: nil).digest(of: photo) == Digest(of: photo))
        #expect(digests.digest(of: photo) != Digest(of: photo))
    }

    @Test("Are of one ledger only")
    func ledgers() throws {
        let photo = try Picture.jpeg(1)
        let ledgers = [try SQLiteLedger.inMemory(), try SQLiteLedger.inMemory()]
        #expect(ledgers[0].digests.digest(of: photo) != ledgers[1].digests.digest(of: photo))
    }
}
