// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Backups, prunings and erasures are killed at any point: nothing is damaged, and the same command carries them through.
@Suite(.serialized, .timeLimit(.minutes(240))) struct BackupKillTests {
    /// How many kills there are in all; `FACELIB_TEST_SEED` repeats a run.
    static let kills = Int(ProcessInfo.processInfo.environment["FACELIB_TEST_KILLS"] ?? "") ?? 50
    static let seed = UInt64(ProcessInfo.processInfo.environment["FACELIB_TEST_SEED"] ?? "") ?? 61

    /// What is killed.
    enum Victim: String, CaseIterable {
        case first = "first backup"
        case next = "next backup"
        case prune, erase

        /// How many of a number of kills are of this kind: a third for backups, a third for each of the others.
        func share(of kills: Int) -> Int {
            switch self {
            case .first: kills / 6
            case .next: kills / 6
            case .prune: kills / 3
            case .erase: kills - 2 * (kills / 6) - kills / 3
            }
        }

        /// How often the command makes a key of the passphrase.
        var openings: Int { self == .first ? 2 : 1 }

        /// The command.
        func line(_ repository: String) -> String {
            switch self {
            case .first, .next: "backup create hq: \(repository) --quiet"
            case .prune: "backup prune \(repository) --keep-last 2 --quiet"
            case .erase: "backup erase \(repository) --img-id \(BackupChain.erased) --yes --quiet"
            }
        }
    }

    @Test func whatIsKilledAtAnyPointIsCarriedThroughByTheSameCommand() async throws {
        try await BackupPlace.with { place in
            let chain = try await BackupChain(place)
            var numbers = SeededNumbers(state: Self.seed)
            var points: [KillPoint] = []
            for victim in Victim.allCases {
                // The shorter of two: where the machine was busy for a moment, most kills would come too late.
                let length = try await min(
                    Self.length(of: victim, chain, place, at: "measured-\(victim)-1"),
                    Self.length(of: victim, chain, place, at: "measured-\(victim)-2")
                )
                let count = victim.share(of: Self.kills)
                for number in 0..<count {
                    // One in each part of the run, and somewhere in it.
                    let share = (Double(number) + Double.random(in: 0..<1, using: &numbers)) / Double(count)
                    points.append(KillPoint(victim: victim, openings: victim.openings, later: length * share))
                }
                // A first backup opens what it made; it can be killed before that, too.
                if victim == .first, count > 1 {
                    points[points.count - 1] = KillPoint(victim: victim, openings: 1, later: length / 20)
                }
            }
            let all = points.shuffled(using: &numbers)
            let stages = try await withThrowingTaskGroup(of: [(Victim, KillStage)].self) { lanes in
                for lane in 0..<2 {
                    lanes.addTask {
                        var stages: [(Victim, KillStage)] = []
                        for number in all.indices where number % 2 == lane {
                            let (point, name) = (all[number], "killed-\(number)")
                            let kill = Kill(place: place, chain: chain, point: point, name: name, lane: lane)
                            stages.append((point.victim, try await kill.run()))
                        }
                        return stages
                    }
                }
                return try await lanes.reduce(into: []) { $0 += $1 }
            }
            for victim in Victim.allCases {
                try Self.expectDifferentStages(of: victim, stages.filter { $0.0 == victim }.map(\.1))
            }
        }
    }

    /// How long the command works after it has opened the repository, beside another one.
    private static func length(
        of victim: Victim,
        _ chain: BackupChain,
        _ place: MirrorPlace,
        at name: String
    ) async throws -> Duration {
        let point = KillPoint(victim: victim, openings: victim.openings, later: .zero)
        let kill = Kill(place: place, chain: chain, point: point, name: name, lane: 0)
        try kill.copyRepository()
        defer { kill.cleanUp() }
        let running = try place.opening(victim.line(name), state: "lane-0")
        try await point.wait(running)
        let length = try await ContinuousClock().measure {
            let ended = try await running.wait()
            try #require(ended.status == 0, "\(ended.errors)")
        }
        print("\(victim.rawValue): \(length) after the repository was opened")
        return length * 1.2
    }

    private static func expectDifferentStages(of victim: Victim, _ stages: [KillStage]) throws {
        let counts = Dictionary(grouping: stages) { $0 }.mapValues(\.count).sorted { $0.key < $1.key }
        let told = counts.map { "\($0.value) × \($0.key)" }.joined(separator: "; ")
        print("\(victim.rawValue), \(stages.count) kills, seed \(seed): \(told)")
        guard stages.count >= 8 else { return }
        #expect(stages.count { $0.description == "ended" } <= stages.count / 2, "most kills came too late")
        #expect(counts.count >= 3, "all kills came at the same stage")
    }

    @Test func aBackupWhoseDeviceDiesIsTakenUpWithoutReadingTwice() async throws {
        try await BackupPlace.with(quirks: ["hq": ["slow=30"]]) { place in
            let photos = try await LargePhotos(12, in: place.folder.appending(path: "photos"))
            let people = try (0..<60).map { try photos.person($0) }
            try await place.store(Array(people.prefix(40)), at: "hq")
            try await place.opened("backup create hq: repo")
            try await place.store(Array(people.suffix(20)), at: "hq")
            let truth = try await place.portraits("hq")
            try await place.control("hq").resetCalls()
            let running = try place.opening("backup create hq: repo --reread 100%")
            // The new ones were read; now it is the turn of attributes behind masks.
            while running.process.isRunning {
                if try await place.state("hq").calls["1067", default: 0] >= 5 { break }
            }
            try place.process(of: "hq").kill()
            let ended = try await running.wait()
            #expect(ended.status == 5, "\(ended.output)\(ended.errors)")
            try await place.opened("backup verify repo --read-all")
            #expect(try await place.snapshots().map(\.portraits) == [40])
            try await place.restart("hq")
            try await place.opened("backup create hq: repo")
            #expect(try await place.state("hq").downloads == 0)
            try await place.opened("backup restore repo out")
            let exported = try Exported(folder: place.folder.appending(path: "out"))
            #expect(exported.differences(from: Array(truth.values)) == [])
            try await place.opened("backup verify repo --read-all")
        }
    }

    @Test func whatIsKilledBetweenTheTwoCopiesOfTheCatalogIsSound() async throws {
        try await BackupPlace.with { place in
            let photos = try await LargePhotos(12, in: place.folder.appending(path: "photos"))
            try await place.store(try (0..<3).map { try photos.person($0) }, at: "hq")
            try await place.opened("backup create hq: repo")
            // The last change before the end of a pruning, which is one change, has not come to the copy.
            let copy = place.folder.appending(path: "repo/catalog-copy.zip")
            try await place.opened("backup create hq: repo")
            let before = try Data(contentsOf: copy)
            try await place.opened("backup prune repo --keep-last 1")
            try before.write(to: copy)
            let verified = try await place.opened("backup verify repo --read-all")
            #expect(verified.errors.contains("catalog-copy.zip is one change behind"), "\(verified.errors)")
            try await place.opened("backup prune repo --keep-last 1")
            #expect(try await place.opened("backup verify repo --read-all").errors.isEmpty)
        }
    }
}

/// When a command is killed.
private struct KillPoint: Sendable {
    let victim: BackupKillTests.Victim
    /// How often it must have opened a repository, which takes longer than all else it does.
    let openings: Int
    /// How much later it is killed.
    let later: Duration

    /// What making a key of a passphrase takes, and nothing else that a command does.
    private static let keyMemory = 90 << 20

    /// Waits until it is time, or the command has ended.
    func wait(_ running: Program.Running) async throws {
        var (opened, isOpening) = (0, false)
        while running.process.isRunning, opened < openings {
            let memory = Self.memory(of: running.process.processIdentifier)
            if isOpening && memory < Self.keyMemory { opened += 1 }
            isOpening = memory >= Self.keyMemory
            try await Task.sleep(for: .milliseconds(2))
        }
        try await Task.sleep(for: later)
    }

    /// How much memory a process holds at this moment, in bytes.
    private static func memory(of process: Int32) -> Int {
        let pages = (try? String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8)) ?? ""
        return (Int(pages.split(separator: " ").dropFirst().first ?? "") ?? 0) * 4096
    }
}

/// One kill, and what must be true after it.
private struct Kill: Sendable {
    let place: MirrorPlace
    let chain: BackupChain
    let point: KillPoint
    let name: String
    let lane: Int

    private var repository: URL { place.folder.appending(path: name) }
    private var state: String { "lane-\(lane)" }
    private var title: Comment { "\(point.victim.rawValue) killed \(point.later) after it was open" }

    /// Gives the command a repository of its own; a first backup has none.
    func copyRepository() throws {
        if point.victim != .first { try FileManager.default.copyItem(at: chain.repository, to: repository) }
    }

    /// Gives up what is not needed any more.
    func cleanUp() {
        for path in [name, name + "-out"] {
            try? FileManager.default.removeItem(at: place.folder.appending(path: path))
        }
    }

    /// Kills, looks, runs the same command again, and looks again.
    func run() async throws -> KillStage {
        try copyRepository()
        defer { cleanUp() }
        let catalog = repository.appending(path: "catalog.zip")
        let (before, catalogBefore) = (try RepositoryFiles(repository), try? Data(contentsOf: catalog))
        let running = try place.opening(point.victim.line(name), state: state)
        try await point.wait(running)
        running.kill()
        let killed = try await running.wait()
        #expect([0, -SIGKILL].contains(killed.status), title)
        let files = try RepositoryFiles(repository)
        let stage = KillStage(
            files,
            since: before,
            ended: killed.status == 0,
            isCatalogNew: (try? Data(contentsOf: catalog)) != catalogBefore
        )
        // Before its key is there a folder is no repository, and nothing is lost with it.
        if files.sizes["repository.json"] != nil {
            let checked = try await place.opening("backup verify \(name) --read-all", state: state).wait()
            #expect(checked.status == 0, "\(title) at \(stage): \(checked.output)\(checked.errors)")
        }
        let again = try await place.opening(point.victim.line(name), state: state).wait()
        #expect(again.status == 0, "\(title) at \(stage): \(again.output)\(again.errors)")
        try await expectAllThatIsKept("\(title) at \(stage)")
        return stage
    }

    private func expectAllThatIsKept(_ title: Comment) async throws {
        let opened = try await RepositoryByHand(repository, passphrase: chain.passphrase(of: name, place, state))
        defer { opened.remove() }
        let old =
            point.victim == .prune ? chain.newest(2) : point.victim == .first ? [] : Set(chain.snapshots.map(\.id))
        #expect(old.isSubset(of: opened.snapshots.keys), title)
        for (id, snapshot) in opened.snapshots {
            var truth = chain.truth[id] ?? chain.now[snapshot.library] ?? []
            if point.victim == .erase { truth.removeAll { $0.id == BackupChain.erased } }
            #expect(opened.differences(of: id, from: truth) == [], "\(title): \(id)")
        }
        switch point.victim {
        case .first, .next:
            #expect(opened.snapshots.keys.contains { chain.truth[$0] == nil }, title)
            let restored = try await place.opening("backup restore \(name)@Staff \(name)-out", state: state).wait()
            #expect(restored.status == 0, "\(title): \(restored.errors)")
            let exported = try Exported(folder: place.folder.appending(path: name + "-out"))
            #expect(exported.differences(from: chain.now["Staff"] ?? []) == [], title)
        case .prune: #expect(Set(opened.snapshots.keys) == old, title)
        case .erase: #expect(try await opened.places(of: BackupChain.erasedTexts, in: repository) == [], title)
        }
        let files = try RepositoryFiles(repository)
        #expect(!files.sizes.keys.contains { $0.hasSuffix(".partial") || $0.hasSuffix(".new") }, title)
        #expect(files.finished(in: "unfinished") == [], title)
    }
}

extension BackupChain {
    /// What opens the archives of a copy of the repository, or of another one.
    fileprivate func passphrase(of name: String, _ place: MirrorPlace, _ state: String) async throws -> String {
        let key = place.folder.appending(path: "\(name)/repository.json")
        if try Data(contentsOf: key) == Data(contentsOf: repository.appending(path: "repository.json")) {
            return passphrase
        }
        let ended = try await place.opening("backup recovery-key \(name)", state: state).wait()
        return String(ended.output.dropLast())
    }
}

/// The same numbers for the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
