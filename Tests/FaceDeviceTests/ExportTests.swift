// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import ScriptedServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(20))) struct ExportTests {
    private func appliance(_ message: String, _ reply: String) throws -> Appliance {
        try Appliance { asked, _, _ in asked == message ? reply : nil }
    }

    @Test func chosenPortraitsAreAskedForByTheirIDs() async throws {
        let appliance = try appliance(
            "1041",
            #"{"code":0,"data":{"export_url":"tmp/face_1.zip","failed_img_ids":"b, c","result_num":"2","total_num":4,"#
                + #""zippasswd":"xyz"},"msg":""}"#
        )
        let ids = try ["a", "b", "c", "d"].map { try PortraitID($0) }
        let reply = try await appliance.with { try await $0.exportPortraits(ids, in: 7) }
        #expect(reply.path == "tmp/face_1.zip")
        #expect(reply.passphrase?.revealed == "xyz")
        #expect(reply.exported == 2)
        #expect(reply.total == 4)
        #expect(reply.failed == ["b", "c"])
        #expect(appliance.calls("1041").map(\.text) == [#"{"msg_id":"1041","lib_id":7,"img_ids":"a,b,c,d"}"#])
    }

    @Test func aPageIsAskedForWithStartAndLength() async throws {
        let appliance = try appliance(
            "1038",
            #"{"code":0,"data":{"export_url":"/tmp/face_1.zip","result_num":500,"total_num":1234},"msg":""}"#
        )
        let reply = try await appliance.with { try await $0.exportPortraits(in: 7, from: 501, count: 500) }
        #expect(reply.path == "/tmp/face_1.zip")
        #expect(reply.passphrase == nil)
        #expect(reply.exported == 500)
        #expect(reply.total == 1234)
        #expect(reply.failed.isEmpty)
        #expect(appliance.calls("1038").map(\.text) == [#"{"msg_id":"1038","lib_id":7,"start_no":501,"qry_len":500}"#])
    }

    @Test(arguments: [
        (#""a""#, ["a"]), (#""a, b ,,c,""#, ["a", "b", "c"]), (#"["a","b"]"#, ["a", "b"]),
        (#"["a,b",7]"#, ["a", "b", "7"]),
        (#""""#, []), (#"" ""#, []), ("[]", []), ("null", []), ("{}", []),
    ])
    func failedIDsComeInManyForms(field: String, failed: [String]) async throws {
        let appliance = try appliance(
            "1041",
            #"{"code":0,"data":{"export_url":"tmp/a","failed_img_ids":\#(field),"result_num":1,"zippasswd":""}}"#
        )
        let id = try PortraitID("x")
        let reply = try await appliance.with { try await $0.exportPortraits([id], in: 7) }
        #expect(reply.failed == failed)
        #expect(reply.total == 1 + failed.count)
        #expect(reply.passphrase == nil)
    }

    @Test(arguments: [
        #"{"code":-2100,"data":"","msg":"nothing"}"#, #"{"code":-105}"#, #"{"code":-110,"msg":""}"#,
        #"{"code":0,"data":{"export_url":"","result_num":0,"total_num":0,"zippasswd":""},"msg":""}"#,
        #"{"code":0,"data":{"export_url":"tmp/empty.zip","result_num":0,"total_num":0},"msg":""}"#,
        #"{"code":0,"data":"","msg":""}"#,
    ])
    func nothingToExportIsAValue(reply: String) async throws {
        for message in ["1038", "1041"] {
            let appliance = try appliance(message, reply)
            let id = try PortraitID("x")
            let export = try await appliance.with { device in
                if message == "1041" { return try await device.exportPortraits([id], in: 7) }
                return try await device.exportPortraits(in: 7, from: 1, count: 500)
            }
            #expect(export.exported == 0)
            #expect(export.path == "")
            #expect(export.total == 0)
        }
    }

    @Test func chosenPortraitsThatAreGoneAreNothingToExportButAMissingLibraryIsAnError() async throws {
        let id = try PortraitID("x")
        let gone = try appliance("1041", #"{"code":-126}"#)
        try await gone.with { check(try await $0.exportPortraits([id], in: 7).exported, 0) }
        let missing = try appliance("1041", #"{"code":-117}"#)
        let code = await failure { try await missing.with { try await $0.exportPortraits([id], in: 7) } }
        #expect(code == .refused)
    }

    @Test(arguments: [
        #"{"code":0,"data":{"export_url":"","result_num":2,"total_num":2},"msg":""}"#,
        #"{"code":0,"data":{"export_url":"tmp/a","total_num":2},"msg":""}"#,
        #"{"code":0,"data":{"export_url":"tmp/a","result_num":-1},"msg":""}"#,
    ])
    func anArchiveWithoutPathOrCountIsNoReply(reply: String) async throws {
        let appliance = try appliance("1038", reply)
        let code = await failure { try await appliance.with { try await $0.exportPortraits(in: 7, from: 1, count: 5) } }
        #expect(code == .malformedReply)
    }

    @Test func anExportWhoseAnswerIsLostIsAskedForAgain() async throws {
        let calls = Counter()
        let appliance = try Appliance(raw: { message, _ in
            guard message == "1041" else { return nil }
            guard calls.next() > 1 else { return .hangUp }
            return .text(#"{"code":0,"data":{"export_url":"tmp/a","result_num":1},"msg":""}"#)
        })
        let id = try PortraitID("x")
        let reply = try await appliance.with { device in
            try await RetryingDevice(device, clock: NotedClock()).exportPortraits([id], in: 7)
        }
        #expect(reply.exported == 1)
        #expect(calls.next() == 3)
    }

    @Test func oneExportRunsAtATime() async throws {
        let running = Tally()
        try await Appliance().with { http in
            let device = RetryingDevice(http)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await device.oneExportAtATime {
                            running.enter()
                            for _ in 0..<5 { await Task.yield() }
                            running.leave()
                        }
                    }
                }
                while try await group.next() != nil {}
            }
        }
        #expect(running.most == 1)
        #expect(running.count == 20)
    }

    @Test func whoWaitsForAnExportCanBeCancelled() async throws {
        let turn = ExportTurn()
        let ran = Tally()
        try await turn.run {
            await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    do {
                        try await turn.run { ran.enter() }
                        return false
                    } catch { return error is CancellationError }
                }
                for _ in 0..<5 { await Task.yield() }
                group.cancelAll()
                for await wasCancelled in group { #expect(wasCancelled) }
            }
        }
        try await turn.run { ran.enter() }
        #expect(ran.count == 1)
    }

    @Test func anExportThatFailsPassesItsTurnOn() async throws {
        struct Failed: Error {}
        try await Appliance().with { device in
            do {
                try await device.oneExportAtATime { throw Failed() }
                Issue.record("the failure was swallowed")
            } catch { #expect(error is Failed) }
            check(try await device.oneExportAtATime { 1 }, 1)
        }
    }
}

/// Counts who is inside at once, and who ever was.
private final class Tally: Sendable {
    private let state = Mutex((now: 0, most: 0, count: 0))
    var most: Int { state.withLock { $0.most } }
    var count: Int { state.withLock { $0.count } }

    func enter() { state.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.count + 1) } }
    func leave() { state.withLock { $0.now -= 1 } }
}
