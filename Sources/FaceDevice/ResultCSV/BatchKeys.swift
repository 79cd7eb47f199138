// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// The ids and file names of a batch, to find them in the cells of a file.
struct BatchKeys {
    private let ids: [String: PortraitID]
    private let fileNames: [String: PortraitID]

    init(ids: [PortraitID], fileNames: [String]) {
        self.ids = Dictionary(ids.map { ($0.text, $0) }) { first, _ in first }
        self.fileNames = Dictionary(zip(fileNames, ids)) { first, _ in first }
    }

    /// The portrait whose id a cell is.
    func id(_ cell: String) -> PortraitID? { ids[cell] }

    /// The portrait whose file a cell names: the exact name, its last path component, or, where the
    /// letters were spoiled by an encoding, by the id among its parts.
    func file(_ cell: String) -> PortraitID? {
        if let id = fileNames[cell] { return id }
        let base = cell.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? cell
        if let id = fileNames[base] { return id }
        let parts = base.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3 else { return nil }
        if let id = ids[parts[1]] { return id }
        let found = Set(parts.compactMap { ids[$0] })
        return found.count == 1 ? found.first : nil
    }
}
