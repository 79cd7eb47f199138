// SPDX-License-Identifier: Apache-2.0

/// What the scans of a JPEG file bring, by their headers.
///
/// A progressive picture that was cut between two scans and closed with an end marker is whole to every decoder, which
/// shows it coarse and says nothing.
struct JPEGScans {
    /// The bits of each of the 64 coefficients that are still to come, for each component of the frame.
    private var pending: [(id: Int, bits: [Int])] = []
    private var isProgressive = false

    /// Before any scan, all is to come.
    init(components: [Int] = [], isProgressive: Bool = false) {
        pending = components.map { (id: $0, bits: [Int](repeating: .max, count: 64)) }
        self.isProgressive = isProgressive
    }

    /// Whether every bit of every component has its scan.
    var areWhole: Bool { pending.allSatisfy { $0.bits.allSatisfy { $0 == 0 } } }

    /// Notes what a scan brings.
    ///
    /// - Parameter header: The segment behind the scan's marker.
    mutating func read(_ header: ByteView) {
        guard let count = header[0], let first = header[1 + 2 * count], let last = header[2 + 2 * count],
            let bits = header[3 + 2 * count]
        else { return }
        // Sequential decoders do not go by these numbers, and some phones write odd ones.
        let coefficients = isProgressive ? first..<max(first, min(last, 63) + 1) : 0..<64
        var taken: Set<Int> = []
        for part in 0..<count {
            let id = header[1 + 2 * part]
            // Components may share an id; then they come in the order of the frame.
            guard let index = pending.indices.first(where: { pending[$0].id == id && !taken.contains($0) }) else {
                continue
            }
            taken.insert(index)
            for coefficient in coefficients { pending[index].bits[coefficient] = isProgressive ? bits & 15 : 0 }
        }
    }
}
