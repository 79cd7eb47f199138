// SPDX-License-Identifier: Apache-2.0
import FaceTransfer
import Foundation
import Testing

@testable import FaceCommands
@testable import FaceText

@Suite struct EncodingOptionTests {
    private let harness: CommandHarness

    init() throws { harness = try CommandHarness() }

    /// Niccolò with the ò of Windows-1252: one accent tells no encoding.
    private static let table = Array("photo,id,name\na.jpg,E-1,Niccol".utf8) + [0xF2, 0x0A]

    private func write(_ bytes: [UInt8], _ name: String) throws -> String {
        let path = harness.folder + "/" + name
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    @Test func aJobAndAPlanRememberTheEncoding() throws {
        let encoding = try #require(TextEncoding(named: "windows-1251"))
        #expect(try JobPlan(reading: JobPlan(encoding: encoding).json).encoding == encoding)
        #expect(try JobPlan(reading: JobPlan().json).encoding == nil)
        let settings = MirrorSettings(encoding: encoding)
        #expect(MirrorSettings(reading: settings.json) == settings)
    }

    @Test func aTableInDoubtStopsAndTheReportRemembersWhatWasTold() async throws {
        let staff = try write(Self.table, "staff.csv")
        let stopped = await harness.run("check", staff)
        #expect(stopped.status == 64)
        #expect(stopped.errors.contains("Windows-1252 (Niccolò)") && stopped.errors.contains("--encoding NAME"))
        let report = harness.folder + "/out"
        let told = await harness.run("check", staff, "--encoding", "latin1", "--report", report)
        #expect(told.status == 3)
        #expect(try harness.text(of: "out/rejected.csv").contains("Niccolò"))
        #expect(try harness.text(of: "out/summary.json").contains("\"CP1252\""))
        let again = await harness.run("check", report + "/rejected.csv", "--json")
        #expect(again.status == 3)
        #expect(try again.objects.first?["name"] as? String == "Niccolò")
    }

    @Test(arguments: [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian])
    func aConfigurationInUTF16IsRefusedInOneSentence(encoding: String.Encoding) async throws {
        let bytes = try #require(CommandHarness.table("hq").data(using: encoding))
        let config = try write(Array(bytes), "wide.toml")
        let result = await harness.run("device", "list", "--config", config)
        #expect(result.status == 1)
        #expect(
            result.errors.contains("wide.toml cannot be read: it is UTF-16")
                && result.errors.contains("save it as UTF-8")
        )
    }
}
