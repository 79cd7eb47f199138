// SPDX-License-Identifier: Apache-2.0
import FaceImaging
import FaceLedger
import FaceModel
import Testing

@testable import FaceFiles
@testable import FaceLibraries
@testable import FaceTransfer

@Suite(.timeLimit(.minutes(20))) struct LibraryStudyTests {
    private let ledger: SQLiteLedger
    private let library = StagedLibrary()

    init() throws { ledger = try SQLiteLedger.inMemory() }

    private func study(_ library: StagedLibrary) async throws -> LibraryStudy {
        LibraryStudy(
            library: library,
            listing: try await library.list(into: ledger).listing,
            ledger: ledger,
            workshop: ImageWorkshop(limits: ImageLimits(), profile: .off),
            workers: 2,
            failures: ReadFailures()
        )
    }

    /// Puts portraits on the stage that were read at the time of their number.
    private func know(_ numbers: ClosedRange<Int>) async throws {
        let known = numbers.map { number in
            KnownPortrait(
                imgID: .e(number),
                stamp: "1",
                fingerprint: PortraitFingerprint(
                    photo: Digest(of: Array("photo \(number)".utf8)),
                    image: Digest(of: [UInt8(number & 0xFF)]),
                    attributes: Digest(of: PersonAttributes()),
                    hash: [UInt64](repeating: 1, count: 8)
                ),
                readAt: Double(number)
            )
        }
        try await ledger.learn(known, in: library.key)
        for number in numbers { library.put(.e(number), .init(image: [1])) }
    }

    private func needs(whole: [PortraitID] = [], attributes: [PortraitID] = []) async throws -> ReadingNeeds {
        let needs = try await ReadingNeeds(in: ledger)
        try await needs.add(
            whole.map { (library.entry($0), .whole) } + attributes.map { (library.entry($0), .attributes) }
        )
        return needs
    }

    @Test(arguments: [
        (0.0, []), (0.01, [1]), (0.3, [1, 2, 3]), (0.25, [1, 2, 3]), (1.0, Array(1...10)),
    ])
    func aShareIsReadAgainTheOldestFirst(_ share: Double, _ numbers: [Int]) async throws {
        try await know(1...10)
        let before = Moment.now
        try await study(library).reread(share)
        #expect(library.clearReads == numbers.map(PortraitID.e))
        let known = try await ledger.known((1...10).map(PortraitID.e), in: library.key)
        let clear = Digest(of: PersonAttributes(name: "Ann", address: "Oslo"))
        for number in 1...10 {
            let isRead = numbers.contains(number)
            #expect((known[.e(number)]?.readAt ?? 0 >= before) == isRead)
            #expect((known[.e(number)]?.fingerprint.attributes == clear) == isRead)
            // Of the picture everything stays known.
            #expect(known[.e(number)]?.fingerprint.hash.count == 8)
            #expect(known[.e(number)]?.fingerprint.photo == Digest(of: Array("photo \(number)".utf8)))
        }
    }

    @Test func sharesGoRoundTheWholeLibraryBeforeAnythingIsReadTwice() async throws {
        try await know(1...300)
        for _ in 0..<7 { try await study(library).reread(1.0 / 7) }
        let reads = library.clearReads
        // Seven times the seventh part, rounded up.
        #expect(reads.count == 301)
        #expect(Set(reads).count == 300)
        #expect(reads.first == .e(1))
        #expect(reads.last == reads.first)
    }

    @Test func whatIsNotThereAnyMoreIsForgottenAndNotMetAgain() async throws {
        try await know(1...10)
        let gone = (11...13).map(PortraitID.e)
        try await ledger.learn(
            gone.map {
                KnownPortrait(
                    imgID: $0,
                    stamp: "1",
                    fingerprint: PortraitFingerprint(
                        photo: Digest(of: []),
                        image: Digest(of: []),
                        attributes: Digest(of: PersonAttributes()),
                        hash: []
                    ),
                    readAt: 0
                )
            },
            in: library.key
        )
        try await study(library).reread(0.5)
        #expect(try await ledger.known(gone, in: library.key).isEmpty)
        #expect(library.clearReads == [.e(1), .e(2)])
        try await study(library).reread(0.3)
        #expect(library.clearReads.suffix(3) == [.e(3), .e(4), .e(5)])
    }

    @Test func nothingIsAskedForTwiceInOneRun() async throws {
        try await know(1...300)
        // What stays masked stays the oldest.
        for number in 1...150 { library.put(.e(number), .init(attributes: nil)) }
        try await study(library).reread(1)
        #expect(library.clearReads.count == 300)
        #expect(Set(library.clearReads).count == 300)
        library.forgetReads()
        try await study(library).reread(0.5)
        #expect(library.clearReads == (1...150).map(PortraitID.e))
    }

    @Test func attributesThatStayMaskedAreNotedAndNotTakenForRead() async throws {
        try await know(1...3)
        library.put(.e(2), .init(attributes: nil))
        let study = try await study(library)
        try await study.reread(1)
        let known = try await ledger.known([.e(1), .e(2)], in: library.key)
        #expect(known[.e(1)]?.readAt ?? 0 > 100)
        #expect(known[.e(2)]?.readAt == 2)
        #expect(study.failures.reason(.e(2)).rejection.reason == .attributeMasked)
    }

    @Test func whatIsNotKnownIsReadWholeOnce() async throws {
        let jpeg = try Picture.jpeg(1)
        library.put(.e(1), .init(image: jpeg))
        library.put(.e(2), .init(image: Array("no picture".utf8)))
        try await know(3...3)
        library.put(.e(3), .init(image: jpeg))
        let study = try await study(library)
        try await study.satisfy(needs(whole: (1...3).map(PortraitID.e)))
        #expect(library.wholeReads == (1...3).map(PortraitID.e))
        #expect(library.clearReads.isEmpty)
        let known = try await ledger.known((1...3).map(PortraitID.e), in: library.key)
        #expect(known[.e(1)]?.stamp == "1")
        #expect(known[.e(1)]?.fingerprint.image == ledger.digests.digest(of: jpeg))
        #expect(known[.e(1)]?.fingerprint.photo == ledger.digests.digest(of: jpeg))
        #expect(known[.e(1)]?.fingerprint.hash == Picture.hash(jpeg))
        #expect(known[.e(2)]?.fingerprint.hash.isEmpty == true)
        // The photo that the image was once made of is not forgotten.
        #expect(known[.e(3)]?.fingerprint.photo == Digest(of: Array("photo 3".utf8)))
        #expect(known[.e(3)]?.fingerprint.image == ledger.digests.digest(of: jpeg))
    }

    @Test func anAttributeThatIsNeededCostsOneQuestionAndNoImage() async throws {
        try await know(1...300)
        let study = try await study(library)
        try await study.satisfy(needs(attributes: (1...300).map(PortraitID.e)))
        #expect(library.wholeReads.isEmpty)
        #expect(library.clearReads.count == 300)
        #expect(Set(library.clearReads).count == 300)
    }

    @Test func eachPortraitThatCannotBeReadSaysWhy() async throws {
        library.put(.e(1), .init(missing: Rejection(.deviceContradicts, "no picture")))
        library.put(.e(2), .init(image: [1], remark: Rejection(.attributeMasked, "the address")))
        library.put(.e(3), .init(remark: Rejection(.imageMissing, "no image")))
        library.put(.e(4), .init(image: [1]))
        let study = try await study(library)
        try await study.satisfy(needs(whole: (1...5).map(PortraitID.e)))
        let known = try await ledger.known((1...5).map(PortraitID.e), in: library.key)
        #expect(known.keys.map(\.text) == ["E-4"])
        #expect(study.failures.reason(.e(1)).rejection.reason == .deviceContradicts)
        #expect(study.failures.reason(.e(2)).rejection.reason == .attributeMasked)
        #expect(study.failures.reason(.e(3)).rejection.reason == .imageMissing)
        #expect(study.failures.reason(.e(5)).rejection.reason == .portraitMissing)
        #expect(study.failures.reason(.e(9)).outcome == .failed)
    }

    @Test func aPortraitOfADeviceThatKeepsNoImagesIsReadAllTheSame() async throws {
        let library = StagedLibrary(imagePath: "")
        library.put(.e(1), .init(remark: Rejection(.imageMissing, "no image")))
        let study = try await study(library)
        let needs = try await ReadingNeeds(in: ledger)
        try await needs.add([(library.entry(.e(1)), .whole)])
        try await study.satisfy(needs)
        #expect(try await ledger.known([.e(1)], in: library.key).count == 1)
    }
}
