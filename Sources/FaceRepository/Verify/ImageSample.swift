// SPDX-License-Identifier: Apache-2.0

/// Reads some images back, chosen at random.
package struct ImageSample: Sendable {
    package let repository: Repository
    package let index: ImageIndex

    package init(repository: Repository, index: ImageIndex) {
        self.repository = repository
        self.index = index
    }

    /// How many images are looked at together.
    private static let groupLength = 500

    /// Reads a share of the images.
    ///
    /// - Parameters:
    ///   - share: Which share, from 0 to 1; one at least, where there is any.
    ///   - count: How many there are to choose from.
    ///   - isMeant: Whether an image is one of those.
    /// - Returns: How many were read.
    /// - Throws: ``RepositoryError`` with `damaged` for an image that is not what was stored, `LedgerError`.
    package func read(share: Double, of count: Int, _ isMeant: (ImageIndex.Place) -> Bool) async throws -> Int {
        var read = 0
        try await run(share: share, of: count, isMeant) { _, problem in
            if let problem { throw problem }
            read += 1
        }
        return read
    }

    /// Reads a share of the images and tells what came of each.
    func run(
        share: Double,
        of count: Int,
        _ isMeant: (ImageIndex.Place) -> Bool = { _ in true },
        _ tell: (ImageIndex.Place, RepositoryError?) throws -> Void
    ) async throws {
        let packs = PackReading(repository)
        var left = count
        var wanted = min(count, Int((Double(count) * share).rounded(.up)))
        var last: String?
        while wanted > 0, case let group = try await index.places(after: last, limit: Self.groupLength),
            let end = group.last
        {
            last = end.image
            for place in group where wanted > 0 && isMeant(place) {
                // Each of those that are left is as likely as any other.
                defer { left -= 1 }
                guard Int.random(in: 0..<max(1, left)) < wanted else { continue }
                wanted -= 1
                var problem: RepositoryError?
                do {
                    _ = try packs.image(place.image, in: place.pack)
                } catch {
                    problem = error
                }
                try tell(place, problem)
            }
        }
    }
}
