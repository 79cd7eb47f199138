// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceModel
import SystemPackage
import Testing

@testable import FaceFiles
@testable import FaceLibraries
@testable import FaceTransfer
@testable import FaceUpload

/// A ledger with one job, a device, and everything between them, for tests of single stages.
struct TransferBench {
    let device = InMemoryDevice()
    let ledger: SQLiteLedger
    let clock = InstantClock()
    let workshop: ImageWorkshop
    let job = "20261122-101502-3f"

    init(profile: QualityProfile = .off) async throws {
        ledger = try SQLiteLedger.inMemory()
        workshop = ImageWorkshop(limits: ImageLimits(), profile: profile)
        try await ledger.begin(.forTests(job))
    }

    func destination() async throws -> Destination {
        let request = DestinationRequest(device: device, settings: .forTests, library: InMemoryDevice.libraryName)
        return try #require(try await request.open(creating: nil, hint: "make it", isRehearsal: false))
    }

    func uploader() async throws -> Uploader { uploader(try await destination()) }

    func uploader(_ destination: Destination) -> Uploader {
        Uploader(to: destination, of: job, ledger, workshop, clock)
    }

    func recovery(_ uploader: Uploader) -> Recovery { Recovery(of: uploader) }

    /// Rows `E-1`, `E-2`, …, registered in the job and ready to be sent.
    func rows(
        _ count: Int,
        from first: Int = 1,
        name: String = "Ann",
        action: PreparedRow.Action = .store
    ) async throws -> [PreparedRow] {
        let rows = try (first..<first + count).map { try PreparedRow.forTests($0, name: name, action: action) }
        _ = try await ledger.register(
            rows.enumerated().map { place, row in
                NewRow(
                    key: row.row.key,
                    ordinal: first + place,
                    source: row.row.key,
                    line: nil,
                    imgID: row.row.id.text,
                    name: name,
                    rejection: nil
                )
            },
            in: job
        )
        return rows
    }

    /// Records a delivery as the last stage does.
    @discardableResult
    func settle(_ delivery: Delivery, _ uploader: Uploader) async throws -> [Settlement] {
        try await ledger.settle(delivery.settled, in: job)
        let confirmation = Confirmation(of: uploader)
        return delivery.settled + (try await confirmation.confirm(delivery.claimed, closing: delivery.openBatches))
    }

    /// Every row with an outcome, by id.
    func results() async throws -> [String: RowResult] {
        let page = try await ledger.results(of: job, after: nil, limit: 10_000)
        return Dictionary(page.rows.map { ($0.imgID, $0) }) { first, _ in first }
    }
}

extension JobRecord {
    static func forTests(_ id: String, source: String = "new", started: Double = 1) -> JobRecord {
        JobRecord(
            id: id,
            command: "import",
            source: source,
            target: "hq:staff",
            directory: "/",
            options: "{}",
            started: started
        )
    }
}

extension DeviceSettings {
    static var forTests: DeviceSettings {
        DeviceSettings(name: "hq", url: "https://hq", user: "admin", password: Secret("secret"), connections: 2)
    }
}

extension PortraitID {
    /// The id `E-1` for 1.
    static func e(_ number: Int) -> PortraitID { PortraitID(asListed: "E-\(number)") }
}

extension PreparedRow {
    /// A row as Prepare would make it, with a picture of its own.
    static func forTests(
        _ number: Int,
        name: String = "Ann",
        picture: Int? = nil,
        action: PreparedRow.Action = .store
    ) throws -> PreparedRow {
        let image = try Picture.jpeg(picture ?? number)
        let attributes = PersonAttributes(name: name, identity: "4711", gender: .female, age: 31, address: "Oslo")
        return PreparedRow(
            row: WantedPortrait(key: "row \(number)", id: .e(number), attributes: attributes),
            image: OutgoingImage(bytes: image, fileExtension: "jpg"),
            fingerprint: PortraitFingerprint(
                photo: Digest(of: image),
                image: Digest(of: image),
                attributes: Digest(of: attributes),
                hash: Picture.hash(image)
            ),
            action: action,
            warnings: []
        )
    }
}

extension [Settlement] {
    /// How many ended in an outcome.
    func count(_ outcome: Outcome) -> Int { count { $0.outcome == outcome } }
}

extension TransferBench {
    /// The rows with pictures that can be made much smaller.
    func bitmaps(_ rows: [PreparedRow]) -> [PreparedRow] {
        rows.enumerated().map { place, row in
            let image = OutgoingImage(bytes: Picture.bitmap(place), fileExtension: "bmp")
            return PreparedRow(
                row: row.row,
                image: image,
                fingerprint: row.fingerprint,
                action: row.action,
                warnings: []
            )
        }
    }
}
