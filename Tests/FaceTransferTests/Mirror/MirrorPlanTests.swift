// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Testing

@testable import FaceTransfer
@testable import FaceUpload

@Suite(.timeLimit(.minutes(20))) struct MirrorPlanTests {
    private static let planning = MirrorOptions.removing { $0.isRehearsal = true }

    /// Two targets that each lack something else, and the plan for both.
    private func planned() async throws -> MirrorBench {
        let bench = try MirrorBench(targets: 2)
        try await bench.place(1...6)
        for number in 1...5 { try await bench.put(number, into: bench.targets[0]) }
        try await bench.put(9, into: bench.targets[0])
        for number in 1...6 {
            let person = MirrorBench.person(number, name: number == 2 ? "Bob" : nil)
            try await bench.put(number, picture: number == 3 ? 103 : nil, person, into: bench.targets[1])
        }
        try await bench.succeed(Self.planning)
        #expect(bench.plan.words(0) == ["store E-6", "remove E-9"])
        #expect(bench.plan.words(1) == ["replace E-3", "attributes E-2"])
        await bench.nextJob()
        return bench
    }

    @Test func aPlanIsCarriedOutExactly() async throws {
        let bench = try await planned()
        try await bench.succeed(.removing(), plans: bench.plan.planned)
        #expect(await bench.touched(0) == .init(stored: ["E-6"], deleted: ["E-9"]))
        #expect(await bench.touched(1) == .init(stored: ["E-3"], updated: ["E-2"], deleted: ["E-3"]))
        for index in 0..<2 { #expect(await bench.differences(index).isEmpty) }
    }

    /// What moved since the plan was made, and which targets are stopped by it.
    struct Move: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let stops: [Bool]
        let act: @Sendable (MirrorBench) async throws -> Void
    }

    static let moves = [
        Move(testDescription: "a new portrait at the source", stops: [true, true]) {
            try await $0.put(7, into: $0.source)
        },
        Move(testDescription: "another name at the source", stops: [true, true]) {
            await $0.source.rewrite(.e(1), MirrorBench.person(1, name: "Cid"))
        },
        Move(testDescription: "another picture at the source", stops: [true, true]) {
            await $0.source.drop(.e(1))
            try await $0.put(1, picture: 101, into: $0.source)
        },
        Move(testDescription: "a portrait fewer at the source", stops: [true, true]) { await $0.source.drop(.e(1)) },
        Move(testDescription: "a portrait more at a target", stops: [true, false]) {
            try await $0.put(8, into: $0.targets[0])
        },
        Move(testDescription: "what was to be removed is gone", stops: [true, false]) {
            await $0.targets[0].drop(.e(9))
        },
        Move(testDescription: "another name at a target", stops: [false, true]) {
            await $0.targets[1].rewrite(.e(2), MirrorBench.person(2, name: "Cid"))
        },
        Move(testDescription: "what was to be changed is as it shall be", stops: [false, true]) {
            await $0.targets[1].rewrite(.e(2), MirrorBench.person(2))
        },
    ]

    @Test(arguments: moves) func whereSomethingMovedNothingIsDone(_ move: Move) async throws {
        let bench = try await planned()
        try await move.act(bench)
        let results = try await bench.run(.removing(), plans: bench.plan.planned)
        for (index, stops) in move.stops.enumerated() {
            #expect((results[index].failure is SafetyStop) == stops)
            if stops { #expect(await bench.writes(bench.targets[index]) == 0) }
            if !stops { #expect(await bench.differences(index).isEmpty) }
        }
    }

    @Test func whatAListingDoesNotShowStopsAPlanTooWhenItIsFound() async throws {
        let bench = try MirrorBench()
        await bench.source.set { $0.masked = [.address] }
        try await bench.place(1...6)
        try await bench.succeed()
        try await bench.place(7...7)
        await bench.nextJob()
        try await bench.succeed(Self.planning)
        #expect(bench.plan.words() == ["store E-7"])
        await bench.nextJob()
        await bench.source.rewrite(.e(2), MirrorBench.person(2, address: "Rome"))
        let results = try await bench.run(.removing { $0.rereadShare = 1 }, plans: bench.plan.planned)
        #expect((results.first?.failure as? SafetyStop)?.message.contains("attributes for E-2") == true)
        #expect(await bench.writes(bench.target) == 0)
    }

    @Test func whatAPlanFoundByReadingAgainIsCarriedOutWithoutReadingMore() async throws {
        let bench = try MirrorBench()
        await bench.source.set { $0.masked = [.address] }
        try await bench.place(1...6)
        try await bench.succeed()
        for number in 1...6 { await bench.source.rewrite(.e(number), MirrorBench.person(number, address: "Rome")) }
        await bench.nextJob()
        try await bench.succeed(
            .removing {
                $0.isRehearsal = true
                $0.rereadShare = 0.5
            }
        )
        #expect(bench.plan.words() == (1...3).map { "attributes E-\($0)" })
        await bench.nextJob()
        try await bench.succeed(.removing(), plans: bench.plan.planned)
        #expect(await bench.touched() == .init(updated: ["E-1", "E-2", "E-3"]))
    }

    @Test(arguments: [false, true]) func aPlanOfOtherChangesIsRefused(isShort: Bool) async throws {
        let bench = try await planned()
        let all = bench.plan.planned
        let changes: [PlannedChange] = [
            PlannedChange(kind: .store, id: .e(6), name: ""),
            PlannedChange(kind: isShort ? .replace : .remove, id: .e(9), name: ""),
            PlannedChange(kind: .attributes, id: .e(1), name: ""),
        ]
        let other = PlannedChanges(target: all[0].target) {
            var rest = isShort ? Array(changes.prefix(2)) : changes
            return {
                defer { rest = [] }
                return rest.isEmpty ? nil : rest
            }
        }
        let results = try await bench.run(.removing(), plans: [other, all[1]])
        #expect(results[0].failure is SafetyStop)
        #expect(await bench.writes(bench.targets[0]) == 0)
        #expect(results[1].success?.differences == 0)
    }

    @Test(arguments: Array(stride(from: 8, through: 40, by: 4)))
    func aPlanThatWasInterruptedIsCarriedOutByTheSameJob(_ call: Int) async throws {
        let bench = try await planned()
        for device in bench.targets { await device.kill(at: call, afterActing: true) }
        _ = try await bench.run(.removing(), plans: bench.plan.planned)
        for device in bench.targets { await device.kill(at: nil, afterActing: false) }
        try await bench.succeed(.removing(), plans: bench.plan.planned)
        for index in 0..<2 {
            #expect(await bench.differences(index).isEmpty)
            #expect(try await bench.leftovers(index) == 0)
        }
    }

    @Test func aPlanForALibraryThatIsStillToBeMadeIsCarriedOut() async throws {
        let bench = try MirrorBench()
        try await bench.place(1...4)
        await bench.target.dropLibraries()
        try await bench.succeed(
            .removing {
                $0.isRehearsal = true
                $0.creates = true
            }
        )
        #expect(await bench.writes(bench.target) == 0)
        #expect(bench.plan.words() == (1...4).map { "store E-\($0)" })
        await bench.nextJob()
        try await bench.succeed(.removing { $0.creates = true }, plans: bench.plan.planned)
        #expect(await bench.differences().isEmpty)
    }

    @Test func aPlanForALibraryThatSomebodyElseFilledMeanwhileIsRefused() async throws {
        let bench = try MirrorBench()
        try await bench.place(1...4)
        await bench.target.dropLibraries()
        try await bench.succeed(
            .removing {
                $0.isRehearsal = true
                $0.creates = true
            }
        )
        await bench.nextJob()
        _ = try await bench.target.createLibrary(named: InMemoryDevice.libraryName, type: .whitelist)
        try await bench.put(9, into: bench.target)
        let results = try await bench.run(.removing { $0.creates = true }, plans: bench.plan.planned)
        #expect(results.first?.failure is SafetyStop)
        #expect(await bench.target.portraits.count == 1)
    }

    @Test func aPlanToRemoveMoreThanTheSourceHasIsCarriedOut() async throws {
        let bench = try MirrorBench()
        try await bench.place(1...4)
        for number in 11...16 { try await bench.put(number, into: bench.target) }
        try await bench.succeed(.removing(.percent(100)) { $0.isRehearsal = true })
        await bench.nextJob()
        try await bench.succeed(.removing(.percent(100)), plans: bench.plan.planned)
        #expect(await bench.differences().isEmpty)
    }

    @Test func anEmptyPlanChangesNothing() async throws {
        let bench = try MirrorBench()
        try await bench.place(1...3)
        try await bench.succeed()
        await bench.nextJob()
        try await bench.succeed(Self.planning)
        #expect(bench.plan.words().isEmpty)
        await bench.nextJob()
        try await bench.succeed(.removing(), plans: bench.plan.planned)
        #expect(await bench.writes(bench.target) == 0)
    }
}

@Suite struct ListingStateTests {
    private func state(_ entries: [ListingEntry]) async throws -> String {
        let listing = try await SQLiteLedger.inMemory().beginListing()
        for entry in entries { try await listing.add([entry]) }
        return try await listing.state()
    }

    private func entry(_ number: Int) -> ListingEntry {
        ListingEntry(
            imgID: .e(number),
            stamp: "s",
            imagePath: "p",
            name: "n",
            identity: "i",
            gender: "0",
            age: "1",
            address: "a"
        )
    }

    @Test func theStateDoesNotDependOnTheOrderOfAListing() async throws {
        let entries = (1...2_500).map(entry)
        #expect(try await state(entries) == state(entries.reversed()))
        #expect(try await state(entries) != state(Array(entries.dropLast())))
        #expect(try await state([]).count == 64)
    }

    @Test func whateverAListingShowsIsPartOfItsState() async throws {
        let states = try await [
            state([entry(1)]), state([entry(2)]), state([changed { $0.stamp = "t" }]),
            state([changed { $0.imagePath = "q" }]), state([changed { $0.name = "m" }]),
            state([changed { $0.name = nil }]), state([changed { $0.name = "" }]),
            state([changed { $0.identity = "j" }]), state([changed { $0.gender = "1" }]),
            state([changed { $0.age = "2" }]), state([changed { $0.address = "b" }]),
            // The same letters in other fields.
            state([changed { ($0.name, $0.identity) = ("ni", "") }]),
            state([changed { ($0.name, $0.identity) = ("", "ni") }]),
        ]
        #expect(Set(states).count == states.count)
    }

    private func changed(_ change: (inout ListingEntry) -> Void) -> ListingEntry {
        var entry = entry(1)
        change(&entry)
        return entry
    }
}
