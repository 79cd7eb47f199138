// SPDX-License-Identifier: Apache-2.0
import FaceImaging
import FaceLedger
import FaceModel
import Testing

@testable import FaceFiles
@testable import FaceTransfer

/// The hash that Prepare makes and the search that the ledger does must mean the same by "near".
@Suite(.timeLimit(.minutes(20))) struct TwinTests {
    private func twins(_ images: [[UInt8]]) async throws -> Int {
        let bench = try await TransferBench()
        _ = try await bench.rows(images.count)
        let pictures = images.enumerated().map { place, image in
            let words = Picture.hash(image)
            return PictureRecord(
                key: "row \(place + 1)",
                content: Digest(of: image),
                hash: words,
                keys: PictureHash(words: words)?.keys ?? []
            )
        }
        let found = try await bench.ledger.recordPictures(pictures, nearness: PictureHash.sameLimit, in: bench.job)
        return found.count { $0 != nil }
    }

    @Test func theSamePictureInAnotherSizeIsATwin() async throws {
        var missed = 0
        for seed in 1...20 {
            let image = try Picture.jpeg(seed)
            if try await twins([image, Picture.again(image)]) != 1 { missed += 1 }
        }
        #expect(missed == 0)
    }

    @Test func otherPicturesAreNoTwins() async throws {
        #expect(try await twins((1...60).map { try Picture.jpeg($0) }) == 0)
    }
}
