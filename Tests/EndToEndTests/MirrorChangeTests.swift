// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// One in a hundred changes at the source, in each way there is: exactly these are touched at the branch.
@Suite(.serialized, .timeLimit(.minutes(40))) struct MirrorChangeTests {
    /// What happens to some portraits of the source.
    enum Change: String, CaseIterable, CustomTestStringConvertible {
        case added = "new portraits"
        case age = "an attribute that lists show"
        case identity = "an attribute that lists mask"
        case picture = "another picture"
        case removed = "removed portraits"
        case sameAgain = "removed and added again as they were"
        case otherAgain = "removed and added again with another picture"
        case letterCase = "ids in other letter case"

        var testDescription: String { rawValue }

        /// Whether a mirror sees it without reading again what it knows; masked attributes change without a trace.
        var isSeen: Bool { self != .identity }
        /// What a mirror says of one of these portraits.
        var outcomes: [String] {
            switch self {
            case .added: ["stored"]
            case .age, .identity, .picture, .otherAgain: ["updated"]
            case .removed: ["removed"]
            case .sameAgain: []
            case .letterCase: ["stored", "removed"]
            }
        }
    }

    static let cases: [(Change, String)] =
        Change.allCases.map { ($0, "") } + [(.identity, "--reread 100%"), (.identity, "--full"), (.age, "--full")]

    @Test(arguments: cases)
    func exactlyWhatChangedIsTouched(change: Change, flags: String) async throws {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq", "b1"]], stock: stock) { place in
            let before = try await place.portraits("b1")
            let people = Array(
                stock.hub.dropFirst(2).filter { $0.id.hasPrefix("E-") }.prefix(max(2, stock.hub.count / 100))
            )
            let changed = try await carryOut(change, people, stock, place)
            let isFound = change.isSeen || !flags.isEmpty
            let report = try await place.report("mirror hq:Staff b1:Staff --remove \(flags)")
            let after = try await place.portraits("b1")
            let touched = Set(before.keys).union(after.keys).filter { before[$0]?.version != after[$0]?.version }
            #expect(touched == (isFound ? Set(changed) : []))
            #expect(try await place.differences("hq", "b1").count == (isFound ? 0 : people.count))
            for outcome in ["stored", "updated", "removed", "failed", "rejected"] {
                let wanted = isFound && change.outcomes.contains(outcome) ? people.count : 0
                #expect(report.count(outcome) == wanted, "\(outcome): \(report.summary)")
            }
            if [.age, .identity].contains(change) {
                // In place: the picture stays the file that it was.
                #expect(people.allSatisfy { before[$0.id]?.imagePath == after[$0.id]?.imagePath })
            }
            // What stands behind masks is compared by what is known of it, unless all is read again.
            let compared = try await place.facelib("compare hq:Staff b1:Staff --quiet --full")
            #expect(compared.status == (isFound ? 0 : 7), "\(compared.output)\(compared.errors)")
        }
    }

    /// Changes people at the hub; the ids that must be touched at a branch.
    private func carryOut(
        _ change: Change,
        _ people: [DrawnPerson],
        _ stock: MirrorStock,
        _ place: MirrorPlace
    ) async throws -> [String] {
        let ids = people.map(\.id)
        let withOthers = people.enumerated().map { number, person in
            var other = person
            other.photo = stock.otherPhotos[number % stock.otherPhotos.count]
            return other
        }
        switch change {
        case .added:
            let new = people.indices.map { stock.newcomer("new-\($0)") }
            try await place.store(new, at: "hq")
            return new.map(\.id)
        case .age, .identity:
            let field = change == .age ? "person_age" : "person_idcard"
            for id in ids { try await place.call("hq", 1033, ["lib_id": 1, "img_id": id, field: "77"]) }
            return ids
        case .picture:
            try await place.store(withOthers, at: "hq")
            return ids
        case .removed:
            try await place.delete(ids, at: "hq")
            return ids
        case .sameAgain:
            try await place.delete(ids, at: "hq")
            try await place.store(people, at: "hq")
            return []
        case .otherAgain:
            try await place.delete(ids, at: "hq")
            try await place.store(withOthers, at: "hq")
            return ids
        case .letterCase:
            let others = people.map { person in
                var other = person
                other.id = person.id.lowercased()
                return other
            }
            try await place.delete(ids, at: "hq")
            try await place.store(others, at: "hq")
            return ids + others.map(\.id)
        }
    }
}
