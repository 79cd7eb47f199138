// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// How the pictures of a page are shared out and fetched.
enum PictureLoading {
    /// How many pictures are asked for at once.
    static let width = 8

    /// Divides `budget` so that small groups are served whole and large ones equally.
    ///
    /// - Parameters:
    ///   - budget: How many pictures there may be in all.
    ///   - counts: How many each group would like.
    /// - Returns: How many each group gets, in the same order.
    static func shares(of budget: Int, among counts: [Int]) -> [Int] {
        var shares = [Int](repeating: 0, count: counts.count)
        var left = budget
        var hungry = counts.count
        for index in counts.indices.sorted(by: { counts[$0] < counts[$1] }) {
            shares[index] = min(counts[index], left / hungry)
            left -= shares[index]
            hungry -= 1
        }
        return shares
    }

    /// Asks for the pictures of a few rows at once.
    ///
    /// - Parameters:
    ///   - rows: At most ``width`` rows.
    ///   - picture: Where the pictures come from.
    /// - Returns: The pictures in the order of the rows, `nil` where none can be shown.
    static func pictures(
        of rows: ArraySlice<RowResult>,
        from picture: @escaping @Sendable (RowResult) async -> [UInt8]?
    ) async -> [EmbeddedPicture?] {
        await withTaskGroup(of: (Int, [UInt8]?).self) { group in
            for (place, row) in rows.enumerated() {
                group.addTask { (place, await picture(row)) }
            }
            var pictures = [EmbeddedPicture?](repeating: nil, count: rows.count)
            for await (place, bytes) in group {
                pictures[place] = bytes.flatMap { EmbeddedPicture($0) }
            }
            return pictures
        }
    }
}
