// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceTransfer
import Testing

@testable import FaceCommands

@Suite struct RecordsPlanTests {
    @Test(arguments: [
        RecordsPlan(device: "hq", selection: RecordSelection(.strangers), isRehearsal: true),
        RecordsPlan(
            device: "hq",
            selection: RecordSelection(
                .alarms,
                from: "2026-11-22 00:00:00",
                to: "2026-11-22 23:59:59",
                channel: 3,
                libraries: ["Staff, old", "\"Guests\""],
                aliveness: [.alive, .unknown]
            ),
            isRehearsal: false
        ),
        RecordsPlan(device: "a b", selection: RecordSelection(.profile, person: "P-1"), isRehearsal: false),
    ])
    func aPlanComesBackFromTheLedgerAsItWas(plan: RecordsPlan) throws {
        #expect(try RecordsPlan(reading: plan.json) == plan)
        #expect(!plan.json.contains("\n"))
    }

    @Test(
        arguments: [
            ("0,2", [.unknown, .alive]), ("not-alive", [.notAlive]),
            ("alive,unknown,1", [.alive, .unknown, .notAlive]),
        ] as [(String, Set<RecordFilter.Aliveness>)]
    )
    func alivenessIsTakenByWordsAndNumbers(text: String, expected: Set<RecordFilter.Aliveness>) throws {
        #expect(try AlivenessOption.read(text) == expected)
    }
}
