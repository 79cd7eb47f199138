// SPDX-License-Identifier: Apache-2.0

extension HEIFContainer {
    /// The kinds of reference that libheif before 1.18 takes to one item only.
    private static let single = ["auxl", "cdsc", "thmb"]

    /// The file with one target for each reference that may have several, where libheif before 1.18 would refuse it.
    ///
    /// Phones refer from a gain map and from the camera's data both to the picture and to the same picture in more light
    /// (`tmap`). Of these the picture is kept. The old index becomes free space and the new one stands at the end, so that
    /// no byte of a picture moves.
    ///
    /// - Returns: The bytes, or nil where nothing has to be mended or the index cannot be trusted.
    func repaired() -> [UInt8]? {
        guard isWhole, let meta, let last, references.contains(where: isTooMuch) else { return nil }
        var file = Array(view.base)
        if view.big32(last.place.lowerBound) == 0 {
            // A box up to the end of the file must not take in what is added.
            guard last.place.count <= Int(UInt32.max) else { return nil }
            file.replaceSubrange(last.place.lowerBound..<last.place.lowerBound + 4, with: Self.big32(last.place.count))
        }
        file.replaceSubrange(meta.place.lowerBound + 4..<meta.place.lowerBound + 8, with: Array("free".utf8))
        var content = Array(view.base[meta.content.prefix(4)])
        for part in parts {
            content += part.isType("iref", in: view) ? mendedReferences(part) : Array(view.base[part.place])
        }
        return file + Self.box(Array("meta".utf8), content)
    }

    private func isTooMuch(_ reference: Reference) -> Bool {
        reference.targets.count > 1 && Self.single.contains(where: reference.isType)
    }

    private func mendedReferences(_ box: ISOBox) -> [UInt8] {
        var content = Array(view.base[box.content.prefix(4)])
        for reference in references {
            var targets = reference.targets
            if isTooMuch(reference) {
                targets = targets.filter { $0 == primary } + targets
                targets = Array(targets.prefix(1))
            }
            let ids = [reference.from, targets.count] + targets
            content += Self.box(
                reference.type,
                ids.enumerated().flatMap { index, id in
                    Array(Self.big32(id).suffix(hasLongReferences && index != 1 ? 4 : 2))
                }
            )
        }
        return Self.box(Array("iref".utf8), content)
    }

    private static func box(_ type: [UInt8], _ content: [UInt8]) -> [UInt8] {
        big32(8 + content.count) + type + content
    }

    private static func big32(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
