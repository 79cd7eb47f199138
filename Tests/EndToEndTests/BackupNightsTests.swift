// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Night after night a little changes, a little is read, and every night comes back as it was.
@Suite(.serialized, .timeLimit(.minutes(240))) struct BackupNightsTests {
    /// How many portraits the library has.
    private static let count = Int(ProcessInfo.processInfo.environment["FACELIB_TEST_PORTRAITS"] ?? "") ?? 300
    private static let nights = 10

    @Test func tenNightsCostWhatChangedAndEachComesBack() async throws {
        try await BackupPlace.with(["hq", "empty"]) { place in
            var stock = try await ChangingStock(Self.count, changing: max(1, Self.count / 500), in: place)
            var truth = [try await place.portraits("hq")]
            try await place.control("hq").resetCalls()
            try await place.opened("backup create hq: repo --quiet")
            try await place.told("first backup of \(Self.count)", truth[0].count)
            for night in 1...Self.nights {
                try await stock.change(place)
                let now = try await place.portraits("hq")
                try await place.control("hq").resetCalls()
                let report = try Report(try await place.opened("backup create hq: repo --json"))
                try await expectLittle(place, stock, report, night)
                truth.append(now)
            }
            try expectSmall(try place.size(of: "repo"), truth)
            let snapshots = try await place.snapshots()
            try #require(snapshots.map(\.portraits) == truth.map(\.count))
            for (night, snapshot) in snapshots.enumerated() {
                if night > 0 { try await place.replace("empty") }
                try await place.opened("backup restore repo@\(snapshot.id) empty: --quiet")
                let restored = try await place.portraits("empty")
                #expect(Self.differences(restored, truth, night) == [], "night \(night)")
            }
            try await place.opened("backup verify repo --read-all")
        }
    }

    /// The calls and downloads of a night are in proportion to what changed.
    private func expectLittle(
        _ place: MirrorPlace,
        _ stock: ChangingStock,
        _ report: Report,
        _ night: Int
    ) async throws {
        let each = stock.each
        let state = try await place.told("night \(night), \(each) changed in each of five ways", Self.count)
        let calls = state.calls
        // New ones and new pictures; those that were edited in clear, and those edited behind masks whose turn it was.
        #expect(report.count("stored") == each && report.count("removed") == each)
        #expect(report.count("updated") >= 2 * each && report.count("failed") == 0, "\(report.outcomes)")
        #expect(calls["1035", default: 0] <= (Self.count + 49) / 50 + 2, "\(calls)")
        #expect(calls["1067", default: 0] <= (Self.count + 6) / 7 + 3 * each + 2, "\(calls)")
        for (message, number) in calls where message != "1035" && message != "1067" {
            #expect(number <= 2 * each + 4, "message \(message): \(calls)")
        }
        #expect(state.downloads <= 2 * each + 2, "\(state.downloads) downloads")
    }

    private func expectSmall(_ size: Int, _ truth: [[String: DeviceState.Portrait]]) throws {
        let images = Dictionary(truth.flatMap(\.values).map { ($0.sha256, $0.bytes) }) { first, _ in first }
        let bytes = images.values.reduce(0, +)
        let over = Double(size) / Double(bytes) - 1
        print("\(images.count) images, \(bytes) bytes; repository \(size) bytes, \(over * 100) % more")
        #expect(over <= 0.05 && over > 0)
    }

    /// What differs from the device as it was at night; what it masks may be as it was up to six nights before.
    private static func differences(
        _ restored: [String: DeviceState.Portrait],
        _ truth: [[String: DeviceState.Portrait]],
        _ night: Int
    ) -> [String] {
        let then = truth[night]
        return Set(restored.keys).union(then.keys).sorted().compactMap { id in
            guard let back = restored[id] else { return "\(id): did not come back" }
            guard let was = then[id] else { return "\(id): was not there" }
            let isSame = back.sha256 == was.sha256 && back.clear == was.clear
            let masked = truth[max(0, night - 6)...night].compactMap { $0[id]?.masked }
            return isSame && masked.contains(back.masked) ? nil : "\(id): \(back.values), \(was.values)"
        }
    }
}

/// A library that changes a little each night.
private struct ChangingStock {
    /// How many portraits change in each way.
    let each: Int
    private let photos: LargePhotos
    /// Who is there, those first who have not changed for the longest time.
    private var people: [DrawnPerson] = []
    private var next: Int
    private var night = 0

    init(_ count: Int, changing each: Int, in place: MirrorPlace) async throws {
        self.each = each
        photos = try await LargePhotos(min(count, 200), in: place.folder.appending(path: "photos"))
        next = count
        people = try (0..<count).map { try photos.person($0) }
        try await place.store(people, at: "hq")
    }

    /// Changes some portraits in each way: new, gone, another picture, edited in clear, edited behind masks.
    mutating func change(_ place: MirrorPlace) async throws {
        night += 1
        let gone = people.prefix(each)
        var touched = Array(people.dropFirst(each).prefix(3 * each))
        people.removeFirst(4 * each)
        for index in touched.indices {
            switch index / each {
            case 0: touched[index].photo = try photos.another(of: touched[index], night)
            case 1: (touched[index].name, touched[index].age) = ("Renamed \(night)", "\(60 + night)")
            default:
                (touched[index].identity, touched[index].address) = (
                    "9\(touched[index].identity)", "\(night) New Street"
                )
            }
        }
        let new = try (next..<next + each).map { try photos.person($0) }
        next += each
        try await place.delete(gone.map(\.id), at: "hq")
        try await place.store(touched + new, at: "hq")
        people += touched + new
    }
}

extension DeviceState.Portrait {
    /// What a device shows in its lists.
    fileprivate var clear: [String] { [name, gender, age] }
    /// What a device shows in its lists as stars.
    fileprivate var masked: [String] { [identity, address] }
}

extension MirrorPlace {
    /// Prints what the device was asked.
    @discardableResult fileprivate func told(_ what: String, _ count: Int) async throws -> DeviceState {
        let state = try await state("hq")
        let calls = state.calls.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        let total = state.calls.values.reduce(0, +)
        print("\(what) (\(count)): \(total) calls (\(calls)), \(state.downloads) downloads")
        return state
    }
}
