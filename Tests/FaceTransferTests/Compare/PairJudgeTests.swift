// SPDX-License-Identifier: Apache-2.0
import FaceImaging
import FaceLedger
import FaceModel
import Testing

@testable import FaceFiles
@testable import FaceLibraries
@testable import FaceTransfer

@Suite struct PairJudgeTests {
    private static let run = 1_000.0

    /// What the ledger knows of one side.
    struct Known: Sendable {
        var photo = "photo"
        var image = "image"
        var hash: [UInt64] = zero
        /// The address behind the mask.
        var address = "Oslo"
        var isFresh = false
    }

    /// One side of a pair.
    struct Side: Sendable {
        var name: String? = "Ann"
        var address: String? = "Oslo"
        var keepsImage = true
        var known: Known?

        func standing(_ id: PortraitID) -> Standing {
            let entry = ListingEntry(
                imgID: id,
                stamp: "s",
                imagePath: keepsImage ? "img/1.jpg" : "",
                name: name,
                identity: "4711",
                gender: "0",
                age: "31",
                address: address
            )
            let known = known.map { known in
                KnownPortrait(
                    imgID: id,
                    stamp: "s",
                    fingerprint: PortraitFingerprint(
                        photo: Digest(of: Array(known.photo.utf8)),
                        image: Digest(of: Array(known.image.utf8)),
                        attributes: Digest(
                            of: PersonAttributes(
                                name: name ?? "Ann",
                                identity: "4711",
                                gender: .female,
                                age: 31,
                                address: known.address
                            )
                        ),
                        hash: known.hash
                    ),
                    readAt: known.isFresh ? run + 1 : run - 1
                )
            }
            return Standing(entry: entry, known: known)
        }
    }

    /// A pair and what is to be found about it.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let first: Side
        let second: Side
        var trustsOnlyFresh = false
        let attributes: PairJudge.State
        let picture: PairJudge.State
        var fields: [String] = []
        var readings: (PairJudge.Reading, PairJudge.Reading) = (.nothing, .nothing)
    }

    static let zero = [UInt64](repeating: 0, count: 8)
    /// A hash whose one wave is so far from those of ``zero``.
    private static func hash(_ distance: UInt64) -> [UInt64] { [distance] + zero.dropFirst() }

    private static let masked = Side(address: nil)
    private static func masked(_ known: Known?) -> Side { Side(address: nil, known: known) }
    private static func shown(_ known: Known?) -> Side { Side(known: known) }
    private static let bare = Side(keepsImage: false)

    private func check(_ pair: Case) {
        let judge = PairJudge(freshSince: Self.run, trustsOnlyFresh: pair.trustsOnlyFresh)
        let finding = judge.judge(pair.first.standing(.e(1)), pair.second.standing(.e(1)))
        #expect(finding.attributes == pair.attributes)
        #expect(finding.picture == pair.picture)
        #expect(finding.fields == pair.fields)
        #expect(finding.first == pair.readings.0)
        #expect(finding.second == pair.readings.1)
        #expect(finding.isSame == (pair.attributes == .same && pair.picture == .same))
        // Whatever is found does not depend on which library comes first.
        let mirrored = judge.judge(pair.second.standing(.e(1)), pair.first.standing(.e(1)))
        #expect(mirrored.attributes == finding.attributes)
        #expect(mirrored.picture == finding.picture)
        #expect(mirrored.fields == finding.fields)
        #expect(mirrored.first == finding.second)
        #expect(mirrored.second == finding.first)
    }

    private static let whole = (PairJudge.Reading.whole, PairJudge.Reading.whole)

    static let attributeCases = [
        Case(
            testDescription: "all shown and equal",
            first: bare,
            second: bare,
            attributes: .same,
            picture: .same
        ),
        Case(
            testDescription: "a name differs that both show",
            first: Side(name: "Anna", keepsImage: false),
            second: bare,
            attributes: .different,
            picture: .same,
            fields: ["name"]
        ),
        Case(
            testDescription: "a field differs and another is masked",
            first: Side(name: "Anna", address: nil, keepsImage: false),
            second: bare,
            attributes: .different,
            picture: .same,
            fields: ["name"]
        ),
        Case(
            testDescription: "masked on one side, equal digests of old",
            first: masked(Known()),
            second: shown(Known()),
            attributes: .same,
            picture: .same
        ),
        Case(
            testDescription: "masked on both sides, equal digests of old",
            first: masked(Known()),
            second: masked(Known()),
            attributes: .same,
            picture: .same
        ),
        Case(
            testDescription: "masked on one side, another digest of old",
            first: masked(Known(address: "Rome")),
            second: shown(Known()),
            attributes: .unknown,
            picture: .same,
            readings: (.attributes, .nothing)
        ),
        Case(
            testDescription: "masked on one side, another digest of now",
            first: masked(Known(address: "Rome", isFresh: true)),
            second: shown(Known()),
            attributes: .different,
            picture: .same,
            fields: ["what the device masks"]
        ),
        Case(
            testDescription: "masked on both sides, unequal digests of old",
            first: masked(Known(address: "Rome")),
            second: masked(Known()),
            attributes: .unknown,
            picture: .same,
            readings: (.attributes, .attributes)
        ),
        Case(
            testDescription: "masked on both sides, unequal digests, one of now",
            first: masked(Known(address: "Rome", isFresh: true)),
            second: masked(Known()),
            attributes: .unknown,
            picture: .same,
            readings: (.nothing, .attributes)
        ),
        Case(
            testDescription: "masked on both sides, unequal digests of now",
            first: masked(Known(address: "Rome", isFresh: true)),
            second: masked(Known(isFresh: true)),
            attributes: .different,
            picture: .same,
            fields: ["what the device masks"]
        ),
        Case(
            testDescription: "masked, and nothing known",
            first: masked,
            second: masked,
            attributes: .unknown,
            picture: .unknown,
            readings: whole
        ),
        Case(
            testDescription: "masked on one side and nothing known of it",
            first: masked,
            second: shown(Known()),
            attributes: .unknown,
            picture: .unknown,
            readings: (.whole, .nothing)
        ),
        Case(
            testDescription: "masked where no images are kept, and nothing known",
            first: Side(address: nil, keepsImage: false),
            second: bare,
            attributes: .unknown,
            picture: .same,
            readings: (.whole, .nothing)
        ),
    ]

    @Test(arguments: attributeCases) func attributesAreComparedInClearThenByDigest(pair: Case) { check(pair) }

    static let pictureCases = [
        Case(
            testDescription: "the same photo",
            first: shown(Known(image: "a", hash: [])),
            second: shown(Known(image: "b", hash: [])),
            attributes: .same,
            picture: .same
        ),
        Case(
            testDescription: "the same image",
            first: shown(Known(photo: "a", hash: [])),
            second: shown(Known(photo: "b", hash: [])),
            attributes: .same,
            picture: .same
        ),
        Case(
            testDescription: "the photo of one is the image of the other",
            first: shown(Known(photo: "x", image: "a", hash: [])),
            second: shown(Known(photo: "b", image: "x", hash: [])),
            attributes: .same,
            picture: .same
        ),
        Case(
            testDescription: "equal digests count more than hashes",
            first: shown(Known(hash: hash(121))),
            second: shown(Known()),
            attributes: .same,
            picture: .same
        ),
        Case(
            testDescription: "hashes at the limit",
            first: shown(Known(photo: "a", image: "a", hash: hash(120))),
            second: shown(Known()),
            attributes: .same,
            picture: .same
        ),
        Case(
            testDescription: "hashes beyond the limit",
            first: shown(Known(photo: "a", image: "a", hash: hash(121))),
            second: shown(Known()),
            attributes: .same,
            picture: .different,
            fields: ["picture"]
        ),
        Case(
            testDescription: "a hash is missing of old",
            first: shown(Known(photo: "a", image: "a", hash: [])),
            second: shown(Known()),
            attributes: .same,
            picture: .unknown,
            readings: (.whole, .nothing)
        ),
        Case(
            testDescription: "both hashes are missing of old",
            first: shown(Known(photo: "a", image: "a", hash: [])),
            second: shown(Known(hash: [])),
            attributes: .same,
            picture: .unknown,
            readings: whole
        ),
        Case(
            testDescription: "both hashes are missing, one of now",
            first: shown(Known(photo: "a", image: "a", hash: [], isFresh: true)),
            second: shown(Known(hash: [])),
            attributes: .same,
            picture: .unknown,
            readings: (.nothing, .whole)
        ),
        Case(
            testDescription: "a hash cannot be made",
            first: shown(Known(photo: "a", image: "a", hash: [], isFresh: true)),
            second: shown(Known()),
            attributes: .same,
            picture: .different,
            fields: ["picture"]
        ),
        Case(
            testDescription: "one is not known",
            first: shown(nil),
            second: shown(Known()),
            attributes: .same,
            picture: .unknown,
            readings: (.whole, .nothing)
        ),
        Case(
            testDescription: "none is known",
            first: shown(nil),
            second: shown(nil),
            attributes: .same,
            picture: .unknown,
            readings: whole
        ),
        Case(
            testDescription: "one device keeps no images",
            first: bare,
            second: shown(nil),
            attributes: .same,
            picture: .same
        ),
        Case(
            testDescription: "name and picture differ",
            first: Side(name: "Anna", known: Known(photo: "a", image: "a")),
            second: shown(Known(hash: hash(127))),
            attributes: .different,
            picture: .different,
            fields: ["name", "picture"]
        ),
        Case(
            testDescription: "no image was ever read on either side",
            first: shown(Known(photo: "", image: "", hash: [])),
            second: shown(Known(photo: "", image: "", hash: [])),
            attributes: .same,
            picture: .unknown,
            readings: whole
        ),
    ]

    @Test(arguments: pictureCases) func picturesAreComparedByDigestThenByLook(pair: Case) { check(pair) }

    static let freshCases = [
        Case(
            testDescription: "equal digests of old do not count",
            first: masked(Known()),
            second: masked(Known()),
            trustsOnlyFresh: true,
            attributes: .unknown,
            picture: .unknown,
            readings: whole
        ),
        Case(
            testDescription: "equal digests of now count",
            first: masked(Known(isFresh: true)),
            second: masked(Known(isFresh: true)),
            trustsOnlyFresh: true,
            attributes: .same,
            picture: .same
        ),
        Case(
            testDescription: "one of now and one of old",
            first: masked(Known(isFresh: true)),
            second: masked(Known()),
            trustsOnlyFresh: true,
            attributes: .unknown,
            picture: .unknown,
            readings: (.nothing, .whole)
        ),
        Case(
            testDescription: "what is shown counts at once",
            first: shown(Known()),
            second: shown(Known()),
            trustsOnlyFresh: true,
            attributes: .same,
            picture: .unknown,
            readings: whole
        ),
        Case(
            testDescription: "images that are not kept need no reading",
            first: bare,
            second: bare,
            trustsOnlyFresh: true,
            attributes: .same,
            picture: .same
        ),
    ]

    @Test(arguments: freshCases) func aFullReadingTrustsOnlyWhatItReadItself(pair: Case) { check(pair) }

    @Test(arguments: ["name", "identity", "gender", "age", "address"]) func eachShownFieldIsNamed(field: String) {
        var (mine, theirs) = (Self.bare.standing(.e(1)).entry, Self.bare.standing(.e(1)).entry)
        let path: WritableKeyPath<ListingEntry, String?> =
            switch field {
            case "name": \.name
            case "identity": \.identity
            case "gender": \.gender
            case "age": \.age
            default: \.address
            }
        theirs[keyPath: path] = ""
        let judge = PairJudge(freshSince: Self.run)
        func finding() -> PairJudge.Finding {
            judge.judge(Standing(entry: mine, known: nil), Standing(entry: theirs, known: nil))
        }
        #expect(finding().fields == [field])
        // A mask is not a value: it differs from none.
        mine[keyPath: path] = nil
        #expect(finding().fields.isEmpty)
        #expect(finding().attributes == .unknown)
    }
}
