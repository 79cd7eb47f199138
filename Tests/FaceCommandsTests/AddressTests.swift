// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceCommands

@Suite struct AddressTests {
    @Test(arguments: [
        ("hq:Staff", Address.device(name: "hq", library: "Staff")), ("hq:", .device(name: "hq", library: nil)),
        ("hq:a:b/c d", .device(name: "hq", library: "a:b/c d")), ("gate:员工", .device(name: "gate", library: "员工")),
        ("./hq:Staff", .path("./hq:Staff")), ("/a/b:c", .path("/a/b:c")), ("photos", .path("photos")),
        ("people.csv", .path("people.csv")),
    ])
    func addressesAreRead(text: String, address: Address) throws {
        #expect(try Address(text, devices: ["hq", "gate"]) == address)
    }

    @Test(arguments: [
        ("", "empty"), ("hq2:Staff", "it has: hq"), (":Staff", "no device \"\""), ("C:photos", "./C:photos"),
    ])
    func anotherDeviceIsWrongUsage(text: String, words: String) {
        let error = #expect(throws: CommandError.self) { try Address(text, devices: ["hq"]) }
        #expect(error?.exitStatus == .usage)
        #expect(error?.message.contains(words) == true)
    }
}
