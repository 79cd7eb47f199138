// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Synchronization

/// What one reading of a library's pages came to.
enum ListingVerdict: Sendable {
    /// Everybody is listed who was there all the while; with a caution where others changed the library meanwhile.
    case whole(caution: String?)
    /// That cannot be said, and why.
    case unproved(String)
    /// The pages do not join: the device lists in another order from page to page.
    case disordered

    /// Others changed the library while it was read.
    static func changed(from before: Int, to now: Int) -> ListingVerdict {
        .unproved("the library changed while it was listed (\(before) portraits, then \(now))")
    }

    /// The device counts other portraits than it lists.
    static func miscounted(_ total: Int, listed: Int) -> ListingVerdict {
        .unproved("the device counts \(total) portraits but listed \(listed)")
    }
}

/// The pages of a library (1035), and what all that were read have in common.
final class ListedPages: Sendable {
    let library: Int
    let device: any Device
    private let noted = Mutex((isMasked: false, showsMaskedIDs: false, caution: String?.none))

    init(library: Int, device: any Device) { (self.library, self.device) = (library, device) }

    /// Whether attributes of any portrait are masked.
    var isMasked: Bool { noted.withLock { $0.isMasked } }
    /// Whether img_ids are masked, so that several portraits may pass for one.
    var showsMaskedIDs: Bool { noted.withLock { $0.showsMaskedIDs } }
    /// Why what is listed must not be the ground for a delete.
    var caution: String? { noted.withLock { $0.caution } }

    /// Reads a page.
    ///
    /// - Parameter start: The place of its first portrait, from 1.
    /// - Returns: Up to fifty portraits.
    /// - Throws: `DeviceError` when the device fails, and `CancellationError`.
    func page(from start: Int) async throws -> PortraitPage {
        let page = try await device.portraits(in: library, from: start, count: Readback.pageLength)
        note(page.portraits)
        return page
    }

    private func note(_ portraits: [ListedPortrait]) {
        let isMasked = portraits.contains(where: \.isMasked)
        let hidesIDs = portraits.contains { Mask.covers($0.id.text) }
        let hidesNames = portraits.contains { $0.name == nil }
        noted.withLock { noted in
            noted.isMasked = noted.isMasked || isMasked
            noted.showsMaskedIDs = noted.showsMaskedIDs || hidesIDs
            if hidesIDs {
                noted.caution = "\(device.name) shows img_ids only as masks"
            } else if hidesNames {
                noted.caution = noted.caution ?? "\(device.name) shows names only as masks"
            }
        }
    }
}
