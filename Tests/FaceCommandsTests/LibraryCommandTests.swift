// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Synchronization
import Testing

@Suite struct LibraryCommandTests {
    private func harness(typed: [String]? = nil) throws -> (CommandHarness, FakeDevice) {
        let harness = try CommandHarness(typed: typed)
        try harness.configure("hq")
        let device = harness.devices.add("hq")
        device.with {
            $0.libraries = [
                DeviceLibrary(
                    id: 2,
                    name: "Staff: day",
                    type: .whitelist,
                    portraitCount: 1200,
                    updateTime: "2026-01-01"
                ),
                DeviceLibrary(id: 3, name: "员工", type: .keyPersonnel, portraitCount: 0, updateTime: "2026-01-02"),
                DeviceLibrary(id: 4, name: "Odd\u{1B}", type: nil, portraitCount: 1, updateTime: ""),
            ]
            $0.cameras = [
                Camera(channel: 1, name: "Gate", libraryIDs: [2]),
                Camera(channel: 7, name: "Hall", libraryIDs: [2, 9]),
            ]
        }
        return (harness, device)
    }

    @Test func librariesAreListedWithTheirCameras() async throws {
        let (harness, _) = try harness()
        let result = await harness.run("library", "list", "hq")
        #expect(
            result.output == """
                Odd\u{FFFD}        unknown type   1 portrait
                Staff: day  whitelist      1200 portraits  2026-01-01  cameras 1 (Gate), 7 (Hall)
                员工        key-personnel  0 portraits     2026-01-02

                """
        )
        let objects = try await harness.run("library", "list", "hq:", "--json").objects
        #expect(objects.count == 3)
        #expect(objects[1]["name"] as? String == "Staff: day")
        #expect(objects[1]["id"] as? Int == 2)
        #expect(objects[1]["library_type"] as? String == "whitelist")
        #expect((objects[1]["cameras"] as? [[String: Any]])?.count == 2)
    }

    @Test func camerasThatMayNotBeSeenAreANotice() async throws {
        let (harness, device) = try harness()
        device.with { $0.failures["cameras"] = DeviceError(.permissionRefused, "not allowed", deviceCode: -140) }
        let result = await harness.run("library", "list", "hq")
        #expect(result.status == 0)
        #expect(result.errors.contains("not allowed"))
        #expect(result.output.contains("Staff: day"))
    }

    @Test func aLibraryIsMade() async throws {
        let (harness, device) = try harness()
        let result = await harness.run("library", "create", "hq:New: one", "--type", "key-personnel", "--json")
        #expect(result.status == 0)
        #expect(try result.objects.first?["library_type"] as? String == "key-personnel")
        #expect(device.state.withLock { $0.libraries.last?.name } == "New: one")
    }

    @Test func aLibraryIsRenamed() async throws {
        let (harness, device) = try harness()
        #expect(await harness.run("library", "rename", "hq:Staff: day", "Day shift").status == 0)
        #expect(device.state.withLock { $0.libraries[0].name } == "Day shift")
    }

    @Test func anEmptyLibraryIsDeletedAfterAYes() async throws {
        let (harness, device) = try harness(typed: ["YES"])
        let result = await harness.run("library", "delete", "hq:员工")
        #expect(result.status == 0)
        #expect(result.errors.contains("Delete the library \"员工\" with 0 portraits from hq for good? [y/N]"))
        #expect(device.state.withLock { $0.libraries.map(\.id) } == [2, 4])
    }

    @Test(arguments: [
        (["hq:员工"], "--yes"), (["hq:Odd\u{1B}", "--yes"], "holds 1 portrait; --with-portraits"),
        (["hq:Staff: day", "--yes", "--with-portraits"], "bound to the cameras 1 (Gate), 7 (Hall)"),
    ])
    func deletionIsGuarded(arguments: [String], words: String) async throws {
        let (harness, device) = try harness()
        let result = await harness.run(["library", "delete"] + arguments)
        #expect(result.status == 4)
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(!device.calls.contains("delete"))
    }

    @Test func portraitsAreDeletedWithTheirLibraryWhenToldSo() async throws {
        let (harness, device) = try harness()
        #expect(await harness.run("library", "delete", "hq:Odd\u{1B}", "--yes", "--with-portraits").status == 0)
        #expect(device.state.withLock { $0.libraries.map(\.id) } == [2, 3])
    }

    @Test func aLibraryThatTheDeviceHoldsOnToIsAnError() async throws {
        let (harness, device) = try harness()
        device.with { $0.failures["delete"] = DeviceError(.refused, "code -123", deviceCode: -123) }
        let result = await harness.run("library", "delete", "hq:员工", "--yes")
        #expect(result.status == 1)
        #expect(result.errors.contains("Cameras are bound"))
    }

    @Test func reasonsAreExplained() async throws {
        let harness = try CommandHarness()
        let one = await harness.run("explain", "Quality.Blurred")
        #expect(
            one.output == "quality.blurred\n  \(Reason.qualityBlurred.meaning)\n  \(Reason.qualityBlurred.advice)\n"
        )
        let all = try await harness.run("explain", "--json").objects
        #expect(all.compactMap { $0["reason"] as? String } == Reason.allCases.map(\.rawValue))
        #expect(all[0]["advice"] as? String == Reason.nameFields.advice)
    }
}
