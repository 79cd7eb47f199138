// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransfer
import Foundation
import Testing

@testable import FaceCommands
@testable import FaceUpload

@Suite struct PlanFileTests {
    private let harness: CommandHarness

    init() throws { harness = try CommandHarness() }

    private static let head = PlanFile.Head(
        source: "hq:Staff \"old\"",
        targets: ["b1:Staff", "b2:员工"],
        directory: "/home/a b",
        settings: MirrorSettings(creates: true, removes: true, deleteLimit: .percent(2.5), rereadShare: 1.0 / 7)
    )

    private static func target(_ name: String) -> PlannedTarget {
        PlannedTarget(source: "hq:Staff", target: name, sourceState: "ab12", targetState: "none")
    }

    private static func changes(_ count: Int) -> [PlannedChange] {
        (0..<count).map { number in
            let kind = PlannedChange.Kind.allCases[number % 4]
            return PlannedChange(kind: kind, id: PortraitID(asListed: "E-\(number)"), name: "Ann \"\(number)\"\n张\\")
        }
    }

    /// Writes a plan and returns its path.
    private func write(_ plan: [(PlannedTarget, [PlannedChange])], to name: String = "a.plan") throws -> String {
        let path = "\(harness.folder)/\(name)"
        let writer = try PlanWriter(path, Self.head)
        for (target, changes) in plan {
            try writer.write(.target(target))
            for start in stride(from: 0, to: changes.count, by: 300) {
                try writer.write(.changes(Array(changes.dropFirst(start).prefix(300))))
            }
        }
        #expect(try writer.finish() == plan.reduce(0) { $0 + $1.1.count })
        return path
    }

    private func read(_ changes: PlannedChanges) throws -> [PlannedChange] {
        let next = try changes.open()
        var all: [PlannedChange] = []
        while let group = try next() { all += group }
        return all
    }

    @Test(arguments: [0, 1, 499, 500, 501, 1_700]) func aPlanComesBackAsItWas(_ count: Int) throws {
        let plan = [
            (Self.target("b1:Staff"), Self.changes(count)), (Self.target("b2:员工"), Self.changes(3)),
            (Self.target("b3:Staff"), []),
        ]
        let path = try write(plan)
        let reader = try PlanReader(path)
        #expect(reader.head.source == Self.head.source)
        #expect(reader.head.targets == Self.head.targets)
        #expect(reader.head.directory == Self.head.directory)
        #expect(reader.head.settings == Self.head.settings)
        #expect(reader.targets == plan.map(\.0))
        for (target, changes) in plan {
            let read = reader.changes(of: target)
            #expect(read.target == target)
            #expect(try self.read(read) == changes)
            // A plan is read more than once.
            #expect(try self.read(read) == changes)
        }
        #expect(try harness.mode(of: "a.plan") == 0o600)
    }

    @Test func aPlanIsOneJSONObjectALine() throws {
        _ = try write([(Self.target("b1:Staff"), Self.changes(4))])
        let lines = try harness.text(of: "a.plan").split(separator: "\n", omittingEmptySubsequences: false)
        let objects = try lines.dropLast().map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        let types = objects.compactMap { $0["type"] as? String }
        #expect(types == ["plan", "target", "change", "change", "change", "change", "end"])
        #expect(objects.compactMap { $0["do"] as? String } == ["store", "replace", "attributes", "remove"])
        #expect(objects.last?["changes"] as? Int == 4)
    }

    @Test func aPlanThatIsGivenUpLeavesTheOldOne() throws {
        let path = try write([(Self.target("b1:Staff"), Self.changes(2))])
        let before = try harness.text(of: "a.plan")
        do {
            let writer = try PlanWriter(path, Self.head)
            try writer.write(.target(Self.target("b1:Staff")))
        }
        #expect(try harness.text(of: "a.plan") == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: harness.folder) == ["a.plan"])
    }

    /// Something that spoils the lines of a plan.
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let spoil: @Sendable (inout [String]) -> Void

        init(_ name: String, _ spoil: @escaping @Sendable (inout [String]) -> Void) {
            (testDescription, self.spoil) = (name, spoil)
        }
    }

    static let damages = [
        Damage("empty") { $0 = [] },
        Damage("without its end") { $0.removeLast() },
        Damage("cut within the last line") { $0[$0.count - 1] = String($0[$0.count - 1].dropLast(5)) },
        Damage("cut within a change") { $0 = Array($0.prefix(3)) + [String($0[3].dropLast(4))] },
        Damage("a change fewer") { $0.remove(at: 3) },
        Damage("a change more") { $0.insert($0[3], at: 3) },
        Damage("other numbers") { lines in
            lines[lines.count - 1] = lines[lines.count - 1].split(separator: "\"changes\":4")
                .joined(separator: "\"changes\":5")
        },
        Damage("a target fewer") { $0.remove(at: 1) },
        Damage("a target more") { $0.insert($0[1], at: 2) },
        Damage("without its head") { $0.removeFirst() },
        Damage("two heads") { $0.insert($0[0], at: 1) },
        Damage("something after its end") { $0.append($0[3]) },
        Damage("two ends") { $0.append($0[$0.count - 1]) },
        Damage("a line that is no JSON") { $0.insert("store E-1", at: 3) },
        Damage("an empty line") { $0.insert("", at: 3) },
        Damage("an unknown kind") { lines in
            lines[2] = lines[2].split(separator: "\"store\"").joined(separator: "\"erase\"")
        },
        Damage("another format") { lines in
            lines[0] = lines[0].split(separator: "\"format\":1").joined(separator: "\"format\":2")
        },
        Damage("a change without an id") { lines in
            lines[2] = lines[2].split(separator: "img_id").joined(separator: "id")
        },
    ]

    @Test(arguments: damages) func aPlanThatIsNotWholeIsRefused(_ damage: Damage) throws {
        let path = try write([(Self.target("b1:Staff"), Self.changes(4))])
        var lines = try harness.text(of: "a.plan").split(separator: "\n").map(String.init)
        let whole = lines
        damage.spoil(&lines)
        #expect(lines != whole)
        try harness.write(lines.map { $0 + "\n" }.joined(), to: "a.plan")
        let error = #expect(throws: CommandError.self) { try PlanReader(path) }
        #expect(error?.exitStatus == .usage)
        #expect(error.map { "\($0)".contains("no whole plan") } == true)
    }

    @Test func aPlanThatIsNotThereIsAnError() {
        let error = #expect(throws: CommandError.self) { try PlanReader("\(harness.folder)/none.plan") }
        #expect(error?.exitStatus == .usage)
    }

    @Test(arguments: [
        MirrorSettings(),
        MirrorSettings(
            creates: true,
            removes: true,
            deleteLimit: .count(0),
            readsEverything: true,
            rereadShare: 1.0 / 7,
            access: RepositoryAccess(passphraseFile: "/a \"b\"", keyFile: nil),
            plan: "/p",
            undoes: "20261122-101502-3f",
            isRehearsal: true
        ),
        MirrorSettings(removes: true, deleteLimit: .percent(12.5)), MirrorSettings(rereadShare: 0.000_001),
        MirrorSettings(rereadShare: 1),
    ])
    func settingsComeBackFromTheLedgerAsTheyWere(settings: MirrorSettings) throws {
        #expect(MirrorSettings(reading: try JSONReader.value(in: settings.json.line)) == settings)
        #expect(!settings.json.line.contains("\n"))
    }

    @Test func aPlanIsCarriedOutWithoutReadingAnotherShareAgain() {
        var planned = Self.head
        planned.settings.isRehearsal = true
        let head = planned.carriedOut(asWrittenIn: "/p")
        #expect(head.settings == MirrorSettings(creates: true, removes: true, deleteLimit: .percent(2.5), plan: "/p"))
        #expect(head.source == planned.source)
        #expect(head.targets == planned.targets)
        #expect(head.directory == planned.directory)
    }

    @Test func aMirrorDoesWhatItsSettingsSay() {
        let options = MirrorSettings(
            creates: true,
            removes: true,
            deleteLimit: .count(7),
            readsEverything: true,
            rereadShare: 0.5,
            isRehearsal: true
        ).options
        #expect(options.creates && options.removes && options.readsEverything && options.isRehearsal)
        #expect(options.deleteLimit == .count(7))
        #expect(options.rereadShare == 0.5)
        #expect(options.workers > 0)
        #expect(!MirrorSettings().options.removes)
    }

    private static let shares: [(String, Double)] = [
        ("1/7", 1.0 / 7), ("7/7", 1), ("0/5", 0), ("5%", 0.05), ("100%", 1), ("0%", 0), ("12.5%", 0.125), ("0.2", 0.2),
        ("0", 0), ("1", 1),
    ]

    @Test(arguments: shares) func sharesAreReadInAllTheirWays(text: String, share: Double) {
        #expect(Share.reading(text) == share)
    }

    private static let noShares = [
        "", "%", "/", "1/", "/7", "1/0", "8/7", "-1/7", "1/-7", "101%", "-5%", "1/7%", "1.5", "-0.1", "nan", "nan%",
        "inf",
        "a", "1 / 7", "1/7/2", "１/7",
    ]

    @Test(arguments: noShares) func otherSharesAreRefused(text: String) { #expect(Share.reading(text) == nil) }
}
