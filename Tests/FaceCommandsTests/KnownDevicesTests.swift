// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Foundation
import Testing

@testable import FaceCommands

@Suite final class KnownDevicesTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func doubt(
        _ name: String,
        _ url: String,
        among devices: [String: String],
        serial: String = "0000",
        identity: String? = nil
    ) throws -> String? {
        let tables = devices.map { "[devices.\($0)]\nurl = \"\($1)\"\nuser = \"admin\"\npassword_env = \"PW\"" }
        let configuration = try Configuration(tables.joined(separator: "\n"), path: "c.toml")
        let known = KnownDevices(records: DeviceRecords(directory: folder), devices: configuration.devices)
        let settings = DeviceSettings(name: name, url: url, user: "admin", password: Secret("x"))
        return try known.doubt(
            DeviceIdentity(serial: serial, deviceID: "", version: "", assigned: identity),
            settings
        )
    }

    @Test func twoDevicesWithOneSerialNumberAreSaidToHaveIt() throws {
        let both = ["hq": "http://a", "b1": "http://b"]
        #expect(try doubt("hq", "http://a", among: both) == nil)
        #expect(try doubt("hq", "http://a", among: both) == nil)
        let words = try doubt("b1", "http://b", among: both)
        #expect(words?.contains("hq (http://a)") == true)
        #expect(words?.contains(#"identity = "b1""#) == true)
        #expect(try doubt("b1", "http://b", among: both, identity: "b1") == nil)
        #expect(try doubt("b1", "http://b", among: both, serial: "0001") == nil)
        // The first one is still the one that is known.
        #expect(try doubt("hq", "http://a", among: both) == nil)
    }

    @Test func aDeviceWithANewNameOrAddressIsTheSame() throws {
        #expect(try doubt("hq", "http://a", among: ["hq": "http://a"]) == nil)
        #expect(try doubt("hq", "http://b", among: ["hq": "http://b"]) == nil)
        #expect(try doubt("main", "http://b", among: ["main": "http://b"]) == nil)
        // Both are new, and nothing in the configuration is as it was.
        #expect(try doubt("next", "http://c", among: ["next": "http://c"]) == nil)
    }
}
