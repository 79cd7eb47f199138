// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceModel
import SystemPackage
import Testing

@testable import FaceFiles
@testable import FaceLibraries
@testable import FaceSources
@testable import FaceTransfer
@testable import FaceUpload

@Suite struct PreparationTests {
    private let folder: SourceFolder
    private let digests = ContentDigests(key: Array(0..<64))

    init() throws { folder = try SourceFolder() }

    private func prepare(_ name: String, limits: ImageLimits = ImageLimits()) async throws -> PortraitPreparation.Result
    {
        let preparation = PortraitPreparation(
            workshop: ImageWorkshop(limits: limits, profile: .off),
            digests: digests,
            destination: nil,
            makesImages: true,
            mayUpdate: false,
            explain: nil
        )
        let row = AdmittedRow(
            key: name,
            source: name,
            id: .e(1),
            hasDerivedID: false,
            attributes: PersonAttributes(name: "Ann"),
            photo: .file(FilePath(folder.path + "/" + name)),
            warnings: [],
            existing: .absent,
            known: nil
        )
        return try await preparation.prepare(.open(row))
    }

    @Test func aPhotoThatFitsIsSentByteForByte() async throws {
        let photo = try Picture.jpeg(1)
        try folder.write(photo, to: Array("a.jpg".utf8))
        guard case .ready(let row) = try await prepare("a.jpg") else {
            Issue.record("not ready")
            return
        }
        #expect(row.image.bytes == photo)
        #expect(row.fingerprint.photo == row.fingerprint.image)
    }

    @Test func aPhotoThatIsTooLargeIsShrunkAndKnownByBothDigests() async throws {
        let photo = try Picture.jpeg(1)
        try folder.write(photo, to: Array("a.jpg".utf8))
        guard case .ready(let row) = try await prepare("a.jpg", limits: ImageLimits(maxSide: 64)) else {
            Issue.record("not ready")
            return
        }
        #expect(row.fingerprint.photo == digests.digest(of: photo))
        #expect(row.fingerprint.image == digests.digest(of: row.image.bytes))
        #expect(row.fingerprint.photo != row.fingerprint.image)
    }

    @Test func theExtensionSentFitsTheBytesNotTheName() async throws {
        try folder.write(Picture.bitmap(1), to: Array("a.jpg".utf8))
        guard case .ready(let row) = try await prepare("a.jpg") else {
            Issue.record("not ready")
            return
        }
        #expect(row.image.fileExtension == "bmp")
    }

    @Test func aPhotoThatIsGoneAndOneThatIsNoPictureAreRejected() async throws {
        try folder.write("text", to: "b.jpg")
        for (name, reason) in [("a.jpg", Reason.sourceMissingPhoto), ("b.jpg", .imageFormat)] {
            guard case .settled(let settlement, _) = try await prepare(name) else {
                Issue.record("\(name) went through")
                continue
            }
            #expect(settlement.outcome == .rejected)
            #expect(settlement.reason == reason)
        }
    }

    @Test func digestsOfAttributesTellEveryFieldApart() {
        let base = PersonAttributes(name: "ab", identity: "c", gender: .female, age: 1, address: "d")
        var others: [PersonAttributes] = Array(repeating: base, count: 6)
        others[0].name = "a"
        others[0].identity = "bc"
        others[1].gender = .male
        others[2].gender = nil
        others[3].age = nil
        others[4].address = ""
        others[5].age = 11
        #expect(Set((others + [base]).map { Digest(of: $0) }).count == 7)
    }
}
