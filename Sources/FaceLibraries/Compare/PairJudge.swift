// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceImaging
import FaceLedger
import FaceModel

/// Decides whether a portrait is the same in two libraries, from what listings show and the ledger knows; and where
/// that is not enough, what must be read.
///
/// Changed means, in this order: what the listings show in clear differs; what stands behind masks differs, by its
/// digest; the image differs, by its digest and then, since devices store pictures anew (interface P12), by what it
/// looks like.
package struct PairJudge: Sendable {
    /// What was learned since then was learned in this run; in seconds since 1970.
    package let freshSince: Double
    /// Whether only what was learned in this run counts (`--full`).
    package var trustsOnlyFresh = false

    package init(freshSince: Double, trustsOnlyFresh: Bool = false) {
        self.freshSince = freshSince
        self.trustsOnlyFresh = trustsOnlyFresh
    }

    /// What is to be said of attributes or of an image.
    package enum State: Sendable { case same, different, unknown }

    /// What must be read of a portrait before more can be said.
    enum Reading: Int, Sendable { case nothing, attributes, whole }

    /// What was found about a pair.
    package struct Finding: Sendable {
        package var attributes: State
        package var picture: State
        /// What differs, by name and never by value.
        package var fields: [String]
        /// What must be read of each.
        var first = Reading.nothing
        var second = Reading.nothing

        /// Whether the portraits are known to be the same.
        package var isSame: Bool { attributes == .same && picture == .same }
        /// Whether nothing more must be read.
        var isDecided: Bool { first == .nothing && second == .nothing }
    }

    /// Judges a pair.
    ///
    /// - Parameters:
    ///   - first: The portrait in one library.
    ///   - second: The portrait of the same id in the other.
    /// - Returns: What is known, and what must be read to know the rest.
    func judge(_ first: Standing, _ second: Standing) -> Finding {
        var finding = Finding(attributes: .unknown, picture: .unknown, fields: [])
        judgeAttributes(first, second, &finding)
        judgePicture(first, second, &finding)
        if finding.picture == .different { finding.fields.append("picture") }
        return finding
    }

    private func usable(_ standing: Standing) -> KnownPortrait? {
        guard let known = standing.known, !trustsOnlyFresh || isFresh(known) else { return nil }
        return known
    }

    private func isFresh(_ known: KnownPortrait) -> Bool { known.readAt >= freshSince }

    // MARK: Attributes

    private func judgeAttributes(_ first: Standing, _ second: Standing, _ finding: inout Finding) {
        finding.fields = Self.visibleDifferences(first.entry, second.entry)
        guard finding.fields.isEmpty else {
            finding.attributes = .different
            return
        }
        guard first.entry.isMasked || second.entry.isMasked else {
            finding.attributes = .same
            return
        }
        let (left, right) = (attributes(of: first), attributes(of: second))
        if let left, let right, left.digest == right.digest {
            finding.attributes = .same
        } else if let left, let right, left.isFresh, right.isFresh {
            finding.attributes = .different
            finding.fields = ["what the device masks"]
        } else {
            if left?.isFresh != true { finding.first = usable(first) == nil ? .whole : .attributes }
            if right?.isFresh != true { finding.second = usable(second) == nil ? .whole : .attributes }
        }
    }

    private func attributes(of standing: Standing) -> (digest: Digest, isFresh: Bool)? {
        if let shown = standing.entry.isMasked ? nil : standing.listed.clearAttributes {
            return (Digest(of: shown), true)
        }
        return usable(standing).map { ($0.fingerprint.attributes, isFresh($0)) }
    }

    /// The names of the fields that both show and that differ.
    private static func visibleDifferences(_ first: ListingEntry, _ second: ListingEntry) -> [String] {
        func differ(_ left: String?, _ right: String?) -> Bool { left != nil && right != nil && left != right }
        var fields: [String] = []
        if differ(first.name, second.name) { fields.append("name") }
        if differ(first.identity, second.identity) { fields.append("identity") }
        if differ(first.gender, second.gender) { fields.append("gender") }
        if differ(first.age, second.age) { fields.append("age") }
        if differ(first.address, second.address) { fields.append("address") }
        return fields
    }

    // MARK: Picture

    private func judgePicture(_ first: Standing, _ second: Standing, _ finding: inout Finding) {
        // Who keeps no images cannot be contradicted (1900, `face` = 0).
        if first.entry.imagePath.isEmpty || second.entry.imagePath.isEmpty {
            finding.picture = .same
            return
        }
        let (left, right) = (usablePicture(first), usablePicture(second))
        guard let left, let right else {
            if left == nil { finding.first = .whole }
            if right == nil { finding.second = .whole }
            return
        }
        let (mine, theirs) = (left.fingerprint, right.fingerprint)
        if [mine.photo, mine.image].contains(where: { $0 == theirs.photo || $0 == theirs.image }) {
            finding.picture = .same
        } else if let one = PictureHash(words: mine.hash), let other = PictureHash(words: theirs.hash) {
            finding.picture = one.distance(to: other) <= PictureHash.sameLimit ? .same : .different
        } else if isSettled(left) && isSettled(right) {
            finding.picture = .different
        } else {
            if !isSettled(left) { finding.first = .whole }
            if !isSettled(right) { finding.second = .whole }
        }
    }

    /// What is known of a portrait's image; nothing, where its attributes were changed before anybody read its image.
    private func usablePicture(_ standing: Standing) -> KnownPortrait? {
        usable(standing).flatMap { $0.fingerprint.image == Self.noImage && !isFresh($0) ? nil : $0 }
    }

    private static let noImage = Digest(of: [])

    /// Whether reading the image again would tell nothing new.
    private func isSettled(_ known: KnownPortrait) -> Bool { !known.fingerprint.hash.isEmpty || isFresh(known) }
}

extension ListingEntry {
    /// Whether the device masked any field.
    package var isMasked: Bool { name == nil || identity == nil || gender == nil || age == nil || address == nil }
}
