// SPDX-License-Identifier: Apache-2.0
import Crypto
import FaceLedger
public import FaceModel

/// One change that a mirror makes in its target.
public struct PlannedChange: Sendable, Hashable {
    /// What is done.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The portrait is new there.
        case store
        /// Its picture, and with it the whole portrait, is replaced.
        case replace
        /// Its attributes are changed in place.
        case attributes
        /// It is not in the source and is deleted.
        case remove
    }

    /// What is done.
    public var kind: Kind
    /// To which portrait.
    public var id: PortraitID
    /// Its name, as far as it is shown.
    public var name: String

    /// Describes a change.
    ///
    /// - Parameters:
    ///   - kind: What is done.
    ///   - id: To which portrait.
    ///   - name: Its name.
    public init(kind: Kind, id: PortraitID, name: String) {
        self.kind = kind
        self.id = id
        self.name = name
    }
}

/// What a mirror would do in one target, and in which state of both sides that holds.
public struct PlannedTarget: Sendable, Hashable {
    /// The source as it was typed.
    public var source: String
    /// The target as it was typed.
    public var target: String
    /// A digest of the source's listing.
    public var sourceState: String
    /// A digest of the target's listing, `none` for a library without portraits or one that is still to be made.
    public var targetState: String

    /// Describes what a plan is about.
    ///
    /// - Parameters:
    ///   - source: The source as it was typed.
    ///   - target: The target as it was typed.
    ///   - sourceState: A digest of the source's listing.
    ///   - targetState: A digest of the target's listing.
    public init(source: String, target: String, sourceState: String, targetState: String) {
        self.source = source
        self.target = target
        self.sourceState = sourceState
        self.targetState = targetState
    }
}

/// The changes of a plan for one target, to be read from wherever the plan is.
public struct PlannedChanges: Sendable {
    /// What the plan is about.
    public var target: PlannedTarget
    /// Opens the changes for one reading; each call of what it returns gives some of them, in any order, `nil` at the end.
    public var open: @Sendable () throws -> () throws -> [PlannedChange]?

    /// Takes the changes of a plan.
    ///
    /// - Parameters:
    ///   - target: What the plan is about.
    ///   - open: Opens the changes for one reading.
    public init(target: PlannedTarget, open: @escaping @Sendable () throws -> () throws -> [PlannedChange]?) {
        self.target = target
        self.open = open
    }
}

extension Listing {
    /// A digest of everything that the listing shows, the same for the same content in whatever order it was listed.
    func state() async throws -> String {
        var hash = SHA256()
        var last: PortraitID?
        while true {
            let entries = try await entries(after: last, limit: 1_000)
            guard let end = entries.last else { break }
            last = end.imgID
            for entry in entries {
                let values = [
                    entry.imgID.text, entry.stamp, entry.imagePath, entry.name, entry.identity, entry.gender, entry.age,
                    entry.address,
                ]
                // A length before each keeps "ab" + "c" apart from "a" + "bc", and a mask from an empty value.
                let text = values.map { $0.map { "\($0.utf8.count):\($0)" } ?? "?" }.joined()
                hash.update(data: Array(text.utf8))
            }
        }
        return FaceModel.Digest(bytes: Array(hash.finalize()))?.hex ?? ""
    }
}
